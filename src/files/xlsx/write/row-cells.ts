import { append } from "../../opc/part-bench.ts";
import type { NamespaceScope } from "../../xml/namespaces.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { applySplices, type Splice } from "../../xml/splice.ts";
import { escapeText } from "../../xml/xml-text.ts";
import { attribute, attributesOf, childNamed, childrenOf, nameOf, outerXml } from "../../xml/xml-tree.ts";
import { parseAddress } from "../address.ts";
import { isTrue } from "../read/scan-item.ts";
import { cellXml } from "./cell-xml.ts";
import type { CellWrite } from "./draft.ts";
import { type SheetMarkup, sheetMarkup } from "./sheet-markup.ts";

/** A row's XML with its cells by column. */
export type RowCells = { readonly tree: XmlTree; readonly cells: ReadonlyMap<number, number> };

/** Parses one row. Cells that don't say where they stand follow the one before (ECMA-376-1, 18.3.1.4). */
export function rowCells(source: string, scope: NamespaceScope): RowCells {
  const tree = scanXml(source, 256, scope);
  const cells = new Map<number, number>();
  let column = -1;
  for (const child of childrenOf(tree, 0)) {
    if (nameOf(tree, child) !== "x:c") continue;
    const written = attribute(tree, child, "r");
    column = (written === undefined ? undefined : parseAddress(written.trim())?.column) ?? column + 1;
    cells.set(column, child);
  }
  return { tree, cells };
}

/** The cell format that a row gives to cells that are not stored; undefined when it gives none. */
export function rowFormat({ tree }: RowCells): number | undefined {
  return isTrue(attribute(tree, 0, "customFormat")) ? Number(attribute(tree, 0, "s") ?? 0) || 0 : undefined;
}

/** The row with those cells written; the others and all else stay as they are. */
export function rewriteRow(
  source: string,
  scope: NamespaceScope,
  row: number,
  writes: ReadonlyMap<number, CellWrite>,
): string {
  const { tree, cells } = rowCells(source, scope);
  const markup = sheetMarkup(tree);
  const splices: Splice[] = [];
  let atEnd = "";
  for (const [column, write] of [...writes].sort(([a], [b]) => a - b)) {
    const old = cells.get(column);
    if (old !== undefined) splices.push(cellSplice(tree, old, markup, { row, column, write }));
    else if (write.kind === "content" && isStored(write)) {
      const next = [...cells].filter(([each]) => each > column).sort(([a], [b]) => a - b)[0];
      const xml = cellXml(markup, { row, column, style: write.style }, write.content);
      if (next !== undefined)
        splices.push({ start: tree.start[next[1]]!, end: tree.start[next[1]]!, text: xml });
      else atEnd += xml;
    }
  }
  if (atEnd !== "") {
    // What is no cell, as an extension list, comes behind the cells.
    const other = childrenOf(tree, 0).find((child) => nameOf(tree, child) !== "x:c");
    if (other === undefined) splices.push(...append(tree, atEnd));
    else splices.push({ start: tree.start[other]!, end: tree.start[other]!, text: atEnd });
  }
  return applySplices(source, [...splices, ...spanSplices(tree, [...writes.keys()])]);
}

/** A whole row of new cells. */
export function newRow(markup: SheetMarkup, row: number, writes: ReadonlyMap<number, CellWrite>): string {
  const cells = [...writes]
    .sort(([a], [b]) => a - b)
    .map(([column, write]) =>
      write.kind === "content" && isStored(write)
        ? cellXml(markup, { row, column, style: write.style }, write.content)
        : "",
    )
    .join("");
  return cells === "" ? "" : markup.element("row", { r: row }, cells);
}

/** An empty cell without a format of its own needs no element. */
function isStored(write: CellWrite & { kind: "content" }): boolean {
  return write.content.kind !== "empty" || write.style !== 0;
}

function cellSplice(
  tree: XmlTree,
  element: number,
  markup: SheetMarkup,
  { row, column, write }: { row: number; column: number; write: CellWrite },
): Splice {
  if (write.kind === "content") {
    const extension = childNamed(tree, element, "x:extLst");
    const kept = extension < 0 ? "" : outerXml(tree, extension);
    const text = cellXml(markup, { row, column, style: write.style, kept }, write.content);
    return { start: tree.start[element]!, end: tree.end[element]!, text };
  }
  const formula = childNamed(tree, element, "x:f");
  const kept = Object.fromEntries(
    attributesOf(tree, formula)
      .filter(({ name }) => name === "ca" || name === "xml:space")
      .map(({ name, value }) => [name, value]),
  );
  const group = write.shared && { t: "shared", ref: write.shared.ref, si: write.shared.group };
  const text = markup.element("f", { ...group, ...kept }, escapeText(write.formula));
  return { start: tree.start[formula]!, end: tree.end[formula]!, text };
}

/** `spans` says which columns a row uses; it is widened where a cell is written beyond them. */
function spanSplices(tree: XmlTree, columns: readonly number[]): Splice[] {
  const spans = attributesOf(tree, 0).find(({ name }) => name === "spans");
  const pairs = [...(spans?.value ?? "").matchAll(/(\d+):(\d+)/g)].map(([, a, b]) => [Number(a), Number(b)]);
  if (spans === undefined || pairs.length === 0) return [];
  const isInside = (column: number): boolean =>
    pairs.some(([first, last]) => column + 1 >= first! && column + 1 <= last!);
  if (columns.every(isInside)) return [];
  const all = [...pairs.flat(), ...columns.map((column) => column + 1)] as number[];
  return [{ start: spans.start, end: spans.end, text: `spans="${Math.min(...all)}:${Math.max(...all)}"` }];
}
