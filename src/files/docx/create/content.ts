/** Text with direct formatting and links, for documents that Tandem writes anew. */
export type ContentRun = {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  /** An http(s) or mailto address; written as an external hyperlink. */
  readonly link?: string;
};

/** A block of a document that Tandem writes anew. Styles are named as people see them (`Heading 1`, `List Bullet`). */
export type ContentBlock =
  | { readonly kind: "paragraph"; readonly style?: string; readonly runs: readonly ContentRun[] }
  | { readonly kind: "heading"; readonly level: 1 | 2 | 3 | 4; readonly runs: readonly ContentRun[] }
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
    };

export type DocumentProperties = {
  readonly title?: string;
  readonly author?: string;
  readonly subject?: string;
  /** BCP 47, for example `en-GB`. */
  readonly language?: string;
  readonly created: Date;
};
