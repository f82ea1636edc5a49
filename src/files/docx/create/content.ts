/** Text with direct formatting, links and notes, for text that Tandem writes anew. */
export type ContentRun = {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  /** An http(s) or mailto address; written as an external hyperlink. */
  readonly link?: string;
  /** A footnote whose reference mark stands behind the text; `text` may be empty. */
  readonly note?: readonly ContentRun[];
  /** Puts a bookmark around the text, so that `reference` or a record can point at it: 1 to 40 of `A-Z a-z 0-9 _`, a letter or `_` first. */
  readonly bookmark?: string;
  /**
   * A cross reference (REF field) to the bookmark of that name; `text` is its result as long as nobody updates fields.
   * With an empty text it is what the bookmark of these blocks holds: `Table 2`, a heading, the words of a run.
   */
  readonly reference?: string;
  /** A comment beside the text, by the document's author. */
  readonly comment?: string;
};

/** A block of text that Tandem writes anew. Styles are named as people see them (`Heading 1`, `List Bullet`). */
export type ContentBlock =
  | { readonly kind: "paragraph"; readonly style?: string; readonly runs: readonly ContentRun[] }
  | {
      readonly kind: "heading";
      readonly level: 1 | 2 | 3 | 4;
      readonly runs: readonly ContentRun[];
      /** As for a run, around the whole heading. */
      readonly bookmark?: string;
    }
  | {
      readonly kind: "list-item";
      readonly ordered: boolean;
      readonly level?: number;
      readonly runs: readonly ContentRun[];
    }
  | {
      readonly kind: "table";
      /** Column widths as parts of the whole; same length as each row. */
      readonly widths: readonly number[];
      readonly header: readonly (readonly ContentRun[])[];
      readonly rows: readonly (readonly (readonly ContentRun[])[])[];
      readonly style?: string;
      /** How each column is set; same length as each row. Defaults to `left` for all. */
      readonly align?: readonly ("left" | "right")[];
    }
  /** The caption of the table or picture beside it, counted by a SEQ field with its result: `Table 2: …`. */
  | {
      readonly kind: "caption";
      readonly label: "table" | "figure";
      readonly runs: readonly ContentRun[];
      /** As for a run, around label and number, which is what a cross reference shows. */
      readonly bookmark?: string;
    }
  | {
      readonly kind: "picture";
      /** PNG, JPEG or GIF. */
      readonly image: Uint8Array;
      readonly altText: string;
      /** Points. Defaults to its own size at 96 pixels an inch, at most the text's width. */
      readonly width?: number;
    }
  /**
   * A table of contents (TOC field) with an entry for each heading of these blocks, linked to it. Page numbers are those
   * that the writer is told; else they are empty and Word fills them on opening. Defaults to 3 levels and no title.
   */
  | { readonly kind: "contents"; readonly title?: string; readonly levels?: 1 | 2 | 3 | 4 };

export type DocumentProperties = {
  readonly title?: string;
  readonly author?: string;
  readonly subject?: string;
  /** BCP 47, for example `en-GB`. */
  readonly language?: string;
  readonly created: Date;
};
