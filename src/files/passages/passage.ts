/** What stands in one place of a source: the unit that is read, quoted and cited. */
export type Passage = {
  /** Position in its source, from 1: what an outline names (`brief.docx 12`). */
  readonly number: number;
  readonly kind: "heading" | "paragraph" | "list-item" | "row" | "cue" | "caption" | "note";
  /** As a reader sees it, on one line: tracked insertions in, deletions out; cells of a row joined by ` | `. */
  readonly text: string;
  /** 1 to 9; only of headings. */
  readonly level?: number;
  /** Number of the row that names the columns; only of rows, and of that row itself. */
  readonly header?: number;
  /** The headings it stands under, outermost first; itself left out. */
  readonly headings: readonly string[];
  readonly place: Place;
};

/** Where a person finds a passage; what the kind of file has. */
export type Place = {
  /** Page of a PDF, from 1. */
  readonly page?: number;
  /** Line of a text file, from 1. */
  readonly line?: number;
  /** Seconds from the start of a call. */
  readonly time?: number;
  /** Time of day as `HH:MM:SS`, where the source has that in place of a recording's time. */
  readonly clock?: string;
  readonly speaker?: string;
  /** `Sheet1!A4:F4` */
  readonly cells?: string;
};

/** Workbooks and delimited text are not prose: their tables are read by `readTables`. */
export type SourceFormat = "docx" | "pdf" | "markdown" | "text" | "html" | "transcript";

/** One file read as passages, in reading order. */
export type SourceText = {
  /** File name without folders. */
  readonly name: string;
  readonly format: SourceFormat;
  readonly title?: string;
  readonly passages: readonly Passage[];
  /** What could not be read and why, one line each: `page 3 holds a picture without text`. */
  readonly warnings: readonly string[];
};
