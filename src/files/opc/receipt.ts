import type { OpcPackage } from "./opc-package.ts";

/** What happened to one part of the package on save. */
export type PartReceipt = {
  readonly name: string;
  readonly state: "raw" | "spliced" | "added" | "removed";
  /** Bytes of the part's XML that were removed plus written; 0 for `raw`. */
  readonly bytesTouched: number;
};

export type Receipt = { readonly parts: readonly PartReceipt[] };

/** What a save did to each part. `touched` gives the bytes of a spliced part where they are known. */
export function receiptOf(
  opc: OpcPackage,
  replaced: ReadonlyMap<string, Uint8Array>,
  added: ReadonlyMap<string, Uint8Array>,
  touched: ReadonlyMap<string, number>,
  removed: ReadonlySet<string> = new Set(),
): Receipt {
  const parts: PartReceipt[] = opc.archive.entries.map((entry) => {
    const name = `/${entry.name}`;
    if (removed.has(name)) return { name, state: "removed", bytesTouched: entry.size };
    const bytes = replaced.get(name);
    if (bytes === undefined) return { name, state: "raw", bytesTouched: 0 };
    return { name, state: "spliced", bytesTouched: touched.get(name) ?? Math.abs(bytes.length - entry.size) };
  });
  for (const [name, bytes] of added) parts.push({ name, state: "added", bytesTouched: bytes.length });
  return { parts };
}
