import { describe, expect, it } from "vitest";
import { ironcalcProgram } from "../../apps/cli/ironcalc-program.ts";
import { auditCells, bookOf, brief, column } from "./audit.fixture.ts";
import { auditWorkbook } from "./audit-workbook.ts";

const amounts = column("B", "Amount", 9, (row) => row * 10);
const regions = column("A", "Region", 9, "Region #");

describe("values", () => {
  it("finds numbers as text among numbers, also the first and the last, and says the number", async () => {
    for (const row of [2, 5, 9]) {
      const [finding] = await auditCells({
        ...regions,
        ...amounts,
        C2: 1,
        C5: 1,
        C9: 1,
        [`B${row}`]: "1,250",
      });
      expect(finding).toMatchObject({ kind: "text-number", cells: [`B${row}`], expected: { value: 1250 } });
    }
  });

  it("finds numbers as text that a sum leaves out, even where all are texts", async () => {
    const [finding] = await auditCells({ A1: "12", A2: "13", A3: "14", A4: "=SUM(A1:A3)" });
    expect(finding).toMatchObject({ kind: "text-number", severity: "high", cells: ["A1:A3"] });
  });

  it("leaves years in headings, codes with a leading zero and numbers in sentences alone", async () => {
    expect(await auditCells({ ...amounts, B1: "2024", C3: "007", D3: "5 people" })).toEqual([]);
  });

  it("finds per cent beside parts of one, and thousands beside units", async () => {
    const rates = column("B", "Rate %", 9, (row) => row / 50);
    expect(brief(await auditCells({ ...rates, B5: 12 }))).toEqual(["mixed-units B5"]);
    const costs = column("B", "Cost", 12, (row) => 20_000 + row * 1500);
    expect(brief(await auditCells({ ...costs, B6: 29 }))).toEqual(["mixed-units B6"]);
    expect(await auditCells(costs)).toEqual([]);
  });

  it("finds a key that comes twice under a heading for keys", async () => {
    const ids = column("A", "Order ID", 40, (row) => 1000 + row);
    expect(brief(await auditCells({ ...ids, A30: 1010 }))).toEqual(["duplicate-key A10,A30"]);
    expect(await auditCells(ids)).toEqual([]);
  });

  it("finds spaces that keep labels from being the same, and only notes them where nothing looks them up", async () => {
    const labels = { A1: "North", A2: "South", A3: "North " };
    expect((await auditCells(labels)).map(({ kind, severity }) => [kind, severity])).toEqual([
      ["stray-spaces", "note"],
    ]);
    expect(
      brief(await auditCells({ ...labels, B1: 1, B2: 2, B3: 3, D1: '=SUMIF(A1:A3,"North",B1:B3)' })),
    ).toEqual(["stray-spaces A3"]);
  });

  it("finds an assumption that nothing reads among others that are read", async () => {
    const inputs = {
      A1: "Rate",
      B1: 0.2,
      A2: "Months",
      B2: 12,
      A3: "Margin",
      B3: 0.3,
      A5: "Result",
      B5: "=B1*B2",
    };
    expect(brief(await auditCells(inputs))).toEqual(["unused-input B3"]);
  });
});

describe("results and notes", () => {
  it("finds a stored result that isn't what the formula gives, once and not in what reads it", async () => {
    const engine = await ironcalcProgram();
    const cells = { A1: 2, A2: 3, A3: { formula: "A1*A2", value: 7 }, A4: { formula: "A3+1", value: 8 } };
    const { findings } = await auditWorkbook(bookOf([cells]), { engine });
    expect(findings).toMatchObject([{ kind: "stale-value", cells: ["A3"], expected: { value: 6 } }]);
  });

  it("doesn't compare results where the workbook asks to be calculated on opening", async () => {
    const engine = await ironcalcProgram();
    const book = bookOf([{ A1: 2, A3: { formula: "A1*2", value: 7 } }], {
      after: '<calcPr fullCalcOnLoad="1"/>',
    });
    const { findings, notes } = await auditWorkbook(book, { engine });
    expect(findings).toEqual([]);
    expect(notes).toHaveLength(1);
  });

  it("notes volatile functions, other files and hidden sheets", async () => {
    const book = bookOf([{ A1: "=TODAY()", A2: "=[1]Data!B2", A3: "=Sheet2!A1" }, { A1: 5 }], {
      sheets: [{}, { state: "hidden" }],
    });
    const { findings } = await auditWorkbook(book);
    expect(findings.map(({ kind }) => kind).sort()).toEqual(["external-link", "hidden-cells", "volatile"]);
  });

  it("puts the worst first on each sheet and survives formulas that are none", async () => {
    const cells = {
      ...amounts,
      ...regions,
      B10: "=SUM(B2:B8)",
      C1: "=TODAY()",
      D1: "=))((",
      D2: "='",
      D3: '="',
      D4: "=SUM(,,:",
    };
    const severities = (await auditCells(cells)).map(({ severity }) => severity);
    expect(severities).toEqual(["high", "note"]);
  });
});
