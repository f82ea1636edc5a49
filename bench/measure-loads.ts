import { join } from "node:path";
import { measureProcess } from "./measure-process.ts";

const ways = [
  { name: "Tandem: typed arrays to the engine's process", way: "tandem", runs: 3 },
  { name: "@duckdb/node-api: chunks by setColumns", way: "columns", runs: 3 },
  // One run is enough for what takes ten times as long.
  { name: "@duckdb/node-api: appender, value by value", way: "appender", runs: 1 },
] as const;

export type LoadResult = {
  readonly name: string;
  /** Seconds of processor time that loading the rows takes, without starting and without making them. */
  readonly cpu: number;
};

/** Bringing rows of ten columns into DuckDB, each way in a process of its own, the least of its runs. */
export async function measureLoads(rows: number): Promise<LoadResult[]> {
  const results: LoadResult[] = [];
  for (const { name, way, runs } of ways) {
    const [with1, withAll] = [await leastCpu(way, rows, 1, runs), await leastCpu(way, rows, rows, runs)];
    results.push({ name, cpu: withAll - with1 });
  }
  return results;
}

async function leastCpu(way: string, made: number, loaded: number, runs: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const job = [join(import.meta.dirname, "load-job.ts"), way, String(made), String(loaded)];
    const { cpu, output } = await measureProcess([process.execPath, ...job]);
    if (Number(output) !== loaded) throw new Error(`${way} loaded ${output.trim()} rows of ${loaded}`);
    least = Math.min(least, cpu);
  }
  return least;
}
