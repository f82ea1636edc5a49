/** What the structure tree of a tagged PDF says of a stretch of text (ISO 32000-1, 14.8.4). */
export type PdfTag = {
  readonly role: "text" | "heading" | "list-item" | "caption" | "note" | "cell" | "left-out";
  /** 1 to 6; only of headings. */
  readonly level?: number;
  /** The same for all text of one paragraph or cell, and for no other on its page. */
  readonly block: number;
  /** Ordinal of the row on its page, and of the cell in its row; only of cells. */
  readonly row?: number;
  readonly cell?: number;
  readonly isHeader?: boolean;
};

/** One piece of text as the page draws it. Points from the page's top left corner, as a person sees the page. */
export type PdfItem = {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** Of the base line; grows downwards. */
  readonly y: number;
  /** Font size in points. */
  readonly size: number;
  readonly isRightToLeft: boolean;
  /** True for text that doesn't run from left to right: a label on a chart's axis, a stamp. */
  readonly isTurned: boolean;
  readonly tag?: PdfTag;
};

export type PdfPage = {
  /** From 1. */
  readonly number: number;
  readonly height: number;
  /** In the order of drawing, which for most programs is the order of reading. */
  readonly items: readonly PdfItem[];
};

export type PdfText = {
  readonly title?: string;
  readonly pages: readonly PdfPage[];
  /** Levels of the bookmarks by their titles, each on one line. */
  readonly bookmarks: ReadonlyMap<string, number>;
  readonly warnings: readonly string[];
};
