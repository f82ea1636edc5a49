import { describe, expect, it } from "vitest";
import { type InsightsOutput, insightsTask } from "./task.ts";
import type { Finding } from "./types.ts";

function insights(csv: string): Promise<InsightsOutput> {
  const context = { now: new Date("2026-01-02T03:04:05Z"), timeZone: "UTC", emit: () => undefined };
  return insightsTask.run({ files: [{ name: "data.csv", bytes: new TextEncoder().encode(csv) }] }, context);
}

async function found(csv: string, kind: Finding["kind"]): Promise<Finding | undefined> {
  return (await insights(csv)).findings.find((each) => each.kind === kind);
}

/** A text table of `n` rows. */
function table(header: string, n: number, row: (index: number) => string): string {
  return [header, ...Array.from({ length: n }, (_, index) => row(index))].join("\n");
}

/** Some number between 0 and 1 for an index; the same every time. */
function some(index: number): number {
  return ((index * 7_919 + 104_729) % 1_009) / 1_009;
}

const cities = ["Berlin", "Lyon", "Porto", "Ghent"];
const city = (index: number): string => cities[Math.floor(some(index * 3) * 4)]!;
const amount = (index: number): string => (100 + 50 * some(index)).toFixed(2);

describe("faults of the data", () => {
  it("are labels that differ only in case or spaces", async () => {
    const csv = table(
      "City,Amount",
      60,
      (row) => `${row % 15 === 4 ? "berlin" : row % 15 === 5 ? "Ber  lin" : city(row)},${amount(row)}`,
    );
    const finding = await found(csv, "label-variants");
    expect(finding?.statement.text).toContain('"Berlin"');
    expect(finding?.values.other).toBe(4);
  });

  it("are texts among numbers, with their cells", async () => {
    const csv = table(
      "No,City,Amount,Weight",
      60,
      (row) => `${row + 1},${city(row)},${row === 30 ? "to be said" : amount(row)},${amount(row * 7 + 3)}`,
    );
    const finding = await found(csv, "mixed-types");
    expect(finding?.statement.text).toBe(
      "Amount holds numbers, but 1 of 60 cells holds something else (to be said).",
    );
    expect(finding?.cells).toEqual(["data.csv!C32"]);
  });

  it("are dates years away from all others", async () => {
    const csv = table(
      "Date,Amount",
      60,
      (row) => `${row === 9 ? "2042" : "2024"}-0${1 + (row % 9)}-1${row % 8},${amount(row)}`,
    );
    const finding = await found(csv, "stray-dates");
    expect(finding?.statement.text).toContain("2042-01-11");
    expect(finding?.cells).toEqual(["data.csv!A11"]);
  });

  it("are totals that their rows don't come to", async () => {
    const csv = `${table("City,Amount", 20, (row) => `${cities[row % 4]},${10 + ((row * 7) % 20)}`)}\nTotal,380`;
    const finding = await found(csv, "total-mismatch");
    expect(finding?.values).toMatchObject({ said: 380, sum: 390, gap: 10 });
    const right = `${table("City,Amount", 20, (row) => `${cities[row % 4]},${10 + ((row * 7) % 20)}`)}\nTotal,390`;
    expect(await found(right, "total-mismatch")).toBeUndefined();
  });

  it("are not jumps between kinds of things that a table is sorted by", async () => {
    const csv = table(
      "Product,Amount",
      90,
      (row) =>
        `${row < 60 ? "Chair" : "Crane"},${((row < 60 ? 100 : 100_000) * (1 + 0.2 * some(row))).toFixed(2)}`,
    );
    expect(await found(csv, "unit-change")).toBeUndefined();
    const mixed = table(
      "Product,Amount",
      90,
      (row) => `${cities[row % 4]},${((row < 60 ? 100 : 100_000) * (1 + 0.2 * some(row))).toFixed(2)}`,
    );
    expect((await found(mixed, "unit-change"))?.values).toMatchObject({ from: 62, to: 91, factor: 1_000 });
  });
});

describe("what is not told", () => {
  it("is anything of fewer than eight rows", async () => {
    const { findings, tests } = await insights(table("City,Amount", 7, (row) => `A,${row}`));
    expect(findings).toEqual([]);
    expect(tests).toBe(0);
  });

  it("is a correlation of a column with what is computed from it", async () => {
    const csv = table("Quantity,Price,Amount", 80, (row) => {
      const [quantity, price] = [1 + Math.floor(9 * some(row)), 5 + Math.floor(20 * some(row * 5 + 1))];
      return `${quantity},${price},${quantity * price}`;
    });
    expect(await found(csv, "correlation")).toBeUndefined();
  });

  it("is an id, a code or a year as a measure", async () => {
    const csv = table(
      "Customer ID,Year,Postcode,City",
      80,
      (row) => `${row * 7 + 1000},${2000 + (row % 20)},${10_115 + row * 11},${city(row)}`,
    );
    expect((await insights(csv)).findings).toEqual([]);
  });
});

describe("every finding", () => {
  it("comes out the same again, with its query, cells and a chart that the values fill", async () => {
    const csv = table("Month,Revenue", 40, (row) => {
      const month = `${2021 + Math.floor(row / 12)}-${String((row % 12) + 1).padStart(2, "0")}-01`;
      return `${month},${Math.round((row >= 22 ? 160 : 100) * (1 + 0.1 * some(row)))}`;
    });
    const [one, two] = [await insights(csv), await insights(csv)];
    expect(two).toEqual(one);
    const [first] = one.findings;
    expect(first).toMatchObject({ kind: "change-point", names: { period: "2022-11" }, n: 40 });
    expect(first?.query).toMatch(/^SELECT .*sum\("Revenue"\)/);
    expect(first?.cells).toEqual(["data.csv!A2:A41", "data.csv!B2:B41"]);
    expect(first?.chart?.result.rows).toHaveLength(40);
    expect(first?.adjustedP).toBeLessThan(0.05);
  });

  it("of months across the columns is about the row that it names", async () => {
    const months = Array.from({ length: 12 }, (_, index) => `2024-${String(index + 1).padStart(2, "0")}`);
    const row = (name: string, value: (index: number) => number): string =>
      [name, ...months.map((_, index) => value(index))].join(",");
    const rows = cities.map((name, at) =>
      row(name, (index) => Math.round(at === 1 ? 100 + 20 * index : 100 + 40 * some(index * 5 + at * 31))),
    );
    const finding = await found(
      [
        `City,${months.join(",")}`,
        ...rows,
        ...["Bonn", "Nice", "Oslo", "Rome"].map((name, at) =>
          row(name, (index) => Math.round(200 + 60 * some(index * 3 + at * 17))),
        ),
      ].join("\n"),
      "trend",
    );
    expect(finding?.statement.text).toBe(
      "Lyon rises by 20 a month from Jan 2024 to Dec 2024, which is 9.5 % of the median month.",
    );
    expect(finding?.cells).toEqual(["data.csv!B3:M3"]);
  });
});
