import { hasPart, isRelationshipType, readPart, relationshipsOf } from "../../opc/opc-package.ts";
import { decodePart } from "../../opc/part-text.ts";
import { scanXml } from "../../xml/scan-xml.ts";
import { textOf } from "../../xml/xml-tree.ts";
import type { WordDocument } from "../types.ts";

/** A part of the document's custom XML data store: data that programs keep beside the text (ECMA-376-1, 15.2.5). */
export type CustomXml = {
  readonly part: string;
  readonly namespace: string;
  /** Local name of the root. */
  readonly name: string;
  /** The characters directly inside the root. */
  readonly text: string;
};

/**
 * The document's custom XML parts whose root is in that namespace, in the order of their relationships.
 * Parts that can't be read are left out: other programs put them there, and no text depends on them.
 */
export function customXmlParts(document: WordDocument, namespace: string): CustomXml[] {
  return relationshipsOf(document.package, document.mainPart).flatMap((relationship) => {
    const { target, isExternal } = relationship;
    if (isExternal || !isRelationshipType(relationship, "customXml") || !hasPart(document.package, target))
      return [];
    const found = readItem(document, target);
    return found?.namespace === namespace ? [found] : [];
  });
}

function readItem({ package: opc }: WordDocument, part: string): CustomXml | undefined {
  try {
    const tree = scanXml(decodePart(readPart(opc, part), part).text, opc.limits.depth);
    const [prefix, local] = splitName(tree.source.slice(tree.start[0]! + 1, tree.nameEnd[0]!));
    const namespace = tree.scopes[tree.scope[0]!]!.get(prefix) ?? "";
    return { part, namespace, name: local, text: textOf(tree, 0) };
  } catch {
    return undefined;
  }
}

function splitName(qualified: string): [prefix: string, local: string] {
  const colon = qualified.indexOf(":");
  return colon < 0 ? ["", qualified] : [qualified.slice(0, colon), qualified.slice(colon + 1)];
}
