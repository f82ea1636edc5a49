import { type OpcPackage, openPackage, readPart } from "../../files/opc/opc-package.ts";
import { decodePart } from "../../files/opc/part-text.ts";
import type { ZipEntry } from "../../files/opc/read-zip.ts";
import { canonicalPart } from "./canonical-part.ts";

/** A part that is not the same in two packages. */
export type PartDifference = {
  /** Part name in lower case, for example `/word/document.xml`. */
  readonly name: string;
  readonly difference: "changed" | "missing" | "added" | "moved";
};

export type ComparePackagesOptions = {
  /** Takes XML parts that differ only in how runs are cut as the same. Defaults to false: compressed bytes count. */
  readonly canonical?: boolean;
};

/** Offset and length of "relative offset of local header" in a directory record (APPNOTE 4.3.12): the only field that may move. */
const OFFSET_FIELD = { start: 42, end: 46 };

/** Which zip entries of two packages differ, in data, attributes, presence or order. */
export function comparePackages(
  before: Uint8Array,
  after: Uint8Array,
  options: ComparePackagesOptions = {},
): PartDifference[] {
  const [old, fresh] = [openPackage(before), openPackage(after)];
  const differences: PartDifference[] = [];
  for (const [name, entry] of old.entries) {
    const other = fresh.entries.get(name);
    if (other === undefined) differences.push({ name, difference: "missing" });
    else if (!isSameEntry(old, entry, fresh, other) && !(options.canonical && isSameXml(old, fresh, name))) {
      differences.push({ name, difference: "changed" });
    }
  }
  for (const name of fresh.entries.keys()) {
    if (!old.entries.has(name)) differences.push({ name, difference: "added" });
  }
  const order = [...fresh.entries.keys()].filter((name) => old.entries.has(name));
  const moved = [...old.entries.keys()]
    .filter((name) => fresh.entries.has(name))
    .find((name, at) => name !== order[at]);
  if (moved !== undefined) differences.push({ name: moved, difference: "moved" });
  return differences;
}

function isSameEntry(old: OpcPackage, entry: ZipEntry, fresh: OpcPackage, other: ZipEntry): boolean {
  return (
    isSameBytes(recordOf(entry), recordOf(other)) && isSameBytes(dataOf(old, entry), dataOf(fresh, other))
  );
}

function isSameXml(old: OpcPackage, fresh: OpcPackage, name: string): boolean {
  if (!/\.(xml|rels)$/.test(name)) return isSameBytes(readPart(old, name), readPart(fresh, name));
  const canonical = (opc: OpcPackage): string => canonicalPart(decodePart(readPart(opc, name), name).text);
  return canonical(old) === canonical(fresh);
}

function recordOf({ record }: ZipEntry): Uint8Array {
  const masked = record.slice();
  masked.fill(0, OFFSET_FIELD.start, OFFSET_FIELD.end);
  return masked;
}

function dataOf({ archive }: OpcPackage, { dataOffset, compressedSize }: ZipEntry): Uint8Array {
  return archive.bytes.subarray(dataOffset, dataOffset + compressedSize);
}

/** True when both hold the same bytes. */
export function isSameBytes(one: Uint8Array, two: Uint8Array): boolean {
  return one.length === two.length && one.every((byte, index) => byte === two[index]);
}
