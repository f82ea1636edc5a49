import { FileDamagedError } from "../../errors.ts";
import type { OpcPackage } from "./opc-package.ts";
import { rewriteZip } from "./write-zip.ts";

/**
 * The package with those parts' bytes replaced, others added and others removed, by part name (`/word/document.xml`).
 * Every other zip entry is copied byte for byte. Relationships and content types are parts like any other.
 */
export function savePackage(
  opc: OpcPackage,
  replaced: ReadonlyMap<string, Uint8Array>,
  added: ReadonlyMap<string, Uint8Array> = new Map(),
  removed: ReadonlySet<string> = new Set(),
): Uint8Array {
  const entryOf = (name: string): string => {
    const entry = opc.entries.get(name.toLowerCase());
    if (entry === undefined) throw new FileDamagedError(`the part ${name} is missing from the file`);
    return entry.name;
  };
  const byEntry = new Map<string, Uint8Array>();
  for (const [name, bytes] of replaced) byEntry.set(entryOf(name), bytes);
  const newEntries = new Map([...added].map(([name, bytes]) => [name.slice(1), bytes]));
  return rewriteZip(opc.archive, byEntry, newEntries, opc.codec, new Set([...removed].map(entryOf)));
}
