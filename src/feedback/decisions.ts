import { type Revision, trackedChanges, type WordDocument } from "../files/index.ts";
import { type StoryParagraphs, storiesOf } from "./issued-stories.ts";
import { judgeSuggestion } from "./judge-suggestion.ts";
import type { Ledger } from "./ledger-types.ts";
import type { PlaceReading } from "./place-reading.ts";
import type { Outcome } from "./read-hunk.ts";
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
  /** 0 to 1; low for `unsure`. */
  readonly confidence: number;
  /** What stands in the place now, where that is neither `before` nor `after`. */
  readonly text?: string;
  /** Authors of tracked changes over ours; who accepted or rejected a change leaves no trace in a file. */
  readonly decidedBy?: readonly string[];
};

/**
 * Reads from a returned file what became of each suggestion of its ledger, in the ledger's order. Acceptance and
 * rejection leave no mark in a file (ECMA-376-1, 17.13.5), so this goes by the words, by what is still marked with our
 * author and second, and never by `w:id` or `w14:paraId`. Where two explanations fit about as well it says `unsure`.
 */
export function decisions(returned: WordDocument, ledger: Ledger): DecisionEntry[] {
  const found = storiesOf(returned);
  const changes = trackedChanges(returned);
  const ownersOf = ownersByRevision(ledger.suggestions, revisionsOf(found, changes));
  const places = ledger.stories.flatMap((story): PlaceReading[] => {
    const { paragraphs = [] } = found.find((each) => each.story === story.story) ?? {};
    return readStory({ issued: story.paragraphs, returned: paragraphs, ownersOf });
  });
  const pending = new Set(changes.flatMap(({ revision }) => exactOwners(ownersOf, revision)));
  return ledger.suggestions.map((suggestion, index) => {
    const { id, kind, before, after, revisionIds } = suggestion;
    const own = places.filter(({ of }) => of === index);
    const verdict = judgeSuggestion(suggestion, own, pending.has(index));
    return { id, kind, before, after, revisionIds, ...verdict };
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
