import type { Splice } from "../../xml/splice.ts";
import type { Revision } from "../types.ts";
import { cellWidth } from "./new-cell.ts";
import type { EditContext } from "./run-edit.ts";
import { changeCell } from "./table-marks.ts";
import type { TableCell } from "./table-model.ts";

/** A length or part as a cell's width has it, with its unit (17.4.71). */
export type CellSize = { readonly value: string; readonly unit: string };

/** A cell's own width in twips or in parts of the table's; undefined where it follows its text. */
export function sizeOf(tree: EditContext["tree"], { element }: TableCell): CellSize | undefined {
  const width = cellWidth(tree, element);
  const isSized =
    width !== undefined && /^(dxa|pct)$/.test(width.unit) && /^[1-9]\d*(\.\d+)?%?$/.test(width.value);
  return isSized ? width : undefined;
}

/** `w:tcW` for a size made larger or smaller. */
export function widthXml({ markup }: EditContext, { value, unit }: CellSize, factor: number): string {
  const scaled = Number.parseFloat(value) * factor;
  const text = value.endsWith("%")
    ? `${Math.round(scaled * 10) / 10}%`
    : String(Math.max(1, Math.round(scaled)));
  return markup.element("w:tcW", { "w:w": text, "w:type": unit });
}

/** Splices that give a cell another width and number of columns. */
export function resizeCell(
  context: EditContext,
  cell: TableCell,
  to: { readonly columns: number; readonly factor: number },
  revision: Omit<Revision, "id">,
): Splice[] {
  const { tree, markup } = context;
  const size = to.factor === 1 ? undefined : sizeOf(tree, cell);
  const isSpanned = to.columns !== cell.end - cell.start;
  if (size === undefined && !isSpanned) return [];
  const span = to.columns > 1 ? markup.element("w:gridSpan", { "w:val": String(to.columns) }) : "";
  return changeCell(context, cell.element, revision, (name) => {
    if (name === "w:tcW" && size !== undefined) return widthXml(context, size, to.factor);
    return name === "w:gridSpan" && isSpanned ? span : undefined;
  });
}
