import { isRelationshipType, relationshipsOf } from "../../opc/opc-package.ts";
import { drawingElements } from "../../units/drawing-text-names.ts";
import type { TextRoom } from "../../units/types.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, nameOf } from "../../xml/xml-tree.ts";
import { isTrue } from "../read/scan-item.ts";
import { partTree } from "../read/workbook-part.ts";
import type { Workbook } from "../types.ts";

/** How cells are set, by the number of their format. */
export type CellLooks = readonly { readonly fontSize: number; readonly wraps: boolean }[];

/** Reads sizes of type and wrapping from the workbook's styles. */
export function readCellLooks({ package: opc, mainPart }: Workbook): CellLooks {
  const part = relationshipsOf(opc, mainPart).find((each) => isRelationshipType(each, "styles"))?.target;
  const tree = partTree(opc, part);
  if (tree === undefined) return [];
  const items = (list: string, item: string): number[] => {
    const parent = childNamed(tree, 0, list);
    return parent < 0 ? [] : childrenOf(tree, parent).filter((child) => nameOf(tree, child) === item);
  };
  const sizes = items("x:fonts", "x:font").map((font) => {
    const size = childNamed(tree, font, "x:sz");
    return Number(size < 0 ? defaultSize : attribute(tree, size, "val")) || defaultSize;
  });
  return items("x:cellXfs", "x:xf").map((format) => {
    const alignment = childNamed(tree, format, "x:alignment");
    return {
      fontSize: sizes[Number(attribute(tree, format, "fontId") ?? 0)] ?? defaultSize,
      wraps: alignment >= 0 && isTrue(attribute(tree, alignment, "wrapText")),
    };
  });
}

const defaultSize = 11;
/** Width of a digit of the usual font and the cell's own margins, in points (ECMA-376-1, 18.3.1.13). */
const digit = 5.25;
const margin = 3.75;

/** Widths of a sheet's columns in points. */
export function columnWidths(tree: XmlTree): (column: number) => number {
  const [format] = drawingElements(tree, 0, "x:sheetFormatPr");
  const usual =
    Number((format === undefined ? undefined : attribute(tree, format, "defaultColWidth")) ?? 9.14) || 9.14;
  const runs = drawingElements(tree, 0, "x:col").map((column) => ({
    first: Number(attribute(tree, column, "min")) - 1,
    last: Number(attribute(tree, column, "max")) - 1,
    width: Number(attribute(tree, column, "width") ?? usual) || usual,
  }));
  return (column) => {
    const run = runs.find(({ first, last }) => first <= column && column <= last);
    return (run?.width ?? usual) * digit - margin;
  };
}

/**
 * The room of a cell whose text can't go beyond it: the next cell holds something, or lines wrap in a row of a set height.
 * Undefined for all others.
 */
export function cellRoom(
  cell: { readonly isCut: boolean; readonly style: number; readonly height?: number },
  width: number,
  looks: CellLooks,
  box: string,
): TextRoom | undefined {
  const { fontSize, wraps } = looks[cell.style] ?? { fontSize: defaultSize, wraps: false };
  if (wraps) return cell.height === undefined ? undefined : { width, height: cell.height, fontSize, box };
  return cell.isCut ? { width, height: fontSize * 1.3, fontSize, box } : undefined;
}
