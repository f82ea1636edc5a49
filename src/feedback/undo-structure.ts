import type { Change, Paragraph } from "../files/index.ts";
import type { DecisionEntry } from "./decisions.ts";
import type { StoryParagraphs } from "./issued-stories.ts";
import { isWhole, type PlaceNow, type ReadPlace } from "./undo-place.ts";
import { anchorOf, endOf, type Irreversible, keepsMark, type Reversal } from "./undo-reversal.ts";

/** A place and where it stands now. */
export type LivePlace = { readonly place: ReadPlace; readonly now: PlaceNow };

const byHand: Irreversible = { reason: "the table has to be put back by hand" };

/** An accepted row, column, table or picture taken out again, or a row put back. */
export function reverseStructure(
  { kind, before }: DecisionEntry,
  places: readonly LivePlace[],
  stories: readonly StoryParagraphs[],
): Reversal | Irreversible {
  switch (kind) {
    case "insert-row":
      return removeCells(places, stories, "row");
    case "insert-column":
      return removeCells(places, stories, "column");
    case "insert-table":
      return removeCells(places, stories, "table");
    case "insert-image":
      return removePicture(places);
    case "delete-row":
      return insertRow(before, places);
    case "delete-column":
      return insertColumn(places);
    default:
      return { reason: `a change of the kind ${kind} has to be taken back by hand` };
  }
}

/** Takes out a row, a column or all rows of a table, when nothing but what was put in stands there. */
function removeCells(
  places: readonly LivePlace[],
  stories: readonly StoryParagraphs[],
  extent: "row" | "column" | "table",
): Reversal | Irreversible {
  const found = coveredParagraphs(places);
  const covered = found.filter((paragraph) => paragraph.cell !== undefined);
  const [first] = covered;
  if (first?.cell === undefined) return { reason: "the cells that were put in are not found" };
  const { cell, part } = first;
  const isIn = (paragraph: Paragraph): boolean =>
    paragraph.part === part &&
    paragraph.cell?.table === cell.table &&
    (extent === "table" || paragraph.cell[extent] === cell[extent]);
  const all = stories.flatMap(({ paragraphs }) => paragraphs).filter(isIn);
  const isTheirs = all.length !== covered.length || !all.every((paragraph) => covered.includes(paragraph));
  if (isTheirs) return { reason: `other words stand in the ${extent} now` };
  const rows = extent === "table" ? [...Map.groupBy(all, ({ cell: at }) => at!.row).values()] : [all];
  const kind = extent === "column" ? "delete-column" : "delete-row";
  const changes = rows.map(([home]): Change => ({ kind, at: endOf(home!) }));
  // Between two tables there is an empty paragraph.
  const between = found.filter((paragraph) => paragraph.cell === undefined);
  const removals = between.map((paragraph): Change => ({ kind: "delete", at: endOf(paragraph) }));
  return { changes: [...changes, ...removals], cuts: [], removed: [...all, ...between] };
}

/** The paragraphs of which all words and the end are the suggestion's. */
function coveredParagraphs(places: readonly LivePlace[]): Paragraph[] {
  return places.flatMap(({ now }) =>
    now.stretches
      .filter((stretch) => isWhole(stretch) && now.ends.has(stretch.paragraph))
      .map(({ paragraph }) => paragraph),
  );
}

function removePicture(places: readonly LivePlace[]): Reversal | Irreversible {
  const [stretch, ...others] = places.flatMap(({ now }) =>
    now.stretches.filter(({ paragraph }) => now.ends.has(paragraph)),
  );
  const isAlone = stretch !== undefined && others.length === 0 && isWhole(stretch);
  if (!isAlone || keepsMark(stretch.paragraph)) return { reason: "the picture has to be taken out by hand" };
  return { changes: [{ kind: "delete", at: anchorOf(stretch) }], cuts: [], removed: [stretch.paragraph] };
}

/** Puts a row back beside the one before it, or the one after it where it was the first. `before` has its cells. */
function insertRow(before: string, places: readonly LivePlace[]): Reversal | Irreversible {
  const [only, ...others] = places;
  const { previous, next } = only?.now.between ?? {};
  if (only === undefined || others.length > 0 || only.now.ends.size > 0) return byHand;
  const cells = before.split("\t");
  const isSame = previous?.cell?.table === next?.cell?.table && previous?.part === next?.part;
  if (previous?.cell !== undefined && (next?.cell === undefined || isSame))
    return { changes: [{ kind: "insert-row", at: endOf(previous), cells }], cuts: [], removed: [] };
  if (next?.cell === undefined || previous?.cell !== undefined) return byHand;
  const at = endOf(next);
  return { changes: [{ kind: "insert-row", at, cells, side: "before" }], cuts: [], removed: [] };
}

/** Puts a column back beside the cell before its first one, or the one after it where it was the first column. */
function insertColumn(places: readonly LivePlace[]): Reversal | Irreversible {
  const { previous, next } = places[0]?.now.between ?? {};
  if (places.some(({ now }) => now.ends.size > 0)) return byHand;
  const cells = places.map(({ place }) => wordsOf(place));
  if (next?.cell?.row === 0 && next.cell.column === 0)
    return {
      changes: [{ kind: "insert-column", at: endOf(next), cells, side: "before" }],
      cuts: [],
      removed: [],
    };
  if (previous?.cell?.row !== 0) return byHand;
  return { changes: [{ kind: "insert-column", at: endOf(previous), cells }], cuts: [], removed: [] };
}

/** The words that a place of one cell took away. */
function wordsOf({ hunk }: ReadPlace): string {
  return hunk.old
    .map(({ text }) => text)
    .join("")
    .replace(/\n$/, "");
}
