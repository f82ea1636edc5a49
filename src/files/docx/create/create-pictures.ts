import { imageSize } from "image-size";
import { BadRequestError } from "../../../errors.ts";
import { contentTypeOf } from "../../opc/opc-package.ts";
import { benchRelationships, relativeTarget } from "../../opc/part-bench.ts";
import { namespaceUri } from "../../xml/namespaces.ts";
import { attribute, descendantsNamed } from "../../xml/xml-tree.ts";
import { createMarkup } from "../edit/markup.ts";
import { declareType, relate, type Workbench } from "../edit/part-workbench.ts";
import { pictureRun } from "../edit/picture.ts";
import type { ContentBlock } from "./content.ts";
import { checkText } from "./create-runs.ts";

type PictureBlock = Extract<ContentBlock, { kind: "picture" }>;

/** Gathers the pictures of new text. */
export type PictureWriter = {
  /** The run with the picture, no wider than that many twips. Its media part is kept in `media`. */
  readonly run: (picture: PictureBlock, textWidth: number) => string;
  /** Image files by part name; whoever saves the document adds them. */
  readonly media: ReadonlyMap<string, Uint8Array>;
};

const endings: Readonly<Record<string, readonly [ending: string, contentType: string]>> = {
  png: ["png", "image/png"],
  jpg: ["jpeg", "image/jpeg"],
  gif: ["gif", "image/gif"],
};

/** Pictures for one story part of a document. Throws `BadRequestError` for what is no picture Word shows. */
export function createPictures(bench: Workbench, part: string): PictureWriter {
  const { document } = bench;
  const media = new Map<string, Uint8Array>();
  const relationships = new Map<string, string>();
  const story = document.stories.find((each) => each.name === part)!;
  const markup = createMarkup(story.tree);
  let number = highestDrawing(document.stories.map(({ tree }) => tree));
  const folder = part.slice(0, part.lastIndexOf("/"));
  const relationshipOf = (image: Uint8Array, type: string): string => {
    const same = [...media].find(([, bytes]) => isSame(bytes, image))?.[0];
    if (same !== undefined) return relationships.get(same)!;
    const [ending, contentType] = endings[type]!;
    const name = freeName(bench, media, `${folder}/media/image#.${ending}`, part);
    media.set(name, image);
    if (contentTypeOf(document.package, name) !== contentType) declareType(bench, name, contentType);
    const imageType = `${namespaceUri("r", document.isStrict)}/image`;
    const id = relate(bench, part, { type: imageType, target: relativeTarget(part, name) });
    relationships.set(name, id);
    return id;
  };
  return {
    media,
    run: (picture, textWidth) => {
      const { type, ...size } = shownSize(picture, textWidth);
      const relationship = relationshipOf(picture.image, type);
      const altText = checkText(picture.altText);
      return pictureRun(markup, { relationship, number: ++number, altText, ...size }, document.isStrict);
    },
  };
}

/** Points: 96 pixels an inch, but no wider than the text and no higher than nine inches. */
function shownSize(
  { image, width: wanted, altText }: PictureBlock,
  textWidth: number,
): { type: string; width: number; height: number } {
  if (altText.trim() === "") {
    throw new BadRequestError("a picture has no text for people who don't see it", {
      hint: "Say in altText what it shows.",
    });
  }
  if (wanted !== undefined && !(wanted >= 1 && wanted <= 1584)) {
    throw new BadRequestError(`a picture can't be ${wanted} points wide`, { hint: "Give 1 to 1584." });
  }
  const { type, width, height } = imageFacts(image);
  const most = Math.min(textWidth / 20, 648 * (width / height));
  const shown = wanted ?? Math.min(width * 0.75, most);
  return { type, width: shown, height: (shown / width) * height };
}

function imageFacts(image: Uint8Array): { type: string; width: number; height: number } {
  const refusal = (cause?: unknown): BadRequestError =>
    new BadRequestError("a picture is damaged, or neither PNG nor JPEG nor GIF", {
      hint: "Give it as PNG or JPEG.",
      ...(cause !== undefined && { cause }),
    });
  let facts: ReturnType<typeof imageSize>;
  try {
    facts = imageSize(image);
  } catch (cause) {
    throw refusal(cause);
  }
  const { type = "", width, height, orientation = 1 } = facts;
  if (endings[type] === undefined || !(width > 0) || !(height > 0)) throw refusal();
  // From 5 on the camera was held upright (Exif 2.32, 4.6.4).
  return orientation >= 5 ? { type, width: height, height: width } : { type, width, height };
}

function freeName(
  bench: Workbench,
  media: ReadonlyMap<string, Uint8Array>,
  pattern: string,
  source: string,
): string {
  const taken = new Set([
    ...[...media.keys()].map((name) => name.toLowerCase()),
    ...bench.package.entries.keys(),
    ...benchRelationships(bench, source).map(({ target }) => target.toLowerCase()),
  ]);
  let number = 1;
  while (taken.has(pattern.replace("#", String(number)).toLowerCase())) number++;
  return pattern.replace("#", String(number));
}

/** The highest id of a drawing in the document: each has one of its own (20.4.2.5). */
function highestDrawing(trees: readonly Parameters<typeof attribute>[0][]): number {
  let highest = 0;
  for (const tree of trees)
    for (const drawing of descendantsNamed(tree, 0, "wp:docPr"))
      highest = Math.max(highest, Number(attribute(tree, drawing, "id")) || 0);
  return highest;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
