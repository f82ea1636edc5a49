import type { ColumnsRead } from "../messages.ts";
import { columnsRead, tablesOf } from "./columns-read.ts";
import type { CatalogueTable } from "./session.ts";
import type { Tree } from "./syntax-tree.ts";

type Tables = ReadonlyMap<string, CatalogueTable>;

/**
 * What the tables of a statement have to be filled with before it can run: at first the columns that it mentions, and
 * all of a table's as soon as another query mentions others. Most questions read two or three columns.
 */
export function missingColumns(statement: Tree, tables: Tables): ColumnsRead[] {
  const reads = new Map(columnsRead(statement, statement, tables).map((each) => [each.table, each.columns]));
  return tablesOf(statement, tables).flatMap((table) => {
    const { name, filled } = table;
    if (!filled) return [];
    const mentioned = reads.get(name) ?? [];
    if (filled.size > 0) return mentioned.every((column) => filled.has(column)) ? [] : [wholeTable(table)];
    // Counting rows takes one column as well.
    return [{ table: name, columns: mentioned.length > 0 ? mentioned : [smallestColumn(table)] }];
  });
}

/** All columns of the statement's tables that lack some: a name that can't be found may be one of these. */
export function unfilledTables(statement: Tree, tables: Tables): ColumnsRead[] {
  return tablesOf(statement, tables)
    .filter(({ filled }) => filled)
    .map(wholeTable);
}

const wholeTable = ({ name, columns }: CatalogueTable): ColumnsRead => ({
  table: name,
  columns: columns.map((column) => column.name),
});

function smallestColumn({ columns }: CatalogueTable): string {
  return (columns.find(({ type }) => type !== "VARCHAR") ?? columns[0]!).name;
}
