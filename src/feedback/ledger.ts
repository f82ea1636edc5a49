import {
  type AppliedChange,
  comments,
  openFile,
  type Revision,
  type TrackedChange,
  trackedChanges,
} from "../files/index.ts";
import { sha256 } from "../tasks/sha256.ts";
import { describeSuggestion, revisionIdsOf } from "./describe-suggestion.ts";
import { issuedStories, storiesOf } from "./issued-stories.ts";
import type { Ledger } from "./ledger-types.ts";
import { nameGroups } from "./name-groups.ts";
import { revisionKey } from "./revision-key.ts";

/** What is known of a change that was made: enough to give its suggestion the change's own id and words. */
export type IssuedChange = Pick<AppliedChange, "id" | "before" | "after"> & {
  readonly kind?: string;
  /** `w:date` of its revisions: with it a suggestion is told by its second, without it by its words. */
  readonly date?: string;
};

export type IssueLedgerOptions = {
  /** The file before the changes. */
  readonly original: Uint8Array;
  /** The file with them, as tracked changes. */
  readonly issued: Uint8Array;
  /** The changes that were made, in the order they were asked for. Without them suggestions are numbered from 1. */
  readonly applied?: readonly IssuedChange[];
};

/**
 * The ledger of a file with suggestions: every tracked change that the issued file has and the original lacks, one
 * suggestion for each author and second. Comments alone are no suggestions: there is nothing to accept in them.
 */
export async function issueLedger(options: IssueLedgerOptions): Promise<Ledger> {
  const [before, after] = [openFile(options.original), openFile(options.issued)];
  const theirs = new Set(trackedChanges(before).map((change) => revisionKey(change.revision)));
  const fresh = trackedChanges(after).filter(
    // The old grid of a table has no author (17.13.5.33): it goes with the columns that come or go.
    ({ revision }) => revision.author !== "" && !theirs.has(revisionKey(revision)),
  );
  const groups = [...Map.groupBy(fresh, ({ revision }) => revisionKey(revision)).values()];
  groups.sort((a, b) => timeOf(a) - timeOf(b));
  const owners = new Map(groups.map((group, index) => [revisionKey(group[0]!.revision), index]));
  const ownerOf = (revision: Revision | undefined): number | undefined =>
    revision === undefined ? undefined : owners.get(revisionKey(revision));
  const found = storiesOf(after);
  const formatted = new Set(
    fresh.flatMap(({ kind, paragraph }) => (/formatting$/.test(kind) && paragraph ? [paragraph] : [])),
  );
  const stories = issuedStories(after, { stories: found, ownerOf, formatted });
  const names = nameGroups(groups, stories, options.applied ?? []);
  const known = { document: after, found, stories, comments: comments(after) };
  const revisionIds = revisionIdsOf(after, fresh);
  const suggestions = groups.map((group, index) =>
    describeSuggestion({ ...known, revisionIds, group, index, name: names[index]! }),
  );
  const [originalHash, issuedHash] = await Promise.all([sha256(options.original), sha256(options.issued)]);
  return {
    schemaVersion: 1,
    original: { sha256: originalHash },
    issued: { sha256: issuedHash },
    author: suggestions[0]?.author ?? "",
    suggestions,
    stories,
  };
}

function timeOf(group: readonly TrackedChange[]): number {
  return Date.parse(group[0]!.revision.date ?? "") || 0;
}
