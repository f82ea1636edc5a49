import { BadRequestError } from "../../errors.ts";
import { formatRange, parseRange, parseRanges } from "../xlsx/address.ts";
import { readSheet } from "../xlsx/read/read-sheet.ts";
import type { Sheet, SheetCells, Workbook } from "../xlsx/types.ts";
import { type BuiltTable, tableOf } from "./build-table.ts";
import { classifyCells } from "./cell-classes.ts";
import { type Region, regionsOf } from "./find-regions.ts";
import { nameTables } from "./name-tables.ts";
import { releaseCells } from "./release-cells.ts";

/** A table of a file: where it was found and why, and its rows. */
export type FoundTable = BuiltTable & {
  readonly region: Region;
  /** Name of the sheet; absent for delimited text. */
  readonly sheet?: string;
};

export type FoundTables = {
  /** In the order of sheets, each with a name of its own. */
  readonly tables: readonly FoundTable[];
  /** What was left out or had to be decided, as sentences. */
  readonly notes: readonly string[];
};

export type ReadTablesOptions = {
  /** Name of the file, for sources and for names of tables. */
  readonly file?: string;
  /** The only range to read: `A4:F120` of the first sheet, or `Sheet1!A4:F120`. Throws `BadRequestError` for no range. */
  readonly range?: string;
  /** Reads hidden sheets as well. Defaults to false. */
  readonly includeHidden?: boolean;
  /**
   * Regions with less confidence are left out, unless none has more: a doubtful table is better than nothing to ask.
   * Defaults to 0.5.
   */
  readonly leastConfidence?: number;
  /** Stops between two megabytes of a sheet. */
  readonly signal?: AbortSignal;
  /** Called with a share between 0 and 1. */
  readonly onProgress?: (share: number) => void;
};

type Candidate = BuiltTable & { readonly region: Region; readonly sheet: string };

/** The tables of an opened workbook, or of delimited text that `readDelimited` has read. */
export async function readTables(
  source: Workbook | SheetCells,
  options: ReadTablesOptions = {},
): Promise<FoundTables> {
  const notes: string[] = [];
  const candidates: Candidate[] = [];
  if (isWorkbook(source)) {
    const target = options.range === undefined ? undefined : targetOf(source, options.range);
    const sheets = target === undefined ? sheetsToRead(source, options, notes) : [target.sheet];
    for (const [index, sheet] of sheets.entries()) {
      options.signal?.throwIfAborted();
      const cells = await readSheet(source, sheet, {
        ...(options.signal !== undefined && { signal: options.signal }),
        onProgress: (share) => options.onProgress?.((index + share) / sheets.length),
        formulaTexts: false,
      });
      const found = tablesOf(cells, sourceTables(source, sheet), target?.range, options);
      candidates.push(...found);
      notes.push(...cells.notes.map((note) => `${sheet.name}: ${note}`));
      releaseCells(
        cells,
        found.map(({ table }) => table),
      );
    }
  } else {
    options.signal?.throwIfAborted();
    const range = options.range === undefined ? undefined : rangeOfText(options.range);
    candidates.push(...tablesOf(source, [], range, options));
    notes.push(...source.notes);
  }
  options.onProgress?.(1);
  return finish(candidates, options, notes);
}

function isWorkbook(source: Workbook | SheetCells): source is Workbook {
  return "package" in source;
}

function sheetsToRead(workbook: Workbook, { includeHidden }: ReadTablesOptions, notes: string[]): Sheet[] {
  const worksheets = workbook.sheets.filter(({ kind }) => kind === "worksheet");
  const read = worksheets.filter(({ state }) => includeHidden === true || state === "visible");
  const hidden = worksheets.filter((sheet) => !read.includes(sheet)).map(({ name }) => name);
  if (hidden.length > 0)
    notes.push(
      `${hidden.length === 1 ? "A hidden sheet was" : "Hidden sheets were"} left out: ${hidden.join(", ")}.`,
    );
  return read;
}

function sourceTables(workbook: Workbook, sheet: Sheet): Workbook["tables"] {
  return workbook.tables.filter((table) => table.sheet === sheet.name);
}

function tablesOf(
  cells: SheetCells,
  sheetTables: Workbook["tables"],
  range: string | undefined,
  { file }: ReadTablesOptions,
): Candidate[] {
  const classes = classifyCells(cells);
  const regions = regionsOf(classes, { sheetTables, ...(range !== undefined && { range }) });
  return regions.map((region) => ({
    ...tableOf(classes, region, { name: "", ...(file !== undefined && { file }) }),
    region,
    sheet: cells.sheet,
  }));
}

/** The sheet and the range of `'Year 1'!A4:F120`; a range without a sheet is one of the first visible sheet. */
function targetOf(workbook: Workbook, text: string): { readonly sheet: Sheet; readonly range: string } {
  const [found, ...more] = parseRanges(text.trim());
  if (found === undefined || more.length > 0) throw notARange(text);
  const worksheets = workbook.sheets.filter(({ kind }) => kind === "worksheet");
  const wanted = found.sheet?.toLowerCase();
  const sheet =
    wanted === undefined
      ? (worksheets.find(({ state }) => state === "visible") ?? worksheets[0])
      : worksheets.find(({ name }) => name.toLowerCase() === wanted);
  if (sheet === undefined)
    throw new BadRequestError(
      found.sheet === undefined
        ? "the workbook has no sheet with cells"
        : `there is no sheet "${found.sheet}"`,
      { hint: `The workbook has: ${worksheets.map(({ name }) => name).join(", ")}.` },
    );
  return { sheet, range: formatRange(found.range) };
}

function rangeOfText(text: string): string {
  const range = parseRange(text.trim().replace(/^.*!/, ""));
  if (range === undefined) throw notARange(text);
  return formatRange(range);
}

function notARange(text: string): BadRequestError {
  return new BadRequestError(`"${text}" is no range of cells`, {
    hint: "Write it like A4:F120 or Sheet1!A4:F120.",
  });
}

function finish(candidates: readonly Candidate[], options: ReadTablesOptions, notes: string[]): FoundTables {
  const least = options.leastConfidence ?? 0.5;
  const sure = candidates.filter(({ region }) => region.confidence >= least);
  const kept = (sure.length > 0 ? sure : candidates).filter(({ table }) => table.rowCount > 0);
  for (const { region, sheet } of candidates) {
    if (region.confidence >= least || sure.length === 0) continue;
    const place = `${sheet === "" ? "" : `${sheet}!`}${formatRange(region.range)}`;
    notes.push(`${place} was not taken for a table: ${region.reasons.join(", ")}.`);
  }
  const names = nameTables(kept, options.file);
  const tables = kept.map(({ sheet, ...found }, index): FoundTable => {
    return { ...found, table: { ...found.table, name: names[index]! }, ...(sheet !== "" && { sheet }) };
  });
  return { tables, notes };
}
