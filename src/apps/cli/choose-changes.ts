import { BadRequestError, TandemError, TargetNotFoundError } from "../../errors.ts";
import {
  openFile,
  settleChanges,
  type TrackedChange,
  trackedChanges,
  type WordDocument,
} from "../../files/index.ts";
import { parseNumberList } from "./number-list.ts";
import { counted } from "./text-table.ts";

/** Which tracked changes are meant: by author, by kind, and which of those to accept and to reject. */
export type ChangeChoice = {
  readonly accept?: string;
  readonly reject?: string;
  readonly author?: string;
  readonly kind?: string;
};

/** The changes to settle each way; no change is in both. */
export type Chosen = {
  readonly accepted: readonly TrackedChange[];
  readonly rejected: readonly TrackedChange[];
};

/** Reads the choice against the file's changes. Throws `TargetNotFoundError` for numbers it does not have. */
export function chooseChanges(all: readonly TrackedChange[], options: ChangeChoice): Chosen {
  const fitting = filterChanges(all, options);
  const pick = (text: string | undefined): readonly TrackedChange[] => {
    if (text === undefined) return [];
    const wanted = parseNumberList(text);
    if (wanted === "all") return fitting;
    const missing = [...wanted].filter((number) => number > all.length);
    if (missing.length > 0) {
      throw new TargetNotFoundError(`there is no change ${missing.join(", ")}`, {
        hint: `the file has ${counted(all.length, "tracked change")}`,
      });
    }
    return fitting.filter((change) => wanted.has(change.number));
  };
  const [accepted, rejected] = [pick(options.accept), pick(options.reject)];
  // `--accept 3 --reject all` means: 3, and reject the rest.
  const isRest = (text: string | undefined): boolean => text?.trim().toLowerCase() === "all";
  if (isRest(options.reject) && !isRest(options.accept)) {
    return { accepted, rejected: rejected.filter((change) => !accepted.includes(change)) };
  }
  if (isRest(options.accept) && !isRest(options.reject)) {
    return { accepted: accepted.filter((change) => !rejected.includes(change)), rejected };
  }
  const both = accepted.filter((change) => rejected.includes(change));
  if (both.length > 0) {
    throw new BadRequestError(`change ${both[0]!.number} is both to be accepted and rejected`, {
      hint: "name each change once",
    });
  }
  return { accepted, rejected };
}

/** Accepts some and rejects others. The numbers shift after the first step, so the second finds its changes anew. */
export function settleBoth(
  document: WordDocument,
  accepted: readonly TrackedChange[],
  rejected: readonly TrackedChange[],
): Uint8Array {
  const numbers = (changes: readonly TrackedChange[]): ReadonlySet<number> =>
    new Set(changes.map((change) => change.number));
  const [toAccept, toReject] = [numbers(accepted), numbers(rejected)];
  if (toReject.size === 0) {
    return settleChanges(document, { action: "accept", which: (change) => toAccept.has(change.number) });
  }
  if (toAccept.size === 0) {
    return settleChanges(document, { action: "reject", which: (change) => toReject.has(change.number) });
  }
  const remaining = trackedChanges(document).filter((change) => !toAccept.has(change.number));
  const half = openFile(
    settleChanges(document, { action: "accept", which: (change) => toAccept.has(change.number) }),
  );
  const numbersNow = followChanges(remaining, trackedChanges(half));
  const shifted = new Set(rejected.map((change) => numbersNow.get(change.number)));
  if (shifted.has(undefined)) {
    throw new TandemError("refused", "the changes to accept and to reject lie within one another", {
      hint: "accept first, look at the result, and reject in a second call",
    });
  }
  return settleChanges(half, { action: "reject", which: (change) => shifted.has(change.number) });
}

/**
 * The numbers that changes have after others were settled, by the number they had before. Some may have gone with
 * those (the other half of a move), so the lists are matched from both ends; where the two disagree, nobody knows.
 */
function followChanges(
  before: readonly TrackedChange[],
  after: readonly TrackedChange[],
): ReadonlyMap<number, number> {
  const match = (from: readonly TrackedChange[], to: readonly TrackedChange[]): Map<number, number> => {
    const numbers = new Map<number, number>();
    let at = 0;
    for (const change of from) {
      const found = to[at];
      if (found === undefined || keyOf(found) !== keyOf(change)) continue;
      numbers.set(change.number, found.number);
      at++;
    }
    return numbers;
  };
  const forwards = match(before, after);
  const backwards = match(before.toReversed(), after.toReversed());
  return new Map([...forwards].filter(([number, now]) => backwards.get(number) === now));
}

function keyOf({ part, kind, revision, text }: TrackedChange): string {
  return JSON.stringify([part, kind, revision.author, revision.date, text]);
}

/** The changes by that author and of that kind. Throws `TargetNotFoundError` for a kind the file does not have. */
export function filterChanges(
  all: readonly TrackedChange[],
  { author, kind }: ChangeChoice,
): readonly TrackedChange[] {
  if (kind !== undefined && !all.some((change) => change.kind === kind)) {
    const kinds = [...new Set(all.map((change) => change.kind))];
    throw new TargetNotFoundError(`no change is of the kind ${kind}`, {
      hint: kinds.length === 0 ? "the file has no tracked changes" : `the file has: ${kinds.join(", ")}`,
    });
  }
  return all.filter(
    (change) => isBy(change.revision.author, author) && (kind === undefined || change.kind === kind),
  );
}

/** True when nobody is asked for or the names are the same but for case. */
export function isBy(found: string, wanted: string | undefined): boolean {
  return wanted === undefined || found.trim().toLowerCase() === wanted.trim().toLowerCase();
}
