import type { Suggestion } from "../../src/feedback/index.ts";
import { openFile, type Paragraph, type Revision } from "../../src/files/index.ts";

/** Offsets in a paragraph's final text. */
export type Place = {
  readonly paragraph: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
};

/** Where the words that a suggestion puts in and takes away stand, as its pending markup says. */
export type Marked = { readonly inserted: readonly Place[]; readonly deleted: readonly Place[] };

export function isOf(suggestion: Suggestion, revision: Revision | undefined): boolean {
  return (
    revision !== undefined &&
    revision.author === suggestion.author &&
    Date.parse(revision.date ?? "") === Date.parse(suggestion.date)
  );
}

export function findMarked(bytes: Uint8Array, suggestion: Suggestion): Marked {
  const inserted: Place[] = [];
  const deleted: Place[] = [];
  for (const paragraph of openFile(bytes).paragraphs) {
    for (const { kind, ...place } of marksIn(paragraph, suggestion)) {
      const list = kind === "new" ? inserted : deleted;
      const last = list.at(-1);
      if (last?.paragraph === place.paragraph && last.end === place.start && last.text !== "")
        list[list.length - 1] = { ...last, end: place.end, text: last.text + place.text };
      else list.push(place);
    }
  }
  return { inserted, deleted };
}

function marksIn(paragraph: Paragraph, suggestion: Suggestion): (Place & { kind: "old" | "new" })[] {
  const found: (Place & { kind: "old" | "new" })[] = [];
  let offset = 0;
  for (const { text, inserted, deleted } of paragraph.spans) {
    const start = offset;
    if (deleted === undefined) offset += text.length;
    if (isOf(suggestion, deleted))
      found.push({ kind: "old", paragraph: paragraph.id, start, end: offset, text });
    else if (isOf(suggestion, inserted) && deleted === undefined)
      found.push({ kind: "new", paragraph: paragraph.id, start, end: offset, text });
  }
  return found;
}
