import { RoundTripError } from "../errors.ts";
import { rowRevision } from "../files/docx/read/row-revision.ts";
import {
  type Change,
  type Comment,
  comments,
  openFile,
  type Paragraph,
  paragraphText,
  planChanges,
  removeComments,
  settleChanges,
  type WordDocument,
} from "../files/index.ts";
import type { Suggestion } from "./ledger-types.ts";
import { revisionKey } from "./revision-key.ts";
import { type Restored, restoreLooks } from "./undo-looks.ts";
import type { ReadPlace } from "./undo-place.ts";
import type { Cut } from "./undo-reversal.ts";
import type { KeyOf } from "./undo-verdict.ts";

/** A change or cut, with the suggestion it is for. */
export type Owned<Item> = { readonly of: number; readonly item: Item; readonly place?: ReadPlace };

/** Everything that an undo writes, in the order in which it is written. */
export type Work = {
  readonly changes: readonly Owned<Change>[];
  readonly cuts: readonly Owned<Cut>[];
  /** Paragraphs that the changes take away. */
  readonly removed: readonly Paragraph[];
  readonly remarks: readonly Owned<Change>[];
  readonly suggestions: readonly Suggestion[];
  /** The file as the job left it, where it is at hand: what is put back then looks as it did. */
  readonly issued?: WordDocument;
};

export type Signature = { readonly author: string; readonly date: Date; readonly mode: "tracked" | "direct" };

/** The bytes, or why suggestions can't be undone after all. */
export type Applied = {
  readonly bytes: Uint8Array;
  readonly refused: ReadonlyMap<number, string>;
  /** Suggestions whose remark Word has no place for. */
  readonly unremarked: ReadonlySet<number>;
  /** Seconds of our own tracked changes. */
  readonly dates: ReadonlySet<string>;
};

/** Writes the work into the file. Everything is tracked first; `direct` then accepts it. */
export function applyWork(bytes: Uint8Array, work: Work, signature: Signature): Applied {
  const dates = new Set<string>();
  const unremarked = new Set<number>();
  const refused = new Map<number, string>();
  const first = planned(bytes, [...work.changes, ...work.remarks], signature, dates);
  for (const [of, kind, reason] of first.refused) {
    if (kind === "comment") unremarked.add(of);
    else refused.set(of, reason);
  }
  if (refused.size > 0) return { bytes, refused, unremarked, dates };
  const restored = work.issued === undefined ? first.bytes : withLooks(first, work, work.issued, signature);
  const cuts = cutsIn(bytes, restored, work, (paragraph) => isInserted(paragraph, signature.author, dates));
  for (const of of cuts.lost) refused.set(of, unsafe);
  const second = planned(restored, cuts.found, signature, dates);
  for (const [of, , reason] of second.refused) refused.set(of, reason);
  let done = second.bytes;
  if (signature.mode === "direct" && dates.size > 0) done = acceptOwn(done, signature.author, dates);
  return { bytes: done, refused, unremarked, dates };
}

type Refused = readonly [of: number, kind: Change["kind"], reason: string];
type Planned = {
  readonly bytes: Uint8Array;
  readonly refused: readonly Refused[];
  /** The second of each change that was made. */
  readonly seconds: ReadonlyMap<Owned<Change>, string>;
};

function planned(
  bytes: Uint8Array,
  owned: readonly Owned<Change>[],
  signature: Signature,
  dates: Set<string>,
): Planned {
  const seconds = new Map<Owned<Change>, string>();
  if (owned.length === 0) return { bytes, refused: [], seconds };
  const changes = owned.map(({ item }, index): Change => ({ ...item, id: String(index) }));
  const plan = planChanges(openFile(bytes), changes, { author: signature.author, date: signature.date });
  const refused = plan.refused.map(({ id, reason }): Refused => {
    const { of, item } = owned[Number(id)]!;
    return [of, item.kind, reason];
  });
  if (plan.applied.length === 0) return { bytes, refused, seconds };
  try {
    const saved = plan.save();
    for (const { kind, date } of plan.applied) if (kind !== "comment") dates.add(date);
    for (const { id, date } of plan.applied) seconds.set(owned[Number(id)]!, date);
    return { bytes: saved.bytes, refused, seconds };
  } catch (error) {
    if (!(error instanceof RoundTripError)) throw error;
    return withoutCulprits(bytes, owned, signature, dates);
  }
}

const unsafe = "its place can't be changed safely";

/** Leaves out the suggestions that can't be written: all of them where each alone could be. */
function withoutCulprits(
  bytes: Uint8Array,
  owned: readonly Owned<Change>[],
  signature: Signature,
  dates: Set<string>,
): Planned {
  const groups = [...Map.groupBy(owned, ({ of }) => of).values()];
  const isCulprit = (group: readonly Owned<Change>[]): boolean =>
    groups.length === 1 ||
    planned(bytes, group, signature, new Set()).refused.some(([, , reason]) => reason === unsafe);
  const culprits = groups.filter(isCulprit);
  const guilty = new Set((culprits.length > 0 ? culprits : groups).flat());
  const rest = planned(
    bytes,
    owned.filter((each) => !guilty.has(each)),
    signature,
    dates,
  );
  const refused = [...guilty].map(({ of, item }): Refused => [of, item.kind, unsafe]);
  return { ...rest, refused: [...rest.refused, ...refused] };
}

