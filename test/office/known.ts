import type { RefusalCode } from "../../src/files/index.ts";
import { places } from "./places.ts";

type Cases = {
  /** Names of edits and of places; every pair of them is meant. */
  readonly edits: readonly string[];
  readonly places: readonly string[];
  readonly because: string;
};

/** A disagreement that has a reason: what LibreOffice makes of the file is not what it means. */
export type Disagreement = Cases & { readonly actions: readonly ("accept" | "reject")[] };

/** An edit that Tandem refuses on purpose. */
export type KnownRefusal = Cases & { readonly code: RefusalCode };

/** The `edit @ place` names that cases stand for, each with its case. */
export function namesOf<Case extends Cases>(cases: readonly Case[]): [name: string, of: Case][] {
  return cases.flatMap((each) =>
    each.places.flatMap((place) => each.edits.map((edit): [string, Case] => [`${edit} @ ${place}`, each])),
  );
}

const tablePlaces = places.filter(({ isInTable }) => isInTable).map(({ name }) => name);
const without = (...names: readonly string[]): string[] =>
  tablePlaces.filter((each) => !names.includes(each));

/** Where whole sections can't go. */
const closedPlaces: readonly string[] = [
  ...["header", "last paragraph of header", "footer", "footnote", "second paragraph of footnote", "endnote"],
  ...["text box", "last paragraph of text box"],
  ...tablePlaces,
];
const bodyPlaces = places
  .map(({ name }) => name)
  .filter((name) => !closedPlaces.includes(name) && name !== "end of a section");

/** Found with LibreOffice 7.4. Each must be there: when one goes away, its line goes too. */
export const disagreements: readonly Disagreement[] = [
  {
    edits: ["insert-content"],
    places: ["end of a section"],
    actions: ["accept", "reject"],
    because:
      "LibreOffice drops the empty paragraph that holds a section's break, and keeps one before the new table",
  },
  {
    edits: ["insert-content"],
    places: bodyPlaces,
    actions: ["reject"],
    because:
      "LibreOffice joins no paragraph with a table after it: the one before the new table stays, empty",
  },
  {
    edits: ["insert-column", "insert-column before"],
    places: tablePlaces,
    actions: ["reject"],
    because: "LibreOffice has no tracked cells (w:cellIns): the new column stays, its words go",
  },
  {
    edits: ["delete-column"],
    places: without("only column of table"),
    actions: ["accept"],
    because: "LibreOffice has no tracked cells (w:cellDel): the column stays, its words go",
  },
  {
    edits: ["delete paragraph"],
    places: ["before a table", "between tables"],
    actions: ["accept"],
    because: "LibreOffice joins no paragraph with a table after it and leaves it there, empty",
  },
  {
    edits: ["insert-after", "insert-after one line", "insert-image", "insert-table"],
    places: ["before a table", "between tables"],
    actions: ["reject"],
    because: "LibreOffice joins no paragraph with a table after it and leaves it there, empty",
  },
  {
    edits: ["insert-table"],
    places: [
      "last paragraph of body",
      "last paragraph of header",
      "endnote",
      "others' inserted paragraph",
      ...without("first paragraph of cell", "middle paragraph of cell"),
    ],
    actions: ["reject"],
    because: "the mark that goes is in front of the new table, and LibreOffice looks at it first",
  },
  {
    edits: ["insert-table"],
    places: ["footnote", "second paragraph of footnote"],
    actions: ["accept", "reject"],
    because: "LibreOffice 7.4 keeps no table in a footnote",
  },
  {
    edits: ["insert-image"],
    places: ["end of a section"],
    actions: ["reject"],
    because: "LibreOffice takes the end of the section away with the picture before it",
  },
  {
    edits: ["delete paragraph"],
    places: ["others' inserted paragraph"],
    actions: ["reject"],
    because: "LibreOffice leaves the mark of a paragraph that is both inserted and deleted",
  },
  {
    edits: ["delete paragraph", "merge"],
    places: ["before a text box", "after a text box"],
    actions: ["accept"],
    because: "LibreOffice joins no paragraph that a text box is anchored to with the next one",
  },
  {
    edits: ["split"],
    places: ["after a text box"],
    actions: ["reject"],
    because: "LibreOffice joins no paragraph that a text box is anchored to with the next one",
  },
  {
    edits: ["replace all"],
    places: ["before a text box"],
    actions: ["accept"],
    because: "LibreOffice takes a text box away with the words on both sides of it",
  },
  {
    edits: ["replace", "replace all", "replace with a break", "replace and comment", "comment"],
    places: ["content control of one paragraph"],
    actions: ["accept", "reject"],
    because: "LibreOffice 7.4 makes an inline control of it and mixes up what is in it when it saves",
  },
  {
    edits: ["delete words", "delete paragraph"],
    places: ["content control of one paragraph"],
    actions: ["accept"],
    because: "LibreOffice 7.4 makes an inline control of it and keeps what is deleted in it",
  },
];

/** Edits that Tandem refuses; each must be refused, and no other. */
export const refusals: readonly KnownRefusal[] = [
  {
    edits: ["insert-content"],
    places: closedPlaces,
    code: "unsupported",
    because: "whole sections go into the body alone",
  },
  {
    edits: ["merge"],
    places: [
      "last paragraph of body",
      "last paragraph of header",
      "last paragraph of text box",
      "footnote",
      "endnote",
      ...without("first paragraph of cell", "middle paragraph of cell"),
    ],
    code: "unsupported",
    because: "no paragraph follows in the same body, cell, note or box",
  },
  {
    edits: ["merge"],
    places: ["before a table", "between tables", "content control of one paragraph", "end of a section"],
    code: "unsupported",
    because: "a table, the edge of a control or the end of a section is in between",
  },
  {
    edits: ["merge"],
    places: ["others' inserted paragraph"],
    code: "locked",
    because: "somebody's change of the mark is pending",
  },
  {
    edits: ["split"],
    places: ["hyperlink", "inline content control"],
    code: "locked",
    because: "a link or a control can't go over two paragraphs",
  },
  {
    edits: ["delete paragraph"],
    places: ["inline content control"],
    code: "locked",
    because: "deleting what is around a control is not tracked in Word's files",
  },
  {
    edits: ["replace", "replace with a break", "replace and comment", "format"],
    places: ["whole field", "simple field"],
    code: "locked",
    because: "Word computes the text",
  },
  {
    edits: ["replace all", "delete words", "delete paragraph"],
    places: ["simple field"],
    code: "locked",
    because: "a simple field can't be inside a deletion",
  },
  {
    edits: ["comment", "replace and comment"],
    places: ["header", "last paragraph of header", "cell of header", "footer"],
    code: "unsupported",
    because: "Word has no comments there",
  },
  {
    edits: ["comment", "replace and comment", "insert-table", "insert-image"],
    places: ["text box", "last paragraph of text box"],
    code: "unsupported",
    because: "the box is stored twice, and these can be there only once",
  },
  {
    edits: ["insert-row before"],
    places: ["beside a cell over two rows"],
    code: "unsupported",
    because: "the text for the merged cell would be lost",
  },
];
