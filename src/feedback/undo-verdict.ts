import { type Paragraph, trackedChanges, type WordDocument } from "../files/index.ts";
import type { ReadSuggestion } from "./decisions.ts";
import type { Ledger } from "./ledger-types.ts";
import { normaliseText } from "./normalise-text.ts";
import { minuteKey, revisionKey } from "./revision-key.ts";
import { goneAlready } from "./undo-gone.ts";

/** What is to be done about one suggestion; a conflict is left as it stands. */
export type Verdict =
  | { readonly action: "reject" }
  | { readonly action: "reverse" }
  | { readonly action: "nothing"; readonly reason: string }
  | { readonly action: "conflict"; readonly reason: string };

/** By what the revisions of a suggestion are known in a file: author and second, or minute where seconds were dropped. */
export type KeyOf = typeof revisionKey;

/** The key that fits the file. */
export function keyFor(document: WordDocument, ledger: Ledger): KeyOf {
  const seconds = new Set(ledger.suggestions.map(revisionKey));
  const changes = trackedChanges(document);
  const isExact = changes.some(({ revision }) => seconds.has(revisionKey(revision)));
  const minutes = new Set(ledger.suggestions.map(minuteKey));
  const isCoarse = !isExact && changes.some(({ revision }) => minutes.has(minuteKey(revision)));
  return isCoarse ? minuteKey : revisionKey;
}

/** Decides about every suggestion; `chosen` are the indexes of those that are to be undone. */
export function verdicts(
  document: WordDocument,
  ledger: Ledger,
  read: readonly ReadSuggestion[],
  chosen: ReadonlySet<number>,
): ReadonlyMap<number, Verdict> {
  const keyOf = keyFor(document, ledger);
  const marked = new Set(trackedChanges(document).map(({ revision }) => keyOf(revision)));
  const groups = Map.groupBy(ledger.suggestions.keys(), (index) => keyOf(ledger.suggestions[index]!));
  const found = new Map<number, Verdict>();
  let gone: ReadonlySet<number> | undefined;
  for (const [key, group] of groups) {
    const markup: Markup = !marked.has(key)
      ? "none"
      : isShared(group, read, chosen)
        ? "shared"
        : isIntact(document, ledger, group, read, keyOf)
          ? "intact"
          : "changed";
    for (const index of group) {
      if (!chosen.has(index)) continue;
      // What is marked with a minute that several share is of those that are pending.
      const isSettled = group.length > 1 && settled.has(read[index]!.entry.outcome);
      const verdict = verdictOn(read[index]!, isSettled ? "none" : markup);
      found.set(index, verdict);
      if (markup !== "none" || verdict.action === "nothing") continue;
      gone ??= goneAlready(document, ledger, keyOf);
      if (gone.has(index)) found.set(index, { action: "nothing", reason: "it was taken back already" });
    }
  }
  return found;
}

/** What is left of a suggestion's markup; `shared`: with others that are not to be rejected with it. */
type Markup = "none" | "intact" | "changed" | "shared";

const settled = new Set(["accepted", "rejected", "removed"]);

function isShared(
  group: readonly number[],
  read: readonly ReadSuggestion[],
  chosen: ReadonlySet<number>,
): boolean {
  if (group.length === 1) return false;
  return !group.every((index) => {
    const { outcome } = read[index]!.entry;
    return settled.has(outcome) || (outcome === "pending" && chosen.has(index));
  });
}

function verdictOn({ entry }: ReadSuggestion, markup: Markup): Verdict {
  const { outcome } = entry;
  const isUntouched = markup === "intact" || (markup === "none" && outcome !== "pending");
  switch (outcome) {
    case "modified":
      return { action: "conflict", reason: "somebody put it in other words" };
    case "partial":
      return { action: "conflict", reason: "only a part of it was accepted or refused" };
    case "unsure":
      return { action: "conflict", reason: "the file does not tell whether it was accepted" };
    case "accepted":
      if (markup === "none" || entry.decidedBy === undefined) return { action: "reverse" };
      return { action: "conflict", reason: "somebody's own tracked change is on it" };
    case "pending":
    case "rejected":
    case "removed":
      if (!isUntouched) return { action: "conflict", reason: markupReasons[markup] };
      if (markup === "intact") return { action: "reject" };
      return { action: "nothing", reason: outcome === "removed" ? "its place is gone" : "it was refused" };
    default:
      return outcome satisfies never;
  }
}

const markupReasons: Readonly<Record<Markup, string>> = {
  none: "the file no longer says whose suggestion it is; refuse it by hand",
  intact: "",
  changed: "somebody wrote into it",
  shared: "the file was saved without seconds, so it can't be told from other suggestions; refuse it by hand",
};

/**
 * True when what stands as inserted under these suggestions' key is what those of them inserted that are pending, and
 * no word besides. Paragraphs may have moved, so letters are counted.
 */
function isIntact(
  document: WordDocument,
  ledger: Ledger,
  group: readonly number[],
  read: readonly ReadSuggestion[],
  keyOf: KeyOf,
): boolean {
  const key = keyOf(ledger.suggestions[group[0]!]!);
  const now = document.paragraphs
    .filter(({ story }) => story.kind !== "comment")
    .map((paragraph) => insertedUnder(paragraph, key, keyOf));
  const pending = group.filter((index) => group.length === 1 || read[index]!.entry.outcome === "pending");
  const left = letters(now.join(""));
  return left === "" || left === letters(issuedWords(ledger, new Set(pending)));
}

function insertedUnder({ spans }: Paragraph, key: string, keyOf: KeyOf): string {
  return spans
    .filter(({ inserted }) => inserted !== undefined && keyOf(inserted) === key)
    .map(({ text }) => text)
    .join("");
}

function issuedWords(ledger: Ledger, suggestions: ReadonlySet<number>): string {
  return ledger.stories
    .flatMap(({ paragraphs }) => paragraphs)
    .flatMap((paragraph) => (typeof paragraph === "string" ? [] : paragraph.segments))
    .filter(({ side, of }) => side === "new" && of !== undefined && suggestions.has(of))
    .map(({ text }) => text)
    .join("");
}

function letters(text: string): string {
  return [...normaliseText(text).replace(/\s/g, "")].sort().join("");
}
