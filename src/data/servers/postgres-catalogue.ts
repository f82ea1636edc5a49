import { ServerError } from "../../errors.ts";
import type { TablePlace } from "./find-table.ts";
import { postgresReading } from "./postgres-types.ts";
import type { PostgresTraits, ServerColumn, ServerTable } from "./server.ts";

/** Runs a query of the catalogue; every value comes as text. */
export type RunCatalogue = (
  sql: string,
  values?: readonly string[],
) => Promise<readonly (readonly (string | null)[])[]>;

type PostgresPlace = TablePlace & {
  readonly oid: string;
  readonly kind: string;
  readonly estimate: number;
  readonly isReadable: boolean;
};

/** Whether the database holds every character, and what folds case beyond ASCII there. */
export async function traitsOf(run: RunCatalogue): Promise<PostgresTraits> {
  const [row = []] = await run(
    "SELECT current_setting('server_encoding'), CASE WHEN current_setting('server_encoding') = 'UTF8' THEN lower(U&'\\00DC\\0416') = U&'\\00FC\\0436' ELSE true END, (SELECT min(collname) FROM pg_collation WHERE collname IN ('und-x-icu', 'pg_c_utf8'))",
  );
  const [encoding, folds, collation] = row;
  const isUnicode = encoding === "UTF8";
  return {
    isUnicode,
    ...(isUnicode && folds !== "t" && collation != null && { foldCollation: collation }),
  };
}

/** All tables and views outside of the system's own schemas, those that need no schema first. */
export async function listTables(run: RunCatalogue): Promise<readonly PostgresPlace[]> {
  const rows = await run(`
    SELECT n.nspname, c.relname, pg_table_is_visible(c.oid), c.oid, c.relkind, c.reltuples,
           has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND NOT c.relispartition
      AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
    ORDER BY pg_table_is_visible(c.oid) DESC, n.nspname COLLATE "C", c.relname COLLATE "C"`);
  return rows.map(([schema, name, isVisible, oid, kind, estimate, isReadable]) => ({
    schema: schema!,
    name: name!,
    isDefault: isVisible === "t",
    oid: oid!,
    kind: kind!,
    estimate: Number(estimate),
    isReadable: isReadable === "t",
  }));
}

/** The columns that this user may read, and the key. Throws `ServerError` where there are none. */
export async function describeTables(
  places: readonly PostgresPlace[],
  run: RunCatalogue,
): Promise<ServerTable[]> {
  const tables: ServerTable[] = [];
  for (const { schema, name, oid, kind, estimate, isReadable } of places) {
    if (!isReadable)
      throw new ServerError(`this user may not read the table ${schema}.${name}`, {
        hint: `ask for: GRANT SELECT ON ${schema}.${name} TO …`,
      });
    const columns = await columnsOf(oid, run);
    const key = await keyOf(oid, run);
    const isStored = kind === "r" || kind === "m";
    tables.push({
      schema,
      name,
      columns,
      ...(isStored && estimate >= 0 && { estimatedRows: estimate }),
      key: key.every((each) => columns.some((column) => column.name === each)) ? key : [],
      canSample: isStored,
    });
  }
  return tables;
}

async function columnsOf(oid: string, run: RunCatalogue): Promise<ServerColumn[]> {
  const rows = await run(
    `SELECT a.attname, format_type(coalesce(nullif(t.typbasetype, 0), a.atttypid), CASE WHEN t.typbasetype = 0 THEN a.atttypmod ELSE t.typtypmod END),
            coalesce(b.typtype, t.typtype), a.attnotnull
     FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type b ON b.oid = nullif(t.typbasetype, 0)
     WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped AND has_column_privilege(a.attrelid, a.attnum, 'SELECT')
     ORDER BY a.attnum`,
    [oid],
  );
  return rows.map(([name, formatted, kind, isRequired]) => ({
    name: name!,
    serverType: formatted!,
    ...postgresReading(formatted!, kind!),
    isNullable: isRequired !== "t",
  }));
}

async function keyOf(oid: string, run: RunCatalogue): Promise<string[]> {
  const rows = await run(
    `SELECT a.attname FROM pg_index i
       CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
       JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
     WHERE i.indrelid = $1::oid AND i.indisprimary ORDER BY k.place`,
    [oid],
  );
  return rows.map(([name]) => name!);
}
