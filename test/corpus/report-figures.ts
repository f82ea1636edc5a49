import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { workbookFile } from "../../src/files/xlsx/workbook.fixture.ts";
import { checkAll } from "../../src/tasks/check-figures/proof/run-proof.fixture.ts";
import { rowsOf } from "../../src/tasks/check-figures/proof/workbooks.fixture.ts";
import type { Finding } from "../../src/tasks/check-figures/types.ts";
import { corpusFolder } from "./corpus-files.ts";

export const reportsPath: string = join(corpusFolder, "../tables/tat-qa/tatqa_dataset_dev.json");

type Report = {
  readonly table: { readonly uid: string; readonly table: readonly (readonly string[])[] };
  readonly paragraphs: readonly { readonly text: string }[];
};

/** A figure of a report that stands in its table as well, as it was and with a digit changed. */
export type ReportFigure = {
  readonly text: string;
  readonly figure: string;
  readonly right?: Finding;
  readonly wrong?: Finding;
};
export type ReportResult = {
  readonly figures: readonly ReportFigure[];
  /** Every finding in paragraphs that nothing was changed in. */
  readonly all: readonly Finding[];
};

/** Checks every second real report's paragraphs against its own table. */
export async function checkReports(half: 0 | 1, most = 1000): Promise<ReportResult> {
  if (!existsSync(reportsPath)) return { figures: [], all: [] };
  const reports = (JSON.parse(readFileSync(reportsPath, "utf8")) as Report[])
    .filter((_, index) => index % 2 === half)
    .slice(0, most);
  const figures: ReportFigure[] = [];
  const all: Finding[] = [];
  for (const { table, paragraphs } of reports) {
    const rows = table.table.map((row) => row.map(cellOf));
    const file = {
      name: `${table.uid}.xlsx`,
      bytes: workbookFile({ sheets: [{ name: "Report", rows: rowsOf(rows) }] }),
    };
    const texts = paragraphs.map(({ text }) => text);
    const found = await checkAll(texts, [file]);
    all.push(...found);
    const numbers = rows.flat().flatMap((cell) => (typeof cell === "number" ? [Math.abs(cell)] : []));
    const own = found.filter((each) => isOfTable(each, numbers));
    if (own.length === 0) continue;
    const changed = own.map((each) => withSlip(texts[Number(each.place.paragraph)]!, each));
    const after = await checkAll(changed, [file]);
    own.forEach((right, index) => {
      const wrong = after.find(
        ({ place }) =>
          place.paragraph === String(index) &&
          place.start <= right.place.start &&
          place.end > right.place.start,
      );
      figures.push({ text: changed[index]!, figure: right.figure, right, ...(wrong && { wrong }) });
    });
  }
  return { figures, all };
}

function cellOf(text: string): string | number {
  const plain = text.replace(/[$€£\s]/g, "");
  const match = /^(\(?)(\d{1,3}(?:,\d{3})*|\d+)(\.\d+)?\)?$/.exec(plain);
  if (match === null || /^(19|20)\d\d$/.test(plain)) return text.replace(/[\0-\x1f]/g, " ").trim();
  const value = Number(`${match[2]!.replaceAll(",", "")}${match[3] ?? ""}`);
  return match[1] === "(" ? -value : value;
}

function isOfTable({ figure, value }: Finding, numbers: readonly number[]): boolean {
  if (figure.replace(/\D/g, "").replace(/^0+|0+$/g, "").length < 3) return false;
  const size = Math.abs(value);
  return numbers.some((number) =>
    [1, 1e3, 1e6].some((scale) => Math.abs(number * scale - size) < size * 1e-9),
  );
}

/** The paragraph with the figure's second digit moved by four. */
function withSlip(text: string, { place, figure }: Finding): string {
  let seen = 0;
  const wrong = figure.replace(/\d/g, (digit) => {
    seen++;
    return seen === 2 ? String((Number(digit) + 4) % 10) : digit;
  });
  return text.slice(0, place.start) + wrong + text.slice(place.end);
}
