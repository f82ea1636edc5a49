import { BadRequestError } from "../../../errors.ts";
import { contentTypeOf } from "../../opc/opc-package.ts";
import { benchRelationships, relativeTarget } from "../../opc/part-bench.ts";
import { namespaceUri } from "../../xml/namespaces.ts";
import { createMarkup } from "../edit/markup.ts";
import { declareType, relate, type Workbench } from "../edit/part-workbench.ts";
import { pictureRun } from "../edit/picture.ts";
import {
  highestDrawing,
  isPictureWidth,
  type PictureFacts,
  type PictureType,
  pictureFacts,
  pictureParts,
  shownSize,
} from "../edit/picture-facts.ts";
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

/** Pictures for one story part of a document. Throws `BadRequestError` for what is no picture Word shows. */
export function createPictures(bench: Workbench, part: string): PictureWriter {
  const { document } = bench;
  const media = new Map<string, Uint8Array>();
  const relationships = new Map<string, string>();
  const story = document.stories.find((each) => each.name === part)!;
  const markup = createMarkup(story.tree);
  let number = highestDrawing(document);
  const folder = part.slice(0, part.lastIndexOf("/"));
  const relationshipOf = (image: Uint8Array, type: PictureType): string => {
    const same = [...media].find(([, bytes]) => isSame(bytes, image))?.[0];
    if (same !== undefined) return relationships.get(same)!;
    const [ending, contentType] = pictureParts[type];
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
      const facts = checkedFacts(picture);
      const size = shownSize(facts, textWidth, picture.width);
      const relationship = relationshipOf(picture.image, facts.type);
      const altText = checkText(picture.altText);
      return pictureRun(markup, { relationship, number: ++number, altText, ...size }, document.isStrict);
    },
  };
}

/** Throws `BadRequestError` for a picture without words for it, of an impossible width, or that Word doesn't show. */
function checkedFacts({ image, width, altText }: PictureBlock): PictureFacts {
  if (altText.trim() === "") {
    throw new BadRequestError("a picture has no text for people who don't see it", {
      hint: "Say in altText what it shows.",
    });
  }
  if (!isPictureWidth(width))
    throw new BadRequestError(`a picture can't be ${width} points wide`, { hint: "Give 1 to 1584." });
  const facts = pictureFacts(image);
  if (!("cause" in facts)) return facts;
  throw new BadRequestError("a picture is damaged, or neither PNG nor JPEG nor GIF", {
    hint: "Give it as PNG or JPEG.",
    ...(facts.cause !== undefined && { cause: facts.cause }),
  });
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

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
