import { TargetNotFoundError } from "../errors.ts";
import { comments, openFile, trackedChanges, type WordDocument } from "../files/index.ts";
import { readSuggestions } from "./decisions.ts";
import type { Ledger } from "./ledger-types.ts";
import { minuteKey } from "./revision-key.ts";
import { attemptUndo, indexesTo, type Job } from "./undo-attempt.ts";
import { isConflictText } from "./undo-conflict.ts";
import type { UndoOptions, UndoResult } from "./undo-types.ts";
import { keyFor, type Verdict, verdicts } from "./undo-verdict.ts";

/**
 * Takes a job's suggestions out of a file that others have edited since, and leaves everything of theirs: pending ones
 * are rejected, accepted ones changed back as tracked changes, and what somebody reworded stays and gets a comment. The
 * result is read back before it is returned. Throws `RoundTripError` when others' text would change.
 */
export function undoChanges(bytes: Uint8Array, options: UndoOptions): UndoResult {
  const { ledger, mode = "tracked" } = options;
  const document = openFile(bytes);
  const author = ownName(document, options.author);
  const chosen = chosenIndexes(ledger, options.only);
  const read = readSuggestions(document, ledger);
  const signature = { author, date: laterThan(ledger, author, options.date), mode };
  const issued = options.issued === undefined ? {} : { issued: openFile(options.issued) };
  const job = { bytes, document, ledger, read, signature, keyOf: keyFor(document, ledger), ...issued };
  const decided = new Map(verdicts(document, ledger, read, chosen));
  for (const index of leftBefore(job, decided)) decided.set(index, { action: "conflict", reason: isLeft });
  // What turns out not to be possible becomes a conflict, and the rest is tried again without it.
  for (;;) {
    const attempt = attemptUndo(job, decided);
    if ("result" in attempt) return attempt.result;
    for (const [index, reason] of attempt.failed) decided.set(index, { action: "conflict", reason });
  }
}

const isLeft = "an earlier undo left it; remove its comment to have it tried again";

/** What an earlier undo left may look undisputed once its neighbours are gone, but nobody has settled it since. */
function leftBefore({ document, read }: Job, decided: ReadonlyMap<number, Verdict>): number[] {
  const existing = comments(document);
  return [...indexesTo(["reverse"], decided)].filter((index) =>
    existing.some(({ text }) => isConflictText(text, read[index]!)),
  );
}

/** New changes are made in one's own pending ones without a trace, so where there are such the undo has another name. */
function ownName(document: WordDocument, author: string): string {
  const isTaken = trackedChanges(document).some(({ revision }) => revision.author === author);
  return isTaken ? `${author} (undo)` : author;
}

function chosenIndexes({ suggestions }: Ledger, only: readonly string[] | undefined): Set<number> {
  const all = new Set(suggestions.keys());
  if (only === undefined) return all;
  const ids = new Set(suggestions.map(({ id }) => id));
  const missing = only.filter((id) => !ids.has(id));
  if (missing.length > 0) {
    throw new TargetNotFoundError(`there is no suggestion ${missing.join(", ")}`, {
      hint: `the ledger has: ${[...ids].slice(0, 20).join(", ")}${ids.size > 20 ? ", …" : ""}`,
    });
  }
  return new Set([...all].filter((index) => only.includes(suggestions[index]!.id)));
}

/** The undo's own changes may not be taken for the job's: by the same author they bear a later minute. */
function laterThan({ suggestions }: Ledger, author: string, date: Date): Date {
  const own = new Set(suggestions.filter((each) => each.author === author).map(minuteKey));
  let time = date.getTime();
  while (own.has(minuteKey({ author, date: new Date(time).toISOString() }))) time += 60_000;
  return new Date(time);
}
