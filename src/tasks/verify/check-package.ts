import { readPart, type WordDocument } from "../../files/index.ts";
import { contentTypesPart } from "../../files/opc/opc-package.ts";
import { decodePart } from "../../files/opc/part-text.ts";
import { scanXml, type XmlTree } from "../../files/xml/scan-xml.ts";
import { attribute, childrenOf, nameOf, outerXml } from "../../files/xml/xml-tree.ts";
import type { PartRecord, PlaceRecord } from "./certificate.ts";
import { isStoryPart } from "./check-stories.ts";
import { commentWords, inertWords } from "./part-kinds.ts";

/** What differs in the package beside the stories: parts, their order, types, relationships, styles and lists. */
export function packagePlaces(
  old: WordDocument,
  fresh: WordDocument,
  parts: readonly PartRecord[],
  words: ReadonlyMap<string, string>,
): PlaceRecord[] {
  return [...orderPlaces(old, fresh), ...parts.flatMap((part) => partPlaces(old, fresh, part, words))];
}

/** New parts come after those that were there, which keep their order. */
function orderPlaces(old: WordDocument, fresh: WordDocument): PlaceRecord[] {
  const names = old.package.archive.entries.map(({ name }) => name);
  const known = new Set(names);
  const others = fresh.package.archive.entries.map(({ name }) => name);
  const kept = others.filter((name) => known.has(name));
  const at = names.filter((name) => kept.includes(name)).findIndex((name, index) => kept[index] !== name);
  if (at < 0) return [];
  return [{ part: `/${kept[at]}`, kind: "direct", what: "the parts stand in another order in the file" }];
}

function partPlaces(
  old: WordDocument,
  fresh: WordDocument,
  { name, state }: PartRecord,
  words: ReadonlyMap<string, string>,
): PlaceRecord[] {
  const place = (kind: PlaceRecord["kind"], what: string): PlaceRecord[] => [{ part: name, kind, what }];
  if (state === "same") return [];
  if (state === "removed") return place("direct", "part removed");
  const word = words.get(name.toLowerCase());
  if (state === "added") {
    if (word !== undefined && commentWords.has(word)) return place("comment", "part for comments added");
    const isInert = (word !== undefined && inertWords.has(word)) || isCompanion(name);
    return place(
      isInert ? "addition" : "direct",
      isInert ? "part added that only refusable changes use" : "part added",
    );
  }
  if (isStoryPart(old, name) || word === "comments") return [];
  if (word !== undefined && commentWords.has(word))
    return place("comment", "state or authors of comments changed");
  const isAdditive = isGrowing(name, word);
  const lost = isAdditive ? changedChildren(old, fresh, name) : "the part changed";
  if (lost !== undefined) return place("direct", lost);
  return place("addition", "entries added, the others as they were");
}

/** Relationships of new parts, and what they hold in turn. */
function isCompanion(name: string): boolean {
  return /(^|\/)_rels\/[^/]+\.rels$|^\/word\/(media|charts|embeddings|diagrams)\/|^\/customXml\//i.test(name);
}

function isGrowing(name: string, word: string | undefined): boolean {
  return (
    name.toLowerCase() === contentTypesPart.toLowerCase() ||
    name.endsWith(".rels") ||
    word === "styles" ||
    word === "numbering"
  );
}

/** Says what is wrong when not all children are there as they were, or a new one has an effect of its own. */
function changedChildren(old: WordDocument, fresh: WordDocument, name: string): string | undefined {
  const tree = (document: WordDocument): XmlTree =>
    scanXml(decodePart(readPart(document.package, name), name).text, document.package.limits.depth);
  const [one, two] = [tree(old), tree(fresh)];
  const rest = childrenOf(two, 0);
  for (const child of childrenOf(one, 0)) {
    const at = rest.findIndex((other) => outerXml(two, other) === outerXml(one, child));
    if (at < 0) return `${label(one, child)} changed or removed`;
    rest.splice(at, 1);
  }
  const active = rest.find((child) => nameOf(two, child) === "pr:Relationship" && !isInert(two, child));
  return active === undefined ? undefined : `${label(two, active)} added`;
}

function isInert(tree: XmlTree, relationship: number): boolean {
  const type = attribute(tree, relationship, "Type") ?? "";
  return inertWords.has(type.slice(type.lastIndexOf("/") + 1));
}

function label(tree: XmlTree, element: number): string {
  const name = nameOf(tree, element);
  for (const key of ["PartName", "Extension", "Target", "w:styleId", "w:numId", "w:abstractNumId"]) {
    const value = attribute(tree, element, key);
    if (value !== undefined) return `${name} ${value}`;
  }
  return name;
}
