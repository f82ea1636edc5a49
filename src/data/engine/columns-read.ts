import type { ColumnsRead } from "../messages.ts";
import { foldName } from "../sql-names.ts";
import type { CatalogueTable } from "./session.ts";
import { type Tree, walkTree } from "./syntax-tree.ts";

type Tables = ReadonlyMap<string, CatalogueTable>;

/**
 * The columns of loaded tables that a statement, or a part of one, mentions. Never fewer than it reads: a name without
 * its table counts for every table of the statement that has it, and a star for all columns.
 */
export function columnsRead(part: unknown, statement: Tree, tables: Tables): ColumnsRead[] {
  const aliases = tableAliases(statement, tables);
  const inUse = tablesOf(statement, tables);
  const read = new Map<CatalogueTable, Set<string>>(inUse.map((table) => [table, new Set()]));
  const add = (table: CatalogueTable, name: string) => {
    const column = table.columns.find((candidate) => foldName(candidate.name) === name);
    if (column) read.get(table)?.add(column.name);
  };
  const addAll = (table: CatalogueTable) => {
    for (const { name } of table.columns) read.get(table)?.add(name);
  };
  for (const tree of walkTree(part)) {
    for (const [owner, name] of mentionedColumns(tree)) {
      for (const table of (owner === undefined ? undefined : aliases.get(owner)) ?? inUse) add(table, name);
    }
    for (const table of wholeRows(tree, aliases)) addAll(table);
    if (tree.class === "STAR" || tree.class === "POSITIONAL_REFERENCE" || tree.ref_type === "NATURAL") {
      const owner = foldName(String(tree.relation_name ?? ""));
      for (const table of aliases.get(owner) ?? inUse) addAll(table);
    }
  }
  for (const table of renamedTables(statement, aliases)) addAll(table);
  return [...read].flatMap(([table, columns]) =>
    columns.size === 0
      ? []
      : [
          {
            table: table.name,
            columns: table.columns.map(({ name }) => name).filter((name) => columns.has(name)),
          },
        ],
  );
}

/** The loaded tables that a statement speaks of. */
export function tablesOf(statement: Tree, tables: Tables): CatalogueTable[] {
  return [...new Set([...tableAliases(statement, tables).values()].flat())];
}

/** Tables whose rows stand for a value, as in `SELECT o FROM orders o`, where they have no column of that name. */
function wholeRows(tree: Tree, aliases: ReadonlyMap<string, readonly CatalogueTable[]>): CatalogueTable[] {
  if (tree.class !== "COLUMN_REF" || !Array.isArray(tree.column_names)) return [];
  const name = foldName(String(tree.column_names.at(-1)));
  const named = aliases.get(name) ?? [];
  return named.filter(({ columns }) => !columns.some((column) => foldName(column.name) === name));
}

/** Tables whose columns the statement calls something else, one after the other: `FROM orders AS o(a, b)`. */
function renamedTables(
  statement: Tree,
  aliases: ReadonlyMap<string, readonly CatalogueTable[]>,
): CatalogueTable[] {
  return [...walkTree(statement)].flatMap((tree) => {
    const renamed = tree.type === "BASE_TABLE" ? tree.column_name_alias : undefined;
    return Array.isArray(renamed) && renamed.length > 0
      ? (aliases.get(foldName(String(tree.alias || tree.table_name))) ?? [])
      : [];
  });
}

/** Loaded tables by the folded names under which the statement speaks of them. */
function tableAliases(statement: Tree, tables: Tables): Map<string, CatalogueTable[]> {
  const aliases = new Map<string, CatalogueTable[]>();
  for (const tree of walkTree(statement)) {
    if (tree.type !== "BASE_TABLE") continue;
    const table = tables.get(foldName(String(tree.table_name)));
    if (!table) continue;
    const alias = foldName(String(tree.alias || tree.table_name));
    aliases.set(alias, [...(aliases.get(alias) ?? []), table]);
  }
  return aliases;
}

/** Columns named by an object of the tree: the table it names, if it does, and the column, folded. */
function mentionedColumns(tree: Tree): [string | undefined, string][] {
  if (Array.isArray(tree.using_columns)) {
    return tree.using_columns.map((name) => [undefined, foldName(String(name))]);
  }
  const names = Array.isArray(tree.column_names)
    ? tree.column_names.map((name) => foldName(String(name)))
    : [];
  // In `a.b` the first may be a table or a structured column; both readings count.
  return names.map((name, index) => [names[index - 1], name]);
}
