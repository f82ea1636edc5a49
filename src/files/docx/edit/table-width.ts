import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, descend, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import { textWidth } from "../create/create-text-width.ts";
import { numberOf } from "../read/styles.ts";
import type { StoryPart, WordDocument } from "../types.ts";
import { cellWidth } from "./new-cell.ts";
import { readTable, tablePlace } from "./table-model.ts";

/** Word's usual margins of a cell, left and right, in twips. */
const cellMargins = 216;
/** English metric units in a twip (20.1.2.1). */
const emuPerTwip = 635;
/** Usual insets of a text box, left and right, in twips. */
const boxInsets = 288;
/** Narrower places are taken for damage. */
const least = 300;

/** Width in twips that a block can have at a paragraph or table: of the cell, text box or text column it is in. */
export function roomAt(document: WordDocument, story: StoryPart, element: number): number {
  const { tree } = story;
  for (let at = tree.parent[element]!; at > 0; at = tree.parent[at]!) {
    const name = nameOf(tree, at);
    const width =
      name === "w:tc" ? widthOfCell(tree, at) : name === "w:txbxContent" ? widthOfBox(tree, at) : undefined;
    if (width !== undefined && width >= least) return width;
    if (name === "w:tc" || name === "w:txbxContent") break;
  }
  return columnWidth(document, story, element);
}

function widthOfCell(tree: XmlTree, cell: number): number | undefined {
  const own = cellWidth(tree, cell);
  const twips = own?.unit === "dxa" ? numberOf(own.value) : undefined;
  if (twips !== undefined && twips > 0) return twips - cellMargins;
  const place = tablePlace(tree, cell + 1);
  const grid = place === undefined ? undefined : gridWidths(tree, place.table.element);
  const found = place?.table.rows[place.row]?.cells[place.cell];
  if (grid === undefined || found === undefined) return undefined;
  return sum(grid.slice(found.start, found.end)) - cellMargins;
}

/** The shape around a text box: a drawing's extent in EMU (20.4.2.7), or a VML shape's style. */
function widthOfBox(tree: XmlTree, box: number): number | undefined {
  for (let at = tree.parent[box]!; at > 0; at = tree.parent[at]!) {
    const name = nameOf(tree, at);
    if (name === "wp:inline" || name === "wp:anchor") {
      const extent = childNamed(tree, at, "wp:extent");
      const units = extent < 0 ? undefined : numberOf(attribute(tree, extent, "cx"));
      return units === undefined ? undefined : Math.round(units / emuPerTwip) - boxInsets;
    }
    const style = name.startsWith("v:") ? attribute(tree, at, "style") : undefined;
    const points = /(?:^|;)\s*width\s*:\s*([\d.]+)pt/.exec(style ?? "")?.[1];
    if (points !== undefined) return Math.round(Number(points) * 20) - boxInsets;
    if (name === "w:p") return undefined;
  }
  return undefined;
}

/** Headers, footers and notes are as wide as the last section of the body. */
function columnWidth(document: WordDocument, story: StoryPart, element: number): number {
  const body = document.stories.find(({ kind }) => kind === "body");
  if (body === undefined) return textWidth(story.tree, -1, 0);
  const { tree } = body;
  const sections = descendantsNamed(tree, 0, "w:sectPr").filter(
    (each) => nameOf(tree, tree.parent[each]!) !== "w:sectPrChange",
  );
  const own = story === body ? sections.find((each) => tree.start[each]! >= tree.start[element]!) : undefined;
  return textWidth(tree, own ?? sections.at(-1) ?? -1, 0);
}

/** Widths in twips of the columns of a table's grid (17.4.48); undefined where it has none that add up. */
export function gridWidths(tree: XmlTree, table: number): number[] | undefined {
  const grid = childNamed(tree, table, "w:tblGrid");
  if (grid < 0) return undefined;
  const columns = childrenOf(tree, grid).filter((child) => nameOf(tree, child) === "w:gridCol");
  const widths = columns.map((column) => numberOf(attribute(tree, column, "w:w")) ?? 0);
  const needed = Math.max(0, ...readTable(tree, table).rows.map(({ cells }) => cells.at(-1)?.end ?? 0));
  return widths.length >= needed && widths.length > 0 && widths.every((width) => width > 0)
    ? widths
    : undefined;
}

/** True for a table that names no width of its own and so is as wide as its columns (17.4.63). */
export function growsWithColumns(tree: XmlTree, table: number): boolean {
  const width = descend(tree, table, "w:tblPr", "w:tblW");
  if (width < 0) return true;
  const unit = attribute(tree, width, "w:type") ?? "dxa";
  return unit === "auto" || unit === "nil" || numberOf(attribute(tree, width, "w:w")) === 0;
}

/** The widths made narrower or wider by one factor; whole twips that add up to the same as without rounding. */
export function scaled(widths: readonly number[], factor: number): number[] {
  let exact = 0;
  let written = 0;
  return widths.map((width) => {
    exact += width * factor;
    const rounded = Math.max(1, Math.round(exact) - written);
    written += rounded;
    return rounded;
  });
}

export function sum(widths: readonly number[]): number {
  return widths.reduce((all, width) => all + width, 0);
}
