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
  // Names of parts are compared without regard to case (ECMA-376-2, 6.2.2.3), and relationships may write another one.
  const byName = new Map([...replaced].map(([name, bytes]) => [name.toLowerCase(), { name, bytes }]));
  const gone = new Set([...removed].map((name) => name.toLowerCase()));
  const parts: PartReceipt[] = opc.archive.entries.map((entry) => {
    const name = `/${entry.name}`;
    if (gone.has(name.toLowerCase())) return { name, state: "removed", bytesTouched: entry.size };
    const found = byName.get(name.toLowerCase());
    if (found === undefined) return { name, state: "raw", bytesTouched: 0 };
    const bytesTouched = touched.get(found.name) ?? Math.abs(found.bytes.length - entry.size);
    return { name, state: "spliced", bytesTouched };
  });
  for (const [name, bytes] of added) parts.push({ name, state: "added", bytesTouched: bytes.length });
  return { parts };
}
