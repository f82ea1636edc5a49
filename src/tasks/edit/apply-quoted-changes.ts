import {
  type AppliedChange,
  type Change,
  type ChangePlan,
  openFile,
  planChanges,
  type Receipt,
  type Refusal,
  type RefusalCode,
  type WordDocument,
} from "../../files/index.ts";
import { changeId, parseQuotedChanges } from "./quoted-change.ts";
import type { QuotedChange } from "./quoted-change-schema.ts";
import { type RedlineEntry, redlineOf } from "./redline.ts";
import { resolveChanges } from "./resolve-changes.ts";

export type ApplyOptions = {
  readonly author: string;
  /** Written as the time of the changes. */
  readonly date: Date;
  /** Defaults to "tracked". */
  readonly mode?: "tracked" | "direct";
  /** Writes the changes that can be made although others are refused. Defaults to false. */
  readonly partial?: boolean;
};

/**
 * What becomes of one change. `applied` means that it can be made; it has been made when the outcome has `bytes`.
 * A refusal says why and what to do instead.
 */
export type ChangeResult =
  | {
      readonly index: number;
      readonly id: string;
      readonly status: "applied";
      readonly kind: Change["kind"];
      /** `w:date` of its revisions or comment. */
      readonly date: string;
      readonly before: string;
      readonly after: string;
      readonly paragraph?: string;
    }
  | {
      readonly index: number;
      readonly id: string;
      readonly status: "refused";
      readonly code: RefusalCode;
      readonly reason: string;
      readonly fix: string;
    };

export type ApplyOutcome = {
  /** One for each change, in the order they came. */
  readonly results: readonly ChangeResult[];
  /** Before and after of each place that can be changed, in reading order. */
  readonly redline: readonly RedlineEntry[];
  /** The new file; absent when a change was refused (without `partial`) or none could be made. */
  readonly bytes?: Uint8Array;
  readonly receipt?: Receipt;
};

/**
 * Makes quoted changes in a Word file. With a refusal nothing is written unless `partial`. Throws `BadRequestError`
 * for changes of the wrong shape and the file errors of `openFile`; a change that can't be made never throws.
 */
export function applyQuotedChanges(
  bytes: Uint8Array,
  quoted: readonly QuotedChange[],
  options: ApplyOptions,
): ApplyOutcome {
  const changes = parseQuotedChanges(quoted);
  const document = openFile(bytes);
  const resolved = resolveChanges(document, changes);
  const { author, date, mode } = options;
  const plan = planChanges(document, resolved.changes, { author, date, ...(mode && { mode }) });
  const refused = [...resolved.refused, ...plan.refused];
  const mayWrite = options.partial === true || refused.length === 0;
  return {
    results: changeResults(changes.map(changeId), plan.applied, refused),
    ...saved(document, plan, resolved.changes, mayWrite),
  };
}

/** One result a change, in the order of the ids; each id must be among the applied or the refused. */
export function changeResults(
  ids: readonly string[],
  applied: readonly AppliedChange[],
  refused: readonly Refusal[],
): ChangeResult[] {
  const done = new Map(applied.map((each) => [each.id, each]));
  const refusals = new Map(refused.map((each) => [each.id, each]));
  return ids.map((id, index): ChangeResult => {
    const change = done.get(id);
    if (change !== undefined) {
      const { kind, date, before, after, paragraph } = change;
      const place = paragraph === undefined ? {} : { paragraph };
      return { index, id, status: "applied", kind, date, before, after, ...place };
    }
    const refusal = refusals.get(id);
    if (refusal === undefined) throw new RangeError(`the change ${id} was neither applied nor refused`);
    return { index, id, status: "refused", code: refusal.code, reason: refusal.reason, fix: refusal.fix };
  });
}

/** The redline of what a plan would do, and the file when it may be written and says anything new. */
export function saved(
  document: WordDocument,
  plan: ChangePlan,
  changes: readonly Change[],
  mayWrite: boolean,
): Pick<ApplyOutcome, "redline" | "bytes" | "receipt"> {
  const redline = redlineOf(document, changes, plan.applied);
  if (!mayWrite || plan.applied.length === 0) return { redline };
  return { redline, ...plan.save() };
}
