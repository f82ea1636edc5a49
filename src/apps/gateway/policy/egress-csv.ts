import { csvCell } from "../usage/usage-csv.ts";
import type { EgressEntry } from "./list-egress.ts";

const COLUMNS: readonly (readonly [name: string, member: keyof EgressEntry])[] = [
  ["at", "at"],
  ["call", "call"],
  ["job", "job"],
  ["key", "keyId"],
  ["project", "projectId"],
  ["deployment", "deployment"],
  ["operation", "operation"],
  ["provider", "provider"],
  ["target", "target"],
  ["region", "region"],
  ["bytes", "bytes"],
  ["sha256", "sha256"],
  ["policy", "policy"],
  ["masked", "masked"],
];

/** Departures as CSV (RFC 4180), with a header. */
export function egressCsv(entries: readonly EgressEntry[]): string {
  const header = COLUMNS.map(([name]) => name);
  const lines = entries.map((entry) => COLUMNS.map(([, member]) => entry[member] ?? ""));
  return [header, ...lines].map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}
