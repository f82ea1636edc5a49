import { expect } from "vitest";
import { openPackage, readPart } from "../../opc/opc-package.ts";
import { decodePart } from "../../opc/part-text.ts";
import { rawData } from "../../opc/read-zip.ts";
import type { Receipt } from "../../opc/receipt.ts";
import { openWorkbook } from "../open-workbook.ts";
import { readSheet } from "../read/read-sheet.ts";
import type { SheetCells, Workbook } from "../types.ts";
import { type WorkbookSource, workbookFile } from "../workbook.fixture.ts";
import { planWorkbookChanges } from "./plan-workbook-changes.ts";
import type { WorkbookChange, WorkbookChangeOptions, WorkbookRefusalCode } from "./types.ts";

export const someone: WorkbookChangeOptions = { author: "Ann", date: "2026-01-31T09:00:00Z" };

export type Written = {
  readonly before: Workbook;
  readonly after: Workbook;
  readonly bytes: Uint8Array;
  readonly receipt: Receipt;
  /** Text of a part of the written file, by name without a leading slash. */
  readonly part: (name: string) => string;
  /** Names of parts that were replaced, added or removed, without leading slashes. */
  readonly touched: readonly string[];
  readonly cells: (sheet?: string) => Promise<SheetCells>;
};

/** Makes changes none of which may be refused, and checks that all parts the receipt calls raw are the same bytes. */
export function write(
  source: WorkbookSource | string | Uint8Array,
  changes: readonly WorkbookChange[],
  options: WorkbookChangeOptions = someone,
): Written {
  const file = source instanceof Uint8Array ? source : workbookFile(source);
  const given = file.slice();
  const before = openWorkbook(file);
  const plan = planWorkbookChanges(before, changes, options);
  expect(plan.refused).toEqual([]);
  const { bytes, receipt } = plan.save();
  expect(file).toEqual(given);
  expect(plan.save().bytes).toEqual(bytes);
  const after = openWorkbook(bytes);
  for (const { name, state } of receipt.parts) {
    if (state !== "raw") continue;
    const [old, now] = [before, after].map((each) => {
      const entry = each.package.entries.get(name.toLowerCase())!;
      return rawData(each.package.archive, entry);
    });
    expect(now, name).toEqual(old);
  }
  const opc = openPackage(bytes);
  return {
    before,
    after,
    bytes,
    receipt,
    part: (name) => decodePart(readPart(opc, `/${name}`), name).text,
    touched: receipt.parts.filter(({ state }) => state !== "raw").map(({ name }) => name.slice(1)),
    cells: (sheet) => readSheet(after, after.sheets.find(({ name }) => name === sheet) ?? after.sheets[0]!),
  };
}

/** Why the last of these changes, or the only one, is refused. */
export function refusalOf(
  source: WorkbookSource | string,
  change: WorkbookChange | readonly WorkbookChange[],
  options: WorkbookChangeOptions = someone,
): WorkbookRefusalCode | undefined {
  const changes = "kind" in change ? [change] : change;
  const plan = planWorkbookChanges(openWorkbook(workbookFile(source)), changes, options);
  const refusal = plan.refused.find(({ id }) => id === String(changes.length));
  if (refusal === undefined) return undefined;
  expect(refusal.reason.length).toBeGreaterThan(10);
  expect(refusal.fix.length).toBeGreaterThan(5);
  expect(plan.save().receipt.parts.every(({ state }) => state === "raw")).toBe(changes.length === 1);
  return refusal.code;
}

/** A change of one cell of the first sheet. */
export function set(
  cell: string,
  value: Extract<WorkbookChange, { kind: "set-cell" }>["value"],
  numberFormat?: string,
): WorkbookChange {
  return {
    kind: "set-cell",
    sheet: "Sheet1",
    cell,
    value,
    ...(numberFormat === undefined ? {} : { numberFormat }),
  };
}
