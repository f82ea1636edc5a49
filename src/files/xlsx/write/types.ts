import type { Receipt } from "../../opc/receipt.ts";
import type { CellValue } from "../read/cell-value.ts";

/** A formula in English with commas, the equals sign left out or not, and the result that it is known to have. */
export type FormulaInput = {
  readonly formula: string;
  /** Shown by programs that don't calculate. An error is given by its code (`#N/A`). */
  readonly cached?: number | string | boolean;
};

/** A day or a moment without a zone, ISO 8601 (`2024-05-31`, `2024-05-31T10:20`): a day number with a date's format. */
export type DateInput = { readonly date: string };

/** What to put in a cell; null empties it. */
export type CellInput = number | string | boolean | null | FormulaInput | DateInput;

/** How cells of a new sheet look; what is not given is as in the rest of the workbook. */
export type CellLook = {
  readonly bold?: boolean;
  readonly italic?: boolean;
  /** A code as in an English Excel: `0.0%`, `#,##0.00`, `yyyy-mm-dd`. */
  readonly numberFormat?: string;
  readonly align?: "left" | "center" | "right";
  /** Breaks lines within the cell. */
  readonly wraps?: boolean;
  /** In points. */
  readonly fontSize?: number;
  /** A soft grey for what is explained beside the figures. */
  readonly muted?: boolean;
  /** Colour behind the text. */
  readonly fill?: RgbColor;
  /** A thin line below, as under headings. Defaults to false. */
  readonly lineBelow?: boolean;
};

export type NewCell = { readonly value: CellInput } & CellLook;

/** A table that people can sort and filter (ListObject); its first row are headings, which become its columns. */
export type NewTable = {
  /** `A3:D20`: one row of headings and at least one row below. */
  readonly range: string;
  /** Defaults to the next free `Table1`. */
  readonly name?: string;
  /** Name of a built-in style. Defaults to `TableStyleMedium2`. */
  readonly style?: string;
};

export type SeriesKind = "column" | "line";

export type NewSeries = {
  /** A text, or the cell that holds it. */
  readonly name?: string | { readonly cell: string };
  /** The numbers: one row or one column, of the chart's own sheet unless it names one (`Costs!B2:B9`). */
  readonly values: string;
  /** In combo charts. Defaults to `column` for the first series and `line` for the others. */
  readonly kind?: SeriesKind;
  /** In combo charts: a second scale at the right. Defaults to `primary`. */
  readonly axis?: "primary" | "secondary";
};

export type ChartKind = "column" | "bar" | "line" | "pie" | "scatter" | "combo";

export type NewChart = {
  readonly chart: ChartKind;
  readonly title?: string;
  /** Texts, dates or numbers along the axis; for scatter charts the x values. */
  readonly categories?: string;
  readonly series: readonly NewSeries[];
  /** The cell at its upper left corner. */
  readonly anchor: string;
  /** In points. Defaults to 480 by 288. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly axisTitles?: { readonly category?: string; readonly value?: string; readonly secondary?: string };
  /** For the value axis. Defaults to the format of the first value. */
  readonly numberFormat?: string;
  /** Columns, bars or lines on top of each other. Defaults to false. */
  readonly stacked?: boolean;
  /** Read to people who don't see the chart. Defaults to the title. */
  readonly altText?: string;
};

type Named = {
  /** Defaults to the change's number, from 1. */
  readonly id?: string;
};

export type SetCell = Named & {
  readonly kind: "set-cell";
  readonly sheet: string;
  /** `B4`. */
  readonly cell: string;
  readonly value: CellInput;
  /** Defaults to the format that the cell has. */
  readonly numberFormat?: string;
};

