import { closeSync, mkdirSync, openSync } from "node:fs";
import path from "node:path";
import { Kysely, sql } from "kysely";
import { BadRequestError, FileDamagedError, ServerError, TandemError } from "../../errors.ts";
import { migrate } from "./migrate.ts";
import type { Schema } from "./schema.ts";

export type StoreKind = "sqlite" | "postgres";

/** Where keys, limits, usage and jobs are kept. */
export type Store = AsyncDisposable & {
  readonly db: Kysely<Schema>;
  readonly kind: StoreKind;
  /** The file of a SQLite store; undefined in memory and on PostgreSQL. */
  readonly file: string | undefined;
  readonly close: () => Promise<void>;
};

export type OpenStoreOptions = {
  /** Most connections to PostgreSQL. Defaults to 5. */
  readonly connections?: number;
};

/**
 * Opens the store at `postgres://…`, `file:PATH`, a path or `:memory:`, and brings its schema up to date; a SQLite file
 * is copied first (`NAME.schema-1.bak`). Throws `ServerError` or `FileDamagedError` when it can't be opened.
 */
export async function openStore(url: string, { connections = 5 }: OpenStoreOptions = {}): Promise<Store> {
  const kind: StoreKind = /^postgres(ql)?:/i.test(url) ? "postgres" : "sqlite";
  const file = kind === "sqlite" && url !== ":memory:" ? fileOf(url) : undefined;
  let db: Kysely<Schema> | undefined;
  try {
    db = await openDatabase(url, kind, { connections, file });
    const opened = db;
    await migrate(opened, kind, { beforeChange: (version) => copyBefore(opened, file, version) });
  } catch (error) {
    await db?.destroy().catch(() => {});
    throw error instanceof TandemError ? error : openFailure(error, kind, file);
  }
  const close = (): Promise<void> => db.destroy();
  return { db, kind, file, close, [Symbol.asyncDispose]: close };
}

async function openDatabase(
  url: string,
  kind: StoreKind,
  { connections, file }: { readonly connections: number; readonly file: string | undefined },
): Promise<Kysely<Schema>> {
  if (kind === "postgres") {
    const { postgresDialect } = await import("./postgres-dialect.ts");
    return new Kysely<Schema>({ dialect: await postgresDialect(url, connections) });
  }
  const { NodeSqliteDialect } = await import("./sqlite-dialect.ts");
  if (file !== undefined) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    // Made here, so that nobody else may read it from the first byte on.
    closeSync(openSync(file, "a", 0o600));
  }
  return new Kysely<Schema>({ dialect: new NodeSqliteDialect(file ?? ":memory:") });
}

function fileOf(url: string): string {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(url) && !url.startsWith("file://"))
    throw new BadRequestError(`a store can't be at ${url.slice(0, url.indexOf("://"))}://…`, {
      hint: "give the path of a file, or postgres://user@host/database",
    });
  return path.resolve(url.replace(/^file:(\/\/)?/, ""));
}

async function copyBefore(db: Kysely<Schema>, file: string | undefined, version: number): Promise<void> {
  if (file === undefined) return;
  const copy = `${file}.schema-${version}.${Date.now()}.bak`;
  await sql`vacuum into ${copy}`.execute(db);
}

function openFailure(error: unknown, kind: StoreKind, file: string | undefined): TandemError {
  const message =
    error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : "";
  if (kind === "postgres")
    return new ServerError(`the store can't be opened: ${message}`, {
      hint: "check TANDEM_STORE (host, database, user) and PGPASSWORD",
      cause: error,
    });
  return new FileDamagedError(`${file ?? "the store"} can't be opened as a store: ${message}`, {
    hint: "name another file with TANDEM_STORE, or restore a backup: tandem restore FILE",
    cause: error,
  });
}
