import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { openDatabase } from "../../data/index.ts";
import { parquetFile } from "../../data/parquet.fixture.ts";
import type { TableColumn } from "../../table.ts";
import { loadTablesInto } from "./load-tables-into.ts";
import { type AskOutput, askTask } from "./task.ts";

async function ask(files: Readonly<Record<string, Uint8Array>>, question: string): Promise<AskOutput> {
  const context = { now: new Date("2026-01-02T03:04:05Z"), timeZone: "UTC", emit: () => undefined };
  const given = Object.entries(files).map(([name, bytes]) => ({ name, bytes }));
  return askTask.run({ files: given, question }, context);
}

async function columnsOf(query: string): Promise<readonly TableColumn[]> {
  await using kept = new AsyncDisposableStack();
  await using database = await openDatabase();
  const files = [{ name: "x.parquet", bytes: await parquetFile(query) }];
  const { tables } = await loadTablesInto(database, files, { isProfiled: true, kept });
  return tables[0]!.table.columns;
}

describe("Parquet files as tables to ask about", () => {
  it("give each type of column what a question needs to know of it", async () => {
    const columns = await columnsOf(
      `SELECT * FROM (VALUES
        (1::UTINYINT, 0.5::FLOAT, 'b', true, DATE '1969-12-31', TIME '00:01:00', TIMESTAMPTZ '1970-01-01 00:00:01+00', [1]),
        (3, 'infinity', 'a', false, '2025-01-01', '12:00:00', NULL, [2]),
        (2, 2.5, 'b', NULL, 'infinity', NULL, NULL, NULL)
      ) AS rows(whole, part, word, flag, day, clock, stamp, list)`,
    );
    expect(
      columns.map(({ name, type, strings }) => [name, type, ...(strings === undefined ? [] : [strings])]),
    ).toEqual([
      ["whole", "integer"],
      ["part", "decimal"],
      ["word", "text", ["b", "a"]],
      ["flag", "boolean"],
      ["day", "date"],
      ["clock", "time"],
      ["stamp", "timestamp"],
      ["list", "text", []],
    ]);
    const ends = columns.map(({ values, present }) => {
      const filled = values.filter((_, row) => present[row] === 1);
      return [filled.length, Math.min(...filled), Math.max(...filled)];
    });
    expect(ends[0]).toEqual([3, 1, 3]);
    expect(ends[1]).toEqual([3, 0.5, 2.5]);
    expect(ends[4]).toEqual([3, -1, 20_089]);
    expect(ends[5]).toEqual([2, 60, 43_200]);
    expect(ends[6]).toEqual([1, 1000, 1000]);
    expect(ends[7]![0]).toBe(0);
  });

  it("are computed with as they are, not as they were looked at", async () => {
    const rows =
      "SELECT 'Place ' || (i % 7) AS Place, i::DECIMAL(18,2) / 100 AS Amount FROM range(5000) r(i)";
    const output = await ask({ "sales.parquet": await parquetFile(rows) }, "total amount in Place 3");
    const sum = Array.from({ length: 5000 }, (_, index) => (index % 7 === 3 ? index : 0)).reduce(
      (a, b) => a + b,
    );
    expect(output.status).toBe("answered");
    expect(Number(output.rows[0]!.values[0])).toBeCloseTo(sum / 100, 9);
    expect(output.cells[0]).toMatch(/^sales\.parquet!(Place|Amount) row/);
  });

  it("understand months of time stamps, enumerations and headings as people write them", async () => {
    const rows = `SELECT * FROM (VALUES (TIMESTAMPTZ '2025-01-31 23:30:00+00', 'North'::ENUM('North', 'South'), 5, 1),
      (TIMESTAMPTZ '2025-02-01 00:30:00+00', 'South', 7, 2)) AS rows("Sold at", "Sales
region", "Net Amount", rowid)`;
    const file = { "sales.parquet": await parquetFile(rows) };
    const months = await ask(file, "total net amount by month");
    expect(months.rows.map(({ values }) => values.map(String))).toEqual([
      ["2025-01", "5"],
      ["2025-02", "7"],
    ]);
    const south = await ask(file, "total net amount in the South");
    expect(south.rows.map(({ values }) => values.map(String))).toEqual([["7"]]);
  });

  it("can have one name, no rows, or be several", async () => {
    const file = await parquetFile("SELECT 'a' AS word, 5 AS amount");
    const empty = await parquetFile("SELECT 'a' AS word, 5 AS amount LIMIT 0");
    const output = await ask({ "one/x.parquet": file, "two.parquet": empty }, "total amount of nobody known");
    expect(output.tables.map(({ name, place, rowCount }) => [name, place, rowCount])).toEqual([
      ["one/x", "one/x.parquet", 1],
      ["two", "two.parquet", 0],
    ]);
    const context = { now: new Date(0), timeZone: "UTC", emit: () => undefined };
    const same = [file, file].map((bytes) => ({ name: "x.parquet", bytes }));
    const both = await askTask.run({ files: same, sql: 'select count(*) from x, "x 2"' }, context);
    expect(both.rows[0]!.values).toEqual([1]);
  });

  it("leave nothing on disk", async () => {
    const whole = await parquetFile("SELECT 5 AS amount");
    const folder = await mkdtemp(join(tmpdir(), "tandem-parquet-"));
    vi.stubEnv("TMPDIR", folder);
    try {
      expect((await ask({ "x.parquet": whole }, "total amount")).status).toBe("answered");
      const cut = { "x.parquet": new TextEncoder().encode("PAR1 cut off") };
      await expect(ask(cut, "total amount")).rejects.toThrow(/x\.parquet: this is no Parquet file/);
      expect(await readdir(folder)).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true });
    }
  });
});
