import type { Unpivot } from "../plan.ts";
import { isSameName, type PlanColumn, planColumns } from "../plan-columns.ts";
import type { PlanSource, WrittenColumn } from "./plan-source.ts";
import { literalOf } from "./write-literal.ts";

type Made = {
  readonly source: PlanSource;
  /** Those of the view that is made. */
  readonly columns: readonly WrittenColumn[];
  /** Names, quoted, of the row's order and of the place among the turned columns. */
  readonly rows: readonly string[];
  readonly place: string;
};

/** One SELECT a column, put together: the only form whose names stay plain columns of the table. */
export function writeUnpivot(unpivot: Unpivot, { source, columns, rows, place }: Made): string {
  const { dialect, table, from, rowOrder } = source;
  const own = planColumns(table);
  const kept = columns.slice(0, -2).map(({ sql, sqlName }) => named(sql, dialect.quoteName(sqlName)));
  const [name, value] = columns.slice(-2) as [WrittenColumn, WrittenColumn];
  const turned = unpivot.columns.map(({ column, as }) => {
    const found = own.find((each) => isSameName(each.name, column));
    if (found === undefined) throw new RangeError(`the table ${table.name} has no column ${column}`);
    return { found, as };
  });
  const isMixed = turned.some(({ found }) => !isStoredAs(found, turned[0]!.found, source));
  return turned
    .map(({ found, as }, index) => {
      const literal = name.type === "text" ? dialect.literals.text(String(as)) : literalOf(name, as, dialect);
      const sql = source.columns?.get(found.name)?.sql ?? dialect.quoteName(found.sqlName);
      const parts = [
        ...rowOrder.map((each, at) => `${each} AS ${rows[at]}`),
        `${index} AS ${place}`,
        ...kept,
        `${literal} AS ${dialect.quoteName(name.sqlName)}`,
        `${isMixed ? dialect.inUnion(sql, value.type) : sql} AS ${dialect.quoteName(value.sqlName)}`,
      ];
      return `SELECT ${parts.join(", ")} FROM ${from}`;
    })
    .join(" UNION ALL ");
}

function named(sql: string, name: string): string {
  return sql === name ? sql : `${sql} AS ${name}`;
}

function isStoredAs(one: PlanColumn, other: PlanColumn, { columns }: PlanSource): boolean {
  return one.type === other.type && columns?.get(one.name)?.storage === columns?.get(other.name)?.storage;
}
