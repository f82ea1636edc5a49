import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, nameOf } from "../../xml/xml-tree.ts";
import { parseAddress } from "../address.ts";
import { sourceText } from "../read/markup.ts";
import type { SheetXml } from "../write/sheet-xml.ts";

/** A row of a sheet in a tree that holds some rows more. */
export type SheetRow = {
  readonly position: number;
  readonly tree: XmlTree;
  readonly element: number;
  /** `c` elements by column. */
  readonly cells: ReadonlyMap<number, number>;
  /** Where the row begins in the tree's source. */
  readonly offset: number;
};

/** Rows read at once: a tree for each row takes many times longer than one for all of them. */
const batch = 256;

/** The rows whose source passes `isWanted`, in order. */
export function* sheetRows(
  xml: SheetXml,
  around: XmlTree,
  isWanted: (source: string) => boolean,
): Generator<SheetRow> {
  const scope = around.scopes[around.scope[childNamed(around, 0, "x:sheetData")]!]!;
  let pending: { position: number; source: string }[] = [];
  for (let position = 0; position < xml.rows.count; position++) {
    const source = sourceText(xml.bytes, xml.rows.starts[position]!, xml.rows.ends[position]!);
    if (isWanted(source)) pending.push({ position, source });
    if (pending.length < batch && position + 1 < xml.rows.count) continue;
    const tree = scanXml(`<rows>${pending.map((each) => each.source).join("")}</rows>`, 257, scope);
    for (const [index, element] of childrenOf(tree, 0).entries()) {
      const { position: at } = pending[index]!;
      yield { position: at, tree, element, cells: cellsOf(tree, element), offset: tree.start[element]! };
    }
    pending = [];
  }
}

/** Cells that don't say where they stand follow the one before (ECMA-376-1, 18.3.1.4). */
function cellsOf(tree: XmlTree, row: number): Map<number, number> {
  const cells = new Map<number, number>();
  let column = -1;
  for (const child of childrenOf(tree, row)) {
    if (nameOf(tree, child) !== "x:c") continue;
    const written = attribute(tree, child, "r");
    column = (written === undefined ? undefined : parseAddress(written.trim())?.column) ?? column + 1;
    cells.set(column, child);
  }
  return cells;
}
