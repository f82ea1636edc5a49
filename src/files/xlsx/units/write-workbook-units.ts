import { savePackage } from "../../opc/save-package.ts";
import { attributeSplices } from "../../units/attribute-units.ts";
import { drawingElements } from "../../units/drawing-text-names.ts";
import { lineCount } from "../../units/fit-text.ts";
import { xmlText } from "../../units/property-units.ts";
import { targetLanguage } from "../../units/target-language.ts";
import type { CodedTarget, UnitTarget, WriteUnitsOptions, WrittenUnits } from "../../units/types.ts";
import { splicedParts, xmlPart } from "../../units/unit-parts.ts";
import { addSplices, type SitesWritten, targetsOf, writeSites } from "../../units/unit-site.ts";
import { scanXml } from "../../xml/scan-xml.ts";
import { applySplices, type Splice } from "../../xml/splice.ts";
import { attribute, childNamed, textOf } from "../../xml/xml-tree.ts";
import { sourceText } from "../read/markup.ts";
import { insertChild, workbookOrder } from "../write/insert-child.ts";
import { sheetMarkup } from "../write/sheet-markup.ts";
import { aroundTree, assembleSheet, type ByteSplice, encodeSheet } from "../write/sheet-xml.ts";
import { comparedInWorkbook, fixedUnits, refuseHeadings } from "./fixed-cells.ts";
import { renameReferences } from "./rename-references.ts";
import type { Renaming } from "./rewrite-formula.ts";
import { refuseSheetNames } from "./sheet-names.ts";
import { type WorkbookSites, workbookSites } from "./workbook-sites.ts";
import { cellKey, rowKey, type SheetText } from "./workbook-text.ts";

/** A workbook with targets written. */
export type WrittenWorkbook = WrittenUnits & {
  /** Cells whose translation is cut off by the next cell or by the row's height, and whose source was not. */
  readonly overflowing: readonly { readonly unit: string; readonly reason: string }[];
};

/**
 * Writes targets into a workbook. A sheet or a table's column with a new name is called by it wherever the workbook refers
 * to it; what other things know by its text alone is refused. Results of formulas stay until Excel calculates.
 */
export function writeWorkbookUnits(
  bytes: Uint8Array,
  targets: readonly UnitTarget[],
  options: WriteUnitsOptions,
): WrittenWorkbook {
  const all = workbookSites(bytes, options);
  const language = targetLanguage(options.language);
  const refused: { unit: string; reason: string }[] = [];
  const wanted = allowedTargets(all, targets, refused);
  const renaming = renamingOf(all, wanted);
  const written = writeSites(all.sites, wanted, language);
  for (const { unit } of written.refused) wanted.delete(unit);
  const changed = changedCells(all, wanted);
  writeCaches(all, changed, written);
  writeTotals(all, changed, written);
  writeFilters(all, changed, written);
  renameReferences(all.text, renaming, (part, splices) => addSplices(written.splices, part, splices));
  if (changed.size > 0) requestCalculation(all, written);
  if (options.mirror && language.isRightToLeft) mirrorSheets(all, written);
  const replaced = writtenParts(all, written);
  return {
    bytes: replaced.size === 0 ? bytes : savePackage(all.text.workbook.package, replaced),
    flagged: written.flagged,
    refused: [...refused, ...written.refused],
    overflowing: overflowingCells(all, wanted),
  };
}

function overflowingCells(
  { cells }: WorkbookSites,
  wanted: ReadonlyMap<string, CodedTarget>,
): { unit: string; reason: string }[] {
  return cells.sites.flatMap(({ unit: { id, room, text } }) => {
    const target = wanted.get(id)?.text;
    if (room === undefined || target === undefined) return [];
    const isTooLong = (each: string): boolean =>
      lineCount(each, room.width, room.fontSize) * room.fontSize * 1.2 >
      Math.max(room.height, room.fontSize * 1.3);
    return isTooLong(target) && !isTooLong(text)
      ? [{ unit: id, reason: "the cell is too small to show all of the text" }]
      : [];
  });
}

/** Targets without those of units that must keep their text. */
function allowedTargets(
  all: WorkbookSites,
  targets: readonly UnitTarget[],
  refused: { unit: string; reason: string }[],
): Map<string, CodedTarget> {
  const units = all.sites.map(({ unit }) => unit);
  const wanted = new Map(targetsOf(units, targets));
  const compared = comparedInWorkbook(all);
  const fixed = fixedUnits(all, compared);
  refuseHeadings(all, wanted, fixed);
  const cellTexts = new Set(
    units.filter(({ kind }) => kind === "cell").map(({ text }) => text.trim().toLowerCase()),
  );
  for (const each of refuseSheetNames(all.text, all.names, wanted, compared, cellTexts)) {
    refused.push(each);
    wanted.delete(each.unit);
  }
  for (const unit of units) {
    const reason = fixed.get(unit.id) ?? fixed.get(unit.sameAs ?? "");
    if (reason === undefined || (wanted.get(unit.id)?.text ?? unit.text) === unit.text) continue;
    refused.push({ unit: unit.id, reason });
    wanted.delete(unit.id);
  }
  return wanted;
}

function renamingOf(
  { names, tables, cells }: WorkbookSites,
  wanted: ReadonlyMap<string, CodedTarget>,
): Renaming {
  const sheets = new Map<string, string>();
  for (const { unit, sheet } of names) {
    const name = wanted.get(unit.id)?.text.trim() ?? sheet;
    if (name !== sheet) sheets.set(sheet.toLowerCase(), name);
  }
  const columns = new Map<string, Map<string, string>>();
  for (const table of tables) {
    const renamed = new Map<string, string>();
    for (const { name, cell } of table.columns) {
      const unit = cell === undefined ? undefined : cells.byCell.get(cell);
      const text = unit === undefined ? undefined : wanted.get(unit.id)?.text;
      if (text !== undefined && text !== name) renamed.set(name.toLowerCase(), text);
    }
    if (renamed.size > 0) columns.set(table.name.toLowerCase(), renamed);
  }
  return { sheets, columns };
}

