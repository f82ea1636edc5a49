import { type ColumnDataType, type Kysely, type RawBuilder, sql } from "kysely";
import type { StoreKind } from "./open-store.ts";

/** One step forward of the schema; there is no way back but a backup. */
export type Migration = {
  readonly name: string;
  readonly run: (db: Kysely<unknown>, kind: StoreKind) => Promise<void>;
};

/** In the order in which they run; a migration that was published is never changed. */
export const migrations: readonly Migration[] = [
  { name: "keys, limits and usage", run: addGateway },
  { name: "jobs", run: addJobs },
  { name: "files", run: addFiles },
  { name: "egress", run: addEgress },
];

/** Text that sorts by its bytes on both: ids and times are compared as text. */
function textType(kind: StoreKind): ColumnDataType | RawBuilder<unknown> {
  return kind === "postgres" ? sql`text collate "C"` : "text";
}

async function addGateway(db: Kysely<unknown>, kind: StoreKind): Promise<void> {
  const text = textType(kind);
  await db.schema
    .createTable("setting")
    .addColumn("name", text, (column) => column.primaryKey())
    .addColumn("value", "bigint", (column) => column.notNull())
    .execute();
  await sql`insert into setting (name, value) values ('revision', 1)`.execute(db);
  await db.schema
    .createTable("project")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("name", text, (column) => column.notNull().unique())
    .addColumn("created_at", text, (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("api_key")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("project_id", text, (column) => column.notNull().references("project.id"))
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("hash", text, (column) => column.notNull().unique())
    .addColumn("scopes", text, (column) => column.notNull())
    .addColumn("created_at", text, (column) => column.notNull())
    .addColumn("expires_at", text)
    .addColumn("revoked_at", text)
    .execute();
  await db.schema
    .createTable("limit_setting")
    .addColumn("level", text, (column) => column.notNull())
    .addColumn("owner", text, (column) => column.notNull())
    .addColumn("settings", text, (column) => column.notNull())
    .addPrimaryKeyConstraint("limit_setting_key", ["level", "owner"])
    .execute();
  await addMeters(db, text);
  await addUsage(db, text);
}

async function addMeters(db: Kysely<unknown>, text: ColumnDataType | RawBuilder<unknown>): Promise<void> {
  await db.schema
    .createTable("counter")
    .addColumn("meter", text, (column) => column.notNull())
    .addColumn("slot", "bigint", (column) => column.notNull())
    .addColumn("amount", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("counter_key", ["meter", "slot"])
    .execute();
  await db.schema
    .createTable("lease")
    .addColumn("meter", text, (column) => column.notNull())
    .addColumn("process", text, (column) => column.notNull())
    .addColumn("amount", "bigint", (column) => column.notNull())
    .addColumn("until", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("lease_key", ["meter", "process"])
    .execute();
  await db.schema
    .createTable("process")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("batch", "bigint", (column) => column.notNull())
    .addColumn("seen_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("estimate_factor")
    .addColumn("deployment", text, (column) => column.primaryKey())
    .addColumn("factor", "bigint", (column) => column.notNull())
    .execute();
}

async function addUsage(db: Kysely<unknown>, text: ColumnDataType | RawBuilder<unknown>): Promise<void> {
  let table = db.schema.createTable("usage").addColumn("id", text, (column) => column.primaryKey());
  for (const name of ["at", "key_id", "project_id", "deployment", "target", "operation", "currency"])
    table = table.addColumn(name, text, (column) => column.notNull());
  for (const name of ["input_tokens", "output_tokens", "cached_tokens", "reasoning_tokens", "cost_nanos"])
    table = table.addColumn(name, "bigint", (column) => column.notNull());
  for (const name of ["status", "is_estimate", "milliseconds"])
    table = table.addColumn(name, "integer", (column) => column.notNull());
  await table.addColumn("first_byte_ms", "integer").addColumn("job", text).execute();
  await db.schema.createIndex("usage_at").on("usage").column("at").execute();
}

async function addJobs(db: Kysely<unknown>, kind: StoreKind): Promise<void> {
  const text = textType(kind);
  await db.schema
    .createTable("job")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("queue", text, (column) => column.notNull())
    .addColumn("owner", text)
    .addColumn("state", text, (column) => column.notNull())
    .addColumn("input", text, (column) => column.notNull())
    .addColumn("output", text)
    .addColumn("error", text)
    .addColumn("priority", "integer", (column) => column.notNull())
    .addColumn("attempts", "integer", (column) => column.notNull())
    .addColumn("max_attempts", "integer", (column) => column.notNull())
    .addColumn("run_at", "bigint", (column) => column.notNull())
    .addColumn("lease", text)
    .addColumn("lease_until", "bigint")
    .addColumn("created_at", text, (column) => column.notNull())
    .addColumn("started_at", text)
    .addColumn("finished_at", text)
    .execute();
  await db.schema.createIndex("job_ready").on("job").columns(["queue", "state", "run_at"]).execute();
  await db.schema
    .createTable("job_step")
    .addColumn("job_id", text, (column) => column.notNull().references("job.id").onDelete("cascade"))
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("result", text, (column) => column.notNull())
    .addColumn("done_at", text, (column) => column.notNull())
    .addPrimaryKeyConstraint("job_step_key", ["job_id", "name"])
    .execute();
}

/** Files that callers upload and batches write: in pieces, so that no row is large. */
async function addFiles(db: Kysely<unknown>, kind: StoreKind): Promise<void> {
  const text = textType(kind);
  let table = db.schema.createTable("file").addColumn("id", text, (column) => column.primaryKey());
  for (const name of ["project_id", "name", "purpose", "created_at"])
    table = table.addColumn(name, text, (column) => column.notNull());
  await table
    .addColumn("bytes", "bigint", (column) => column.notNull())
    .addColumn("expires_at", text)
    .execute();
  await db.schema.createIndex("file_project").on("file").columns(["project_id", "created_at"]).execute();
  await db.schema
    .createTable("file_piece")
    .addColumn("file_id", text, (column) => column.notNull().references("file.id").onDelete("cascade"))
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("content", kind === "postgres" ? sql`bytea` : "blob", (column) => column.notNull())
    .addPrimaryKeyConstraint("file_piece_key", ["file_id", "position"])
    .execute();
}

/** What left this machine: one row an attempt. */
async function addEgress(db: Kysely<unknown>, kind: StoreKind): Promise<void> {
  const text = textType(kind);
  let table = db.schema.createTable("egress").addColumn("id", text, (column) => column.primaryKey());
  for (const name of ["at", "call", "key_id", "project_id", "deployment", "operation", "provider", "target"])
    table = table.addColumn(name, text, (column) => column.notNull());
  await table
    .addColumn("job", text)
    .addColumn("region", text)
    .addColumn("bytes", "bigint", (column) => column.notNull())
    .addColumn("sha256", text, (column) => column.notNull())
    .addColumn("policy", text, (column) => column.notNull())
    .addColumn("masked", "integer", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("egress_at").on("egress").column("at").execute();
  await db.schema.createIndex("egress_job").on("egress").column("job").execute();
}
