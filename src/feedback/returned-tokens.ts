import { picturesOf } from "../files/docx/read/pictures.ts";
import { rowRevision } from "../files/docx/read/row-revision.ts";
import type { Paragraph, Revision, WordDocument } from "../files/index.ts";
import { hashOf } from "./issued-stories.ts";
import { isSamePicture, pictureKey, pictureText, pictureToken } from "./known-pictures.ts";
import type { IssuedPicture, Suggestion } from "./ledger-types.ts";
import { keepsSeconds, minuteKey, revisionKey } from "./revision-key.ts";
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
  /** Where it begins, counted over the texts of all the paragraph's spans. */
  readonly offset: number;
  /** Of a paragraph's end: the hashes of the paragraph and the number of its tokens. */
  readonly whole?: { readonly hashes: readonly string[]; readonly length: number };
};

/** Which suggestions a revision belongs to. */
export type OwnersOf = (revision: Revision | undefined) => readonly number[];

const none: readonly number[] = [];

/** Tells our revisions by author and second, or by author and minute in a file that has no seconds any more. */
export function ownersByRevision(
  suggestions: readonly Suggestion[],
  revisions: Iterable<Revision>,
): OwnersOf {
  const exact = groupBy(suggestions, revisionKey);
  const byMinute = groupBy(suggestions, minuteKey);
  const isExact = keepsSeconds(suggestions, revisions);
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

/** A returned file and what of it belongs to a ledger. */
export type ReturnedFile = {
  readonly document: WordDocument;
  readonly ownersOf: OwnersOf;
  /** Pictures that suggestions put in; others are not looked at. */
  readonly pictures: readonly IssuedPicture[];
};

/** A returned paragraph's tokens, its end included. Text that was deleted or inserted by different hands is not joined. */
export function returnedTokens(
  file: ReturnedFile,
  paragraph: Paragraph,
  index: number,
  grain: Grain,
): ReturnedToken[] {
  const tokens: ReturnedToken[] = [];
  for (const { text, picture, state, isLoose, offset } of stretchesOf(file, paragraph)) {
    const found = picture === undefined ? tokenise(text, grain) : [pictureToken(picture)];
    let at = offset;
    for (const token of found) {
      tokens.push({ ...token, ...state, isLoose, paragraph: index, offset: at });
      at += token.text.length;
    }
  }
  const row = rowRevision(paragraph);
  const mark = stateOf(
    paragraph.markInserted ?? row.inserted,
    paragraph.markDeleted ?? row.deleted,
    file.ownersOf,
  );
  const offset = paragraph.spans.reduce((sum, { text }) => sum + text.length, 0);
  const whole = { hashes: hashOf(paragraph).split("/"), length: tokens.length + 1 };
  tokens.push({ ...paragraphEnd, ...mark, isLoose: false, paragraph: index, offset, whole });
  return tokens;
}

/** Text in one revision state, or a picture that stands for itself. */
type Stretch = {
  readonly text: string;
  readonly picture?: IssuedPicture;
  readonly state: State;
  readonly isLoose: boolean;
  readonly offset: number;
};

function stretchesOf(file: ReturnedFile, paragraph: Paragraph): Stretch[] {
  const { ownersOf } = file;
  const pictures = knownPictures(file, paragraph);
  const stretches: Stretch[] = [];
  let offset = 0;
  for (const { text, inserted, deleted, lock } of paragraph.spans) {
    if (text === "") continue;
    while (pictures[0] !== undefined && pictures[0].offset <= offset) stretches.push(pictures.shift()!);
    const next = { text, state: stateOf(inserted, deleted, ownersOf), isLoose: lock === "field", offset };
    const last = stretches.at(-1);
    // A word may be cut into runs of different formatting.
    const isOne =
      last !== undefined &&
      last.picture === undefined &&
      last.isLoose === next.isLoose &&
      isSameState(last.state, next.state);
    if (isOne) stretches[stretches.length - 1] = { ...last, text: last.text + text };
    else stretches.push(next);
    offset += text.length;
  }
  return [...stretches, ...pictures];
}

/** The pictures of the paragraph that suggestions put in, each as the one that it is. */
function knownPictures({ document, ownersOf, pictures }: ReturnedFile, paragraph: Paragraph): Stretch[] {
  if (pictures.length === 0) return [];
  return picturesOf(document, paragraph).flatMap((found): Stretch[] => {
    const key = pictureKey(document, found);
    const picture = pictures.find((each) => isSamePicture(each, key));
    if (picture === undefined) return [];
    const state = stateOf(found.inserted, found.deleted, ownersOf);
    return [{ text: pictureText, picture, state, isLoose: false, offset: found.offset }];
  });
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
