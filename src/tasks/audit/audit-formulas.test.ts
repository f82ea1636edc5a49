import { describe, expect, it } from "vitest";
import { auditCells, brief, column } from "./audit.fixture.ts";

const amounts = column("B", "Amount", 9, (row) => row * 10);
const raised = column("C", "Raised", 9, "=B#*1.1");

describe("formulas beside each other", () => {
  it("lets copies of a formula be", async () => {
    expect(await auditCells({ ...amounts, ...raised })).toEqual([]);
  });

  it("finds a number typed over a formula, in the middle and at the ends, and says the formula", async () => {
    for (const row of [2, 5, 9]) {
      const [finding, ...more] = await auditCells({ ...amounts, ...raised, [`C${row}`]: 77 });
      expect(finding).toMatchObject({
        kind: "hard-coded",
        cells: [`C${row}`],
        expected: { formula: `B${row}*1.1` },
      });
      expect(more).toEqual([]);
    }
  });

  it("finds two numbers typed over formulas one after the other", async () => {
    expect(brief(await auditCells({ ...amounts, ...raised, C5: 77, C6: 78 }))).toEqual([
      "hard-coded C5",
      "hard-coded C6",
    ]);
  });

  it("finds a formula that differs from those above and below it", async () => {
    const [finding] = await auditCells({ ...amounts, ...raised, C5: "=B4*1.1" });
    expect(finding).toMatchObject({ kind: "pattern-break", cells: ["C5"], expected: { formula: "B5*1.1" } });
    expect(brief(await auditCells({ ...amounts, ...raised, C5: "=B5*1.2" }))).toEqual(["pattern-break C5"]);
  });

  it("takes actual figures before a forecast for what they are", async () => {
    const months = { A1: "Revenue", B1: 10, C1: 11, D1: 12, E1: "=D1*1.02", F1: "=E1*1.02", G1: "=F1*1.02" };
    expect(await auditCells(months)).toEqual([]);
  });

  it("takes a subtotal between months, and the first value of a chain, for what they are", async () => {
    const quarters = { A2: "Net", B1: 1, C1: 2, D1: 3, F1: 4, G1: 5, H1: 6 };
    const net = {
      B2: "=B1*2",
      C2: "=C1*2",
      D2: "=D1*2",
      E2: "=SUM(B2:D2)",
      F2: "=F1*2",
      G2: "=G1*2",
      H2: "=H1*2",
    };
    expect(brief(await auditCells({ ...quarters, ...net }))).toEqual([]);
    expect(brief(await auditCells({ A1: "Start", B1: 100, C1: "=B1*2", D1: "=C1*2", E1: "=D1*2" }))).toEqual(
      [],
    );
  });

  it("finds formulas that stop one row short", async () => {
    const { C9: _, ...short } = { ...amounts, ...raised };
    const [finding] = await auditCells(short);
    expect(finding).toMatchObject({
      kind: "missing-formula",
      cells: ["C9"],
      expected: { formula: "B9*1.1" },
    });
  });
});

describe("totals", () => {
  it("finds a total that misses the last, the first or a row between", async () => {
    for (const [formula, missed] of [
      ["SUM(B2:B8)", "B9"],
      ["SUM(B3:B9)", "B2"],
      ["SUM(B2:B4,B6:B9)", "B5"],
    ]) {
      const [finding, ...more] = await auditCells({ ...amounts, A10: "Total", B10: `=${formula}` });
      expect(finding).toMatchObject({
        kind: "total-misses-rows",
        cells: ["B10", missed],
        expected: { formula: "SUM(B2:B9)" },
      });
      expect(more).toEqual([]);
    }
  });

  it("doesn't miss years in the heading, the part added separately, or the total of another section", async () => {
    expect(await auditCells({ ...amounts, B1: 2024, B10: "=SUM(B2:B9)" })).toEqual([]);
    expect(await auditCells({ ...amounts, B10: "=SUM(B2:B8)+B9" })).toEqual([]);
    const sections = { B1: 1, B2: 2, B3: "=SUM(B1:B2)", B4: 4, B5: 5, B6: "=SUM(B4:B5)", B7: "=B3+B6" };
    expect(brief(await auditCells(sections))).toEqual([]);
  });

  it("finds totals across a row, on another sheet and on top of a column that miss their last cell", async () => {
    const row = { A1: "North", B1: 1, C1: 2, D1: 3, E1: 4, F1: "=SUM(B1:D1)" };
    expect(brief(await auditCells(row))).toEqual(["total-misses-rows F1,E1"]);
    const [other] = await auditCells({ A1: "=SUM(Sheet2!B2:B8)" }, amounts);
    expect(other).toMatchObject({
      kind: "total-misses-rows",
      sheet: "Sheet1",
      expected: { formula: "SUM(Sheet2!B2:B9)" },
    });
    expect(brief(await auditCells({ A1: "Total", B1: "=SUM(B3:B5)", B3: 1, B4: 2, B5: 3, B6: 4 }))).toEqual([
      "total-misses-rows B1,B6",
    ]);
  });

  it("finds a typed number among totals, and the totals of a table beside typed figures not", async () => {
    const table = {
      ...amounts,
      ...column("C", "Cost", 9, (row) => row * 7),
      A10: "Total",
      B10: "=SUM(B2:B9)",
      C10: 5,
    };
    expect(brief(await auditCells(table))).toEqual(["hard-coded C10"]);
    expect(brief(await auditCells({ ...amounts, A10: "Total", B10: "=SUM(B2:B9)", C10: 5 }))).toEqual([]);
  });

  it("finds a number typed over a formula in every second column", async () => {
    const wide = {
      A1: 5,
      B1: "=A1*2",
      C1: 6,
      D1: "=C1*2",
      E1: 7,
      F1: 15,
      G1: 8,
      H1: "=G1*2",
      I1: 9,
      J1: "=I1*2",
    };
    expect(brief(await auditCells(wide))).toEqual(["hard-coded F1"]);
  });

  it("finds a sum that counts a subtotal twice", async () => {
    const sections = { B1: 1, B2: 2, B3: "=SUM(B1:B2)", B4: 4, B5: 5, B6: "=SUM(B4:B5)", B7: "=SUM(B1:B6)" };
    expect(brief(await auditCells(sections))).toEqual(["counted-twice B7,B3,B6"]);
  });

  it("finds a typed total that isn't the sum", async () => {
    const typed = { ...column("A", "Region", 9, "Region #"), ...amounts, A10: "Total", B10: 450 };
    const [finding] = await auditCells(typed);
    expect(finding).toMatchObject({ kind: "typed-total", cells: ["B10"], expected: { value: 440 } });
    expect(await auditCells({ ...typed, B10: 440 })).toEqual([]);
  });
});

