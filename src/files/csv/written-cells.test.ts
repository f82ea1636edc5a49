import { describe, expect, it } from "vitest";
import { writtenCells } from "./written-cells.ts";

const read = (text: string, lastRow = 100): readonly (readonly string[])[] =>
  writtenCells(new TextEncoder().encode(text), lastRow);

describe("writtenCells", () => {
  it("keeps numbers as they are written", () => {
    expect(read('Tax,2019\n"Foreign","$1,716"\nFederal,(13)\nTime,4.70\n')).toEqual([
      undefined,
      ["Tax", "2019"],
      ["Foreign", "$1,716"],
      ["Federal", "(13)"],
      ["Time", "4.70"],
    ]);
  });

  it("counts rows as the reader of values does", () => {
    expect(read("sep=;\na;b\n\n;2\n")[3]?.[1]).toBe("2");
    expect(read("a,b\n1,2\n3,4\n", 2)[3]).toBeUndefined();
  });
});
