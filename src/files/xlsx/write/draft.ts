import type { PartBench } from "../../opc/part-bench.ts";
import { edit } from "../../opc/part-bench.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { scanXml } from "../../xml/scan-xml.ts";
import { applySplices, type Splice } from "../../xml/splice.ts";
import type { CellStyle, Sheet, Workbook } from "../types.ts";
import type { CellContent } from "./cell-xml.ts";
import type { PreparedChart } from "./prepare-chart.ts";
import { openSheetXml, type SheetXml } from "./sheet-xml.ts";
import type { WorkbookChangeOptions, WorkbookRefusalReason } from "./types.ts";

/** What becomes of one cell. */
export type CellWrite =
  | { readonly kind: "content"; readonly content: CellContent; readonly style: number }
  /** Only its formula's text is written anew, because the cell that held it for a group goes away. */
  | { readonly kind: "formula"; readonly formula: string; readonly shared?: { group: string; ref: string } };

/** A worksheet under work. */
export type SheetDraft = {
  readonly name: string;
  readonly part: string;
  readonly xml: SheetXml;
  readonly isNew: boolean;
  /** The XML without its rows as it will be. */
  around: string;
  /** By row number and column. */
  readonly writes: Map<number, Map<number, CellWrite>>;
  /** True when a shared formula got another first cell. */
  hasReleased: boolean;
};

/** Everything that changes of a workbook want, gathered before anything is written. */
export type WorkbookDraft = {
  readonly workbook: Workbook;
  readonly options: WorkbookChangeOptions;
  readonly bench: PartBench;
  /** Opened sheets by part name. */
  readonly sheets: Map<string, SheetDraft>;
  readonly newSheets: NewSheet[];
  /** Index of a cell format by what it was made for. */
  readonly formats: Map<string, number>;
  /** What new cell formats look like, by index. */
  readonly styles: Map<number, CellStyle>;
  readonly charts: PreparedChart[];
  readonly comments: NewComment[];
  /** True when a new formula came without its result. */
  needsCalculation: boolean;
};

/** A comment as it has to read in the written file. */
export type NewComment = {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
  readonly text: string;
  readonly isThreaded: boolean;
};

export type NewSheet = { readonly sheet: Sheet; readonly draft: SheetDraft };

export type Refused = { readonly refusal: WorkbookRefusalReason };

export function createDraft(workbook: Workbook, options: WorkbookChangeOptions): WorkbookDraft {
  return {
    workbook,
    options,
    bench: { package: workbook.package, replaced: new Map(), added: new Map() },
    sheets: new Map(),
    newSheets: [],
    formats: new Map(),
    styles: new Map(),
    charts: [],
    comments: [],
    needsCalculation: false,
  };
}

/** Puts a draft back as it was when this was called: for a change that is refused half-way. */
export function keepDraft(draft: WorkbookDraft): () => void {
  const { bench, formats, styles, newSheets, charts, comments, sheets, needsCalculation } = draft;
  const maps = [bench.replaced, bench.added, formats, styles].map((map) => ({ map, entries: [...map] }));
  const counts = [newSheets.length, charts.length, comments.length];
  const arounds = [...sheets.values(), ...newSheets.map((each) => each.draft)].map((sheet) => ({
    sheet,
    around: sheet.around,
  }));
  return () => {
    for (const { map, entries } of maps) {
      map.clear();
      for (const [key, value] of entries) (map as Map<unknown, unknown>).set(key, value);
    }
    newSheets.length = counts[0]!;
    charts.length = counts[1]!;
    comments.length = counts[2]!;
    for (const { sheet, around } of arounds) sheet.around = around;
    draft.needsCalculation = needsCalculation;
  };
}

/** Every cell format's look, by index. */
export function allStyles({ workbook, styles }: WorkbookDraft): CellStyle[] {
  const all = [...workbook.styles];
  for (const [index, style] of styles) all[index] = style;
  return all;
}

/** Names of all sheets, new ones included. */
export function sheetNames(draft: WorkbookDraft): string[] {
  return [...draft.workbook.sheets, ...draft.newSheets.map(({ sheet }) => sheet)].map(({ name }) => name);
}

/** A sheet opened for writing, by its name in either case. */
export function findSheet(draft: WorkbookDraft, name: string): SheetDraft | Refused {
  const fresh = draft.newSheets.find(({ sheet }) => sheet.name.toLowerCase() === name.toLowerCase());
  if (fresh !== undefined) return fresh.draft;
  const { sheets } = draft.workbook;
  const sheet =
    sheets.find((each) => each.name === name) ??
    sheets.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (sheet === undefined) {
    const names = sheetNames(draft).join(", ");
    return refused("not-found", `there is no sheet ${JSON.stringify(name)}`, `The sheets are: ${names}.`);
  }
  if (sheet.part === undefined || (sheet.kind !== "worksheet" && sheet.kind !== "macrosheet"))
    return refused("unsupported", `${JSON.stringify(sheet.name)} has no cells`, "Name a worksheet.");
  const known = draft.sheets.get(sheet.part);
  if (known !== undefined) return known;
  const opened = openDraft(sheet, sheet.part, openSheetXml(draft.workbook.package, sheet.part));
  draft.sheets.set(sheet.part, opened);
  return opened;
}

function openDraft(sheet: Sheet, part: string, xml: SheetXml): SheetDraft {
  return {
    name: sheet.name,
    part,
    xml,
    isNew: false,
    around: xml.around,
    writes: new Map(),
    hasReleased: false,
  };
}

export function refused(code: WorkbookRefusalReason["code"], reason: string, fix: string): Refused {
  return { refusal: { code, reason, fix } };
}

export function writeCell(sheet: SheetDraft, row: number, column: number, write: CellWrite): void {
  const cells = sheet.writes.get(row) ?? new Map<number, CellWrite>();
  cells.set(column, write);
  sheet.writes.set(row, cells);
}

/** Splices in the XML around the rows, made through one function so that each step sees the last one's result. */
export function editAround(
  draft: WorkbookDraft,
  sheet: SheetDraft,
  splices: (tree: XmlTree) => readonly Splice[],
): void {
  const tree = scanXml(sheet.around, draft.workbook.package.limits.depth);
  sheet.around = applySplices(sheet.around, splices(tree));
}

/** Splices in the workbook's main part. */
export function editWorkbook(draft: WorkbookDraft, splices: (tree: XmlTree) => readonly Splice[]): void {
  edit(draft.bench, draft.workbook.mainPart, splices);
}
