import { parseAddress } from "../../files/index.ts";
import { type SheetSource, t, type WorkbookSource, workbookFile } from "../../files/xlsx/workbook.fixture.ts";
import { auditWorkbook } from "./audit-workbook.ts";
import type { AuditFinding } from "./types.ts";

/** Cells by address: a number, a text, or a formula that begins with `=` and has no stored result. */
export type CellsGiven = Readonly<
  Record<string, number | string | { readonly formula: string; readonly value: number | string }>
>;

/** The cells as rows of a sheet. */
export function rowsOf(cells: CellsGiven): string {
  const rows = new Map<number, { column: number; xml: string }[]>();
  for (const [address, content] of Object.entries(cells)) {
    const { row, column } = parseAddress(address)!;
    rows.set(row, [...(rows.get(row) ?? []), { column, xml: cellXml(address, content) }]);
  }
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([row, list]) => {
      const sorted = list.sort((a, b) => a.column - b.column).map(({ xml }) => xml);
      return `<row r="${row}">${sorted.join("")}</row>`;
    })
    .join("");
}

function cellXml(address: string, content: CellsGiven[string]): string {
  if (typeof content === "number") return `<c r="${address}"><v>${content}</v></c>`;
  if (typeof content === "object") {
    const type =
      typeof content.value === "number" ? "" : content.value.startsWith("#") ? ' t="e"' : ' t="str"';
    return `<c r="${address}"${type}><f>${escaped(content.formula)}</f><v>${content.value}</v></c>`;
  }
  if (content.startsWith("=")) return `<c r="${address}"><f>${escaped(content.slice(1))}</f></c>`;
  return `<c r="${address}" t="inlineStr"><is>${t(content)}</is></c>`;
}

function escaped(formula: string): string {
  return formula.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** The bytes of a workbook with these sheets; the first one's name is `Sheet1`. */
export function bookOf(sheets: readonly CellsGiven[], source: WorkbookSource = {}): Uint8Array {
  const given = sheets.map(
    (cells, index): SheetSource => ({ ...source.sheets?.[index], rows: rowsOf(cells) }),
  );
  return workbookFile({ ...source, sheets: given });
}

/** What is found in a workbook with these sheets, without a second engine. */
export async function auditCells(...sheets: readonly CellsGiven[]): Promise<readonly AuditFinding[]> {
  return (await auditWorkbook(bookOf(sheets))).findings;
}

/** `kind cells`, such as `circular A1:A2`, for each finding that is more than a note. */
export function brief(findings: readonly AuditFinding[]): string[] {
  return findings
    .filter(({ severity }) => severity !== "note")
    .map(({ kind, cells }) => `${kind} ${cells.join(",")}`);
}

/** A heading and the same formula or number in the rows 2 to `last`; `#` stands for the row. */
export function column(
  letter: string,
  heading: string,
  last: number,
  content: string | ((row: number) => number),
): CellsGiven {
  const cells: Record<string, number | string> = { [`${letter}1`]: heading };
  for (let row = 2; row <= last; row++)
    cells[`${letter}${row}`] =
      typeof content === "string" ? content.replaceAll("#", String(row)) : content(row);
  return cells;
}
