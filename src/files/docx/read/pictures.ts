import { hasPart, readPart, relationshipsOf } from "../../opc/opc-package.ts";
import { attribute, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import type { Paragraph, Revision, WordDocument } from "../types.ts";
import { sourceOf } from "./read-paragraphs.ts";

/** A picture in a paragraph; `offset` counts the text of all its spans before it. */
export type PictureInText = {
  readonly offset: number;
  readonly altText: string;
  /** The media part it shows, or "" where the file has none. */
  readonly part: string;
  readonly inserted?: Revision;
  readonly deleted?: Revision;
};

/** The pictures in a paragraph's runs (20.4.2.5, 20.2.2.5), in order. */
export function picturesOf(document: WordDocument, paragraph: Paragraph): PictureInText[] {
  const { story, inline } = sourceOf(paragraph);
  const { tree } = story;
  const pictures: PictureInText[] = [];
  let offset = 0;
  for (const { kind, text, element, inserted, deleted } of inline.pieces) {
    if (kind === "marker") continue;
    if (kind === "object" && nameOf(tree, element) === "w:drawing") {
      const [properties] = descendantsNamed(tree, element, "wp:docPr");
      const [blip] = descendantsNamed(tree, element, "a:blip");
      const id = blip === undefined ? undefined : attribute(tree, blip, "r:embed");
      const target = relationshipsOf(document.package, story.name).find((each) => each.id === id)?.target;
      pictures.push({
        offset,
        altText: (properties === undefined ? undefined : attribute(tree, properties, "descr")) ?? "",
        part: target !== undefined && hasPart(document.package, target) ? target : "",
        ...(inserted !== undefined && { inserted }),
        ...(deleted !== undefined && { deleted }),
      });
    }
    offset += text.length;
  }
  return pictures;
}

/** The bytes of a picture; undefined where the file has none. */
export function pictureBytes(document: WordDocument, { part }: PictureInText): Uint8Array | undefined {
  return part === "" ? undefined : readPart(document.package, part);
}
