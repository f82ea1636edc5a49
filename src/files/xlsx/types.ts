import type { OpcPackage } from "../opc/opc-package.ts";
import type { FormulaList } from "./read/formula-list.ts";

/** A rectangle of cells. Rows count from 1, columns from 0, both ends included. */
export type CellRange = {
  readonly firstRow: number;
  readonly firstColumn: number;
  readonly lastRow: number;
  readonly lastColumn: number;
};

/** `macrosheet` and `dialogsheet` are from Excel 4 and 5; only `worksheet` and `macrosheet` hold cells. */
export type SheetKind = "worksheet" | "chartsheet" | "dialogsheet" | "macrosheet";

/** One tab of a workbook. */
export type Sheet = {
  readonly name: string;
  /** Position among the tabs, from 0. */
  readonly index: number;
  /** `veryHidden` sheets can be shown by a program only. */
  readonly state: "visible" | "hidden" | "veryHidden";
  readonly kind: SheetKind;
  /** Absent where the file lists a sheet but holds no part for it. */
  readonly part?: string;
};

/** A name for a formula, most often for a range (ECMA-376-1, 18.2.5). */
export type DefinedName = {
  /** `_xlnm.Print_Area` and other names that begin with `_xlnm.` belong to Excel. */
  readonly name: string;
  /** The sheet in which alone the name is known; absent for the whole workbook. */
  readonly sheet?: string;
  /** The formula as it stands in the file, without an equals sign. */
  readonly formula: string;
  readonly isHidden: boolean;
  /** The ranges that the formula names, when it is a plain list of ranges; else empty. */
  readonly ranges: readonly { readonly sheet?: string; readonly range: CellRange }[];
};

/** A table that someone made in Excel with "Format as table": a ListObject (ECMA-376-1, 18.5). */
export type SheetTable = {
  readonly name: string;
  readonly sheet: string;
  /** Header and totals rows included. */
  readonly range: CellRange;
  readonly headerRows: number;
  readonly totalsRows: number;
  /** From left to right, as many as the range is wide. */
  readonly columns: readonly string[];
};

/** What a number format makes of a number. */
export type FormatKind = "general" | "number" | "percent" | "date" | "time" | "timestamp" | "text";

/** How a cell looks, as far as reading needs it. */
export type CellStyle = {
  /** The number format's code, with built-in codes as in an English Excel. */
  readonly formatCode: string;
  readonly formatKind: FormatKind;
  readonly isBold: boolean;
};

/** A note or the first remark of a conversation on a cell. */
export type CellComment = {
  readonly sheet: string;
  /** From 1. */
  readonly row: number;
  /** From 0. */
  readonly column: number;
  readonly author: string;
  readonly text: string;
  /** As it stands in the file; only threaded comments have one. */
  readonly date?: string;
  /** True for threaded comments; their replies follow in the order of the file. */
  readonly isThreaded: boolean;
  readonly isReply: boolean;
};

/** An Excel workbook that was opened; sheets are read one by one by `readSheet`. */
export type Workbook = {
  readonly kind: "xlsx";
  readonly package: OpcPackage;
  readonly mainPart: string;
  readonly isStrict: boolean;
  /** The year that day numbers count from (ECMA-376-1, 18.17.4.1). */
  readonly dateSystem: 1900 | 1904;
  readonly sheets: readonly Sheet[];
  readonly definedNames: readonly DefinedName[];
  /** By the index that cells carry. */
  readonly styles: readonly CellStyle[];
  /** By the index that cells carry. Read at first use; throws `FileDamagedError` when the part is damaged. */
  readonly sharedStrings: readonly string[];
  /** In the order of sheets. Read at first use. */
  readonly tables: readonly SheetTable[];
  readonly hasMacros: boolean;
  readonly isTemplate: boolean;
  /** Other files that formulas refer to, as the workbook names them. */
  readonly externalLinks: readonly string[];
  /** True when sheets may not be added, moved or renamed. Nothing is encrypted by it. */
  readonly isStructureProtected: boolean;
};

/** What a cell holds. A constant object and not an enum, so that types can be erased. */
export const CellKind = {
  empty: 0,
  number: 1,
  sharedString: 2,
  inlineString: 3,
  /** The text that a formula gave when the file was saved. */
  formulaString: 4,
  boolean: 5,
  error: 6,
  /** A date written as text (ISO 8601), kept as the day number it stands for. */
  date: 7,
} as const;

/** One column of a sheet, an item for each stored row. All three are as long as the column's last cell needs. */
export type CellColumn = {
  /** The number; 0 or 1; the index in `strings` of texts and errors. */
  readonly values: Float64Array;
  /** A `CellKind` each. */
  readonly kinds: Uint8Array;
  /** Index in `styles`. */
  readonly styles: Uint16Array;
};

export type Hyperlink = {
  readonly range: CellRange;
  /** An address, or a place in this workbook (`#Sheet2!A1`). */
  readonly target: string;
};

/** What a sheet says besides its cells. */
export type SheetLayout = {
  readonly mergedRanges: readonly CellRange[];
  /** Row numbers from 1, ascending. */
  readonly hiddenRows: readonly number[];
  /** Runs of hidden columns, from 0, both ends included. */
  readonly hiddenColumns: readonly { readonly first: number; readonly last: number }[];
  readonly autoFilter?: CellRange;
  readonly hyperlinks: readonly Hyperlink[];
  readonly isProtected: boolean;
};

/** The cells of a sheet by column in typed arrays: about 11 bytes a cell, and each distinct text once. */
export type SheetCells = {
  /** Name of the sheet; empty for delimited text. */
  readonly sheet: string;
  /** Row number in the file, from 1, of each stored row, ascending. Rows that hold nothing are not stored. */
  readonly rows: Uint32Array;
  /** By column of the sheet, from 0. */
  readonly columns: readonly CellColumn[];
  readonly strings: readonly string[];
  /** Cells that hold something or a formula. */
  readonly cellCount: number;
  readonly formulas: FormulaList;
  readonly styles: readonly CellStyle[];
  readonly dateSystem: 1900 | 1904;
  readonly layout: SheetLayout;
  /** What the reader had to decide or leave open, as sentences. */
  readonly notes: readonly string[];
};
