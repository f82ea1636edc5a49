import { imageSize } from "image-size";
import { hasPart } from "../../opc/opc-package.ts";
import { namespaceUri } from "../../xml/namespaces.ts";
import { attribute, descendantsNamed } from "../../xml/xml-tree.ts";
import { sectionOf, textWidth } from "../create/create-text-width.ts";
import type { WordDocument } from "../types.ts";
import type { Draft, Outcome, ParagraphWork, PlacedChange, Signature } from "./draft.ts";
import { refuseBlock } from "./draft-table.ts";
import { declareType, relate } from "./part-workbench.ts";
import { type Picture, pictureRun } from "./picture.ts";
import type { RefusalReason } from "./run-edit.ts";

const contentTypes: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  gif: "image/gif",
};

/** Gathers a picture in a new paragraph: its media part, its relationship and its drawing. */
export function draftInsertImage(
  draft: Draft,
  work: ParagraphWork,
  change: PlacedChange<"insert-image">,
  revision: Signature,
): Outcome {
  const refusal = refuseBlock(draft, work);
  if (refusal !== undefined) return refusal;
  const size = sizeOf(change.image);
  if ("code" in size) return size;
  if (change.width !== undefined && !(change.width >= 1 && change.width <= 1584))
    return {
      code: "unsupported",
      reason: `a picture can't be ${change.width} points wide`,
      fix: "Give 1 to 1584.",
    };
  if (change.altText.trim() === "")
    return {
      code: "invalid-text",
      reason: "the picture has no text for people who don't see it",
      fix: "Say in altText what it shows.",
    };
  const { story } = work.source;
  const name = freeName(draft, size.type);
  draft.media.set(name, change.image);
  declareType(draft.bench, name, contentTypes[size.type]!);
  const { document } = draft;
  const relationship = relate(draft.bench, story.name, {
    type: `${namespaceUri("r", document.isStrict)}/image`,
    target: targetFrom(story.name, name),
  });
  const picture: Picture = {
    relationship,
    number: highestDrawing(document) + draft.media.size,
    altText: change.altText,
    ...shownSize(work, size, change.width),
  };
  const { markup } = draft.contexts.get(story.name)!;
  const xml = pictureRun(markup, picture, document.isStrict);
  work.insertions.push({ blocks: [{ kind: "run", xml }], revision });
  return { paragraph: work.paragraph.id, before: "", after: change.altText };
}

type Size = { readonly type: string; readonly width: number; readonly height: number };

function sizeOf(image: Uint8Array): Size | RefusalReason {
  const refusal: RefusalReason = {
    code: "unsupported",
    reason: "the picture is damaged, or neither PNG nor JPEG nor GIF",
    fix: "Give it as PNG or JPEG.",
  };
  try {
    const { type = "", width, height, orientation = 1 } = imageSize(image);
    if (contentTypes[type] === undefined || !(width > 0) || !(height > 0)) return refusal;
    // From 5 on the camera was held upright (Exif 2.32, 4.6.4).
    return orientation >= 5 ? { type, width: height, height: width } : { type, width, height };
  } catch {
    return refusal;
  }
}

/** Points: 96 pixels an inch, but no wider than the text and no higher than nine inches. */
function shownSize(
  { source }: ParagraphWork,
  size: Size,
  wanted: number | undefined,
): { width: number; height: number } {
  const { tree } = source.story;
  const at = tree.start[source.inline.element]!;
  const most = textWidth(tree, sectionOf(tree, at), at) / 20;
  const natural = size.width * 0.75;
  const width = wanted ?? Math.min(natural, most, 648 * (size.width / size.height));
  return { width, height: (width / size.width) * size.height };
}

function freeName({ document, media, bench }: Draft, type: string): string {
  const folder = document.mainPart.slice(0, document.mainPart.lastIndexOf("/"));
  let number = 1;
  const name = (): string => `${folder}/media/image${number}.${type === "jpg" ? "jpeg" : type}`;
  while (hasPart(document.package, name()) || media.has(name()) || bench.added.has(name())) number++;
  return name();
}

function targetFrom(source: string, name: string): string {
  const folder = source.slice(0, source.lastIndexOf("/") + 1);
  return name.startsWith(folder) ? name.slice(folder.length) : name;
}

/** The highest id of a drawing in the document: each has one of its own (20.4.2.5). */
function highestDrawing({ stories }: WordDocument): number {
  let highest = 0;
  for (const { tree } of stories)
    for (const drawing of descendantsNamed(tree, 0, "wp:docPr"))
      highest = Math.max(highest, Number(attribute(tree, drawing, "id")) || 0);
  return highest;
}
