import { type Kysely, sql } from "kysely";
import { FileUnsupportedError } from "../../errors.ts";
import { type Migration, migrations } from "./migrations.ts";
import type { StoreKind } from "./open-store.ts";
import type { Schema } from "./schema.ts";

/** Any number that only Tandem's migrations lock on. */
const migrationLock = 7_264_100;

export type MigrateOptions = {
  /** Called before the first migration of a store that has already something in it. */
  readonly beforeChange?: (version: number) => Promise<void>;
  /** Defaults to all of them. */
  readonly steps?: readonly Migration[];
};

/**
 * Brings the store to the newest schema, in one transaction that other processes wait for. Throws
 * `FileUnsupportedError` when the store is of a newer release.
 */
export async function migrate(
  db: Kysely<Schema>,
  kind: StoreKind,
  { beforeChange, steps = migrations }: MigrateOptions = {},
): Promise<void> {
  const before = await schemaVersion(db, kind);
  if (before === steps.length) return;
  if (before > 0 && before < steps.length) await beforeChange?.(before);
  await db.transaction().execute(async (transaction) => {
    if (kind === "postgres") await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(transaction);
    await transaction.schema
      .createTable("migration")
      .ifNotExists()
      .addColumn("version", "integer", (column) => column.primaryKey())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("applied_at", "text", (column) => column.notNull())
      .execute();
    const done = await lastVersion(transaction);
    if (done > steps.length)
      throw new FileUnsupportedError(
        `the store is of a newer Tandem (schema ${done}, known: ${steps.length})`,
        {
          hint: "update Tandem, or restore a backup that was made before the update",
        },
      );
    for (const [index, { name, run }] of steps.entries()) {
      if (index < done) continue;
      await run(transaction as unknown as Kysely<unknown>, kind);
      const row = { version: index + 1, name, applied_at: new Date().toISOString() };
      await transaction.insertInto("migration").values(row).execute();
    }
  });
}

/** How many migrations the store has seen; 0 for an empty one. */
export async function schemaVersion(db: Kysely<Schema>, kind: StoreKind): Promise<number> {
  const found =
    kind === "postgres"
      ? await sql<{ name: string | null }>`select to_regclass('migration')::text as name`.execute(db)
      : await sql<{ name: string }>`select name from sqlite_master where name = 'migration'`.execute(db);
  return (found.rows[0]?.name ?? null) === null ? 0 : lastVersion(db);
}

async function lastVersion(db: Kysely<Schema>): Promise<number> {
  const row = await db
    .selectFrom("migration")
    .select((query) => query.fn.max("version").as("version"))
    .executeTakeFirst();
  return row?.version ?? 0;
}
