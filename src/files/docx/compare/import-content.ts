import { relationshipsOf } from "../../opc/opc-package.ts";
import type { NamespaceScope } from "../../xml/namespaces.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { escapeAttribute } from "../../xml/xml-text.ts";
import { attribute, attributesOf, nameOf, type XmlAttribute } from "../../xml/xml-tree.ts";
import type { WordDocument } from "../types.ts";
import type { KeyContext } from "./content-key.ts";
import { isEmptyWrapper, isIgnored, isRelationshipAttribute, type KeySource } from "./content-key.ts";
import { foreignXml } from "./foreign-xml.ts";
import { attributeSplice, type Definitions } from "./import-definitions.ts";
import { addRelationship, benchRelationships, copyPart, type PackageBench } from "./package-bench.ts";

/** Turns XML of the second document into XML that can stand in a part of the first. */
export type Importer = {
  /** An element's source for a place with that scope in the part `target`. */
  readonly xml: (source: KeySource, element: number, target: ImportTarget) => string;
  /** True for a reference to a note that can't be carried over. */
  readonly isRefusedNote: (source: KeySource, reference: number) => boolean;
};

export type ImportTarget = { readonly part: string; readonly scope: NamespaceScope };

export type ImporterOptions = {
  readonly bench: PackageBench;
  readonly after: WordDocument;
  readonly before: KeyContext;
  readonly definitions: Definitions;
  /** The id here of a note that the second document refers to; undefined when it can't be carried over. */
  readonly note: (kind: "footnote" | "endnote", id: string) => string | undefined;
};

const styleReferences = new Set(["w:pStyle", "w:rStyle", "w:tblStyle"]);
const ownIds = /^(w:rsid.*|w14:paraId|w14:textId)$/;

export function createImporter(options: ImporterOptions): Importer {
  const relationIds = new Map<string, string>();
  let drawingId = 0;
  const relation = (source: KeySource, id: string, target: ImportTarget): string => {
    const key = `${source.part} ${id} ${target.part}`;
    let own = relationIds.get(key);
    if (own === undefined) {
      own = importRelation(options, source, id, target);
      relationIds.set(key, own);
    }
    return own;
  };
  const nextDrawingId = (): string => {
    if (drawingId === 0) drawingId = highestDrawingId(options.bench.texts.document);
    return String(++drawingId);
  };

  const attributeSplices = (source: KeySource, element: number, target: ImportTarget): Splice[] => {
    const { tree } = source;
    const name = nameOf(tree, element);
    const splices: Splice[] = [];
    const set = (own: XmlAttribute, value: string): void => {
      if (value !== own.value) splices.push(attributeSplice(tree, own, escapeAttribute(value)));
    };
    for (const own of attributesOf(tree, element)) {
      if (ownIds.test(own.name)) splices.push({ start: own.start, end: own.end, text: "" });
      else if (isRelationshipAttribute(own.name)) set(own, relation(source, own.value, target));
      else if (own.name === "w:val" && styleReferences.has(name))
        set(own, options.definitions.style(own.value));
      else if (own.name === "w:val" && name === "w:numId") set(own, options.definitions.list(own.value));
      else if (own.name === "id" && name === "wp:docPr") set(own, nextDrawingId());
      else if (own.name === "w:id" && isNoteReference(name))
        set(own, noteId(options, name, own.value) ?? own.value);
    }
    return splices;
  };

  return {
    xml: (source, element, target) => {
      const { tree } = source;
      const splices: Splice[] = [];
      for (let at = element; at < tree.next[element]!; at++) {
        if (at !== element && (isLeftOut(options, tree, at) || isEmptyWrapper(source, at))) {
          splices.push({ start: tree.start[at]!, end: tree.end[at]!, text: "" });
          at = tree.next[at]! - 1;
        } else splices.push(...attributeSplices(source, at, target));
      }
      return foreignXml(tree, element, splices, target.scope);
    },
    isRefusedNote: ({ tree }, reference) => isLeftOut(options, tree, reference),
  };
}

/** Markers and comments have no tracked form; a section's set-up and ids of controls would clash. */
function isLeftOut(options: ImporterOptions, tree: XmlTree, element: number): boolean {
  const name = nameOf(tree, element);
  if (isIgnored(name) || name === "w:sectPr") return true;
  if (name === "w:id") return nameOf(tree, tree.parent[element]!) === "w:sdtPr";
  return isNoteReference(name) && noteId(options, name, attribute(tree, element, "w:id") ?? "") === undefined;
}

function isNoteReference(name: string): boolean {
  return name === "w:footnoteReference" || name === "w:endnoteReference";
}

function noteId(options: ImporterOptions, name: string, id: string): string | undefined {
  return options.note(name === "w:footnoteReference" ? "footnote" : "endnote", id);
}

/** An id in the target part for what the second document's part relates to: the same thing's, or a copy's. */
function importRelation(
  options: ImporterOptions,
  source: KeySource,
  id: string,
  target: ImportTarget,
): string {
  const { bench, after, before } = options;
  const wanted = relationshipsOf(after.package, source.part).find((each) => each.id === id);
  if (wanted === undefined) return id;
  const key = source.context.relation(source.part, id);
  const document = bench.texts.document;
  const own = relationshipsOf(document.package, target.part).find(
    (each) => each.type === wanted.type && before.relation(target.part, each.id) === key,
  );
  if (own !== undefined) return own.id;
  const place = wanted.isExternal ? wanted.target : copyPart(bench, after, wanted.target);
  if (place === undefined) return id;
  const made = benchRelationships(bench, target.part).find(
    (each) => each.target === place && each.type === wanted.type,
  );
  return (
    made?.id ??
    addRelationship(bench, target.part, { type: wanted.type, target: place, isExternal: wanted.isExternal })
  );
}

function highestDrawingId(document: WordDocument): number {
  let most = 0;
  for (const { tree } of document.stories) {
    for (const [, value] of tree.source.matchAll(/docPr\s[^>]*?\bid\s*=\s*["'](\d{1,10})["']/g)) {
      most = Math.max(most, Number(value));
    }
  }
  return most;
}
