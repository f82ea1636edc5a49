import type { Splice } from "../../xml/splice.ts";
import { descend } from "../../xml/xml-tree.ts";
import type { StoryPart } from "../types.ts";
import type { Draft, Signature } from "./draft.ts";
import { resizeCell, sizeOf, widthXml } from "./resize-cell.ts";
import { canChangeCell, changeGrid } from "./table-marks.ts";
import type { Table, TableCell } from "./table-model.ts";
import { gridWidths, growsWithColumns, roomAt, scaled, sum } from "./table-width.ts";

/** A new column: its place in the grid, the column it is as wide as, and the cells that come to cover it too. */
export type GridColumn = {
  readonly at: number;
  readonly like: number;
  readonly covering: ReadonlySet<TableCell>;
};

/** What a new column does to the widths of a table. */
export type ColumnWidths = {
  /** Splices for the grid and for the cells that get narrower or cover one column more. */
  readonly splices: readonly Splice[];
  /** `w:tcW` of a new cell beside that one; undefined to take over the neighbour's. */
  readonly newCell: (neighbour: TableCell) => string | undefined;
};

/**
 * Makes room for a new column as wide as its neighbour. A table that names no width and has space beside it grows; in
 * another one all columns get narrower by one factor, so that it stays on the page. Where that can't be refused again,
 * because a change of widths is pending or the table's grid says nothing, the others keep their widths.
 */
export function widenBy(
  draft: Draft,
  story: StoryPart,
  table: Table,
  column: GridColumn,
  revision: Signature,
): ColumnWidths {
  const { tree } = story;
  const context = draft.contexts.get(story.name)!;
  const { markup } = context;
  const grid = gridWidths(tree, table.element);
  const isPending = descend(tree, table.element, "w:tblGrid", "w:tblGridChange") >= 0;
  const width = grid?.[column.like];
  const cells = table.rows.flatMap((row) => row.cells);
  if (grid === undefined || width === undefined || isPending)
    return keepWidths(draft, story, column, revision);
  const total = sum(grid);
  const fits =
    growsWithColumns(tree, table.element) && total + width <= roomAt(draft.document, story, table.element);
  const canShrink = cells.every(
    (cell) => sizeOf(tree, cell) === undefined || canChangeCell(tree, cell.element),
  );
  if (!fits && !canShrink) return keepWidths(draft, story, column, revision);
  const factor = fits ? 1 : total / (total + width);
  const columns = scaled([...grid.slice(0, column.at), width, ...grid.slice(column.at)], factor);
  const share = ({ start, end }: TableCell): number => width / sum(grid.slice(start, end));
  const resized = cells.flatMap((cell) => {
    const more = column.covering.has(cell) ? 1 : 0;
    const to = { columns: cell.end - cell.start + more, factor: factor * (1 + more * share(cell)) };
    return resizeCell(context, cell, to, revision);
  });
  const gridXml = columns.map((each) => markup.element("w:gridCol", { "w:w": String(each) })).join("");
  return {
    splices: [...changeGrid(context, table.element, gridXml), ...resized],
    newCell: (neighbour) => {
      const size = sizeOf(tree, neighbour);
      if (size?.unit === "dxa")
        return widthXml(context, { value: String(columns[column.at]!), unit: "dxa" }, 1);
      return size && widthXml(context, size, factor * share(neighbour));
    },
  };
}

/** A neighbour over several columns gives its share for one. */
function keepWidths(
  draft: Draft,
  { name, tree }: StoryPart,
  { covering }: GridColumn,
  revision: Signature,
): ColumnWidths {
  const context = draft.contexts.get(name)!;
  return {
    splices: [...covering].flatMap((cell) =>
      resizeCell(context, cell, { columns: cell.end - cell.start + 1, factor: 1 }, revision),
    ),
    newCell: (neighbour) => {
      const columns = neighbour.end - neighbour.start;
      const size = columns > 1 ? sizeOf(tree, neighbour) : undefined;
      return size && widthXml(context, size, 1 / columns);
    },
  };
}
