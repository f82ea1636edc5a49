import { TandemError } from "../../errors.ts";
import {
  hasPart,
  isRelationshipType,
  type OpcPackage,
  readPart,
  relationshipsOf,
} from "../opc/opc-package.ts";
import { cellKey, cellUnits } from "../xlsx/units/cell-units.ts";
import { writeWorkbookUnits } from "../xlsx/units/write-workbook-units.ts";
import type { ChartCache, ChartTexts } from "./chart-units.ts";
import type { CodedTarget, UnitTarget } from "./types.ts";

/** The workbook inside a document with a chart's data, and which of the chart's texts must stay as they are. */
export type ChartWorkbook = {
  /** Name and new bytes of the workbook's part, where it changes. */
  readonly part?: string;
  readonly bytes?: Uint8Array;
  readonly refused: readonly { readonly unit: string; readonly reason: string }[];
};

/**
 * Gives the cells of a chart's embedded workbook the texts that the chart's caches are to get, so that both stay equal:
 * Office shows those of the workbook once someone edits the data. What can't be set is refused, and then the cache must
 * stay as well. A chart without an embedded workbook has nothing to keep equal.
 * `written` holds workbooks that were changed for other charts.
 */
export function writeChartWorkbook(
  opc: OpcPackage,
  texts: ChartTexts,
  targets: ReadonlyMap<string, CodedTarget>,
  language: string,
  written: ReadonlyMap<string, Uint8Array> = new Map(),
): ChartWorkbook {
  const part = embeddedWorkbook(opc, texts.part);
  const changed = texts.caches.filter(
    ({ site: { unit }, isFromCells }) =>
      isFromCells && (targets.get(unit.id)?.text ?? unit.text) !== unit.text,
  );
  if (part === undefined || changed.length === 0) return { refused: [] };
  try {
    return setCells(part, written.get(part) ?? readPart(opc, part), changed, targets, language);
  } catch (error) {
    if (!(error instanceof TandemError)) throw error;
    const reason = `the chart's data can't be changed with it: ${error.message}`;
    return { refused: changed.map(({ site }) => ({ unit: site.unit.id, reason })) };
  }
}

/** The part name of the workbook that a chart keeps its data in; undefined without one or for one outside. */
export function embeddedWorkbook(opc: OpcPackage, chart: string): string | undefined {
  return relationshipsOf(opc, chart).find(
    (each) =>
      !each.isExternal &&
      (isRelationshipType(each, "package") || isRelationshipType(each, "oleObject")) &&
      hasPart(opc, each.target),
  )?.target;
}

const notSimple = "the chart's data can't be changed with it: its cell";

function setCells(
  part: string,
  bytes: Uint8Array,
  changed: readonly ChartCache[],
  targets: ReadonlyMap<string, CodedTarget>,
  language: string,
): ChartWorkbook {
  const cells = cellUnits(bytes);
  const refused: { unit: string; reason: string }[] = [];
  const wanted = new Map<string, UnitTarget>();
  const writers = new Map<string, string[]>();
  for (const { site, cell } of changed) {
    const id = site.unit.id;
    const unit = cell === undefined ? undefined : cells.get(cellKey(cell.sheet.replace(/^\[.*\]/, ""), cell));
    const { text } = targets.get(id)!;
    const fault =
      cell === undefined
        ? "can't be told from the chart"
        : unit === undefined
          ? "holds no text of its own"
          : unit.text !== site.unit.text
            ? "holds another text than the chart"
            : (wanted.get(unit.id)?.text ?? text) !== text
              ? "has the same text as another one with another translation"
              : undefined;
    if (fault !== undefined || unit === undefined) {
      refused.push({ unit: id, reason: `${notSimple} ${fault}` });
      continue;
    }
    wanted.set(unit.id, { unit: unit.id, text, spans: [], atoms: [] });
    writers.set(unit.id, [...(writers.get(unit.id) ?? []), id]);
  }
  if (wanted.size === 0) return { refused };
  const written = writeWorkbookUnits(bytes, [...wanted.values()], { language, hidden: true });
  for (const { unit, reason } of written.refused)
    for (const id of writers.get(unit) ?? [])
      refused.push({ unit: id, reason: `the chart's data: ${reason}` });
  return { part, bytes: written.bytes, refused };
}
