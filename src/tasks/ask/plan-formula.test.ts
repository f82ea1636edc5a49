import { beforeAll, describe, expect, it } from "vitest";
import { ironcalcProgram } from "../../apps/cli/ironcalc-program.ts";
import { openDatabase } from "../../data/index.ts";
import { column, table as tableOf } from "../../data/tables.fixture.ts";
import type { SheetCells } from "../../files/index.ts";
import type { Table, TableColumn } from "../../table.ts";
import { checkFormulas } from "./check-formulas.ts";
import { formulaShapes, ordersTable } from "./formula-shapes.fixture.ts";
import type { Filter, Plan } from "./plan.ts";
import { calculationFormula, measureFormula, overFormula } from "./plan-formula.ts";
import { planSql } from "./plan-sql.ts";

let table: Table;
let cells: SheetCells;
beforeAll(async () => {
  ({ table, cells } = await ordersTable());
});

/** The formula for the number of rows, or the sum of a column, that meet the conditions. */
function formulaOf(where: readonly Filter[], sum?: string): string | undefined {
  const measure = sum === undefined ? ({ fn: "count" } as const) : ({ fn: "sum", column: sum } as const);
  return measureFormula({ table: table.name, where }, measure, table)?.replaceAll(`'It''s "24" & more'!`, "");
}

it("computes what the query does, by an engine of its own, for every kind of condition and group", async () => {
  const { shapes, without } = await formulaShapes(table);
  const formulas = shapes.map(({ formula, value }, index) => ({
    sheet: "Answer",
    cell: `A${index + 1}`,
    formula,
    value,
  }));
  const checks = await checkFormulas(formulas, [cells], { wasm: await ironcalcProgram() });
  // Where no row fits, a query has nothing to say and a sum is 0: then a value is written.
  const disagreeing = checks.filter(({ verdict, formula }) => verdict !== "agrees" && formula.value !== null);
  expect(disagreeing).toEqual([]);
  expect(checks.filter(({ verdict }) => verdict === "agrees").length).toBeGreaterThan(2_300);
  // Smallest and largest of alternatives, texts with a tilde, and the group of a text like a comparison.
  expect(without.length).toBeLessThan(300);
}, 60_000);

