import { describe, expect, it } from "vitest";
import type { FormatRule, WorkbookChange } from "./types.ts";
import { refusalOf, write } from "./write.fixture.ts";

const format = (rule: FormatRule, range = "B2:B9"): WorkbookChange => ({
  kind: "conditional-format",
  sheet: "Sheet1",
  range,
  rule,
});
const red = { fill: "FFC7CE", fontColor: "9c0006", bold: true };
const sheetOf = (rule: FormatRule, source: Parameters<typeof write>[0] = ""): string =>
  write(source, [format(rule)]).part("xl/worksheets/sheet1.xml");

describe("a conditional format", () => {
  it.each([
    [
      { kind: "color-scale", colors: ["FF0000", "00FF00"] },
      '<cfRule type="colorScale" priority="1"><colorScale><cfvo type="min"/><cfvo type="max"/>',
    ],
    [{ kind: "data-bar" }, '<cfvo type="formula" val="MIN(0,$B$2:$B$9)"/>'],
    [
      { kind: "cell-is", operator: ">=", operands: [5], look: red },
      '<cfRule type="cellIs" dxfId="0" priority="1" operator="greaterThanOrEqual"><formula>5</formula>',
    ],
    [
      { kind: "cell-is", operator: "between", operands: ['a"b', { formula: "=A1" }], look: red },
      '<formula>"a""b"</formula><formula>A1</formula>',
    ],
    [
      { kind: "top-n", count: 10, bottom: true, percent: true, look: red },
      '<cfRule type="top10" dxfId="0" priority="1" percent="1" bottom="1" rank="10"/>',
    ],
    [{ kind: "expression", formula: "=$A2<0", look: red }, "<formula>$A2&lt;0</formula>"],
  ] as const)("is written as Excel writes it: %j", (rule, xml) => {
    expect(sheetOf(rule)).toContain(xml);
  });

  it("comes behind the rules that are there and appends its look", () => {
    const source = {
      sheets: [
        {
          after:
            '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="4"><formula>1</formula></cfRule></conditionalFormatting><hyperlinks/>',
        },
      ],
    };
    const written = write(source, [format({ kind: "expression", formula: "B2>1", look: red })]);
    expect(written.part("xl/worksheets/sheet1.xml")).toMatch(
      /<\/conditionalFormatting><conditionalFormatting sqref="B2:B9"><cfRule type="expression" dxfId="0" priority="5">.*<hyperlinks\/>/,
    );
    expect(written.part("xl/styles.xml")).toContain(
      '<dxfs count="1"><dxf><font><b/><color rgb="FF9C0006"/></font><fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill></dxf></dxfs>',
    );
  });

  it.each([
    [{ kind: "color-scale", colors: ["red", "00FF00"] }, "invalid"],
    [{ kind: "color-scale", colors: ["00FF00"] }, "invalid"],
    [{ kind: "cell-is", operator: "between", operands: [1], look: red }, "invalid"],
    [{ kind: "top-n", count: 0, look: red }, "invalid"],
    [{ kind: "expression", formula: "(", look: red }, "invalid-formula"],
  ] as const)("is refused when Excel would not read it: %j", (rule, code) => {
    expect(refusalOf("", format(rule))).toBe(code);
  });

  it("is refused on a range that is none, and on a protected sheet", () => {
    expect(refusalOf("", format({ kind: "data-bar" }, "Nope"))).toBe("not-found");
    const source = { sheets: [{ after: '<sheetProtection sheet="1"/>' }] };
    expect(refusalOf(source, format({ kind: "data-bar" }))).toBe("protected");
  });
});
