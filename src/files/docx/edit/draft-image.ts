import { hasPart } from "../../opc/opc-package.ts";
import { namespaceUri } from "../../xml/namespaces.ts";
import { sectionOf, textWidth } from "../create/create-text-width.ts";
import type { Draft, Outcome, ParagraphWork, PlacedChange, Signature } from "./draft.ts";
import { refuseBlock } from "./draft-table.ts";
import { declareType, relate } from "./part-workbench.ts";
import { type Picture, pictureRun } from "./picture.ts";
import { highestDrawing, isPictureWidth, pictureFacts, pictureParts, shownSize } from "./picture-facts.ts";

/** Gathers a picture in a new paragraph: its media part, its relationship and its drawing. */
export function draftInsertImage(
  draft: Draft,
  work: ParagraphWork,
  change: PlacedChange<"insert-image">,
  revision: Signature,
): Outcome {
  const refusal = refuseBlock(draft, work);
  if (refusal !== undefined) return refusal;
  const facts = pictureFacts(change.image);
  if ("cause" in facts)
    return {
      code: "unsupported",
      reason: "the picture is damaged, or neither PNG nor JPEG nor GIF",
      fix: "Give it as PNG or JPEG.",
    };
  if (!isPictureWidth(change.width))
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
  const { story, inline } = work.source;
  const [ending, contentType] = pictureParts[facts.type];
  const name = freeName(draft, ending);
  draft.media.set(name, change.image);
  declareType(draft.bench, name, contentType);
  const { document } = draft;
  const relationship = relate(draft.bench, story.name, {
    type: `${namespaceUri("r", document.isStrict)}/image`,
    target: targetFrom(story.name, name),
  });
  const at = story.tree.start[inline.element]!;
  const width = textWidth(story.tree, sectionOf(story.tree, at), at);
  const picture: Picture = {
    relationship,
    number: highestDrawing(document) + draft.media.size,
    altText: change.altText,
    ...shownSize(facts, width, change.width),
  };
  const { markup } = draft.contexts.get(story.name)!;
  const xml = pictureRun(markup, picture, document.isStrict);
  work.insertions.push({ blocks: [{ kind: "run", xml }], revision });
  return { paragraph: work.paragraph.id, before: "", after: change.altText };
}

function freeName({ document, media, bench }: Draft, ending: string): string {
  const folder = document.mainPart.slice(0, document.mainPart.lastIndexOf("/"));
  let number = 1;
  const name = (): string => `${folder}/media/image${number}.${ending}`;
  while (hasPart(document.package, name()) || media.has(name()) || bench.added.has(name())) number++;
  return name();
}

function targetFrom(source: string, name: string): string {
  const folder = source.slice(0, source.lastIndexOf("/") + 1);
  return name.startsWith(folder) ? name.slice(folder.length) : name;
}
