import type { Server, ServerColumn, ServerTable } from "../../../data/servers/server.ts";
import type { ColumnType, Table } from "../../../table.ts";
import { clickhouse } from "../dialects/clickhouse.ts";
import type { Dialect } from "../dialects/dialect.ts";
import type { PlanSource, SourceColumn } from "../dialects/plan-source.ts";
import { postgresDialect } from "../dialects/postgres.ts";

/** A column that can be asked about, as questions and as the server call it. */
export type AskedColumn = {
  readonly name: string;
  readonly type: ColumnType;
  readonly sql: string;
  readonly column: ServerColumn;
};

/** A table of a server under the names that questions use. */
export type AskedTable = {
  readonly name: string;
  readonly from: string;
  readonly columns: readonly AskedColumn[];
  /** Columns left out as they hold no plain values. */
  readonly others: readonly string[];
  readonly table: ServerTable;
};

/** How plans are written for this server. */
export function dialectOf({ kind, postgres }: Pick<Server, "kind" | "postgres">): Dialect {
  return kind === "clickhouse" ? clickhouse : postgresDialect(postgres);
}

/** The tables under names as people write them (`order date` of `order_date`, `orderDate`), each with one of its own. */
export function askedTables(tables: readonly ServerTable[], dialect: Dialect): AskedTable[] {
  const names = uniqueNames(tables.map(({ name }) => name));
  return tables.map((table, index) => {
    const asked = table.columns.filter(({ type }) => type !== undefined);
    const own = uniqueNames(asked.map(({ name }) => name));
    return {
      name: names[index]!,
      from: `${dialect.quoteName(table.schema)}.${dialect.quoteName(table.name)}`,
      columns: asked.map((column, at) => ({
        name: own[at]!,
        type: column.type!,
        sql: readingSql(column, dialect),
        column,
      })),
      others: table.columns.filter(({ type }) => type === undefined).map(({ name }) => name),
      table,
    };
  });
}

function readingSql({ name, reading }: ServerColumn, dialect: Dialect): string {
  const quoted = dialect.quoteName(name);
  return reading === "plain" ? quoted : dialect.read(quoted, reading);
}

function uniqueNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    const plain = name
      .replace(/(?<=\p{Ll})\p{Lu}(?=\p{Ll})/gu, (letter) => ` ${letter.toLowerCase()}`)
      .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ")
      .replace(/[\s_\p{Cc}]+/gu, " ")
      .trim();
    let free = plain || name;
    for (let number = 2; used.has(free.toLowerCase()); number++) free = `${plain} ${number}`;
    used.add(free.toLowerCase());
    return free;
  });
}

/** What plans over this table are written from; `table` is what is known of its values. */
export function serverSource(
  asked: AskedTable,
  table: Table,
  dialect: Dialect,
  mostRows: number,
): PlanSource {
  const columns = asked.columns.map(({ name, sql, column }): [string, SourceColumn] => [
    name,
    {
      sql,
      ownName: column.name,
      storage: column.serverType,
      isExact: column.isExact,
      ...(column.scale !== undefined && { scale: column.scale }),
    },
  ]);
  return {
    dialect,
    table,
    from: asked.from,
    rowOrder: keySql(asked),
    columns: new Map(columns),
    mostRows,
  };
}

/** The key as it is read; none where a part of it has no plain values. */
function keySql({ table, columns }: AskedTable): string[] {
  const parts = table.key.map((name) => columns.find(({ column }) => column.name === name)?.sql);
  return parts.every((each) => each !== undefined) ? parts : [];
}
