import type { ChartCache, ChartTexts } from "../../units/chart-units.ts";
import { corePropertiesPart, propertySites } from "../../units/property-units.ts";
import type { ListUnitsOptions, TextUnit } from "../../units/types.ts";
import { xmlPart } from "../../units/unit-parts.ts";
import type { UnitSite } from "../../units/unit-site.ts";
import { quoteSheetName } from "../write/formula-text.ts";
import { type CellSites, cellSites } from "./cell-sites.ts";
import { headerFooterSites } from "./header-footer-sites.ts";
import { pivotLocations } from "./pivot-ranges.ts";
import { type SheetNameSite, sheetNameSites } from "./sheet-names.ts";
import { commentSites, drawingSites } from "./sheet-sites.ts";
import { columnNameSites, readTableTexts, type TableText } from "./table-texts.ts";
import { validationSites } from "./validation-sites.ts";
import { readWorkbookText, type WorkbookText } from "./workbook-text.ts";

/** All translatable texts of a workbook and what writing them needs to know. */
export type WorkbookSites = {
  readonly text: WorkbookText;
  readonly sites: readonly UnitSite[];
  readonly cells: CellSites;
  readonly names: readonly SheetNameSite[];
  readonly tables: readonly TableText[];
  /** Texts in charts that repeat cells; they follow the cells. */
  readonly caches: readonly (ChartCache & { readonly part: string; readonly tree: ChartTexts["tree"] })[];
};

/** Sheet by sheet: cells, tables, validations, page headers, drawings, comments; then sheets' names and properties. */
export function workbookSites(bytes: Uint8Array, options: ListUnitsOptions): WorkbookSites {
  const text = readWorkbookText(bytes);
  const hidden = options.hidden ?? false;
  const tables = readTableTexts(text);
  const cells = cellSites(text, options, pivotLocations(text));
  const byText = new Map<string, TextUnit>();
  for (const { unit } of cells.sites) if (!byText.has(unit.text)) byText.set(unit.text, unit);
  const sites: UnitSite[] = [...cells.sites];
  const charts: ChartTexts[] = [];
  for (const sheet of text.sheets) {
    if (sheet.isHidden && !hidden) continue;
    const name = quoteSheetName(sheet.sheet.name);
    for (const table of tables.filter((each) => each.sheet === sheet.sheet.name))
      sites.push(...columnNameSites(table, cells.byCell));
    sites.push(
      ...validationSites(sheet.tree, sheet.part, name, (each) => byText.get(each)),
      ...headerFooterSites(sheet.tree, sheet.part, name),
    );
    const drawing = drawingSites(text, sheet, hidden);
    sites.push(...drawing.sites);
    charts.push(...drawing.charts);
    if (options.comments) sites.push(...commentSites(text, sheet));
  }
  const caches = charts.flatMap(({ part, tree, caches: all }) =>
    all.filter(({ isFromCells }) => isFromCells).map((cache) => ({ ...cache, part, tree })),
  );
  for (const { own, caches: all } of charts) {
    sites.push(...own);
    for (const { site, isFromCells } of all) if (!isFromCells) sites.push(site);
  }
  const names = sheetNameSites(text, options);
  sites.push(...names);
  if (options.properties !== false) {
    const part = corePropertiesPart(text.workbook.package);
    const tree = xmlPart(text.workbook.package, part);
    if (part !== undefined && tree !== undefined) sites.push(...propertySites(tree, part));
  }
  return { text, sites, cells, names, tables, caches };
}