export type AddSheet = Named & {
  readonly kind: "add-sheet";
  readonly name: string;
  /** From row 1 and column A. */
  readonly rows: readonly (readonly (CellInput | NewCell)[])[];
  /** In characters, from column A. Defaults to what the texts need. */
  readonly columnWidths?: readonly number[];
  readonly table?: NewTable;
  /** The first cell that scrolls: `A4` keeps three rows in view. */
  readonly freeze?: string;
  readonly charts?: readonly NewChart[];
  /** Index among the tabs, from 0. Defaults to the end. */
  readonly position?: number;
};

export type AddChart = Named & { readonly kind: "add-chart"; readonly sheet: string } & NewChart;

export type AddCellComment = Named & {
  readonly kind: "comment";
  readonly sheet: string;
  readonly cell: string;
  readonly text: string;
  /** A conversation that others can answer, or a plain note. Defaults to `threaded`. */
  readonly as?: "threaded" | "note";
};

/** `RRGGBB`. */
export type RgbColor = string;

export type CellHighlight = {
  readonly fill?: RgbColor;
  readonly fontColor?: RgbColor;
  readonly bold?: boolean;
};

export type FormatRule =
  | { readonly kind: "color-scale"; readonly colors: readonly RgbColor[] }
  | { readonly kind: "data-bar"; readonly color?: RgbColor }
  | {
      readonly kind: "cell-is";
      readonly operator: ">" | ">=" | "<" | "<=" | "=" | "<>" | "between" | "not-between";
      /** One number, text or formula; two for `between` and `not-between`. */
      readonly operands: readonly (number | FormulaInput | string)[];
      readonly look: CellHighlight;
    }
  | {
      readonly kind: "top-n";
      readonly count: number;
      readonly bottom?: boolean;
      readonly percent?: boolean;
      readonly look: CellHighlight;
    }
  | { readonly kind: "expression"; readonly formula: string; readonly look: CellHighlight };

export type AddConditionalFormat = Named & {
  readonly kind: "conditional-format";
  readonly sheet: string;
  readonly range: string;
  readonly rule: FormatRule;
};

export type WorkbookChange = SetCell | AddSheet | AddChart | AddCellComment | AddConditionalFormat;

export type WorkbookRefusalCode =
  | "not-found"
  | "invalid"
  | "invalid-text"
  | "invalid-formula"
  | "invalid-name"
  | "name-taken"
  | "overlaps"
  | "merged"
  | "array-formula"
  | "data-table"
  | "pivot-table"
  | "table-header"
  | "protected"
  | "unsupported";

/** Why a change is not made, and what the person can do instead. */
export type WorkbookRefusalReason = {
  readonly code: WorkbookRefusalCode;
  readonly reason: string;
  readonly fix: string;
};

export type WorkbookRefusal = WorkbookRefusalReason & { readonly id: string };

export type CellState = { readonly value?: CellValue; readonly formula?: string };

export type AppliedWorkbookChange = {
  readonly id: string;
  readonly kind: WorkbookChange["kind"];
  readonly sheet: string;
  /** Cell or range on that sheet; absent for a whole sheet. */
  readonly at?: string;
  /** Only of `set-cell`: what the cell held and what it will hold. An empty cell has neither value nor formula. */
  readonly before?: CellState;
  readonly after?: CellState;
};

export type WorkbookChangeOptions = {
  /** Name on comments. */
  readonly author: string;
  /** ISO 8601 in UTC (`2026-01-31T09:00:00Z`): the date of comments. */
  readonly date: string;
  /** Whether locked cells of protected sheets may be written. Defaults to `refuse`, as in Excel. */
  readonly protectedSheets?: "refuse" | "write";
};

/** What would happen, worked out without changing anything. */
export type WorkbookChangePlan = {
  readonly applied: readonly AppliedWorkbookChange[];
  readonly refused: readonly WorkbookRefusal[];
  /**
   * The new file. Verified before it is returned: the cells read back as intended, the other cells of their rows as
   * before, every other row and part identical to the byte. Throws `RoundTripError` otherwise.
   */
  readonly save: () => { readonly bytes: Uint8Array; readonly receipt: Receipt };
};
