import { RoundTripError } from "../../errors.ts";
import type { OpcPackage } from "./opc-package.ts";
import { rawData, readZip } from "./read-zip.ts";

/**
 * Checks the written package: every entry that was not to change is there, in its place, byte for byte. Throws
 * `RoundTripError`.
 */
export function verifyPackage(
  opc: OpcPackage,
  bytes: Uint8Array,
  replaced: ReadonlyMap<string, Uint8Array>,
  added: ReadonlyMap<string, Uint8Array>,
  removed: ReadonlySet<string> = new Set(),
): void {
  const { archive, codec } = opc;
  const written = readZip(bytes, { ...opc.limits, ratio: Number.POSITIVE_INFINITY });
  const lower = (name: string): string => name.toLowerCase();
  const gone = new Set([...removed].map(lower));
  const data = new Map([...replaced].map(([name, part]) => [lower(name), part]));
  const kept = archive.entries.filter(({ name }) => !gone.has(lower(`/${name}`)));
  const isExpected = written.entries.length === kept.length + added.size;
  kept.forEach((entry, index) => {
    const other = written.entries[index];
    const wanted = data.get(lower(`/${entry.name}`));
    const isSame =
      other?.name === entry.name &&
      (wanted === undefined
        ? sameBytes(rawData(archive, entry), rawData(written, other))
        : other.crc === codec.crc32(wanted) && other.size === wanted.length);
    if (!isExpected || !isSame)
      throw new RoundTripError(
        `the part /${entry.name} would not be written as it should; nothing was written`,
      );
  });
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
