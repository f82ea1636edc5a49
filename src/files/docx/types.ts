import type { OpcPackage } from "../opc/opc-package.ts";
import type { PartEncoding } from "../opc/part-text.ts";
import type { Receipt } from "../opc/receipt.ts";
import type { XmlTree } from "../xml/scan-xml.ts";
import type { ContentBlock } from "./create/content.ts";

/** Which text is meant: with every change accepted, with every change rejected, or with both shown. */
export type View = "final" | "original" | "markup";

/** The text flow a paragraph belongs to (ECMA-376-1, 17.2.2, 17.10, 17.11, 17.13.4). */
export type Story =
  | { readonly kind: "body" }
  | { readonly kind: "header" | "footer" }
  | { readonly kind: "footnote" | "endnote" | "comment"; readonly id: string };

/** Who made a tracked change and when; `date` as the file has it (ISO 8601). */
export type Revision = { readonly id: string; readonly author: string; readonly date?: string };

/** Character formatting that a person sees. Set directly on the run; what a style brings is not resolved. */
export type Marks = {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly strike?: boolean;
  readonly hidden?: boolean;
  readonly vertical?: "superscript" | "subscript";
  readonly styleId?: string;
};

/**
 * Why a stretch of text is not ours to change.
 * `field`: computed by Word; `content-control`: locked or bound to data; `math`; `alternate-content`: the same
 * text is stored twice and the copies differ; `object`: drawing, note reference, embedded object;
 * `move`: half of somebody's tracked move.
 */
export type Lock = "field" | "content-control" | "math" | "alternate-content" | "object" | "move";

/** A stretch of text with one formatting, one revision state and one lock. */
export type Span = {
  readonly text: string;
  readonly marks: Marks;
  readonly inserted?: Revision;
  readonly deleted?: Revision;
  /** Address the text links to, or `#bookmark`. */
  readonly link?: string;
  readonly lock?: Lock;
};

/** Place of a paragraph in a table; counted from 0 within its story, innermost table. */
export type CellAddress = { readonly table: number; readonly row: number; readonly column: number };

export type Paragraph = {
  /** Stable within one revision of the file: part name without folder and ending, and ordinal (`document:12`). */
  readonly id: string;
  /** Part name, for example `/word/document.xml`. */
  readonly part: string;
  /** Position among all paragraphs of the part, from 0. */
  readonly ordinal: number;
  readonly story: Story;
  readonly paraId?: string;
  readonly styleId?: string;
  readonly styleName?: string;
  /** 1 to 9 for headings, by outline level of the paragraph or its style. */
  readonly headingLevel?: number;
  /** The label Word would print: `2.1`, `(a)`, `•`. */
  readonly numbering?: string;
  readonly listLevel?: number;
  readonly cell?: CellAddress;
  readonly isInTextBox: boolean;
  /** Set when the paragraph mark itself is inserted or deleted. */
  readonly markInserted?: Revision;
  readonly markDeleted?: Revision;
  readonly spans: readonly Span[];
};

/** A part that holds text people read, with its XML indexed. */
export type StoryPart = {
  readonly name: string;
  readonly kind: "body" | "header" | "footer" | "footnotes" | "endnotes" | "comments";
  readonly encoding: PartEncoding;
  /** `tree.source` is the part's text. */
  readonly tree: XmlTree;
};

/** A Word document as it came; nothing in it is ever changed, changes make new bytes. */
export type WordDocument = {
  readonly kind: "docx";
  readonly package: OpcPackage;
  readonly mainPart: string;
  /** True for ISO/IEC 29500 Strict namespaces. */
  readonly isStrict: boolean;
  /** Body first, then headers, footers, footnotes, endnotes, comments; parts that the main part relates to. */
  readonly stories: readonly StoryPart[];
  /** Every paragraph of every story in reading order: body, headers, footers, footnotes, endnotes, comments. */
  readonly paragraphs: readonly Paragraph[];
};

/** A stretch of one paragraph's final text: UTF-16 offsets, and the text that must stand there. */
export type Anchor = {
  readonly paragraph: string;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
};

/** Character formatting to set; what is left out stays as it is. */
export type CharacterFormat = {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly strike?: boolean;
  readonly vertical?: "baseline" | "superscript" | "subscript";
  /** A colour name of Word's highlighter (17.18.40), or `none`. */
  readonly highlight?: string;
  /** Six hexadecimal digits, or `auto`. */
  readonly color?: string;
  /** Points; Word knows halves. */
  readonly size?: number;
  /** Name of a font. */
  readonly font?: string;
  /** Name or id of a character style of the document. */
  readonly style?: string;
};

/** Paragraph formatting to set; what is left out stays as it is. Lengths in points. */
export type ParagraphFormat = {
  /** Name or id of a paragraph style of the document. */
  readonly style?: string;
  readonly alignment?: "left" | "center" | "right" | "justify";
  readonly spaceBefore?: number;
  readonly spaceAfter?: number;
  /** In lines: 1, 1.5, 2. */
  readonly lineSpacing?: number;
  readonly indentLeft?: number;
  readonly indentRight?: number;
  /** Below 0 for a hanging indent. */
  readonly indentFirstLine?: number;
  readonly keepWithNext?: boolean;
  readonly pageBreakBefore?: boolean;
};

/** One thing to do to a document. `comment` adds a comment with that text beside the change. */
export type Change = { readonly id?: string } & (
  | { readonly kind: "comment"; readonly at: Anchor; readonly text: string }
  | ({ readonly at: Anchor; readonly comment?: string } & Edit)
  /** Answers the comment with that id. */
  | { readonly kind: "reply"; readonly to: string; readonly text: string }
  | { readonly kind: "resolve"; readonly comment: string; readonly resolved: boolean }
);

