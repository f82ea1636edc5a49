import { PostgresDialect } from "kysely";
import type { PoolConfig } from "pg";

/** `int8` and `numeric`, which the driver gives as text; ours are whole and below 2^53. */
const wholeNumbers = new Set([20, 1700]);

/** Kysely over `pg`. Numbers come as numbers, as they do from SQLite. */
export async function postgresDialect(url: string, connections: number): Promise<PostgresDialect> {
  const { default: pg } = await import("pg");
  const types: NonNullable<PoolConfig["types"]> = {
    getTypeParser: (id: number, format?: "text" | "binary") =>
      wholeNumbers.has(id) ? Number : pg.types.getTypeParser(id, format as "text"),
  } as NonNullable<PoolConfig["types"]>;
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    types,
    connectionTimeoutMillis: 10_000,
    application_name: "tandem",
    // A store must not keep a program from ending.
    allowExitOnIdle: true,
  });
  // A connection that breaks while idle is replaced; the next query says what is wrong.
  pool.on("error", () => {});
  return new PostgresDialect({ pool });
}
