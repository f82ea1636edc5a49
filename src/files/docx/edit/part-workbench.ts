import { hasPart, isRelationshipType, relationshipsOf } from "../../opc/opc-package.ts";
import { addPart, declareType, type PartBench, relate } from "../../opc/part-bench.ts";
import type { WordDocument } from "../types.ts";
import { type CommentPart, commentParts } from "./comment-part-shapes.ts";

export {
  append,
  declaration,
  declareType,
  edit,
  type NewRelationship,
  qualified,
  read,
  relate,
} from "../../opc/part-bench.ts";

/** The parts of a document under work: what was read is edited in place here, the document stays as it is. */
export type Workbench = PartBench & { readonly document: WordDocument };

export function createBench(document: WordDocument): Workbench {
  return { document, package: document.package, replaced: new Map(), added: new Map() };
}

/** The part that the main part relates to by that word, of the package or new; undefined when there is none. */
export function partName(bench: Workbench, word: string): string | undefined {
  const { document } = bench;
  const found = relationshipsOf(document.package, document.mainPart).find(
    (each) => !each.isExternal && isRelationshipType(each, word) && hasPart(document.package, each.target),
  );
  if (found !== undefined) return found.target;
  return [...bench.added.keys()].find((name) => name.endsWith(`/${word}.xml`));
}

/** The part for that word, made with its relationship and content type when the package has none. */
export function ensurePart(bench: Workbench, word: CommentPart["word"]): string {
  const existing = partName(bench, word);
  if (existing !== undefined) return existing;
  const { document } = bench;
  const shape = commentParts.find((part) => part.word === word)!;
  const folder = document.mainPart.slice(0, document.mainPart.lastIndexOf("/") + 1);
  let name = `${folder}${word}.xml`;
  for (let number = 2; hasPart(document.package, name); number++) name = `${folder}${word}${number}.xml`;
  addPart(bench, name, shape.root(document.isStrict));
  const target = name.slice(folder.length);
  relate(bench, document.mainPart, { type: shape.relationship(document.isStrict), target });
  declareType(bench, name, shape.contentType);
  return name;
}
