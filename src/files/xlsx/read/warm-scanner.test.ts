import { describe, expect, it } from "vitest";
import { CellKind } from "../types.ts";
import { scanSample, warmScanner } from "./warm-scanner.ts";

describe("the sample that warms the scanner", () => {
  it("is understood to its end, with every kind of cell", () => {
    for (const keepsFormulas of [true, false]) {
      const { cells, formulas, hiddenRows } = scanSample(keepsFormulas);
      expect([cells.rowCount, cells.cellCount, formulas.count]).toEqual([30, 30 * 17, 30 * 4]);
      expect(hiddenRows).toEqual([10, 20, 30]);
      const kinds = new Set(cells.columns.flatMap((column) => [...column.kinds.subarray(0, column.used)]));
      const { date, ...all } = CellKind;
      expect([...kinds].sort()).toEqual(Object.values(all));
    }
  });

  it("can be scanned more than once", () => {
    warmScanner();
    warmScanner();
  });
});
