import { type AppliedChange, type Change, paragraphText, type WordDocument } from "../../files/index.ts";

/** A paragraph that a change touches, for showing what changed without opening the file. */
export type RedlineEntry = {
  readonly paragraph: string;
  readonly kind: "changed" | "inserted" | "deleted" | "commented" | "formatted";
  /**
   * Final text of the paragraph before; "" for an inserted one. Of rows and columns their cells, parted by tabs; for
   * formatting the names of what differs.
   */
  readonly before: string;
  readonly after: string;
  readonly comments: readonly string[];
};

/** Before and after of every paragraph that the applied ones among `changes` touch, in reading order. */
export function redlineOf(
  document: WordDocument,
  changes: readonly Change[],
  applied: readonly AppliedChange[],
): readonly RedlineEntry[] {
  const done = new Map(applied.map((each) => [each.id, each]));
  const placed = changes.flatMap((change): Placed[] => {
    const made = done.get(change.id ?? "");
    return "at" in change && made !== undefined ? [{ ...change, made }] : [];
  });
  const byParagraph = Map.groupBy(placed, (change) => change.at.paragraph);
  return document.paragraphs.flatMap((paragraph) => {
    const here = byParagraph.get(paragraph.id);
    return here === undefined ? [] : entriesOf(paragraph.id, paragraphText(paragraph), here);
  });
}

type Placed = Extract<Change, { readonly at: unknown }> & { readonly made: AppliedChange };

/** How kinds that are no edit of a paragraph's words are shown: by what the change says of itself. */
const wholeKinds: Readonly<Partial<Record<Change["kind"], RedlineEntry["kind"]>>> = {
  format: "formatted",
  "format-paragraph": "formatted",
  split: "changed",
  merge: "changed",
  "insert-row": "inserted",
  "delete-row": "deleted",
  "insert-column": "inserted",
  "delete-column": "deleted",
  "insert-table": "inserted",
  "insert-image": "inserted",
};

function entriesOf(paragraph: string, before: string, changes: readonly Placed[]): readonly RedlineEntry[] {
  const whole = changes.flatMap((change): RedlineEntry[] => {
    const kind = wholeKinds[change.kind];
    if (kind === undefined || change.kind === "comment") return [];
    const comments = change.comment === undefined ? [] : [change.comment];
    return [{ paragraph, kind, before: change.made.before, after: change.made.after, comments }];
  });
  const worded = changes.filter((change) => wholeKinds[change.kind] === undefined);
  return [...wordEntries(paragraph, before, worded), ...whole];
}

function wordEntries(paragraph: string, before: string, changes: readonly Placed[]): readonly RedlineEntry[] {
  const edits = changes.filter((change) => change.kind === "replace" || change.kind === "delete");
  let after = before;
  for (const change of edits.toSorted((a, b) => b.at.start - a.at.start)) {
    after =
      after.slice(0, change.at.start) +
      (change.kind === "replace" ? change.text : "") +
      after.slice(change.at.end);
  }
  const isDeleted = edits.some(
    (change) => change.kind === "delete" && change.at.start === 0 && change.at.end === before.length,
  );
  const comments = changes
    .filter((change) => change.kind !== "insert-after")
    .flatMap((change) => (change.kind === "comment" ? [change.text] : (change.comment ?? [])));
  const entries: RedlineEntry[] = [];
  if (edits.length > 0)
    entries.push({ paragraph, kind: isDeleted ? "deleted" : "changed", before, after, comments });
  else if (comments.length > 0)
    entries.push({ paragraph, kind: "commented", before, after: before, comments });
  for (const change of changes) {
    if (change.kind !== "insert-after") continue;
    for (const line of change.text.split(/\r\n?|\n/u)) {
      entries.push({
        paragraph,
        kind: "inserted",
        before: "",
        after: line,
        comments: change.comment === undefined ? [] : [change.comment],
      });
    }
  }
  return entries;
}