describe("references", () => {
  it("finds a formula that reads itself, circles over sheets, and not ROW of its own cell", async () => {
    expect(brief(await auditCells({ B1: 1, B2: 2, B3: "=SUM(B1:B3)" }))).toEqual(["circular B3"]);
    const [finding] = await auditCells({ A1: "=Sheet2!A1+1" }, { A1: "=B1", B1: "=Sheet1!A1" });
    expect(finding).toMatchObject({ kind: "circular", sheet: "Sheet1", cells: ["A1"] });
    expect(finding!.message).toContain("Sheet2");
    expect(await auditCells({ A1: "=ROW(A1)", A2: "=ROW(A2)" })).toEqual([]);
  });

  it("finds deleted cells, sheets that aren't there and names that aren't defined", async () => {
    expect(brief(await auditCells({ A1: "=#REF!+1" }))).toEqual(["broken-reference A1"]);
    const [missing] = await auditCells({ A1: "=Gone!B2" });
    expect(missing!.message).toContain('"Gone"');
    expect(brief(await auditCells({ A1: "=rate*2" }))).toEqual(["broken-reference A1"]);
    expect(brief(await auditCells({ A1: "=_xlfn.LET(rate,2,rate*2)" }))).toEqual([]);
  });

  it("finds where an error begins and not where it spreads to", async () => {
    const error = { formula: "1/0", value: "#DIV/0!" };
    expect(brief(await auditCells({ A1: error, A2: { formula: "A1+1", value: "#DIV/0!" } }))).toEqual([
      "error-value A1",
    ]);
  });

  it("finds arithmetic with a text, and with a cell that is empty for one copy only", async () => {
    const { B5: _, ...holed } = { ...amounts, ...raised };
    expect(brief(await auditCells(holed))).toEqual(["empty-reference C5"]);
    expect(brief(await auditCells({ ...amounts, ...raised, B5: "pending" }))).toEqual(["text-reference C5"]);
  });

  it("finds a divisor that slid off its total, and leaves one with a dollar sign alone", async () => {
    const shares = (divisor: string) => ({
      ...amounts,
      B10: "=SUM(B2:B9)",
      ...column("C", "Share", 9, `=B#/${divisor}`),
    });
    expect(brief(await auditCells(shares("B$10")))).toEqual([]);
    const sliding = { ...shares("B$10") } as Record<string, string>;
    for (let row = 2; row <= 9; row++) sliding[`C${row}`] = `=B${row}/B${row + 8}`;
    expect(brief(await auditCells(sliding))).toEqual(["loose-anchor C3:C9"]);
  });
});

describe("lookups", () => {
  const prices = { E1: "apple", F1: 3, E2: "pear", F2: 4, E3: "fig", F3: 5, E4: "plum", F4: 6 };

  it("finds one that takes the nearest of unsorted keys", async () => {
    expect(brief(await auditCells({ A1: "fig", B1: "=VLOOKUP(A1,E1:F4,2)", ...prices }))).toEqual([
      "unsorted-lookup B1",
    ]);
    expect(brief(await auditCells({ A1: "fig", B1: "=VLOOKUP(A1,E1:F4,2,FALSE)", ...prices }))).toEqual([]);
    expect(brief(await auditCells({ A1: 3, B1: "=MATCH(A1,F1:F4)", ...prices }))).toEqual([]);
  });

  it("finds a list that slides with each copy, and a key that is there twice", async () => {
    const looked = { A1: "fig", A2: "pear", A3: "plum", ...prices };
    const sliding = {
      B1: "=VLOOKUP(A1,E1:F4,2,0)",
      B2: "=VLOOKUP(A2,E2:F5,2,0)",
      B3: "=VLOOKUP(A3,E3:F6,2,0)",
    };
    expect(brief(await auditCells({ ...looked, ...sliding }))).toEqual(["loose-anchor B1:B3"]);
    expect(brief(await auditCells({ ...looked, E5: "Pear", F5: 9, B1: "=VLOOKUP(A1,E$1:F$5,2,0)" }))).toEqual(
      ["duplicate-key E5"],
    );
  });
});
