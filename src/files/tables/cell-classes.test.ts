import { describe, expect, it } from "vitest";
import { CellClass, classifyCells, isGap, numberAt } from "./cell-classes.ts";
import { grid } from "./grid.fixture.ts";

const { empty, text, number, date, boolean, error, gap, covered } = CellClass;

describe("classifyCells", () => {
  it("tells texts, numbers, dates, truth values and errors apart", () => {
    const classes = classifyCells(grid("a | 1 | 2024-05-31 | TRUE | #N/A | 5%"));
    expect(classes.columns.map((column) => column[0])).toEqual([text, number, date, boolean, error, number]);
  });

  it("takes numbers and dates written as text for what they look like", () => {
    const classes = classifyCells(grid("'1,234 | '$ (5.1) | '31.12.2024 | '00417 | 'B12"));
    expect(classes.columns.map((column) => column[0])).toEqual([number, number, date, text, text]);
    expect(numberAt(classes, 0, 0)).toBe(1234);
    expect(numberAt(classes, 0, 1)).toBe(-5.1);
    expect(numberAt(classes, 0, 3)).toBeUndefined();
  });

  it("knows what people write where there is no value", () => {
    for (const written of ["n/a", "N.A.", "-", "—", "- -", "$—", "tbd", "…", "— %"])
      expect(isGap(written), written).toBe(true);
    for (const written of ["0", "nab", "-5", "x", "a-"]) expect(isGap(written), written).toBe(false);
    expect(classifyCells(grid("'n/a")).at(0, 0)).toBe(gap);
  });

  it("marks cells under a merged one that holds something, also beyond a column's last cell", () => {
    const classes = classifyCells(grid("a | \n\n | 1", { merges: ["A1:B1", "A1:A3"], emptyRows: [2] }));
    expect([classes.at(0, 1), classes.at(1, 0), classes.at(2, 0)]).toEqual([covered, covered, covered]);
    expect(classifyCells(grid(" | x", { merges: ["A1:A9"] })).at(0, 0)).toBe(empty);
  });

  it("isn't held up by a sheet that is one merged cell", () => {
    expect(classifyCells(grid("a | b", { merges: ["A1:XFD1048576"] })).at(0, 0)).toBe(text);
  });
});
