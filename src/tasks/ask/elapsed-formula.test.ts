import { describe, expect, it } from "vitest";
import { ironcalcProgram } from "../../apps/cli/ironcalc-program.ts";
import { openDatabase } from "../../data/index.ts";
import { openWorkbook, readSheet } from "../../files/index.ts";
import { readTables } from "../../files/tables/read-tables.ts";
import { workbookFile } from "../../files/xlsx/workbook.fixture.ts";
import { checkFormulas } from "./check-formulas.ts";
import type { Calculation, Plan } from "./plan.ts";
import { calculationFormula, measureFormula } from "./plan-formula.ts";
import { calculationSql } from "./plan-sql.ts";

/** Days since 1899-12-31 as cells hold them; a part of one is the time of day. */
const rows: readonly (readonly [number, number | undefined])[] = [
  [45_300, 45_305.75],
  [45_310, undefined],
  [45_320, 45_321.5],
  [45_333, 45_340],
];

async function shipped() {
  const text = (address: string, value: string): string =>
    `<c r="${address}" t="inlineStr"><is><t>${value}</t></is></c>`;
  const cell = (address: string, style: number, value: number | undefined): string =>
    value === undefined ? "" : `<c r="${address}" s="${style}"><v>${value}</v></c>`;
  const body = rows.map(
    ([from, to], index) =>
      `<row r="${index + 2}">${text(`A${index + 2}`, `n${index}`)}${cell(`B${index + 2}`, 1, from)}${cell(`C${index + 2}`, 2, to)}</row>`,
  );
  const bytes = workbookFile({
    sheets: [
      {
        name: "Log",
        rows: `<row r="1">${text("A1", "Name")}${text("B1", "Ordered")}${text("C1", "Shipped")}</row>${body.join("")}`,
      },
    ],
    formats: ["yyyy\\-mm\\-dd", "yyyy\\-mm\\-dd hh:mm:ss"],
  });
  const workbook = openWorkbook(bytes);
  const { tables } = await readTables(workbook);
  return { table: tables[0]!.table, cells: await readSheet(workbook, workbook.sheets[0]!) };
}

const elapsed = { from: "Ordered", to: "Shipped", unit: "days", name: "wait" } as const;

describe("the time between two columns as a formula", () => {
  it("is what the query computes, by an engine of its own", async () => {
    const { table, cells } = await shipped();
    const base = { table: table.name };
    const of = (fn: "min" | "max"): Plan => ({ ...base, measures: [{ fn, column: "Ordered" }] });
    const calculations: readonly Calculation[] = [
      { ...base, elapsed, measures: [{ fn: "average", column: "wait" }] },
      { ...base, elapsed, measures: [{ fn: "sum", column: "wait" }] },
      { op: "difference", left: of("max"), right: of("min"), unit: "days" },
    ];
    await using database = await openDatabase();
    await database.load(table);
    const formulas = [];
    for (const [index, calculation] of calculations.entries()) {
      const { rows: found } = await database.query(calculationSql(calculation, () => table));
      const formula = calculationFormula(calculation, () => table);
      formulas.push({ sheet: "Answer", cell: `A${index + 1}`, formula: formula!, value: found[0]![0]! });
    }
    expect(formulas.map(({ value }) => value)).toEqual([(5 + 1 + 7) / 3, 13, 33]);
    const checks = await checkFormulas(formulas, [cells], { wasm: await ironcalcProgram() });
    expect(checks.map(({ verdict }) => verdict)).toEqual(["agrees", "agrees", "agrees"]);
  }, 30_000);

  it("is none for months, for groups that are counted, and under a condition", async () => {
    const { table } = await shipped();
    const plan: Plan = { table: table.name, elapsed };
    const wait = { fn: "average", column: "wait" } as const;
    expect(measureFormula({ ...plan, elapsed: { ...elapsed, unit: "months" } }, wait, table)).toBeUndefined();
    expect(
      measureFormula({ ...plan, where: [{ column: "Name", is: "=", value: "n0" }] }, wait, table),
    ).toBeUndefined();
    const counted: Plan = {
      ...plan,
      groupBy: [{ column: "Name" }],
      measures: [{ fn: "count" }],
      count: "groups",
    };
    expect(measureFormula(counted, { fn: "count" }, table, ["n0"])).toBeUndefined();
  });
});
