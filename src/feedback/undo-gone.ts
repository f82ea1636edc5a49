import { openFile, settleChanges, type WordDocument } from "../files/index.ts";
import { readSuggestions } from "./decisions.ts";
import { hashOf, storiesOf } from "./issued-stories.ts";
import type { IssuedParagraph, Ledger } from "./ledger-types.ts";
import type { KeyOf } from "./undo-verdict.ts";

/**
 * The suggestions of which nothing would be left once everybody else's pending changes are accepted: an undo that is
 * still to be accepted has changed them back, say. `keyOf` tells the job's own changes.
 */
export function goneAlready(document: WordDocument, ledger: Ledger, keyOf: KeyOf): ReadonlySet<number> {
  const own = new Set(ledger.suggestions.map((suggestion) => keyOf(suggestion)));
  const accepted = openFile(
    settleChanges(document, { action: "accept", which: ({ revision }) => !own.has(keyOf(revision)) }),
  );
  const gone = new Set<number>();
  const stands = textCounts(accepted);
  readSuggestions(accepted, ledger).forEach(({ entry }, index) => {
    const isGone =
      entry.outcome === "rejected" || (entry.outcome === "unsure" && standsAsBefore(ledger, index, stands));
    if (isGone) gone.add(index);
  });
  return gone;
}

/** How often each text stands as a paragraph, by story and hash. */
type Counts = ReadonlyMap<string, number>;

function textCounts(document: WordDocument): Counts {
  const counts = new Map<string, number>();
  for (const { story, paragraphs } of storiesOf(document)) {
    for (const paragraph of paragraphs) {
      const key = `${story} ${hashOf(paragraph)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

/**
 * True when the paragraphs of the suggestion stand there to the letter as they were before the job, as often as they
 * did then, and new ones don't: where like paragraphs stand several times, no other proof is possible.
 */
function standsAsBefore(ledger: Ledger, index: number, stands: Counts): boolean {
  const own = ledger.stories.flatMap(({ story, paragraphs }) => {
    const hashes = paragraphs.map((each) => (typeof each === "string" ? each : each.hash).split("/"));
    const [now, then] = [
      (hash: string): number => stands.get(`${story} ${hash}`) ?? 0,
      (hash: string): number => hashes.filter(([before]) => before === hash).length,
    ];
    return paragraphs.flatMap((paragraph, at) => {
      const [before, after = ""] = hashes[at]!;
      if (!holds(paragraph, index) || (before === "" && after === "")) return [];
      return [before === "" ? now(after) <= then(after) : now(before!) >= then(before!)];
    });
  });
  return own.length > 0 && own.every((isThere) => isThere);
}

function holds(paragraph: IssuedParagraph, index: number): boolean {
  if (typeof paragraph === "string") return false;
  return [paragraph.mark, ...paragraph.segments].some((each) => each?.of === index);
}
