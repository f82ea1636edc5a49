import { drawingElements } from "../../units/drawing-text-names.ts";
import type { CodedTarget, TextUnit } from "../../units/types.ts";
import { textOf } from "../../xml/xml-tree.ts";
import { type ComparedTexts, comparedTexts } from "./compared-texts.ts";
import { pivotHeadings } from "./pivot-ranges.ts";
import { isSameHeading, maxHeading, tableFormulas } from "./table-texts.ts";
import type { WorkbookSites } from "./workbook-sites.ts";

export type FixedUnits = Map<string, string>;

/** What the formulas of a workbook compare, wherever they stand. */
export function comparedInWorkbook({ text, tables }: WorkbookSites): ComparedTexts {
  const formulas = [
    ...text.sheets.flatMap((sheet) => sheet.formulas),
    ...text.workbook.definedNames.map(({ formula }) => formula),
    ...tables.flatMap(({ tree }) => tableFormulas(tree).map((each) => textOf(tree, each))),
    ...text.sheets
      .flatMap(({ tree }) =>
        drawingElements(tree, 0, "x:formula1", "x:formula2").map((each) => textOf(tree, each)),
      )
      .filter((formula) => !/^\s*"[^"]*"\s*$/.test(formula)),
  ];
  const criteria = text.sheets.flatMap(({ tree }) =>
    drawingElements(tree, 0, "x:formula", "xm:f").map((each) => textOf(tree, each)),
  );
  return comparedTexts(formulas, criteria);
}

/**
 * Units that must keep their text, and why: headings that pivot tables, queries and slicers know by name, texts that
 * formulas compare with, names that formulas take from cells.
 */
export function fixedUnits(all: WorkbookSites, compared: ComparedTexts): FixedUnits {
  const fixed: FixedUnits = new Map();
  const pivots = pivotHeadings(all.text, all.tables);
  const names = referenceNames(all);
  for (const [cell, unit] of all.cells.byCell) {
    if (pivots.cells.has(cell) || pivots.names.has(unit.text.toLowerCase()))
      fixed.set(unit.id, "a pivot table knows its field by this heading");
    else if (compared.readsReferences && isReferenceText(unit.text, names))
      fixed.set(unit.id, "a formula takes a name from this cell, as INDIRECT does");
  }
  for (const { unit } of all.sites)
    if ((unit.kind === "cell" || unit.kind === "validation") && compared.isCompared(unit.text))
      fixed.set(unit.id, "a formula compares cells with this text");
  for (const table of all.tables) {
    for (const { cell, name, fixed: own } of table.columns) {
      const reason = own ?? table.fixed;
      const unit = cell === undefined ? undefined : all.cells.byCell.get(cell);
      if (unit === undefined) continue;
      if (reason !== undefined) fixed.set(unit.id, reason);
      else if (!isSameHeading(unit.text, name))
        fixed.set(unit.id, "the table has another name for its heading");
    }
  }
  return fixed;
}

function referenceNames({ text, tables }: WorkbookSites): ReadonlySet<string> {
  const { definedNames, sheets } = text.workbook;
  return new Set([...definedNames, ...sheets, ...tables].map(({ name }) => name.toLowerCase()));
}

function isReferenceText(text: string, names: ReadonlySet<string>): boolean {
  const key = text.trim().toLowerCase();
  return names.has(key) || names.has(key.replace(/\s/g, "_")) || /^.+!\$?[a-z]{1,3}\$?\d+/i.test(key);
}

/**
 * Headings that two columns of a table would share with these targets, or that are no headings, until none is left: a
 * heading that stays may be one that another column was to get.
 */
export function refuseHeadings(
  { tables, cells }: WorkbookSites,
  targets: ReadonlyMap<string, CodedTarget>,
  fixed: FixedUnits,
): void {
  const textAfter = (unit: TextUnit | undefined, name: string): string =>
    unit === undefined || fixed.has(unit.id) ? name : (targets.get(unit.id)?.text ?? name);
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    for (const table of tables) {
      const taken = new Map<string, string>();
      const columns = table.columns
        .map(({ cell, name }) => ({ name, unit: cell === undefined ? undefined : cells.byCell.get(cell) }))
        .map(({ name, unit }) => ({ name, unit, after: textAfter(unit, name) }))
        .sort((a, b) => Number(a.after !== a.name) - Number(b.after !== b.name));
      for (const { name, unit, after } of columns) {
        const reason = headingFault(after, taken);
        taken.set(after.toLowerCase(), name);
        if (reason === undefined || unit === undefined || after === name) continue;
        fixed.set(unit.id, reason);
        isSettled = false;
      }
    }
  }
}

function headingFault(heading: string, taken: ReadonlyMap<string, string>): string | undefined {
  if (heading.trim() === "") return "a heading of a table can't be empty";
  if (heading.length > maxHeading) return `a heading of a table takes ${maxHeading} characters`;
  return taken.has(heading.toLowerCase())
    ? `another column of the table is called ${JSON.stringify(heading)}`
    : undefined;
}
