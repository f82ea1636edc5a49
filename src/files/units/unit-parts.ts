import { hasPart, type OpcPackage, readPart } from "../opc/opc-package.ts";
import { decodePart, encodePart } from "../opc/part-text.ts";
import { scanXml, type XmlTree } from "../xml/scan-xml.ts";
import { applySplices, type Splice } from "../xml/splice.ts";

/** The XML of a part, or undefined when the package has no such part. */
export function xmlPart(opc: OpcPackage, part: string | undefined): XmlTree | undefined {
  if (part === undefined || !hasPart(opc, part)) return undefined;
  return scanXml(decodePart(readPart(opc, part), part).text, opc.limits.depth);
}

/** The parts with the splices made, in the encodings they have; each is read again as a check. */
export function splicedParts(
  opc: OpcPackage,
  splices: ReadonlyMap<string, readonly Splice[]>,
): Map<string, Uint8Array> {
  const parts = new Map<string, Uint8Array>();
  for (const [part, changes] of splices) {
    if (changes.length === 0) continue;
    const before = decodePart(readPart(opc, part), part);
    const text = applySplices(before.text, changes);
    scanXml(text, opc.limits.depth);
    parts.set(part, encodePart({ ...before, text }));
  }
  return parts;
}
