import type { SourceText } from "../../files/passages/passage.ts";
import type { Table } from "../../table.ts";

/** A workbook or delimited text among the sources: what figures and tables are taken from. */
export type SourceTables = {
  /** File name without folders. */
  readonly name: string;
  /** Of the file's bytes, in hexadecimal: a record made from it can say later that the file has changed. */
  readonly sha256: string;
  readonly bytes: Uint8Array;
  readonly tables: readonly Table[];
};

/** Everything the document may be made from. Names are unique. */
export type Sources = { readonly texts: readonly SourceText[]; readonly workbooks: readonly SourceTables[] };

/** What is to be written, as a person may edit it in a text file before anything is written. */
export type Outline = {
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  readonly sections: readonly OutlineSection[];
};

export type OutlineSection = {
  /** Place in the outline as printed, without the template's numbering: `2`, `2.1`. */
  readonly id: string;
  readonly level: 1 | 2 | 3;
  readonly heading: string;
  /** What the section has to do for its reader; the person's words may be taken as said by the person. */
  readonly purpose: string;
  /** Heading and purpose come from code, a model or a source: nobody has said them. Absent once a person has seen them. */
  readonly isPlanned?: true;
  /** Length aimed at; 0 for a heading that only holds others. */
  readonly words: number;
  readonly uses: readonly PassageReference[];
  readonly tables: readonly TableReference[];
  readonly figures: readonly FigureReference[];
};

export type PassageReference = { readonly source: string; readonly passage: number };

/** A table with a caption: a range of a workbook (`Orders!A3:D15`), or a question (`total amount by region`). */
export type TableReference = { readonly workbook: string; readonly range: string; readonly caption?: string };

/** A number by its cell (`orders.xlsx Orders!F16`) or by a question (`orders.xlsx total amount in March`). */
export type FigureReference = { readonly name: string; readonly workbook: string; readonly asked: string };

/** A number that code took from a workbook; written into the file as a record that can be computed again. */
export type Figure = {
  /** `f1`; `[[f1]]` stands for it in the text of a sentence, and its bookmark is `tandem_f1`. */
  readonly id: string;
  readonly name: string;
  /** As written in the document: `12,345.00 €`. */
  readonly text: string;
  readonly value: number | string;
  readonly workbook: string;
  readonly sha256: string;
  /** `Orders!F4:F15` */
  readonly cells: readonly string[];
  /** The SELECT that computes it; absent where the figure is what one cell holds. */
  readonly query?: string;
};

/** A table that code filled from a workbook. */
export type FilledTable = {
  /** `t1`; its bookmark is `tandem_t1`. */
  readonly id: string;
  readonly caption: string;
  readonly workbook: string;
  readonly sha256: string;
  /** `Orders!A3:D15`; of a computed table the cells it stands on. */
  readonly range: string;
  /** The SELECT that computes it; absent where the cells stand there as they are. */
  readonly query?: string;
  readonly header: readonly string[];
  /** Texts as the cells show them. */
  readonly rows: readonly (readonly string[])[];
  /** Columns of numbers are set to the right. */
  readonly align: readonly ("left" | "right")[];
};

/** Words of a passage that a sentence rests on; they stand there to the letter. */
export type Citation = PassageReference & { readonly quote: string };

/**
 * `source`: it rests on its citations (or on its figures alone); `prompt`: the person said it, in the prompt or the
 * outline; `missing`: nothing supports it, the text is `[to be supplied: …]`.
 */
export type SentenceBasis = "source" | "prompt" | "missing";

export type DraftSentence = {
  /** Plain text; `[[f1]]` where a figure stands. */
  readonly text: string;
  readonly basis: SentenceBasis;
  readonly citations: readonly Citation[];
  /** The words are the source's own, not a model's. */
  readonly isVerbatim: boolean;
};

export type DraftBlock =
  | { readonly kind: "paragraph"; readonly sentences: readonly DraftSentence[] }
  | { readonly kind: "list-item"; readonly ordered: boolean; readonly sentences: readonly DraftSentence[] }
  /** Rows of one table of a source, each sentence a row; they are set as a table of the source's own cells. */
  | { readonly kind: "rows"; readonly sentences: readonly DraftSentence[] }
  /** One of the section's filled tables. */
  | { readonly kind: "table"; readonly table: string };

export type DraftSection = {
  readonly section: OutlineSection;
  readonly blocks: readonly DraftBlock[];
  readonly figures: readonly Figure[];
  readonly tables: readonly FilledTable[];
  /** What a model wrote and code refused, with the reason; for the report, never for the document. */
  readonly refused: readonly { readonly text: string; readonly reason: string }[];
};

export type Draft = {
  readonly outline: Outline;
  readonly sections: readonly DraftSection[];
  /** Names the model that wrote, or says that the sentences are the sources' own. */
  readonly engine: string;
};

/** What writing a section may look at besides its own outline entry. */
export type SectionRequest = {
  /** What the person asked for, in the person's words. */
  readonly prompt: string;
  readonly outline: Outline;
  readonly section: OutlineSection;
  readonly sources: Sources;
  /** Figures and tables of this section, computed before. */
  readonly figures: readonly Figure[];
  readonly tables: readonly FilledTable[];
  /** The sections before this one. */
  readonly written: readonly DraftSection[];
};
