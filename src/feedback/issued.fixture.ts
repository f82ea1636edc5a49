import {
  type Change,
  type Edit,
  findQuote,
  openFile,
  planChanges,
  settleChanges,
  type TrackedChange,
} from "../files/index.ts";
import { type DecisionEntry, decisions } from "./decisions.ts";
import { issueLedger } from "./ledger.ts";
import type { Ledger } from "./ledger-types.ts";

/** A change by quote, which must occur once. */
export type QuotedChange = Edit & { readonly quote: string; readonly comment?: string };

/** A file with suggestions `s1`, `s2`, … and its ledger. */
export type Issued = { readonly original: Uint8Array; readonly bytes: Uint8Array; readonly ledger: Ledger };

export const author = "Tandem";

/** Makes tracked suggestions of the changes. */
export async function issued(original: Uint8Array, changes: readonly QuotedChange[]): Promise<Issued> {
  const document = openFile(original);
  const anchored = changes.map(({ quote, ...change }, index) => ({
    ...change,
    id: `s${index + 1}`,
    at: findQuote(document, quote),
  })) as Change[];
  const plan = planChanges(document, anchored, { author, date: new Date("2026-03-02T10:00:00Z") });
  if (plan.refused.length > 0) throw new Error(plan.refused[0]!.reason);
  const { bytes } = plan.save();
  return { original, bytes, ledger: await issueLedger({ original, issued: bytes, applied: plan.applied }) };
}

/** Accepts or rejects one suggestion, or one half of it. */
export function settle(
  bytes: Uint8Array,
  { ledger }: Issued,
  id: string,
  action: "accept" | "reject",
  kind?: TrackedChange["kind"],
): Uint8Array {
  const { date } = ledger.suggestions.find((each) => each.id === id)!;
  return settleChanges(openFile(bytes), {
    action,
    which: (change) => change.revision.date === date && (kind === undefined || change.kind === kind),
  });
}

/** Another person's edit of the text that `quote` names. */
export function retyped(
  bytes: Uint8Array,
  quote: string,
  text: string,
  mode: "tracked" | "direct" = "direct",
): Uint8Array {
  const document = openFile(bytes);
  const at = findQuote(document, quote);
  const change: Change = text === "" ? { kind: "delete", at } : { kind: "replace", at, text };
  const plan = planChanges(document, [change], {
    author: "Bob",
    date: new Date("2026-04-01T08:00:00Z"),
    mode,
  });
  if (plan.refused.length > 0) throw new Error(plan.refused[0]!.reason);
  return plan.save().bytes;
}

/** What is read of one suggestion. */
export function decisionOn(bytes: Uint8Array, { ledger }: Issued, id = "s1"): DecisionEntry {
  return decisions(openFile(bytes), ledger).find((each) => each.id === id)!;
}
