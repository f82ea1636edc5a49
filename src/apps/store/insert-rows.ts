import { CompiledQuery, type Kysely, type RawBuilder, sql } from "kysely";
import type { StoreKind } from "./open-store.ts";
import type { Schema } from "./schema.ts";

export type InsertRowsOptions<Table extends keyof Schema> = {
  readonly columns: readonly (keyof Schema[Table] & string)[];
  /** SQL, such as `on conflict do nothing`. */
  readonly onConflict?: string;
};

/** So few that every statement stays prepared, whatever the number of rows. */
const chunkSizes = [64, 16, 4, 1] as const;

/**
 * Adds any number of rows with statements whose texts are always the same: building one for each number of rows costs
 * more than running it. PostgreSQL gets the rows as one JSON parameter; SQLite would read that again for each column.
 */
export async function insertRows<Table extends keyof Schema & string>(
  { db, kind }: { readonly db: Kysely<Schema>; readonly kind: StoreKind },
  table: Table,
  rows: readonly Schema[Table][],
  { columns, onConflict = "" }: InsertRowsOptions<Table>,
): Promise<void> {
  if (rows.length === 0) return;
  const names = columns.join(", ");
  if (kind === "postgres") {
    const text = `insert into ${table} (${names}) select ${names} from json_populate_recordset(null::${table}, $1::json) ${onConflict}`;
    await db.executeQuery(CompiledQuery.raw(text, [JSON.stringify(rows)]));
    return;
  }
  const marks = `(${columns.map(() => "?").join(", ")})`;
  for (let done = 0; done < rows.length; ) {
    const size = chunkSizes.find((each) => each <= rows.length - done)!;
    const values: unknown[] = [];
    for (const row of rows.slice(done, done + size)) for (const column of columns) values.push(row[column]);
    const text = `insert into ${table} (${names}) values ${Array(size).fill(marks).join(", ")} ${onConflict}`;
    await db.executeQuery(CompiledQuery.raw(text, values));
    done += size;
  }
}

/** `column in (…)` for any number of values, with one parameter. */
export function isOneOf(kind: StoreKind, column: string, values: readonly string[]): RawBuilder<boolean> {
  const json = JSON.stringify(values);
  return kind === "postgres"
    ? sql<boolean>`${sql.ref(column)} in (select json_array_elements_text(${json}::json))`
    : sql<boolean>`${sql.ref(column)} in (select value from json_each(${json}))`;
}
