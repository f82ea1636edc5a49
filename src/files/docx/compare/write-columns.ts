import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { applySplices, type Splice } from "../../xml/splice.ts";
import { attribute, childrenOf, descend, nameOf, outerXml } from "../../xml/xml-tree.ts";
import { createMarkup, revisionAttributes } from "../edit/markup.ts";
import type { Revision } from "../types.ts";
import type { ColumnCell, GridCell } from "./align-cells.ts";
import type { Comparison } from "./comparison.ts";
import { markCell, markSubtree } from "./mark-subtree.ts";
import { gridOf } from "./write-grid.ts";
import { countText } from "./write-paragraph.ts";

/** Writes the cells of columns that come or go. */
export type ColumnWriter = {
  readonly insertedCell: (cell: GridCell) => string;
  readonly deletedCell: (cell: GridCell) => Splice[];
  /** Splices in a row that itself comes or goes, for its cells in columns that do. */
  readonly cellsOfRow: (tree: XmlTree, row: number, cells: readonly ColumnCell[]) => Splice[];
};

/** The cells of a row, by element. */
export function cellsOf(tree: XmlTree, row: number): number[] {
  return childrenOf(tree, row).filter((child) => nameOf(tree, child) === "w:tc");
}

/** The cells of one column come and go at one time: for a reader they are one change. */
export function columnWriter(comparison: Comparison, before: number, after: number): ColumnWriter {
  const dates = new Map<string, string>();
  const revisionOf = (kind: ColumnCell["kind"], column: number): (() => Revision) => {
    const known = dates.get(`${kind} ${column}`);
    if (known === undefined) comparison.nextChange();
    return () => {
      const own = comparison.revision();
      const date = known ?? own.date;
      if (date !== undefined) dates.set(`${kind} ${column}`, date);
      return date === undefined ? own : { ...own, date };
    };
  };
  const widthOf = (kind: ColumnCell["kind"], column: number): string | undefined => {
    const { tree } = comparison[kind === "insert" ? "after" : "before"];
    const gridColumn = gridOf(tree, kind === "insert" ? after : before)[column];
    return gridColumn === undefined ? undefined : attribute(tree, gridColumn, "w:w");
  };
  return {
    insertedCell: ({ element, from }) => insertedCell(comparison, element, revisionOf("insert", from)),
    deletedCell: ({ element, from }) => deletedCell(comparison, element, revisionOf("delete", from)),
    cellsOfRow: (tree, row, cells) => {
      const own = cellsOf(tree, row);
      return cells.flatMap(({ kind, column, at, isMissing }) => {
        const revision = revisionOf(kind, column);
        const mark = { markup: comparison.markup, kind: kind === "insert" ? "w:ins" : "w:del" } as const;
        if (!isMissing) return markCell(tree, own[at]!, { ...mark, revision, marksParagraphs: false });
        const place = own[at] === undefined ? tree.end[own.at(-1)!]! : tree.start[own[at]]!;
        const look = paragraphLook(comparison, tree, own[Math.min(at, own.length - 1)]!);
        const cell = { kind: mark.kind, width: widthOf(kind, column), look, revision: revision() };
        return [{ start: place, end: place, text: emptyCell(comparison, cell) }];
      });
    },
  };
}

function insertedCell(comparison: Comparison, cell: number, revision: () => Revision): string {
  countText(comparison, "insertedCharacters", comparison.after.tree, cell);
  const xml = comparison.importer.xml(comparison.after, cell, comparison.target);
  const tree = scanXml(xml, 256, comparison.target.scope);
  const options = { markup: createMarkup(tree), kind: "w:ins", revision, marksParagraphs: false } as const;
  return applySplices(xml, [
    ...markCell(tree, 0, options),
    ...markSubtree(tree, 0, { ...options, isInRow: true }),
  ]);
}

function deletedCell(comparison: Comparison, cell: number, revision: () => Revision): Splice[] {
  const { tree } = comparison.before;
  countText(comparison, "deletedCharacters", tree, cell);
  const { markup } = comparison;
  const options = { markup, kind: "w:del", revision, marksParagraphs: false } as const;
  return [...markCell(tree, cell, options), ...markSubtree(tree, cell, { ...options, isInRow: true })];
}

type EmptyCell = {
  readonly kind: "w:ins" | "w:del";
  readonly width: string | undefined;
  /** Properties of its paragraph. */
  readonly look: string;
  readonly revision: Revision;
};

/** Stands where a row that comes or goes has no cell in a column of the other table. */
function emptyCell({ markup }: Comparison, { kind, width, look, revision }: EmptyCell): string {
  const wide = width === undefined ? "" : markup.element("w:tcW", { "w:w": width, "w:type": "dxa" });
  const mark = markup.element(kind === "w:ins" ? "w:cellIns" : "w:cellDel", revisionAttributes(revision));
  const paragraph = markup.element("w:p", {}, look);
  return markup.element("w:tc", {}, markup.element("w:tcPr", {}, wide + mark) + paragraph);
}

/** What makes the row as high as it was: style, spacing and the like of a paragraph beside. */
function paragraphLook({ markup }: Comparison, tree: XmlTree, cell: number): string {
  const own = descend(tree, cell, "w:p", "w:pPr");
  if (own < 0) return "";
  const kept = childrenOf(tree, own).filter((child) => keptInLook.test(nameOf(tree, child)));
  return kept.length === 0
    ? ""
    : markup.element("w:pPr", {}, kept.map((child) => outerXml(tree, child)).join(""));
}

const keptInLook = /^w:(pStyle|keepNext|keepLines|spacing|ind|jc)$/;
