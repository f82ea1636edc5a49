import {
  findQuote,
  openFile,
  type Paragraph,
  planChanges,
  type RefusalCode,
  type WordDocument,
  wholeParagraph,
} from "../../src/files/index.ts";
import { type EditPlace, edits, type OfficeEdit } from "./edits.ts";
import { fixtureFile } from "./fixture-file.ts";
import { author, type Place, places, target } from "./places.ts";

/** One edit made in one place. */
export type Fixture = {
  /** `edit @ place`. */
  readonly name: string;
  readonly place: string;
  readonly source: Uint8Array;
  readonly edited: Uint8Array;
};

/** An edit that Tandem refuses in a place. */
export type RefusedFixture = { readonly name: string; readonly code: RefusalCode; readonly reason: string };

export const date: Date = new Date("2026-01-02T03:04:05Z");

/** Every edit in every place where it makes sense: made and saved, or refused. */
export function makeFixtures(): {
  readonly made: readonly Fixture[];
  readonly refused: readonly RefusedFixture[];
} {
  const made: Fixture[] = [];
  const refused: RefusedFixture[] = [];
  for (const place of places) {
    const source = fixtureFile(place.stories);
    const document = openFile(source);
    const at = editPlace(document);
    for (const edit of edits.filter(({ needsTable }) => !needsTable || place.isInTable === true)) {
      const name = nameOf(edit, place);
      const plan = planChanges(document, [edit.change(at)], { author, date });
      const refusal = plan.refused[0];
      if (refusal !== undefined) refused.push({ name, code: refusal.code, reason: refusal.reason });
      else made.push({ name, place: place.name, source, edited: plan.save().bytes });
    }
  }
  return { made, refused };
}

export const nameOf = (edit: Pick<OfficeEdit, "name">, place: Pick<Place, "name">): string =>
  `${edit.name} @ ${place.name}`;

/** The place of the target words in the first paragraph that has them, or in the given one. */
export function editPlace(document: WordDocument, within?: string): EditPlace {
  const words = findQuote(document, target, { occurrence: 1, ...(within && { within: [within] }) });
  const paragraph = document.paragraphs.find(({ id }) => id === words.paragraph)!;
  return { words, whole: wholeParagraph(paragraph), ...tableSize(document, paragraph) };
}

function tableSize(document: WordDocument, { part, cell }: Paragraph): Pick<EditPlace, "cells" | "rows"> {
  if (cell === undefined) return { cells: 0, rows: 0 };
  const addresses = document.paragraphs.flatMap((each) =>
    each.part === part && each.cell?.table === cell.table ? [each.cell] : [],
  );
  const inRow = addresses.filter(({ row }) => row === cell.row);
  return {
    cells: 1 + Math.max(...inRow.map(({ column }) => column)),
    rows: 1 + Math.max(...addresses.map(({ row }) => row)),
  };
}
