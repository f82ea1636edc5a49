/**
 * What stands inside a translatable text without being text, in the terms of XLIFF 2.1 (4.2.3): a span code is a `pc`,
 * an atom a `ph`, or one half of an `sc`/`ec` pair.
 */

/** Formatting, a link or another container over a stretch of text. `start < end`, UTF-16 offsets. */
export type SpanCode = {
  /** Unique in its unit, a decimal number counted from 1 in source order, atoms included. */
  readonly id: string;
  readonly kind: "format" | "link" | "container";
  readonly start: number;
  readonly end: number;
  /** True where the target may hold it in several stretches (run formatting, a hyperlink element). */
  readonly canCopy: boolean;
};

/** Something that stands once at a place and is never looked into: a field, a note reference, a break, a picture. */
export type AtomCode = {
  readonly id: string;
  readonly kind: "field" | "note" | "break" | "tab" | "picture" | "mark" | "object";
  readonly offset: number;
  /** What a reader sees there, where that is text (a field's result). It is no part of the unit's text. */
  readonly shows?: string;
  /** The first half of a pair of range marks names the second, which must not come before it. */
  readonly closedBy?: string;
  /** The innermost link or container that holds it in the source; it is written inside that one. */
  readonly within?: string;
};

/**
 * Text with its inline codes. Spans are in source order and nest or are disjoint, an outer one before an inner one;
 * atoms are in source order, also those at one offset.
 */
export type CodedText = {
  readonly text: string;
  readonly spans: readonly SpanCode[];
  readonly atoms: readonly AtomCode[];
};

export type UnitKind =
  | "paragraph"
  | "heading"
  | "cell"
  | "sheet-name"
  | "column-name"
  | "chart-text"
  | "diagram-text"
  | "alternative-text"
  | "property"
  | "section-name"
  | "comment"
  | "note"
  | "header"
  | "footer"
  | "validation"
  | "cue";

/** One translatable text of a file: a paragraph, a cell, a cue, an attribute that people read. */
export type TextUnit = CodedText & {
  /** Stable within one revision of the file (`/word/document.xml#17`). */
  readonly id: string;
  readonly kind: UnitKind;
  /** Where it is, as a person says it: `page header`, `Sheet1!B4`, `slide 3, notes`. */
  readonly place: string;
  /** A unit that must be given the same target: the other copy of a text box, the header cell of a table's column. */
  readonly sameAs?: string;
  /** Most UTF-16 units that the file format allows, for example 31 for a sheet's name. */
  readonly maxLength?: number;
  /** Room there is for the text in its box, where that is known. */
  readonly room?: TextRoom;
};

/** The box a text must fit, in points, and what the text is set in. */
export type TextRoom = {
  readonly width: number;
  readonly height: number;
  readonly fontSize: number;
  /** Units of one box share it. */
  readonly box: string;
};

/** Where a unit's codes are in its target. A span may have several stretches, an atom has one place. */
export type CodedTarget = {
  readonly text: string;
  readonly spans: readonly { readonly id: string; readonly start: number; readonly end: number }[];
  /** In the order in which they stand, also those at one offset. */
  readonly atoms: readonly { readonly id: string; readonly offset: number }[];
};

/** A unit's translation, ready to be written. */
export type UnitTarget = CodedTarget & { readonly unit: string };

export type ListUnitsOptions = {
  /** Comments too. Defaults to false. */
  readonly comments?: boolean;
  /** Text that is hidden, in hidden rows, columns, sheets and slides too. Defaults to false. */
  readonly hidden?: boolean;
  /** Title, subject, keywords and description of the file. Defaults to true. */
  readonly properties?: boolean;
  /** Names of styles (of characters or paragraphs) whose text stays as it is, beside the usual code styles. */
  readonly untranslatedStyles?: readonly string[];
};

export type WriteUnitsOptions = ListUnitsOptions & {
  /** BCP 47 tag of the targets (`pt-PT`): sets the language of the text, its direction and its East Asian fonts. */
  readonly language: string;
  /** Mirrors slides and sheets when the language is written from right to left. Defaults to false. */
  readonly mirror?: boolean;
};

/** A file with targets written, and what a person should look at. */
export type WrittenUnits = {
  readonly bytes: Uint8Array;
  /** Units whose codes could not be placed: the whole text stands in the first run, every code is kept. */
  readonly flagged: readonly { readonly unit: string; readonly reason: string }[];
  /** Units that were left in the source language because the file's format allows no other way. */
  readonly refused: readonly { readonly unit: string; readonly reason: string }[];
  /** Units that their box or cell shows only in part, by an estimate. */
  readonly overflowing?: readonly { readonly unit: string; readonly reason: string }[];
};
