import { type Revision, trackedChanges, type WordDocument } from "../files/index.ts";
import { type StoryParagraphs, storiesOf } from "./issued-stories.ts";
import { judgeLooks } from "./judge-looks.ts";
import { judgeSuggestion } from "./judge-suggestion.ts";
import { issuedPictures } from "./known-pictures.ts";
import type { Ledger } from "./ledger-types.ts";
import type { PlaceReading } from "./place-reading.ts";
import type { Outcome } from "./read-hunk.ts";
import type { LookReading } from "./read-looks.ts";
import { readStory } from "./read-story.ts";
import { type OwnersOf, ownersByRevision } from "./returned-tokens.ts";

/** What people did with one suggestion, as far as the returned file tells. */
export type DecisionEntry = {
  readonly id: string;
  readonly kind: string;
  readonly before: string;
  readonly after: string;
  /** `w:id`s of its revisions as issued. */
  readonly revisionIds: readonly string[];
  readonly outcome: Outcome;
  /** How likely the outcome is to be right, by simulated returns; 0 for `unsure`. */
  readonly confidence: number;
  /** What stands in the place now, where that is neither `before` nor `after`. */
  readonly text?: string;
  /** Authors of tracked changes over ours; who accepted or rejected a change leaves no trace in a file. */
  readonly decidedBy?: readonly string[];
};

/** What became of one suggestion, with what became of each of its places. */
export type ReadSuggestion = {
  readonly entry: DecisionEntry;
  /** `story`: which paragraphs of `storiesOf` its tokens count. */
  readonly places: readonly (PlaceReading & { readonly story: string })[];
  /** Words and paragraphs that it formats. */
  readonly looks: readonly LookReading[];
};

/**
 * Reads from a returned file what became of each suggestion of its ledger, in the ledger's order. Acceptance and
 * rejection leave no mark in a file (ECMA-376-1, 17.13.5), so this goes by the words, by what is still marked with our
 * author and second, and never by `w:id` or `w14:paraId`. Where two explanations fit about as well it says `unsure`.
 */
export function decisions(returned: WordDocument, ledger: Ledger): DecisionEntry[] {
  return readSuggestions(returned, ledger).map(({ entry }) => entry);
}

/** The same with the places, for those who go on to change them. */
export function readSuggestions(returned: WordDocument, ledger: Ledger): ReadSuggestion[] {
  const found = storiesOf(returned);
  const changes = trackedChanges(returned);
  const ownersOf = ownersByRevision(ledger.suggestions, revisionsOf(found, changes));
  const file = { document: returned, ownersOf, pictures: issuedPictures(ledger.stories) };
  const readings = ledger.stories.map(({ story, paragraphs: issued }) => {
    const { paragraphs = [] } = found.find((each) => each.story === story) ?? {};
    const { places, looks } = readStory({ file, issued, returned: paragraphs });
    return { places: places.map((place) => ({ ...place, story })), looks };
  });
  const places = Map.groupBy(
    readings.flatMap((reading) => reading.places),
    ({ of }) => of,
  );
  const looks = Map.groupBy(
    readings.flatMap((reading) => reading.looks),
    ({ of }) => of,
  );
  const pending = new Set(changes.flatMap(({ revision }) => exactOwners(ownersOf, revision)));
  return ledger.suggestions.map((suggestion, index) => {
    const { id, kind, before, after, revisionIds } = suggestion;
    const [own, ownLooks] = [places.get(index) ?? [], looks.get(index) ?? []];
    const isMarked = pending.has(index);
    const verdict =
      own.length > 0 ? judgeSuggestion(suggestion, own, isMarked) : judgeLooks(ownLooks, isMarked);
    return { entry: { id, kind, before, after, revisionIds, ...verdict }, places: own, looks: ownLooks };
  });
}

function exactOwners(ownersOf: OwnersOf, revision: Revision): readonly number[] {
  const owners = ownersOf(revision);
  return owners.length === 1 ? owners : [];
}

function* revisionsOf(
  stories: readonly StoryParagraphs[],
  changes: readonly { readonly revision: Revision }[],
): Generator<Revision> {
  for (const { revision } of changes) yield revision;
  for (const { paragraphs } of stories)
    for (const { spans, markInserted, markDeleted } of paragraphs)
      for (const revision of [
        ...spans.flatMap((span) => [span.inserted, span.deleted]),
        markInserted,
        markDeleted,
      ])
        if (revision !== undefined) yield revision;
}
