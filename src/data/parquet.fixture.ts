import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

/** The bytes of a Parquet file that holds the rows of a query. */
export async function parquetFile(query: string): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "tandem-parquet-"));
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  try {
    const file = join(folder, "made.parquet");
    await connection.run(`COPY (${query}) TO '${file}' (FORMAT parquet)`);
    return new Uint8Array(await readFile(file));
  } finally {
    connection.closeSync();
    await rm(folder, { recursive: true });
  }
}
