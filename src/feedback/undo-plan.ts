import type { Change, Comment, Paragraph } from "../files/index.ts";
import type { ReadSuggestion } from "./decisions.ts";
import type { StoryParagraphs } from "./issued-stories.ts";
import type { Owned } from "./undo-apply.ts";
import { conflictAnchor, conflictText, isConflictText } from "./undo-conflict.ts";
import { reverseLooks } from "./undo-formatting.ts";
import { type PlaceNow, placeNow, type ReadPlace } from "./undo-place.ts";
import { type Cut, type Irreversible, type Reversal, reversePlace } from "./undo-reversal.ts";
import { type LivePlace, reverseStructure } from "./undo-structure.ts";
import type { Verdict } from "./undo-verdict.ts";

/** The changes that put accepted suggestions back, in reading order, or why some can't be. */
export type ReversalPlan = {
  readonly changes: readonly Owned<Change>[];
  readonly cuts: readonly Owned<Cut>[];
  readonly removed: readonly Paragraph[];
  readonly failed: ReadonlyMap<number, string>;
};

/** Kinds of which the words tell all that there is to put back. */
const kindsInWords = new Set(["replace", "delete", "insert-after", "split", "merge"]);

type OwnedPlace = LivePlace & { readonly of: number };

/** Plans the reversal of every suggestion that is to be reversed. */
export function planReversals(
  read: readonly ReadSuggestion[],
  stories: readonly StoryParagraphs[],
  decided: ReadonlyMap<number, Verdict>,
): ReversalPlan {
  const failed = new Map<number, string>();
  const reversals: Owned<Reversal>[] = [];
  const keep = (of: number, item: Reversal | Irreversible, place?: ReadPlace): void => {
    if ("reason" in item) failed.set(of, item.reason);
    else reversals.push({ of, item, ...(place !== undefined && { place }) });
  };
  const inWords: OwnedPlace[] = [];
  for (const [of, { action }] of decided) {
    if (action !== "reverse") continue;
    const { entry, looks } = read[of]!;
    if (entry.outcome !== "accepted") {
      failed.set(of, "the file does not tell where it stands");
      continue;
    }
    const live = livePlaces(read[of]!, stories).filter(({ place }) => place.outcome !== "rejected");
    if (live.some(({ place }) => place.outcome !== "accepted"))
      failed.set(of, "the file does not tell about a part of it");
    else if (kindsInWords.has(entry.kind)) inWords.push(...live.map((place) => ({ of, ...place })));
    else if (looks.length > 0 && live.length === 0) keep(of, reverseLooks(entry.kind, looks));
    else keep(of, reverseStructure(entry, live, stories));
  }
  inWords.sort((one, other) => one.now.order - other.now.order);
  const removed = removedParagraphs(inWords, reversals);
  for (const { of, place, now } of inWords) keep(of, reversePlace(place, now, removed), place);
  const changes = reversals.flatMap(({ item, ...owner }) =>
    item.changes.map((change): Owned<Change> => ({ ...owner, item: change })),
  );
  const isJoin = ({ item }: Owned<Change>): boolean => item.kind === "merge";
  return {
    // Joins have to be planned before the words at the end of a paragraph are claimed.
    changes: [...changes.filter(isJoin), ...changes.filter((change) => !isJoin(change))],
    cuts: reversals.flatMap(({ of, item }) => item.cuts.map((cut) => ({ of, item: cut }))),
    removed: reversals.flatMap(({ item }) => item.removed),
    failed,
  };
}

/** What goes has to be known before what comes back is put beside it. */
function removedParagraphs(
  places: readonly OwnedPlace[],
  reversals: readonly Owned<Reversal>[],
): ReadonlySet<Paragraph> {
  const removed = new Set(reversals.flatMap(({ item }) => item.removed));
  for (const { place, now } of places) {
    const reversal = reversePlace(place, now, removed);
    if ("removed" in reversal) for (const paragraph of reversal.removed) removed.add(paragraph);
  }
  return removed;
}

/** The places of a suggestion that are still there. */
function livePlaces({ places }: ReadSuggestion, stories: readonly StoryParagraphs[]): LivePlace[] {
  return places
    .filter(({ outcome }) => outcome !== "removed")
    .map((place) => ({ place, now: placeNow(place, stories) }));
}

/** What a comment at the place of a conflict says, and where it stands; nowhere when the place is gone. */
export type Remark = { readonly text: string; readonly change?: Change; readonly isThere: boolean };

/** The comment on one conflict. `existing`: those that the file has; an earlier undo may have written it already. */
export function remarkOn(
  read: ReadSuggestion,
  stories: readonly StoryParagraphs[],
  reason: string,
  existing: readonly Comment[],
): Remark {
  const now: PlaceNow[] = livePlaces(read, stories).map((place) => place.now);
  const text = conflictText(read, now, reason);
  const isThere = existing.some((comment) => isConflictText(comment.text, read));
  const at = isThere ? undefined : conflictAnchor(now);
  return { text, isThere, ...(at !== undefined && { change: { kind: "comment", at, text } }) };
}
