import type { Table } from "../../../table.ts";
import type { GroupKey, Plan } from "../plan.ts";
import { isSameName, keyLabel, measureLabel, type PlanColumn, planColumns } from "../plan-columns.ts";
import type { Dialect, ValueKind } from "./dialect.ts";
import { writeUnpivot } from "./write-unpivot.ts";

/** Where a plan's rows come from: a table with its names in one engine. */
export type PlanSource = {
  readonly dialect: Dialect;
  readonly table: Table;
  /** What stands behind FROM. */
  readonly from: string;
  /** Terms that put rows in their own order, no two alike; none where the table has no such order. */
  readonly rowOrder: readonly string[];
  /** By the column's name in the table: what reads it, where that is more than its name, and how it is stored. */
  readonly columns?: ReadonlyMap<string, SourceColumn>;
  /** Rows that a plan without a limit gives at most. Defaults to all. */
  readonly mostRows?: number;
};

export type SourceColumn = {
  readonly sql: string;
  /** Its name in the engine, not yet quoted. */
  readonly ownName: string;
  /** The engine's own name of its type. */
  readonly storage?: string;
} & Pick<ValueKind, "isExact" | "scale">;

/** A plan being written as SQL over one source of rows. */
export type SqlWriter = {
  readonly plan: Plan;
  readonly dialect: Dialect;
  readonly from: string;
  readonly columns: readonly WrittenColumn[];
  readonly tableName: string;
  readonly rowOrder: readonly string[];
  /** Where a column made by `unpivot` stands in the order of the table. */
  readonly place?: { readonly column: string; readonly sql: string };
  readonly mostRows?: number;
};

export type WrittenColumn = PlanColumn & SourceColumn;

/** Looks up what a plan names in its source. */
export function openWriter(plan: Plan, source: PlanSource): SqlWriter {
  const { dialect, table, from, rowOrder, mostRows } = source;
  const { unpivot, elapsed } = plan;
  const columns = planColumns(table, unpivot, elapsed).map((column) => writtenColumn(column, source));
  const writer: SqlWriter = {
    plan,
    dialect,
    tableName: table.name,
    columns,
    from,
    rowOrder,
    ...(mostRows !== undefined && { mostRows }),
  };
  if (unpivot === undefined) {
    const rows = dialect.quoteName("rows");
    return isAmbiguous(writer) ? { ...qualified(writer, rows), from: `${from} AS ${rows}` } : writer;
  }
  const taken = columns.flatMap(({ sqlName, name }) => [sqlName, name]);
  const [place, ...rows] = freeNames(["place", ...rowOrder.map(() => "row")], taken).map(dialect.quoteName);
  const made = writeUnpivot(unpivot, { source, columns, rows, place: place! });
  const cells = dialect.quoteName("cells");
  const view = {
    ...writer,
    columns: columns.map((each) => ({
      ...each,
      sql: dialect.quoteName(each.sqlName),
      ownName: each.sqlName,
    })),
    from: `(${made}) AS ${cells}`,
    rowOrder: [...rows, place!],
    place: { column: unpivot.name, sql: place! },
  };
  return isAmbiguous(writer) ? qualified(view, cells) : view;
}

function writtenColumn(column: PlanColumn, { dialect, columns }: PlanSource): WrittenColumn {
  const { name, sqlName } = column;
  return { ...column, sql: dialect.quoteName(sqlName), ownName: sqlName, ...columns?.get(name) };
}

/**
 * True where a column is called as a result is that says something else (`sum of amount`, `day` of `to_char("day", …)`):
 * some engines then take the one for the other, so that every column is written with its table.
 */
function isAmbiguous(writer: SqlWriter): boolean {
  const { plan, dialect, columns } = writer;
  if (dialect.hasQualify) return false;
  const { measures = [], groupBy = [] } = plan;
  const isComputed = measures.length + groupBy.length > 0;
  const shown = isComputed ? [] : (plan.show ?? columns.map(({ name }) => name));
  const keys = [...groupBy, ...shown.map((column): GroupKey => ({ column }))];
  const labels = [
    ...measures.map(measureLabel),
    ...keys.filter((key) => !isPlain(key, writer)).map(keyLabel),
  ];
  return columns.some(
    ({ ownName, elapsed }) => elapsed === undefined && labels.some((label) => isSameName(label, ownName)),
  );
}

function isPlain({ column, grain }: GroupKey, { columns, dialect }: SqlWriter): boolean {
  const found = columns.find(({ name }) => isSameName(name, column));
  return grain === undefined && found?.elapsed === undefined && found?.sql === dialect.quoteName(column);
}

function qualified(writer: SqlWriter, table: string): SqlWriter {
  const { quoteName } = writer.dialect;
  const columns = writer.columns.map((each) => {
    const plain = quoteName(each.ownName);
    return { ...each, sql: each.sql.replace(plain, () => `${table}.${plain}`) };
  });
  const rowOrder = writer.rowOrder.map((row) => {
    const index = writer.columns.findIndex(({ sql }) => sql === row);
    return columns[index]?.sql ?? row;
  });
  return { ...writer, columns, rowOrder };
}

/** The wanted names, or where one is taken (without regard to case) the same with signs before it. */
export function freeNames(wanted: readonly string[], taken: readonly string[]): string[] {
  const used = [...taken];
  return wanted.map((name) => {
    let free = name;
    while (used.some((each) => isSameName(each, free))) free = `_${free}`;
    used.push(free);
    return free;
  });
}
