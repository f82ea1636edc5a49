import { describe, expect, it } from "vitest";
import { RoundTripError } from "../../../errors.ts";
import { openWorkbook } from "../open-workbook.ts";
import { workbookFile } from "../workbook.fixture.ts";
import { createDraft, findSheet, writeCell } from "./draft.ts";
import { verifyWorkbook } from "./verify-workbook.ts";
import { someone } from "./write.fixture.ts";

const rows =
  '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1*2</f><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c></row>';

/** Checks a sheet in which A1 was to become 5, as if this text had been written. */
function check(change: (text: string) => string): void {
  const file = workbookFile(rows);
  const draft = createDraft(openWorkbook(file), someone);
  const sheet = findSheet(draft, "Sheet1");
  if ("refusal" in sheet) throw new Error("no sheet");
  writeCell(sheet, 1, 0, { kind: "content", content: { kind: "number", value: 5 }, style: 0 });
  const text = new TextDecoder().decode(sheet.xml.bytes).replace("<v>1</v>", "<v>5</v>");
  const bytes = new TextEncoder().encode(change(text));
  const written = [{ sheet, around: sheet.around, bytes, bytesTouched: 1 }];
  verifyWorkbook(draft, { bytes: file, bench: draft.bench, written });
}

describe("the check of a written workbook", () => {
  it("passes what was asked for", () => {
    expect(() => check((text) => text)).not.toThrow();
  });

  it.each([
    ["the cell holds something else", "<v>5</v>", "<v>6</v>"],
    ["a neighbour lost its formula", "<f>A1*2</f>", ""],
    ["a neighbour's result changed", "<v>2</v>", "<v>3</v>"],
    ["another row changed", '<c r="A2"><v>3</v>', '<c r="A2" s="1"><v>3</v>'],
    ["another row is gone", '<row r="2"><c r="A2"><v>3</v></c></row>', ""],
    ["a row came with it", "</sheetData>", '<row r="3"><c r="A3"><v>1</v></c></row></sheetData>'],
    ["the XML around the rows changed", "</sheetData>", "</sheetData><mergeCells/>"],
    ["the row is not well formed", "<v>5</v>", '<v x="1" x="2">5</v>'],
  ])("fails when %s", (_, from, to) => {
    expect(() => check((text) => text.replace(from, to))).toThrow(RoundTripError);
  });
});