describe("formulas", () => {
  it("join decimals to their sign, so that a comma is read where commas are written", () => {
    expect(formulaOf([{ column: "Price", is: ">", value: 0.5 }])).toBe('COUNTIFS($F$4:$F$15,">"&0.5)');
    expect(formulaOf([{ column: "Quantity", is: ">=", value: -2 }])).toBe('COUNTIFS($E$4:$E$15,">=-2")');
    expect(formulaOf([{ column: "Price", is: "=", value: 0.5 }])).toBe("COUNTIFS($F$4:$F$15,0.5)");
    expect(formulaOf([{ column: "Price", is: "<", value: 1 / 3 }])).toBeUndefined();
  });

  it("take quotes and wildcards of a value for what they are", () => {
    expect(formulaOf([{ column: "Product", is: "=", value: '5" *?' }])).toBe(
      'COUNTIFS($D$4:$D$15,"5"" ~*~?")',
    );
    expect(formulaOf([{ column: "Product", is: "contains", value: "*" }])).toBe(
      'COUNTIFS($D$4:$D$15,"*~**")',
    );
  });

  it("are not made of texts that would be read as something else", () => {
    const risky = ["<5", ">", "12", "1,5", "5 %", "3/4", "Mar 2024", "3. März", "10:30", "1e5", "€ 5"];
    for (const value of [...risky, "TRUE", "#N/A", "a~b", " ", "", "x".repeat(256), "two\nlines"]) {
      expect(formulaOf([{ column: "Product", is: "=", value }]), value).toBeUndefined();
    }
    for (const value of ["Team 5", "Q1", "A-12", "Marx", "5-pin plug"]) {
      expect(formulaOf([{ column: "Product", is: "=", value }]), value).toBeDefined();
    }
  });

  it("are made of texts with a star where the texts themselves would be read as something else", () => {
    const texts = ["18-29", "30-44", "18-29", ">60", "5", "15", "5 %"];
    const ages = tableOf("Ages", [column("Age", "text", texts)]);
    const count = (value: string): string | undefined =>
      measureFormula({ table: "Ages", where: [{ column: "Age", is: "=", value }] }, { fn: "count" }, ages);
    expect(count("18-29")).toContain('"18-29*"');
    expect(count(">60")).toContain('"*>60"');
    // Both stars would take in another text.
    expect(count("5")).toBeUndefined();
    expect(count("2024-01")).toBeUndefined();
  });

  it("count a value named twice once", () => {
    expect(
      formulaOf([{ column: "Region", is: "in", values: ["North", "NORTH", "East"] }])?.match(/COUNTIFS/g),
    ).toHaveLength(2);
  });

  it("are not made where ranges would say something else than the plan", () => {
    const measure = { fn: "count" } as const;
    const unpivot = {
      columns: [{ column: "Price", as: 1 }],
      name: "Which",
      type: "integer",
      value: "Value",
    } as const;
    expect(measureFormula({ table: table.name, unpivot }, measure, table)).toBeUndefined();
    expect(measureFormula({ table: table.name, beside: 1 }, measure, table)).toBeUndefined();
    const gap = { ...table, sheetRows: table.sheetRows.map((row) => (row > 9 ? row + 1 : row)) };
    expect(measureFormula({ table: table.name }, measure, gap)).toBeUndefined();
    expect(formulaOf([{ column: "Day", grain: "weekday", is: "=", value: 1 }])).toBeUndefined();
    expect(formulaOf([{ column: "Day", is: "<", value: "1850-01-01" }])).toBeUndefined();
  });

  it("are not made for groups that differ in case only, or over cells that hold errors", () => {
    const shops = tableOf("shops", [
      column("Name", "text", ["north", "North"]),
      column("Sold", "integer", [1, 2]),
    ]);
    const plan: Plan = { table: "shops", groupBy: [{ column: "Name" }] };
    const sold = { fn: "sum", column: "Sold" } as const;
    expect(measureFormula(plan, sold, shops, ["North"])).toBeUndefined();
    expect(measureFormula({ table: "shops" }, sold, shops)).toBe("SUM(shops!$B$2:$B$3)");
    const broken: TableColumn = { ...shops.columns[1]!, exceptions: [{ row: 1, text: "#N/A" }] };
    const withError = { ...shops, columns: [shops.columns[0]!, broken] };
    expect(measureFormula({ table: "shops" }, sold, withError)).toBeUndefined();
  });

  it("quote names of sheets that look like cells", () => {
    for (const name of ["Q1", "R1C1", "rc", "C", "Über 5", "a'b"]) {
      const made = tableOf(name, [column("Sold", "integer", [1, 2])]);
      expect(measureFormula({ table: name }, { fn: "sum", column: "Sold" }, made)).toBe(
        `SUM('${name.replaceAll("'", "''")}'!$A$2:$A$3)`,
      );
    }
  });

  it("set two values against each other", () => {
    const sum = (day: string): Plan => ({
      table: table.name,
      where: [{ column: "Day", is: "<", value: day }],
      measures: [{ fn: "count" }],
    });
    const made = calculationFormula(
      { op: "percent-change", left: sum("2025-01-01"), right: sum("2024-01-01") },
      () => table,
    );
    expect(made?.replaceAll(`'It''s "24" & more'!`, "")).toBe(
      '((COUNTIFS($B$4:$B$15,"<"&DATE(2025,1,1)))-(COUNTIFS($B$4:$B$15,"<"&DATE(2024,1,1))))/(COUNTIFS($B$4:$B$15,"<"&DATE(2024,1,1)))*100',
    );
    expect(calculationFormula({ table: table.name, show: ["No"] }, () => table)).toBeUndefined();
  });
});

it("computes what stands beside a measure from the measure's own cells", async () => {
  await using database = await openDatabase({ memoryMb: 300 });
  await database.load(table);
  const sum = { fn: "sum", column: "Amount" } as const;
  const wasm = await ironcalcProgram();
  for (const as of ["share", "rank", "running-total", "change", "percent-change"] as const) {
    const groupBy = [{ column: "Day", grain: "year" }] as const;
    const plan: Plan = { table: table.name, groupBy, measures: [sum], over: { measure: 0, as } };
    const { rows } = await database.query(planSql(plan, table));
    const place = { column: "B", firstRow: 2, lastRow: rows.length + 1 };
    const formulas = rows.flatMap(([key, value, over], index) => {
      const row = index + 2;
      const beside = overFormula(plan, place, row);
      const own = {
        sheet: "Answer",
        cell: `B${row}`,
        formula: measureFormula(plan, sum, table, [key!])!,
        value: value!,
      };
      return beside === undefined
        ? [own]
        : [own, { sheet: "Answer", cell: `C${row}`, formula: beside, value: over! }];
    });
    expect(formulas.length).toBe(as.endsWith("change") ? 5 : 6);
    const checks = await checkFormulas(formulas, [cells], { wasm });
    expect(checks.filter(({ verdict }) => verdict !== "agrees")).toEqual([]);
    expect(
      overFormula({ ...plan, limit: 2, orderBy: [{ by: 0, direction: "descending" }] }, place, 3),
    ).toBeUndefined();
  }
});
