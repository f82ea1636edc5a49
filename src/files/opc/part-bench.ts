import { namespaceUri } from "../xml/namespaces.ts";
import { scanXml, type XmlTree } from "../xml/scan-xml.ts";
import { applySplices, type Splice } from "../xml/splice.ts";
import { escapeAttribute } from "../xml/xml-text.ts";
import { attribute, childrenOf, isSelfClosing } from "../xml/xml-tree.ts";
import {
  contentTypeOf,
  contentTypesPart,
  hasPart,
  type OpcPackage,
  parseRelationships,
  type Relationship,
  readPart,
  relationshipsPart,
} from "./opc-package.ts";
import { decodePart, encodePart, type PartText } from "./part-text.ts";

/** Parts of a package under work: what was read is edited in place here, the package stays as it is. */
export type PartBench = {
  readonly package: OpcPackage;
  readonly replaced: Map<string, PartText>;
  readonly added: Map<string, PartText>;
};

export type NewRelationship = {
  readonly type: string;
  readonly target: string;
  readonly isExternal?: boolean;
};

const relationshipsType = "application/vnd.openxmlformats-package.relationships+xml";

/** What every part that is made anew begins with. */
export const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The text of a part as it stands on the bench. */
export function read(bench: PartBench, name: string): PartText {
  return bench.replaced.get(name) ?? bench.added.get(name) ?? decodePart(readPart(bench.package, name), name);
}

/** Splices in a part's XML, made through one function so that each step sees the last one's result. */
export function edit(bench: PartBench, name: string, splices: (tree: XmlTree) => readonly Splice[]): void {
  const part = read(bench, name);
  const tree = scanXml(part.text, bench.package.limits.depth);
  const target = bench.added.has(name) ? bench.added : bench.replaced;
  target.set(name, { ...part, text: applySplices(part.text, splices(tree)) });
}

/** Splices that put the content at the end of an element, by default of the root. */
export function append(tree: XmlTree, content: string, element = 0): Splice[] {
  const at = tree.closeStart[element]!;
  if (!isSelfClosing(tree, element)) return [{ start: at, end: at, text: content }];
  const name = tree.source.slice(tree.start[element]! + 1, tree.nameEnd[element]!);
  const end = tree.end[element]!;
  return [{ start: end - 2, end, text: `>${content}</${name}>` }];
}

/** Adds a part that is not there yet, as UTF-8 behind an XML declaration. */
export function addPart(bench: PartBench, name: string, xml: string): void {
  bench.added.set(name, { text: declaration + xml, encoding: "utf-8" });
}

/** Adds a relationship to a part, making its relationships part when there is none; gives the new id. */
export function relate(bench: PartBench, source: string, relationship: NewRelationship): string {
  const name = relationshipsPart(source);
  if (!hasPart(bench.package, name) && !bench.added.has(name)) {
    addPart(bench, name, `<Relationships xmlns="${namespaceUri("pr")}"></Relationships>`);
    // Some programs declare no type for the ending, but one for each part.
    if (contentTypeOf(bench.package, name) !== relationshipsType) declareType(bench, name, relationshipsType);
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

/** The relationships of a part as they stand on the bench, new ones included. */
export function benchRelationships(bench: PartBench, source: string): readonly Relationship[] {
  const name = relationshipsPart(source);
  if (!hasPart(bench.package, name) && !bench.added.has(name)) return [];
  return parseRelationships(read(bench, name).text, source);
}

/** `target` as a relationship of `source` names it: relative, as Office writes it. */
export function relativeTarget(source: string, target: string): string {
  const from = source.split("/").slice(1, -1);
  const to = target.split("/").slice(1);
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  return "../".repeat(from.length - same) + to.slice(same).join("/");
}

/**
 * A name that no part has yet: `/xl/charts/chart3.xml` for the pattern `/xl/charts/chart#.xml`. Names that the content
 * types or the relationships of `source` give to a part that is missing are taken as well.
 */
export function freePartName(bench: PartBench, pattern: string, source: string): string {
  const taken = new Set([
    ...[...bench.added.keys()].map((name) => name.toLowerCase()),
    ...benchRelationships(bench, source).map(({ target }) => target.toLowerCase()),
    ...bench.package.contentTypes.overrides.keys(),
  ]);
  for (let number = 1; ; number++) {
    const name = pattern.replace("#", String(number));
    if (!hasPart(bench.package, name) && !taken.has(name.toLowerCase())) return name;
  }
}

/** Declares the content type of one part; in place of what is declared for a part of that name that was missing. */
export function declareType(bench: PartBench, name: string, type: string): void {
  const part = escapeAttribute(name);
  edit(bench, contentTypesPart, (tree) => {
    const text = `<${qualified(tree, "Override")} PartName="${part}" ContentType="${escapeAttribute(type)}"/>`;
    const stale = childrenOf(tree, 0).find(
      (child) => attribute(tree, child, "PartName")?.toLowerCase() === name.toLowerCase(),
    );
    return stale === undefined
      ? append(tree, text)
      : [{ start: tree.start[stale]!, end: tree.end[stale]!, text }];
  });
}

/** A name with the prefix of that element, by default the root's: parts may be written with one. */
export function qualified(tree: XmlTree, local: string, element = 0): string {
  const name = tree.source.slice(tree.start[element]! + 1, tree.nameEnd[element]!);
  return name.includes(":") ? `${name.slice(0, name.indexOf(":"))}:${local}` : local;
}

/** The parts as bytes, in the encodings they have. */
export function encodeParts(parts: ReadonlyMap<string, PartText>): Map<string, Uint8Array> {
  return new Map([...parts].map(([name, part]) => [name, encodePart(part)]));
}
