import { describe, expect, it } from "vitest";
import { compareWithTotals } from "./compare-with-totals.ts";
import { loadTables } from "./load-tables.ts";
import type { Calculation, Plan } from "./plan.ts";

async function said(lines: string, calculation: (table: string) => Calculation, rows: (string | number)[][]) {
  const bytes = new TextEncoder().encode(lines.trim().replaceAll(/^ +/gm, ""));
  const { tables } = await loadTables([{ name: "sales.csv", bytes }]);
  expect(tables[0]!.totals.length).toBeGreaterThan(0);
  return compareWithTotals(calculation(tables[0]!.table.name), { rows, isTruncated: false }, tables);
}

const sheet = (total: string): string => `
  Region,Product,Amount,Share
  North,Desk,100,5
  North,Lamp,50,7
  South,Desk,30,9
  Total,,${total},21
`;
const sum =
  (plan: Partial<Plan> = {}) =>
  (table: string): Plan => ({
    table,
    measures: [{ fn: "sum", column: "Amount" }],
    ...plan,
  });

describe("a computed sum beside the sheet's own", () => {
  it("is left alone where they agree", async () => {
    expect(await said(sheet("180"), sum(), [[180]])).toEqual([]);
  });

  it("says so where they don't, with both numbers and the row", async () => {
    expect(await said(sheet("190"), sum(), [[180]])).toEqual([
      "the rows come to 180, the sheet's own total of Amount (row 5) says 190",
    ]);
  });

  it("is taken over all groups", async () => {
    const byRegion = sum({ groupBy: [{ column: "Region" }] });
    expect(
      await said(sheet("180"), byRegion, [
        ["North", 150],
        ["South", 30],
      ]),
    ).toEqual([]);
    expect(
      await said(sheet("181"), byRegion, [
        ["North", 150],
        ["South", 30],
      ]),
    ).toHaveLength(1);
  });

  it("is not compared where only some rows were added up", async () => {
    const without = [{ column: "Region", is: "not-in", values: ["North", "East"] }] as const;
    expect(await said(sheet("180"), sum({ where: without }), [[30]])).toEqual([]);
    const where = [{ column: "Product", is: "=", value: "Desk" }] as const;
    expect(await said(sheet("180"), sum({ where }), [[130]])).toEqual([]);
    expect(
      await said(sheet("180"), sum({ where: [{ column: "Amount", is: ">", value: 40 }] }), [[150]]),
    ).toEqual([]);
    expect(
      await said(sheet("180"), sum({ groupBy: [{ column: "Region" }], limit: 1 }), [["North", 150]]),
    ).toEqual([]);
  });

  it("is not compared where it is no sum", async () => {
    expect(
      await said(sheet("180"), (table) => ({ table, measures: [{ fn: "average", column: "Amount" }] }), [
        [60],
      ]),
    ).toEqual([]);
  });

  it("is that of the month where months stand side by side", async () => {
    const months = (total: string): string => `
      Item,Jan,Feb
      Rent,10,20
      Travel,5,7
      Total,${total},27
    `;
    const unpivot = {
      columns: [
        { column: "Jan", as: "Jan" },
        { column: "Feb", as: "Feb" },
      ],
      name: "Month",
      type: "text",
      value: "Value",
    } as const;
    const ofJanuary = (table: string): Plan => ({
      table,
      unpivot,
      where: [{ column: "Month", is: "=", value: "Jan" }],
      measures: [{ fn: "sum", column: "Value" }],
    });
    expect(await said(months("15"), ofJanuary, [[15]])).toEqual([]);
    expect(await said(months("16"), ofJanuary, [[15]])).toEqual([
      "the rows come to 15, the sheet's own total of Jan (row 4) says 16",
    ]);
  });
});
