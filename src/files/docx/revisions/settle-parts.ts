import { hasPart, isRelationshipType, readPart, relationshipsOf } from "../../opc/opc-package.ts";
import { decodePart, type PartEncoding } from "../../opc/part-text.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import type { WordDocument } from "../types.ts";

/** A part that may hold tracked changes. */
export type RevisionPart = { readonly name: string; readonly encoding: PartEncoding; readonly tree: XmlTree };

/** The stories, and the styles and numbering parts when Word tracked a change to a style in them. */
export function revisionParts(document: WordDocument): RevisionPart[] {
  return [...document.stories, ...stylesWithChanges(document)];
}

function stylesWithChanges(document: WordDocument): RevisionPart[] {
  const parts: RevisionPart[] = [];
  for (const relationship of relationshipsOf(document.package, document.mainPart)) {
    const isWanted =
      isRelationshipType(relationship, "styles") || isRelationshipType(relationship, "numbering");
    const name = relationship.target;
    if (!isWanted || relationship.isExternal || !hasPart(document.package, name)) continue;
    if (parts.some((part) => part.name === name)) continue;
    const { text, encoding } = decodePart(readPart(document.package, name), name);
    if (!/[rp]PrChange\b/.test(text)) continue;
    parts.push({ name, encoding, tree: scanXml(text, document.package.limits.depth) });
  }
  return parts;
}
