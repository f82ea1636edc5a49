import type { ColumnsRead, RowIndexes, Trace } from "../messages.ts";
import { foldName } from "../sql-names.ts";
import { aggregateFunctions } from "./allowed-functions.ts";
import { columnsRead } from "./columns-read.ts";
import type { CatalogueTable } from "./session.ts";
import {
  callTree,
  castTree,
  columnTree,
  functionName,
  isSameScope,
  isTree,
  type Tree,
  treesOf,
  walkTree,
} from "./syntax-tree.ts";

type Tables = ReadonlyMap<string, CatalogueTable>;
type Source = { readonly alias: string; readonly table: string };

/** A statement that also returns, in hidden last columns, the rows that each of its result rows came from. */
export type TracedStatement = {
  readonly statement: Tree;
  /** Loaded table of each hidden column. */
  readonly tables: readonly string[];
  /** Aggregated: a list of rows in each hidden column, else one row. */
  readonly isGrouped: boolean;
};

/** More ranges than this for one result row are given as the one range that spans them. */
const MOST_RANGES = 1000;

/**
 * Adds the hidden columns to a plain SELECT over loaded tables (filters, joins, groups, aggregates), or says why its
 * rows can't be told: then the columns that it reads are the whole answer.
 */
export function traceStatement(
  statement: Tree,
  tables: Tables,
): TracedStatement | { readonly reason: string } {
  const node = statement.node as Tree;
  const reason = obstacle(node);
  if (reason) return { reason };
  const sources = sourcesOf(node.from_table, tables);
  if (!sources || sources.length === 0)
    return { reason: "the query reads from something else than loaded tables" };
  const isDistinct = modifiersOf(node, "DISTINCT_MODIFIER").length > 0;
  const isGrouped = isDistinct || hasGroups(node);
  const hidden = sources.map(({ alias }, index) => {
    // 32 bits hold every row and are read without a BigInt each.
    const row = castTree(columnTree(alias, "rowid"), "INTEGER");
    return isGrouped ? callTree("list", [row], `__rows ${index}`) : { ...row, alias: `__rows ${index}` };
  });
  const traced: Tree = {
    ...node,
    select_list: [...treesOf(node.select_list), ...hidden],
    // DISTINCT is grouping by everything that is selected, and groups can list their rows.
    ...(isDistinct
      ? {
          aggregate_handling: "FORCE_AGGREGATES",
          modifiers: treesOf(node.modifiers).filter(({ type }) => type !== "DISTINCT_MODIFIER"),
        }
      : {}),
  };
  return { statement: { ...statement, node: traced }, tables: sources.map(({ table }) => table), isGrouped };
}

function obstacle(node: Tree): string | undefined {
  if (node.type !== "SELECT_NODE") return "the query joins the results of several SELECTs";
  if (treesOf((node.cte_map as Tree | undefined)?.map).length > 0) return "the query has a WITH clause";
  const outside = { ...node, from_table: null };
  if ([...walkTree(outside)].some((tree) => tree.class === "SUBQUERY")) return "the query has a subquery";
  const shown = [node.select_list, node.having, node.modifiers];
  if ([...walkTree(shown)].some((tree) => tree.class === "WINDOW")) {
    return "a window function reads other rows than its own";
  }
  if ([...walkTree(node.select_list)].some((tree) => functionName(tree) === "unnest")) {
    return "the query unfolds lists into rows";
  }
  const [distinct] = modifiersOf(node, "DISTINCT_MODIFIER");
  if (distinct && (treesOf(distinct.distinct_on_targets).length > 0 || hasGroups(node) || node.qualify)) {
    return "the query keeps one row of several";
  }
  return undefined;
}

const modifiersOf = (node: Tree, type: string): readonly Tree[] =>
  treesOf(node.modifiers).filter((modifier) => modifier.type === type);

