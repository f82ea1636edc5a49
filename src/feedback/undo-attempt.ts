import { comments, openFile, type WordDocument } from "../files/index.ts";
import { type ReadSuggestion, readSuggestions } from "./decisions.ts";
import { type StoryParagraphs, storiesOf } from "./issued-stories.ts";
import type { Ledger, Suggestion } from "./ledger-types.ts";
import {
  applyWork,
  issuedComments,
  rejectPending,
  type Signature,
  type Work,
  withoutComments,
} from "./undo-apply.ts";
import { planReversals, type Remark, remarkOn } from "./undo-plan.ts";
import type { UndoEntry, UndoResult } from "./undo-types.ts";
import type { KeyOf, Verdict } from "./undo-verdict.ts";
import { verifyUndo } from "./undo-verify.ts";

/** A file to undo a job in, and what is read in it. */
export type Job = {
  readonly issued?: WordDocument;
  readonly bytes: Uint8Array;
  readonly document: WordDocument;
  readonly ledger: Ledger;
  readonly read: readonly ReadSuggestion[];
  readonly signature: Signature;
  readonly keyOf: KeyOf;
};

/** The undone file, or why suggestions can't be undone after all. */
export type Attempt = { readonly result: UndoResult } | { readonly failed: ReadonlyMap<number, string> };

/** Undoes what is decided to be undone, and reads the result back. */
export function attemptUndo(job: Job, decided: ReadonlyMap<number, Verdict>): Attempt {
  const { document, ledger, signature, keyOf } = job;
  const rejected = suggestionsTo("reject", ledger, decided);
  // Words that come back stand beside words that are no longer deleted only when those are refused first.
  const base = withoutPending(job, rejected);
  const stories = storiesOf(base.document);
  const { failed, ...plan } = planReversals(base.read, stories, decided);
  if (failed.size > 0) return { failed };
  const remarks = remarksOn(job, base, stories, decided);
  const work: Work = {
    ...plan,
    remarks: [...remarks].flatMap(([of, { change }]) => (change === undefined ? [] : [{ of, item: change }])),
    suggestions: ledger.suggestions,
    ...(job.issued !== undefined && { issued: job.issued }),
  };
  const applied = applyWork(base.bytes, work, signature);
  if (applied.refused.size > 0) return { failed: applied.refused };
  const { unanswered, answered } = issuedComments(document, rejected);
  const beside = issuedComments(document, suggestionsTo("reverse", ledger, decided));
  const kept = new Set([...answered, ...beside.unanswered, ...beside.answered].map(([each]) => each));
  const bytes = withoutComments(applied.bytes, unanswered.values());
  const unproven = verifyUndo({
    ...{ original: document, base: base.document, bytes, ledger, work, applied, signature, rejected, keyOf },
    undone: indexesTo(["reject", "reverse"], decided),
    changesComments: remarks.size + unanswered.size > 0,
  });
  if (unproven.length > 0) return { failed: new Map(unproven.map((index) => [index, notProven])) };
  const entries = entriesOf(job, decided, (index) => {
    const remark = applied.unremarked.has(index) ? undefined : remarks.get(index);
    const suggestion = ledger.suggestions[index]!;
    return {
      ...((remark?.change !== undefined || remark?.isThere) && { comment: remark.text }),
      ...(unanswered.has(suggestion) && { issuedComment: "removed" }),
      ...(kept.has(suggestion) && { issuedComment: "kept" }),
    };
  });
  return { result: { bytes, isChanged: bytes !== job.bytes, entries } };
}

/** A file and what is read in it. */
type Base = Pick<Job, "bytes" | "document" | "read">;

function withoutPending(job: Job, rejected: readonly Suggestion[]): Base {
  if (rejected.length === 0) return job;
  const bytes = rejectPending(job.bytes, rejected, job.keyOf);
  const document = openFile(bytes);
  return { bytes, document, read: readSuggestions(document, job.ledger) };
}

const notProven = "the file does not show afterwards that it is gone";

/** The suggestions of which this is decided. */
export function indexesTo(
  actions: readonly Verdict["action"][],
  decided: ReadonlyMap<number, Verdict>,
): Set<number> {
  return new Set([...decided].flatMap(([index, { action }]) => (actions.includes(action) ? [index] : [])));
}

function suggestionsTo(
  action: Verdict["action"],
  { suggestions }: Ledger,
  decided: ReadonlyMap<number, Verdict>,
): Suggestion[] {
  return [...indexesTo([action], decided)].map((index) => suggestions[index]!);
}

/** The comments on conflicts: what they say is what the file said when the undo came. */
function remarksOn(
  { document, read }: Job,
  base: Base,
  stories: readonly StoryParagraphs[],
  decided: ReadonlyMap<number, Verdict>,
): Map<number, Remark> {
  const existing = comments(document);
  const remarks = new Map<number, Remark>();
  for (const [index, verdict] of decided) {
    if (verdict.action !== "conflict") continue;
    const said = { ...base.read[index]!, entry: read[index]!.entry };
    remarks.set(index, remarkOn(said, stories, verdict.reason, existing));
  }
  return remarks;
}

const actions = {
  reject: "rejected",
  reverse: "reversed",
  nothing: "nothing",
  conflict: "conflict",
} as const;

function entriesOf(
  { read }: Job,
  decided: ReadonlyMap<number, Verdict>,
  commentsOn: (index: number) => Pick<UndoEntry, "comment" | "issuedComment">,
): UndoEntry[] {
  return [...decided]
    .sort(([one], [other]) => one - other)
    .map(([index, verdict]) => {
      const { id, kind, before, after, outcome } = read[index]!.entry;
      return {
        ...{ id, kind, before, after, outcome },
        action: actions[verdict.action],
        ...("reason" in verdict && { reason: verdict.reason }),
        ...commentsOn(index),
      };
    });
}
