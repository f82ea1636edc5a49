import { quoteName } from "../../../data/index.ts";
import { type Piece, statementOf } from "../statement.ts";
import { poissonAtLeast } from "../statistics/tails.ts";
import type { Subject } from "../subjects.ts";
import type { RunQuery } from "../time-grain.ts";
import type { Candidate, Look } from "../types.ts";

const mostColumns = 40;

/** Rows that stand in the table more than once, where chance would hardly make two rows alike. */
export async function findDuplicates(subject: Subject, run: RunQuery): Promise<Look> {
  const { sql, loaded, found, measures } = subject;
  const { rowCount, columns } = found.table;
  if (rowCount < 8 || columns.length < 2 || columns.length > mostColumns)
    return { candidates: [], pValues: [] };
  const names = loaded.description.columns.map(({ name }) => quoteName(name));
  const measure = measures.find(({ fn }) => fn === "sum");
  const each = measure === undefined ? "" : `, any_value(${measure.sql}) AS each`;
  const surplus = measure === undefined ? "0" : "sum(each * (copies - 1))";
  const query = `SELECT sum(copies - 1), count(*), ${surplus} FROM (SELECT count(*) AS copies${each} FROM ${sql} GROUP BY ${names.join(", ")} HAVING count(*) > 1)`;
  const { rows } = await run(query);
  const [extra = 0, groups = 0, amount = 0] = (rows[0] ?? []).map((value) => Number(value ?? 0));
  if (extra === 0) return { candidates: [], pValues: [] };
  const expected = ((rowCount * (rowCount - 1)) / 2) * collisions(subject);
  const p = poissonAtLeast(groups, expected);
  if (groups < 3 * expected) return { candidates: [], pValues: [p] };
  const total = measure === undefined ? 0 : await totalOf(subject, measure.sql, run);
  const values = {
    extra,
    all: rowCount,
    share: extra / rowCount,
    amount,
    amountShare: total > 0 ? amount / total : 0,
  };
  const isCounted = measure !== undefined && values.amountShare > 0;
  const pieces: Piece[] = [
    { value: "extra", as: "count" },
    extra === 1 ? " row repeats another one in every column" : " rows repeat other ones in every column",
    ...(isCounted
      ? ([
          extra === 1 ? "; it adds " : "; they add ",
          { value: "amount", unit: measure.unit },
          " to ",
          { name: measure.name },
          " (",
          { value: "amountShare", as: "percent" },
          " of it).",
        ] as Piece[])
      : ([" (", { value: "share", as: "percent" }, " of the table)."] as Piece[])),
  ];
  const candidate: Candidate = {
    kind: "duplicates",
    table: loaded.description.name,
    columns: measure === undefined ? [] : [measure.name],
    names: {},
    statement: statementOf(pieces, values),
    values,
    n: rowCount,
    test: "number of equal rows against chance (Poisson)",
    p,
    effect: { name: "share of rows", value: values.share },
    query,
    impact: 0.55 + 0.45 * Math.min(1, Math.max(values.share, values.amountShare) / 0.1),
    pattern: "duplicates",
  };
  return { candidates: [candidate], pValues: [p] };
}

async function totalOf({ sql }: Subject, measure: string, run: RunQuery): Promise<number> {
  const { rows } = await run(`SELECT sum(${measure}) FROM ${sql}`);
  return Number(rows[0]?.[0] ?? 0);
}

/** The chance that two rows agree in every column, were the columns independent of each other. */
function collisions({ found }: Subject): number {
  return found.table.columns.reduce((chance, { values, present }) => {
    const counts = new Map<number, number>();
    const every = Math.ceil(values.length / 20_000);
    let all = 0;
    for (let row = 0; row < values.length; row += every) {
      const value = present[row] === 0 ? Number.NaN : values[row]!;
      counts.set(value, (counts.get(value) ?? 0) + 1);
      all++;
    }
    let pairs = 0;
    for (const count of counts.values()) pairs += count * (count - 1);
    return chance * Math.max(pairs / Math.max(1, all * (all - 1)), 1 / (all * all));
  }, 1);
}
