import { foldName } from "../sql-names.ts";
import { type NodeScope, nodeScopes } from "./node-scopes.ts";
import type { Session } from "./session.ts";
import {
  callTree,
  castTree,
  emptyTable,
  functionName,
  isSameScope,
  mapTree,
  printSql,
  selectTree,
  type Tree,
  treesOf,
  walkTree,
} from "./syntax-tree.ts";

type Edit = (call: Tree) => Tree;
type TypedCall = { readonly call: Tree; readonly argument: Tree; type: string | undefined };

/** A statement whose sums are exact or compensated; `isCompensated` is false where the type of one stayed unknown. */
export type Compensated = { readonly statement: Tree; readonly isCompensated: boolean };

/** Aggregates whose result depends on how they add or interpolate. */
const typedAggregates: ReadonlySet<string> = new Set([
  ...["sum", "avg", "mean", "median", "quantile_cont", "mad"],
]);

/**
 * Rewrites aggregates by the type of what they aggregate, which the engine is asked for: sums and averages of
 * floating-point numbers become compensated ones (`fsum`, `favg`: Kahan), so that the order of rows does not show;
 * medians and quantiles of decimals are interpolated as floating-point, as DuckDB would round them to the column's
 * digits; times and durations, which DuckDB does not add at all, are added as microseconds.
 */
export async function compensateSums(session: Session, statement: Tree): Promise<Compensated> {
  const edits = new Map<Tree, Edit>();
  let isCompensated = true;
  for (const scope of nodeScopes(statement)) {
    const calls = typedCalls(scope.node);
    if (calls.length === 0) continue;
    await findTypes(session, scope, calls);
    for (const { call, type } of calls) {
      const edit = type === undefined ? undefined : editFor(functionName(call), type);
      if (edit) edits.set(call, edit);
      if (type === undefined) isCompensated = false;
    }
  }
  if (edits.size === 0) return { statement, isCompensated };
  const names = await keptNames(session, statement, edits);
  const changed = mapTree(statement, (copy, original) => {
    const edited = edits.get(original)?.(copy) ?? copy;
    const name = names.get(original);
    return name === undefined ? edited : { ...edited, alias: name };
  });
  return { statement: changed as Tree, isCompensated };
}

/** The aggregates that belong to this SELECT itself. */
function typedCalls(node: Tree): TypedCall[] {
  const parts = [node.select_list, node.having, node.qualify, node.modifiers];
  return [...walkTree(parts, isSameScope)].flatMap((call) => {
    if (!typedAggregates.has(functionName(call))) return [];
    const argument = argumentOf(call);
    return argument ? [{ call, argument, type: undefined }] : [];
  });
}

/** What is aggregated: with `WITHIN GROUP (ORDER BY x)` the parser leaves it in the order. */
function argumentOf(call: Tree): Tree | undefined {
  const ordered = treesOf((call.order_bys as Tree | undefined)?.orders)[0]?.expression as Tree | undefined;
  const [first] = treesOf(call.children);
  return functionName(call) === "quantile_cont" && ordered ? ordered : first;
}

/** Asks the engine, all at once where it can, for the types of the arguments in the scope of their SELECT. */
async function findTypes(session: Session, scope: NodeScope, calls: readonly TypedCall[]): Promise<void> {
  const types = await typesOf(
    session,
    scope,
    calls.map(({ argument }) => argument),
  );
  for (const [index, call] of calls.entries()) {
    call.type =
      types?.[index] ??
      (await typesOf(session, scope, [resolveAlias(scope.node, call.argument)]))?.[0] ??
      typeByName(session, call.argument);
  }
}

async function typesOf(
  session: Session,
  { node, ctes }: NodeScope,
  expressions: readonly Tree[],
): Promise<readonly string[] | undefined> {
  try {
    const sql = await printSql(session, selectTree(expressions, node.from_table, ctes));
    const prepared = await session.connection.prepare(sql);
    const types = expressions.map((_, index) => prepared.columnType(index).toString());
    prepared.destroySync();
    return types;
  } catch {
    // An argument that only makes sense in its place (of an outer query, beside an aggregate); the caller tries on.
    return undefined;
  }
}

/** `sum(total)` where `qty * price AS total` stands in the same list. */
function resolveAlias(node: Tree, argument: Tree): Tree {
  const names = argument.column_names;
  if (!Array.isArray(names) || names.length !== 1) return argument;
  const named = treesOf(node.select_list).find(
    (item) => item.alias !== "" && foldName(String(item.alias)) === foldName(String(names[0])),
  );
  return named ? { ...named, alias: "" } : argument;
}

/** The type of a column by its name alone, if all loaded tables agree on it. */
function typeByName(session: Session, argument: Tree): string | undefined {
  const names = argument.column_names;
  if (!Array.isArray(names)) return undefined;
  const name = foldName(String(names.at(-1)));
  const types = [...session.tables.values()]
    .flatMap(({ columns }) => columns.filter((column) => foldName(column.name) === name))
    .map(({ type }) => type);
  return new Set(types).size === 1 ? types[0] : undefined;
}

function editFor(name: string, type: string): Edit | undefined {
  const isAverage = name === "avg" || name === "mean";
  if (name === "sum" || isAverage) {
    if (type === "DOUBLE" || type === "FLOAT") {
      return (call) => ({ ...call, function_name: isAverage ? "favg" : "fsum" });
    }
    if (type === "INTERVAL" || (type === "TIME" && !isAverage)) return addMicroseconds;
    return undefined;
  }
  return type.startsWith("DECIMAL")
    ? (call) => withArgument(call, (value) => castTree(value, "DOUBLE"))
    : undefined;
}

function addMicroseconds(call: Tree): Tree {
  const sum = withArgument({ ...call, alias: "" }, (value) => callTree("epoch_us", [value]));
  const rounded = functionName(call) === "sum" ? sum : callTree("round", [sum]);
  return callTree("to_microseconds", [castTree(rounded, "BIGINT")], String(call.alias));
}

function withArgument(call: Tree, change: Edit): Tree {
  const order = call.order_bys as Tree | undefined;
  const [ordered, ...orders] = treesOf(order?.orders);
  if (functionName(call) === "quantile_cont" && ordered) {
    const expression = change(ordered.expression as Tree);
    return { ...call, order_bys: { ...order, orders: [{ ...ordered, expression }, ...orders] } };
  }
  const [first, ...rest] = treesOf(call.children);
  return first ? { ...call, children: [change(first), ...rest] } : call;
}

/** Names for the result columns that would change theirs: the text of the expression before the edit, as DuckDB's. */
async function keptNames(
  session: Session,
  statement: Tree,
  edits: ReadonlyMap<Tree, Edit>,
): Promise<Map<Tree, string>> {
  const names = new Map<Tree, string>();
  for (const { node } of nodeScopes(statement)) {
    for (const item of treesOf(node.select_list)) {
      const isEdited = item.alias === "" && [...walkTree(item)].some((tree) => edits.has(tree));
      if (!isEdited) continue;
      const printed = await printSql(session, selectTree([item], emptyTable, []));
      names.set(item, printed.replace(/^SELECT /, ""));
    }
  }
  return names;
}
