import { quoteName } from "../../../data/index.ts";
import { formatAddress } from "../../../files/xlsx/address.ts";
import { sheetName } from "../../ask/cite-cells.ts";
import { statementOf } from "../statement.ts";
import { measureName, type Subject } from "../subjects.ts";
import type { RunQuery } from "../time-grain.ts";
import type { Candidate } from "../types.ts";

const otherThanSum =
  /\b(average|avg|mean|median|max|maximum|min|minimum|count|number|durchschnitt|mittelwert|anzahl|moyenne|nombre|promedio|media|difference|change)\b/i;

/** The sheet's own last row of totals where it says something else than its rows come to, in some columns but not in all. */
export async function findTotalMismatches(subject: Subject, run: RunQuery): Promise<Candidate[]> {
  const { found, loaded, measures } = subject;
  const totals = found.totals.filter(({ label }) => !otherThanSum.test(label));
  const last = totals.at(-1);
  const sums = measures.filter(({ fn }) => fn === "sum");
  if (last === undefined || sums.length === 0 || found.table.rowCount < 3) return [];
  const query = (sql: string): string => `SELECT sum(${sql}) FROM ${subject.sql}`;
  const candidates: Candidate[] = [];
  for (const measure of sums) {
    const own = totals.flatMap(({ values }) => values.filter(({ column }) => column === measure.name));
    const said = last.values.find(({ column }) => column === measure.name)?.value;
    if (said === undefined) continue;
    const { rows } = await run(query(measure.sql));
    const sum = Number(rows[0]?.[0] ?? 0);
    const near = (value: number): boolean =>
      Math.abs(value - sum) <= 1e-6 * Math.max(1, Math.abs(sum)) + 0.006;
    const { range } = measure.profile;
    const isOther = [
      range?.min,
      range?.max,
      sum / Math.max(1, measure.profile.filledCount),
      measure.profile.filledCount,
    ].some((value) => value !== undefined && Math.abs(value - said) <= 0.005 * Math.abs(said));
    // A total that is further off is of something else.
    const ratio = said / sum;
    if (own.some(({ value }) => near(value)) || isOther || !(ratio > 0.7 && ratio < 1.4)) continue;
    // Subtotals of parts are right when they add up.
    if (own.length > 1 && near(own.slice(0, -1).reduce((all, { value }) => all + value, 0))) continue;
    const values = {
      said,
      sum,
      gap: Math.abs(said - sum),
      relative: Math.abs(said / sum - 1),
      row: last.sheetRow,
    };
    const { unit } = measure;
    const column = loaded.description.columns.findIndex(({ header }) => header === measure.name);
    const { sheet, file } = found.table.source;
    const place = sheet === undefined ? (file ?? found.table.name) : sheetName(sheet);
    candidates.push({
      kind: "total-mismatch",
      table: loaded.description.name,
      columns: [measure.name],
      names: { label: last.label },
      statement: statementOf(
        [
          "The sheet's own total of ",
          { name: measureName(measure) },
          " (row ",
          { value: "row", as: "count" },
          ") says ",
          { value: "said", unit },
          ", its rows come to ",
          { value: "sum", unit },
          "; apart by ",
          { value: "gap", unit },
          ".",
        ],
        values,
      ),
      values,
      n: found.table.rowCount,
      effect: { name: "relative gap", value: values.relative },
      query: query(quoteName(loaded.description.columns[column]!.name)),
      cells: [`${place}!${formatAddress(last.sheetRow, measure.profile.column.column)}`],
      impact: 0.55 + 0.4 * Math.min(1, values.relative / 0.1),
      pattern: `total:${measure.name}`,
    });
  }
  return candidates;
}
