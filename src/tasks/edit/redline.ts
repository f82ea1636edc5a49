import { type AppliedChange, type Change, paragraphText, type WordDocument } from "../../files/index.ts";

/** A paragraph that a change touches, for showing what changed without opening the file. */
export type RedlineEntry = {
  readonly paragraph: string;
  readonly kind: "changed" | "inserted" | "deleted" | "commented";
  /** Final text of the paragraph before; "" for an inserted one. */
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
  const done = new Set(applied.map((each) => each.id));
  const placed = changes.filter(
    (change): change is PlacedChange => "at" in change && change.id !== undefined && done.has(change.id),
  );
  const byParagraph = Map.groupBy(placed, (change) => change.at.paragraph);
  return document.paragraphs.flatMap((paragraph) => {
    const here = byParagraph.get(paragraph.id);
    return here === undefined ? [] : entriesOf(paragraph.id, paragraphText(paragraph), here);
  });
}

type PlacedChange = Extract<Change, { readonly at: unknown }>;

function entriesOf(
  paragraph: string,
  before: string,
  changes: readonly PlacedChange[],
): readonly RedlineEntry[] {
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