function withLooks(
  { bytes, seconds }: Planned,
  { changes, suggestions }: Work,
  issued: WordDocument,
  { author, date }: Signature,
): Uint8Array {
  const restored = changes.flatMap((change): Restored[] => {
    const second = seconds.get(change);
    if (second === undefined || change.place === undefined) return [];
    const key = revisionKey(suggestions[change.of]!);
    return [{ revision: { author, date: second }, place: change.place, key }];
  });
  return restoreLooks(bytes, issued, restored, date);
}

/** True for a paragraph that the undo put in, in a row of its own or not. */
function isInserted(paragraph: Paragraph, author: string, dates: ReadonlySet<string>): boolean {
  return [paragraph.markInserted, rowRevision(paragraph).inserted].some(
    (revision) => revision?.author === author && dates.has(revision.date ?? ""),
  );
}

/** Accepts what the undo itself wrote. */
export function acceptOwn(bytes: Uint8Array, author: string, dates: ReadonlySet<string>): Uint8Array {
  const isOwn = (revision: { readonly author: string; readonly date?: string }): boolean =>
    revision.author === author && revision.date !== undefined && dates.has(revision.date);
  return settleChanges(openFile(bytes), { action: "accept", which: ({ revision }) => isOwn(revision) });
}

/** The cuts as changes of the file in which the words are put back already; those whose words are not found are not made. */
function cutsIn(
  before: Uint8Array,
  after: Uint8Array,
  { changes, cuts }: Work,
  isNew: (paragraph: Paragraph) => boolean,
): { readonly found: Owned<Change>[]; readonly lost: number[] } {
  const lost: number[] = [];
  if (cuts.length === 0) return { found: [], lost };
  const old = openFile(before).paragraphs.map(({ id }) => id);
  const fresh = openFile(after).paragraphs.filter((paragraph) => !isNew(paragraph));
  const found = cuts.flatMap((cut): Owned<Change>[] => {
    const { at, after: words } = cut.item;
    const paragraph = fresh[old.indexOf(at.paragraph.id)];
    const text = paragraph === undefined ? "" : paragraphText(paragraph);
    const start = at.start + growthBefore(changes, cut) + words.length;
    if (paragraph === undefined || start >= text.length || !text.slice(0, start).endsWith(words)) {
      lost.push(cut.of);
      return [];
    }
    const place = { paragraph: paragraph.id, start, end: start + 1, quote: text.slice(start, start + 1) };
    return [{ of: cut.of, item: { kind: "split", at: place } }];
  });
  return { found, lost };
}

/** By how much the changes before a cut make its paragraph's text longer; those at its own place come in order. */
function growthBefore(changes: readonly Owned<Change>[], { of, item: { at } }: Owned<Cut>): number {
  let growth = 0;
  let isOwnReached = false;
  for (const { of: owner, item } of changes) {
    if (item.kind !== "replace" || item.at.paragraph !== at.paragraph.id) continue;
    const isHere = item.at.start === at.start;
    if (isHere && owner === of) isOwnReached = true;
    if (item.at.start > at.start || (isHere && (isOwnReached || item.at.end > at.start))) continue;
    growth += item.text.length - (item.at.end - item.at.start);
  }
  return growth;
}

/** The file with everything rejected that is pending of these suggestions. */
export function rejectPending(
  bytes: Uint8Array,
  suggestions: readonly Suggestion[],
  keyOf: KeyOf,
): Uint8Array {
  if (suggestions.length === 0) return bytes;
  const keys = new Set(suggestions.map((suggestion) => keyOf(suggestion)));
  return settleChanges(openFile(bytes), {
    action: "reject",
    which: ({ revision }) => keys.has(keyOf(revision)),
  });
}

/** The comments that were issued beside these suggestions: those nobody answered, and those somebody did. */
export function issuedComments(
  document: WordDocument,
  suggestions: readonly Suggestion[],
): {
  readonly unanswered: ReadonlyMap<Suggestion, string>;
  readonly answered: ReadonlyMap<Suggestion, string>;
} {
  const all = comments(document);
  const unanswered = new Map<Suggestion, string>();
  const answered = new Map<Suggestion, string>();
  for (const suggestion of suggestions) {
    const own = all.find((comment) => revisionKey(comment) === revisionKey(suggestion));
    if (own === undefined) continue;
    (all.some((other) => isAnswer(other, own)) ? answered : unanswered).set(suggestion, own.id);
  }
  return { unanswered, answered };
}

/** A program that knows no threads leaves an answer as a comment of its own at the same place. */
function isAnswer(other: Comment, own: Comment): boolean {
  if (other.replyTo === own.id) return true;
  const isElsewhere = other.paragraph !== own.paragraph || other.quote !== own.quote;
  return other.id !== own.id && other.author !== own.author && !isElsewhere && own.paragraph !== undefined;
}

/** The file without these comments. */
export function withoutComments(bytes: Uint8Array, ids: Iterable<string>): Uint8Array {
  const wanted = new Set(ids);
  return wanted.size === 0 ? bytes : removeComments(openFile(bytes), wanted);
}
