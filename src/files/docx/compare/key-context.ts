import { isRelationshipType, type Relationship, relationshipsOf } from "../../opc/opc-package.ts";
import { attribute, childNamed, childrenOf, nameOf } from "../../xml/xml-tree.ts";
import { relatedTree } from "../read/styles.ts";
import type { WordDocument } from "../types.ts";
import { contentKey, type KeyContext } from "./content-key.ts";

/** Reads what a document's style ids and relationship ids stand for. `list` says what its list ids do. */
export function createKeyContext(document: WordDocument, list: (id: string) => string): KeyContext {
  const names = styleNames(document);
  const byPart = new Map<string, ReadonlyMap<string, Relationship>>();
  const relations = (part: string): ReadonlyMap<string, Relationship> => {
    let found = byPart.get(part);
    if (found === undefined) {
      found = new Map(relationshipsOf(document.package, part).map((each) => [each.id, each]));
      byPart.set(part, found);
    }
    return found;
  };
  const relationKey = (relationship: Relationship, seen: readonly string[]): string => {
    const { type, target, isExternal } = relationship;
    const kind = type.slice(type.lastIndexOf("/") + 1);
    if (isExternal) return `${kind} ${target}`;
    const entry = document.package.entries.get(target.toLowerCase());
    if (entry === undefined) return `${kind} missing`;
    if (seen.includes(target)) return `${kind} again`;
    const inner = [...relations(target).values()].map((each) => relationKey(each, [...seen, target]));
    return `${kind} ${entry.crc}:${entry.size} ${inner.sort().join(" ")}`;
  };
  return {
    style: (id) => names.get(id) ?? id,
    list,
    relation: (part, id) => {
      const found = relations(part).get(id);
      return found === undefined ? `unknown ${id}` : relationKey(found, [part]);
    },
  };
}

/** The names of all styles by id, in lower case. */
export function styleNames(document: WordDocument): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const tree = relatedTree(document, "styles");
  if (tree === undefined) return names;
  for (const style of childrenOf(tree, 0)) {
    if (nameOf(tree, style) !== "w:style") continue;
    const id = attribute(tree, style, "w:styleId");
    const name = childNamed(tree, style, "w:name");
    if (id === undefined || name < 0) continue;
    names.set(id, `${attribute(tree, name, "w:val") ?? id}`.toLowerCase());
  }
  return names;
}

/** What each list of a document looks like, by `w:numId`: levels, formats, overrides; without the ids it has there. */
export function listDefinitions(document: WordDocument): ReadonlyMap<string, string> {
  const definitions = new Map<string, string>();
  const tree = relatedTree(document, "numbering");
  if (tree === undefined) return definitions;
  const names = styleNames(document);
  const part =
    relationshipsOf(document.package, document.mainPart).find((each) => isRelationshipType(each, "numbering"))
      ?.target ?? "";
  const source = {
    tree,
    part,
    context: { style: (id: string) => names.get(id) ?? id, list: (id: string) => id, relation: () => "" },
  };
  const abstracts = new Map<string, string>();
  for (const element of childrenOf(tree, 0)) {
    const name = nameOf(tree, element);
    if (name === "w:abstractNum") {
      const kept = childrenOf(tree, element).filter((child) => !/^w:(nsid|tmpl)$/.test(nameOf(tree, child)));
      const key = kept.map((child) => contentKey(source, child)).join("");
      abstracts.set(attribute(tree, element, "w:abstractNumId") ?? "", key);
    } else if (name === "w:num") {
      const reference = childNamed(tree, element, "w:abstractNumId");
      const abstract = reference < 0 ? "" : (attribute(tree, reference, "w:val") ?? "");
      const overrides = childrenOf(tree, element).filter((child) => child !== reference);
      const key = overrides.map((child) => contentKey(source, child)).join("");
      definitions.set(attribute(tree, element, "w:numId") ?? "", `${abstracts.get(abstract) ?? ""}|${key}`);
    }
  }
  return definitions;
}
