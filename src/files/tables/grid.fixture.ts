import { parseAddress, parseRange } from "../xlsx/address.ts";
import { addFormula, finishFormulas, growingFormulas } from "../xlsx/read/formula-list.ts";
import { emptyLayout } from "../xlsx/read/sheet-layout.ts";
import { type CellColumn, CellKind, type CellStyle, type SheetCells } from "../xlsx/types.ts";

export type GridOptions = {
  /** Where the grid's first cell stands. Defaults to `A1`. */
  readonly at?: string;
  readonly merges?: readonly string[];
  readonly autoFilter?: string;
  readonly hiddenRows?: readonly number[];
  /** Rows of the sheet that are stored though they hold nothing, as formatted ones are. */
  readonly emptyRows?: readonly number[];
  readonly name?: string;
};

const styles: CellStyle[] = [
  ["General", "general", false],
  ["General", "general", true],
  ["yyyy-mm-dd", "date", false],
  ["0.0%", "percent", false],
  ['"$"#,##0.00', "number", false],
  ["#,##0.00\\ [$€-407]", "number", false],
  ["mmm\\-yy", "date", true],
  ["hh:mm", "time", false],
].map(([formatCode, formatKind, isBold]) => ({ formatCode, formatKind, isBold })) as CellStyle[];

/**
 * A sheet drawn as text: a line a row, cells parted by `|`. `*x*` is bold, `'x` text whatever it looks like, `=5` a
 * number that a formula gave, `2024-05-31` a date, `@2024-05` a bold month, `12:30` a time, `5%`, `$5` and `€5` numbers
 * in such formats, `TRUE` a truth value, `#N/A` an error. A line with nothing on it is no row.
 */
export function grid(drawing: string, options: GridOptions = {}): SheetCells {
  const origin = parseAddress(options.at ?? "A1")!;
  const lines = drawing.replace(/^\n|\n[ \t]*$/g, "").split("\n");
  const stored = lines.flatMap((line, index) =>
    /[^|\s]/.test(line) || options.emptyRows?.includes(origin.row + index) === true ? [index] : [],
  );
  const parts = stored.map((index) => lines[index]!.split("|").map((text) => text.replace(/^ | +$/g, "")));
  const width = origin.column + Math.max(0, ...parts.map((row) => row.length));
  const strings: string[] = [];
  const formulas = growingFormulas();
  const columns: CellColumn[] = Array.from({ length: width }, () => ({
    values: new Float64Array(stored.length),
    kinds: new Uint8Array(stored.length),
    styles: new Uint16Array(stored.length),
  }));
  let cellCount = 0;
  parts.forEach((row, at) => {
    row.forEach((text, offset) => {
      if (text.trim() === "") return;
      const column = origin.column + offset;
      const cell = readCell(text, strings);
      columns[column]!.values[at] = cell.value;
      columns[column]!.kinds[at] = cell.kind;
      columns[column]!.styles[at] = cell.style;
      cellCount++;
      if (text.trimStart().startsWith("="))
        addFormula(formulas, origin.row + stored[at]!, column, new Uint8Array([65, 49]), 0, 2);
    });
  });
  return {
    sheet: options.name ?? "Sheet1",
    rows: Uint32Array.from(stored, (index) => origin.row + index),
    columns,
    strings,
    cellCount,
    formulas: finishFormulas(formulas),
    styles,
    dateSystem: 1900,
    layout: {
      ...emptyLayout,
      mergedRanges: (options.merges ?? []).map((range) => parseRange(range)!),
      hiddenRows: options.hiddenRows ?? [],
      ...(options.autoFilter !== undefined && { autoFilter: parseRange(options.autoFilter)! }),
    },
    notes: [],
  };
}

type Cell = { readonly kind: number; readonly value: number; readonly style: number };

function readCell(written: string, strings: string[]): Cell {
  const string = (value: string, style = 0): Cell => ({
    kind: CellKind.sharedString,
    value: strings.push(value) - 1,
    style,
  });
  const number = (value: number, style = 0): Cell => ({ kind: CellKind.number, value, style });
  const text = written.trim();
  if (text.startsWith("'")) return string(text.slice(1));
  if (/^\*.+\*$/.test(text)) {
    const inner = text.slice(1, -1);
    return /^[\d.]+$/.test(inner) ? number(Number(inner), 1) : string(inner, 1);
  }
  if (/^=?-?\d+(\.\d+)?$/.test(text)) return number(Number(text.replace("=", "")));
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return number(dayNumber(text), 2);
  if (/^@\d{4}-\d\d$/.test(text)) return number(dayNumber(`${text.slice(1)}-01`), 6);
  if (/^\d\d:\d\d$/.test(text))
    return number((Number(text.slice(0, 2)) * 60 + Number(text.slice(3))) / 1440, 7);
  if (/^=?-?[\d.]+%$/.test(text)) return number(Number(text.replace(/[=%]/g, "")) / 100, 3);
  if (/^=?\$-?[\d.]+$/.test(text)) return number(Number(text.replace(/[=$]/g, "")), 4);
  if (/^=?€-?[\d.]+$/.test(text)) return number(Number(text.replace(/[=€]/g, "")), 5);
  if (/^(TRUE|FALSE)$/.test(text))
    return { kind: CellKind.boolean, value: text === "TRUE" ? 1 : 0, style: 0 };
  if (/^#[A-Z/0!]+$/.test(text)) return { kind: CellKind.error, value: strings.push(text) - 1, style: 0 };
  return string(written.trimEnd());
}

/** Days since the end of 1899, as an Excel of the 1900 date system counts. */
function dayNumber(date: string): number {
  return Date.parse(date) / 86_400_000 + 25_569;
}
