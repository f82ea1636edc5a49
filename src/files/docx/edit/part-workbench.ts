import {
  contentTypesPart,
  hasPart,
  isRelationshipType,
  readPart,
  relationshipsOf,
  relationshipsPart,
} from "../../opc/opc-package.ts";
import { decodePart, type PartText } from "../../opc/part-text.ts";
import { namespaceUri } from "../../xml/namespaces.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { applySplices, type Splice } from "../../xml/splice.ts";
import { escapeAttribute } from "../../xml/xml-text.ts";
import { attribute, childrenOf, isSelfClosing } from "../../xml/xml-tree.ts";
import type { WordDocument } from "../types.ts";
import { type CommentPart, commentParts } from "./comment-part-shapes.ts";

/** Parts under work: what was read is edited in place here, the document stays as it is. */
export type Workbench = {
  readonly document: WordDocument;
  readonly replaced: Map<string, PartText>;
  readonly added: Map<string, PartText>;
};

export function createBench(document: WordDocument): Workbench {
  return { document, replaced: new Map(), added: new Map() };
}

export type NewRelationship = {
  readonly type: string;
  readonly target: string;
  readonly isExternal?: boolean;
};

/** What every part that is made anew begins with. */
export const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The part that the main part relates to by that word, of the package or new; undefined when there is none. */
export function partName(bench: Workbench, word: string): string | undefined {
  const { document } = bench;
  const found = relationshipsOf(document.package, document.mainPart).find(
    (each) => !each.isExternal && isRelationshipType(each, word) && hasPart(document.package, each.target),
  );
  if (found !== undefined) return found.target;
  return [...bench.added.keys()].find((name) => name.endsWith(`/${word}.xml`));
}

export function read(bench: Workbench, name: string): PartText {
  return (
    bench.replaced.get(name) ??
    bench.added.get(name) ??
    decodePart(readPart(bench.document.package, name), name)
  );
}

function write(bench: Workbench, name: string, part: PartText): void {
  (bench.added.has(name) ? bench.added : bench.replaced).set(name, part);
}

/** Splices in a part's XML, made through one function so that each step sees the last one's result. */
export function edit(bench: Workbench, name: string, splices: (tree: XmlTree) => readonly Splice[]): void {
  const part = read(bench, name);
  const tree = scanXml(part.text, bench.document.package.limits.depth);
  write(bench, name, { ...part, text: applySplices(part.text, splices(tree)) });
}

export function append(tree: XmlTree, content: string): Splice[] {
  if (!isSelfClosing(tree, 0))
    return [{ start: tree.closeStart[0]!, end: tree.closeStart[0]!, text: content }];
  const name = tree.source.slice(tree.start[0]! + 1, tree.nameEnd[0]!);
  const end = tree.end[0]!;
  return [{ start: end - 2, end, text: `>${content}</${name}>` }];
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
  bench.added.set(name, { text: declaration + shape.root(document.isStrict), encoding: "utf-8" });
  const target = name.slice(folder.length);
  relate(bench, document.mainPart, { type: shape.relationship(document.isStrict), target });
  declareType(bench, name, shape.contentType);
  return name;
}

/** Adds a relationship to a part, making its relationships part when there is none; gives the new id. */
export function relate(bench: Workbench, source: string, relationship: NewRelationship): string {
  const name = relationshipsPart(source);
  if (!hasPart(bench.document.package, name) && !bench.added.has(name)) {
    const root = `<Relationships xmlns="${namespaceUri("pr")}"></Relationships>`;
    bench.added.set(name, { text: declaration + root, encoding: "utf-8" });
  }
  let id = "";
  edit(bench, name, (tree) => {
    const used = new Set(childrenOf(tree, 0).map((child) => attribute(tree, child, "Id")));
    let number = used.size + 1;
    while (used.has(`rId${number}`)) number++;
    id = `rId${number}`;
    const [type, target] = [escapeAttribute(relationship.type), escapeAttribute(relationship.target)];
    const mode = relationship.isExternal ? ' TargetMode="External"' : "";
    return append(
      tree,
      `<${qualified(tree, "Relationship")} Id="${id}" Type="${type}" Target="${target}"${mode}/>`,
    );
  });
  return id;
}

/** Declares the content type of one part. */
export function declareType(bench: Workbench, name: string, type: string): void {
  const part = escapeAttribute(name);
  edit(bench, contentTypesPart, (tree) =>
    append(
      tree,
      `<${qualified(tree, "Override")} PartName="${part}" ContentType="${escapeAttribute(type)}"/>`,
    ),
  );
}

/** A name with the root's own prefix: package parts may be written with one. */
export function qualified(tree: XmlTree, local: string): string {
  const root = tree.source.slice(tree.start[0]! + 1, tree.nameEnd[0]!);
  return root.includes(":") ? `${root.slice(0, root.indexOf(":"))}:${local}` : local;
}