function hasGroups(node: Tree): boolean {
  if (treesOf(node.group_expressions).length > 0 || node.having) return true;
  if (node.aggregate_handling === "FORCE_AGGREGATES") return true;
  if (Array.isArray(node.group_sets) && node.group_sets.length > 0) return true;
  const parts = [node.select_list, node.modifiers];
  return [...walkTree(parts, isSameScope)].some(
    (tree) => tree.class === "FUNCTION" && aggregateFunctions.has(functionName(tree)),
  );
}

/** The loaded tables of a FROM clause, or undefined where it has anything else. */
function sourcesOf(value: unknown, tables: Tables): Source[] | undefined {
  if (!isTree(value)) return undefined;
  if (value.type === "BASE_TABLE") {
    const table = tables.get(foldName(String(value.table_name)));
    return table && [{ alias: String(value.alias || value.table_name), table: table.name }];
  }
  if (value.type !== "JOIN") return undefined;
  const left = sourcesOf(value.left, tables);
  const right = sourcesOf(value.right, tables);
  // After a semi or anti join the right table only decides which rows of the left one stay.
  if (/SEMI|ANTI/.test(String(value.join_type))) return right && left;
  return left && right && [...left, ...right];
}

/** What each result column's expression reads; a star's columns are told apart by their names. */
export function readsByColumn(
  statement: Tree,
  names: readonly string[],
  tables: Tables,
): readonly (readonly ColumnsRead[])[] {
  const items = treesOf((statement.node as Tree).select_list);
  const hasStar = [...walkTree(items)].some((tree) => tree.class === "STAR");
  if (!hasStar) return items.map((item) => columnsRead(resolveAliases(item, items), statement, tables));
  const all = columnsRead(items, statement, tables);
  return names.map((name) => {
    const own = all.flatMap(({ table, columns }) => {
      const column = columns.find((candidate) => foldName(candidate) === foldName(name));
      return column === undefined ? [] : [{ table, columns: [column] }];
    });
    return own.length > 0 ? own : all;
  });
}

/** An item with the items that it refers to by alias: `total * 2` reads what `qty * price AS total` reads. */
function resolveAliases(item: Tree, items: readonly Tree[], depth = 0): readonly Tree[] {
  if (depth > 8) return items;
  const names = [...walkTree(item)].flatMap((tree) =>
    Array.isArray(tree.column_names) && tree.column_names.length === 1 ? tree.column_names : [],
  );
  const named = items.filter(
    (other) =>
      other !== item &&
      other.alias !== "" &&
      names.some((name) => foldName(String(name)) === foldName(String(other.alias))),
  );
  return [item, ...named.flatMap((other) => resolveAliases(other, items, depth + 1))];
}

/** Ascending ranges of the given indexes, which may come unsorted and more than once. */
export function rowRanges(indexes: Int32Array): RowIndexes {
  const sorted = isAscending(indexes) ? indexes : Int32Array.from(indexes).sort();
  const bounds: number[] = [];
  let count = 0;
  for (const index of sorted) {
    const last = bounds.length - 1;
    if (bounds[last] === index) continue;
    count++;
    // Beyond the limit only the last row counts.
    if (bounds[last] === index - 1 || last > 2 * MOST_RANGES) bounds[last] = index;
    else bounds.push(index, index);
  }
  if (bounds.length <= 2 * MOST_RANGES) return { bounds, count, isExact: true };
  return { bounds: [bounds[0]!, bounds.at(-1)!], count, isExact: false };
}

function isAscending(indexes: Int32Array): boolean {
  for (let at = 1; at < indexes.length; at++) if (indexes[at - 1]! > indexes[at]!) return false;
  return true;
}

/** The trace that goes back to the parent. */
export function traceOf(
  traced: TracedStatement,
  rows: readonly (readonly RowIndexes[])[],
  columns: readonly (readonly ColumnsRead[])[],
): Trace {
  return { kind: "rows", tables: traced.tables, rows, columns };
}