/** New texts by cell, and the old ones. */
type ChangedCells = ReadonlyMap<string, { readonly before: string; readonly after: string }>;

function changedCells({ cells }: WorkbookSites, wanted: ReadonlyMap<string, CodedTarget>): ChangedCells {
  const changed = new Map<string, { before: string; after: string }>();
  for (const [cell, unit] of cells.byCell) {
    const after = wanted.get(unit.id)?.text;
    if (after !== undefined && after !== unit.text) changed.set(cell, { before: unit.text, after });
  }
  return changed;
}

/** Charts repeat texts of cells, and show them until they are drawn anew. */
function writeCaches({ caches }: WorkbookSites, changed: ChangedCells, written: SitesWritten): void {
  for (const { cell, part, tree, element } of caches) {
    const change = cell === undefined ? undefined : changed.get(cellKey(cell.sheet, cell));
    if (change === undefined || textOf(tree, element) !== change.before) continue;
    const range = { start: tree.openEnd[element]!, end: tree.closeStart[element]! };
    addSplices(written.splices, part, [{ ...range, text: xmlText(change.after) }]);
  }
}

/** A table repeats the label of its totals row. */
function writeTotals({ tables }: WorkbookSites, changed: ChangedCells, written: SitesWritten): void {
  for (const { part, tree, columns } of tables) {
    for (const { element, totalsCell } of columns) {
      const change = totalsCell === undefined ? undefined : changed.get(totalsCell);
      if (change === undefined || attribute(tree, element, "totalsRowLabel") !== change.before) continue;
      addSplices(written.splices, part, attributeSplices(tree, element, "totalsRowLabel", change.after));
    }
  }
}

/** Filters name the texts of the cells that they let through; rows stay hidden or shown as they are. */
function writeFilters({ text, tables }: WorkbookSites, changed: ChangedCells, written: SitesWritten): void {
  const renamed = new Map([...changed.values()].map(({ before, after }) => [before.toLowerCase(), after]));
  if (renamed.size === 0) return;
  for (const { part, tree } of [...text.sheets, ...tables]) {
    for (const filter of drawingElements(tree, 0, "x:filter", "x:customFilter")) {
      const after = renamed.get((attribute(tree, filter, "val") ?? "").toLowerCase());
      if (after !== undefined)
        addSplices(written.splices, part, attributeSplices(tree, filter, "val", after));
    }
  }
}

/** Results that depend on changed texts are out of date until Excel calculates (ECMA-376-1, 18.2.2). */
function requestCalculation({ text }: WorkbookSites, written: SitesWritten): void {
  const { workbook, sheets } = text;
  if (sheets.every(({ formulas }) => formulas.length === 0)) return;
  const tree = xmlPart(workbook.package, workbook.mainPart)!;
  const settings = childNamed(tree, 0, "x:calcPr");
  const splices =
    settings < 0
      ? insertChild(tree, workbookOrder, "calcPr", sheetMarkup(tree).element("calcPr", { fullCalcOnLoad: 1 }))
      : attributeSplices(tree, settings, "fullCalcOnLoad", "1");
  addSplices(written.splices, workbook.mainPart, splices);
}

function mirrorSheets({ text }: WorkbookSites, written: SitesWritten): void {
  for (const { tree, part } of text.sheets) {
    for (const view of drawingElements(tree, 0, "x:sheetView"))
      addSplices(written.splices, part, attributeSplices(tree, view, "rightToLeft", "1"));
  }
}

/** Parts with their splices made; those of a sheet with rows are in what is around the rows, and in single rows. */
function writtenParts({ text }: WorkbookSites, written: SitesWritten): Map<string, Uint8Array> {
  const splices = new Map(written.splices);
  const replaced = new Map<string, Uint8Array>();
  for (const sheet of text.sheets) {
    const content = writeSheet(sheet, splices);
    if (content !== undefined) replaced.set(sheet.part, content);
  }
  for (const [part, content] of splicedParts(text.workbook.package, splices)) replaced.set(part, content);
  return replaced;
}

function writeSheet({ xml, part, tree }: SheetText, splices: Map<string, Splice[]>): Uint8Array | undefined {
  if (xml === undefined) return undefined;
  const outside = splices.get(part) ?? [];
  splices.delete(part);
  const rows: (ByteSplice & { readonly text: string })[] = [];
  const encoder = new TextEncoder();
  const prefix = rowKey(part, "");
  for (const [key, changes] of splices) {
    if (!key.startsWith(prefix)) continue;
    splices.delete(key);
    const position = Number(key.slice(prefix.length));
    const [start, end] = [xml.rows.starts[position]!, xml.rows.ends[position]!];
    const text = applySplices(sourceText(xml.bytes, start, end), changes);
    if (changes.length > 0) rows.push({ start, end, text, bytes: encoder.encode(text) });
  }
  if (outside.length === 0 && rows.length === 0) return undefined;
  const scope = tree.scopes[tree.scope[childNamed(tree, 0, "x:sheetData")]!]!;
  // Read again as a check, some rows at a time.
  for (let at = 0; at < rows.length; at += 256)
    scanXml(
      `<rows>${rows
        .slice(at, at + 256)
        .map(({ text }) => text)
        .join("")}</rows>`,
      257,
      scope,
    );
  const around = applySplices(xml.around, outside);
  aroundTree(around);
  return encodeSheet(xml, assembleSheet(xml, around, rows));
}