/** What can be done at a place, and refused by a person. */
export type Edit =
  | { readonly kind: "replace"; readonly text: string }
  /** A stretch of text, or the whole paragraph with its mark when the anchor covers all of its text. */
  | { readonly kind: "delete" }
  /** New paragraphs after the anchor's paragraph, one a line of `text`, in the formatting of that place. */
  | { readonly kind: "insert-after"; readonly text: string }
  /** Other formatting of the anchor's text. */
  | { readonly kind: "format"; readonly set: CharacterFormat }
  /** Other formatting of the anchor's whole paragraph. */
  | { readonly kind: "format-paragraph"; readonly set: ParagraphFormat }
  /** The anchor's text begins a new paragraph. */
  | { readonly kind: "split" }
  /** The anchor's paragraph and the next one become one, with `text` between them. Defaults to a space where there is none. */
  | { readonly kind: "merge"; readonly text?: string }
  /** A row after the anchor's one (or before), one text a cell. */
  | { readonly kind: "insert-row"; readonly cells: readonly string[]; readonly side?: "before" | "after" }
  | { readonly kind: "delete-row" }
  /** A column after the anchor's cell (or before), one text a row from the top. */
  | { readonly kind: "insert-column"; readonly cells: readonly string[]; readonly side?: "before" | "after" }
  | { readonly kind: "delete-column" }
  /** A table after the anchor's paragraph. */
  | {
      readonly kind: "insert-table";
      /** Texts of the cells, row by row; all rows have the same number. */
      readonly rows: readonly (readonly string[])[];
      /** Rows at the top that repeat on each page. Defaults to 1. */
      readonly headerRows?: number;
      /** Name or id of a table style of the document. Defaults to that of its first table. */
      readonly style?: string;
    }
  /** Headings, paragraphs, lists, captions, tables and notes beside the anchor's paragraph, in the document's own styles. */
  | {
      readonly kind: "insert-content";
      readonly blocks: readonly ContentBlock[];
      /** Defaults to "after". */
      readonly side?: "before" | "after";
    }
  /** A picture in a paragraph of its own after the anchor's one. */
  | {
      readonly kind: "insert-image";
      /** PNG, JPEG or GIF. */
      readonly image: Uint8Array;
      /** What the picture shows, for people who don't see it. */
      readonly altText: string;
      /** Points; the height follows. Defaults to its own size at 96 pixels an inch, at most the text's width. */
      readonly width?: number;
    };

export type RefusalCode =
  | "not-found"
  | "ambiguous"
  | "stale"
  | "locked"
  | "crosses-paragraphs"
  | "overlaps"
  | "unsupported"
  | "no-change"
  | "invalid-text";

/** A change that can't be made safely: why, and what the person can do instead. */
export type Refusal = {
  readonly id: string;
  readonly code: RefusalCode;
  readonly reason: string;
  readonly fix: string;
};

export type AppliedChange = {
  readonly id: string;
  readonly kind: Change["kind"];
  /** `w:date` of its revisions or comment, another second for each change. */
  readonly date: string;
  readonly paragraph?: string;
  /**
   * The text of the place before and after. For a comment `after` is the comment; for formatting both name what
   * differs (`bold off`, `bold`); for rows, columns and tables cells are parted by tabs and rows by line breaks.
   */
  readonly before: string;
  readonly after: string;
};

export type ChangeOptions = {
  /** Written as `w:author`; people can filter and refuse by it. */
  readonly author: string;
  /** The first change gets this second, each further change a later one; seconds that the document has are left out. */
  readonly date: Date;
  /** `tracked` writes insertions and deletions; `direct` writes the new text. Defaults to "tracked". */
  readonly mode?: "tracked" | "direct";
};

/** What would happen, worked out without changing anything. */
export type ChangePlan = {
  readonly applied: readonly AppliedChange[];
  readonly refused: readonly Refusal[];
  /**
   * The new file. Verified before it is returned: rejecting all gives the original, accepting all the proposal,
   * the other parts are identical. Throws `RoundTripError` otherwise.
   */
  readonly save: () => { readonly bytes: Uint8Array; readonly receipt: Receipt };
};

/** A tracked change that is in the file, of whatever author. */
export type TrackedChange = {
  /** Number in reading order, from 1: what a person types to accept or reject it. */
  readonly number: number;
  readonly part: string;
  readonly paragraph?: string;
  readonly kind:
    | "insertion"
    | "deletion"
    | "moved-from"
    | "moved-to"
    | "run-formatting"
    | "paragraph-formatting"
    | "table-formatting"
    | "section-formatting"
    | "numbering"
    | "inserted-row"
    | "deleted-row"
    | "inserted-cell"
    | "deleted-cell"
    | "merged-cell"
    | "inserted-mark"
    | "deleted-mark";
  readonly revision: Revision;
  readonly text: string;
};

export type Comment = {
  readonly id: string;
  readonly author: string;
  readonly initials?: string;
  readonly date?: string;
  readonly text: string;
  /** The text it is anchored to, final view; absent when the anchor is gone. */
  readonly quote?: string;
  /** Paragraph its range begins in. */
  readonly paragraph?: string;
  readonly replyTo?: string;
  readonly isResolved: boolean;
};

export type OutlineEntry = {
  readonly paragraph: string;
  readonly level: number;
  readonly text: string;
  readonly numbering?: string;
};
