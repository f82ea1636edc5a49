import type { Paragraph, Revision } from "../files/index.ts";
import { hashOf } from "./issued-stories.ts";
import type { Suggestion } from "./ledger-types.ts";
import { minuteKey, revisionKey } from "./revision-key.ts";
import { type Grain, paragraphEnd, type Token, tokenise } from "./tokens.ts";

/** A token of a returned file with what its markup says. */
export type ReturnedToken = Token & {
  /** Suggestions whose author and second a revision around it has; more than one when the seconds are lost. */
  readonly owners: readonly number[];
  readonly isOurInsertion: boolean;
  readonly isOurDeletion: boolean;
  /** Deleted by a pending change, ours or not. */
  readonly isGone: boolean;
  /** Author of another person's pending change around it. */
  readonly theirs?: string;
  readonly isTheirInsertion: boolean;
  readonly isTheirDeletion: boolean;
  readonly isLoose: boolean;
  /** Index of its paragraph in the story. */
  readonly paragraph: number;
  /** Of a paragraph's end: the hashes of the paragraph and the number of its tokens. */
  readonly whole?: { readonly hashes: readonly string[]; readonly length: number };
};

/** Which suggestions a revision belongs to. */
export type OwnersOf = (revision: Revision | undefined) => readonly number[];

const none: readonly number[] = [];

/**
 * Tells our revisions by author and second. When a file has none of our seconds but our author in the same minute,
 * the program that saved it keeps minutes only, and the minute is taken.
 */
export function ownersByRevision(
  suggestions: readonly Suggestion[],
  revisions: Iterable<Revision>,
): OwnersOf {
  const exact = groupBy(suggestions, revisionKey);
  const byMinute = groupBy(suggestions, minuteKey);
  const isExact = [...revisions].some((revision) => exact.has(revisionKey(revision)));
  return (revision) => {
    if (revision === undefined) return none;
    return (isExact ? exact.get(revisionKey(revision)) : byMinute.get(minuteKey(revision))) ?? none;
  };
}

function groupBy(
  suggestions: readonly Suggestion[],
  keyOf: (suggestion: Suggestion) => string,
): Map<string, readonly number[]> {
  const groups = new Map<string, readonly number[]>();
  suggestions.forEach((each, index) => {
    const key = keyOf(each);
    groups.set(key, [...(groups.get(key) ?? []), index]);
  });
  return groups;
}

/** A returned paragraph's tokens, its end included. Text that was deleted or inserted by different hands is not joined. */
export function returnedTokens(
  paragraph: Paragraph,
  index: number,
  grain: Grain,
  ownersOf: OwnersOf,
): ReturnedToken[] {
  const tokens: ReturnedToken[] = [];
  const { spans } = paragraph;
  for (let at = 0; at < spans.length; ) {
    const span = spans[at]!;
    const state = stateOf(span.inserted, span.deleted, ownersOf);
    const isLoose = span.lock === "field";
    let text = "";
    // A word may be cut into runs of different formatting.
    for (; at < spans.length; at++) {
      const next = spans[at]!;
      const nextState = stateOf(next.inserted, next.deleted, ownersOf);
      if ((next.lock === "field") !== isLoose || !isSameState(state, nextState)) break;
      text += next.text;
    }
    for (const token of tokenise(text, grain)) tokens.push({ ...token, ...state, isLoose, paragraph: index });
  }
  const mark = stateOf(paragraph.markInserted, paragraph.markDeleted, ownersOf);
  const whole = { hashes: hashOf(paragraph).split("/"), length: tokens.length + 1 };
  tokens.push({ ...paragraphEnd, ...mark, isLoose: false, paragraph: index, whole });
  return tokens;
}

type State = Pick<
  ReturnedToken,
  "owners" | "isOurInsertion" | "isOurDeletion" | "isGone" | "theirs" | "isTheirInsertion" | "isTheirDeletion"
>;

function stateOf(inserted: Revision | undefined, deleted: Revision | undefined, ownersOf: OwnersOf): State {
  const [insertedBy, deletedBy] = [ownersOf(inserted), ownersOf(deleted)];
  const isTheirInsertion = inserted !== undefined && insertedBy.length === 0;
  const isTheirDeletion = deleted !== undefined && deletedBy.length === 0;
  const theirs = isTheirDeletion ? deleted.author : isTheirInsertion ? inserted.author : undefined;
  return {
    owners:
      insertedBy.length === 0
        ? deletedBy
        : deletedBy.length === 0
          ? insertedBy
          : [...insertedBy, ...deletedBy],
    isOurInsertion: insertedBy.length > 0,
    isOurDeletion: deletedBy.length > 0,
    isGone: deleted !== undefined,
    ...(theirs !== undefined && { theirs }),
    isTheirInsertion,
    isTheirDeletion,
  };
}

function isSameState(a: State, b: State): boolean {
  return (
    a.owners.length === b.owners.length &&
    a.owners.every((owner, index) => owner === b.owners[index]) &&
    a.isOurInsertion === b.isOurInsertion &&
    a.isOurDeletion === b.isOurDeletion &&
    a.isGone === b.isGone &&
    a.theirs === b.theirs &&
    a.isTheirInsertion === b.isTheirInsertion
  );
}
