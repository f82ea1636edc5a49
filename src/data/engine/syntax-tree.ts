import { QueryError } from "../../errors.ts";
import type { Json } from "../../json.ts";
import type { Session } from "./session.ts";

/** An object of DuckDB's parsed statement, as `json_serialize_sql` writes it. */
export type Tree = { readonly [field: string]: unknown };

export function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The objects of an array field; empty for anything else. */
export function treesOf(value: unknown): readonly Tree[] {
  return Array.isArray(value) ? value.filter(isTree) : [];
}

// Part of JSON since ECMAScript's "JSON.parse source text access"; TypeScript's library does not know it yet.
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** Parses JSON and keeps integers that a float64 can't hold as they are written. */
function parseJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, ...[context]: { source?: string }[]) =>
    typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) && context?.source
      ? rawJSON(context.source)
      : value,
  );
}

async function readText(session: Session, sql: string, value: string): Promise<string> {
  const reader = await session.connection.runAndReadAll(sql, [value]);
  return String(reader.getRowsJson()[0]?.[0]);
}

/** What the parser makes of a text: statements, or its complaint. Nothing is bound, looked up or run. */
export async function parseSql(session: Session, sql: string): Promise<readonly Tree[]> {
  const parsed = parseJson(await readText(session, "SELECT json_serialize_sql($1::VARCHAR)", sql));
  if (!isTree(parsed)) throw new QueryError("query-failed", "the query can't be parsed");
  if (parsed.error === false) return treesOf(parsed.statements);
  const message = String(parsed.error_message);
  if (parsed.error_type === "parser" && parsed.error_subtype === "SYNTAX_ERROR") {
    const position = Number(parsed.position) + 1;
    const hint = Number.isNaN(position) ? {} : { hint: `at character ${position}` };
    throw new QueryError("query-failed", message, hint);
  }
  const isOther = parsed.error_type === "not implemented";
  throw new QueryError(
    "query-refused",
    isOther ? "the query is not a SELECT" : `the query is refused: ${message}`,
  );
}

/** A statement's tree as SQL. */
export async function printSql(session: Session, statement: Tree): Promise<string> {
  const json = JSON.stringify({ error: false, statements: [statement] });
  return readText(session, "SELECT json_deserialize_sql($1::JSON)", json);
}

/** The tree without the places in the text, for comparing what two texts mean. */
export function treeKey(statement: Tree): string {
  return JSON.stringify(statement, (key, value: Json) => (key === "query_location" ? 0 : value));
}

/** A copy with each object replaced by what `change` makes of its copy, from the leaves up. */
export function mapTree(value: unknown, change: (copy: Tree, original: Tree) => Tree): unknown {
  if (Array.isArray(value)) return value.map((item) => mapTree(item, change));
  if (!isTree(value) || Object.isFrozen(value)) return value;
  const copy = Object.fromEntries(
    Object.entries(value).map(([field, item]) => [field, mapTree(item, change)]),
  );
  return change(copy, value);
}

/** Every object below (and with) this one for which `enter` holds on the way down. */
export function* walkTree(value: unknown, enter: (tree: Tree) => boolean = () => true): Generator<Tree> {
  if (Array.isArray(value)) {
    for (const item of value) yield* walkTree(item, enter);
  } else if (isTree(value) && enter(value)) {
    yield value;
    for (const item of Object.values(value)) yield* walkTree(item, enter);
  }
}

/** The name of a function call, folded. */
export const functionName = (tree: Tree): string => String(tree.function_name).toLowerCase();

/** Does not hold for the statement inside a subquery: what stands in there belongs to another scope. */
export const isSameScope = (tree: Tree): boolean => !("node" in tree);

/** A call of a function by name; `arguments_` are expressions. */
export function callTree(name: string, arguments_: readonly Tree[], alias = ""): Tree {
  return {
    ...{ class: "FUNCTION", type: "FUNCTION", alias, query_location: 0, function_name: name, schema: "" },
    ...{ children: arguments_, filter: null, order_bys: { type: "ORDER_MODIFIER", orders: [] } },
    ...{ distinct: false, is_operator: false, export_state: false, catalog: "" },
  };
}

/** A cast to one of the plain types, as `BIGINT`. */
export function castTree(child: Tree, type: string): Tree {
  return {
    ...{ class: "CAST", type: "OPERATOR_CAST", alias: "", query_location: 0, child },
    ...{ cast_type: { id: type, type_info: null }, try_cast: false },
  };
}

/** A reference to a column by its names, as table and column. */
export function columnTree(...names: readonly string[]): Tree {
  return { class: "COLUMN_REF", type: "COLUMN_REF", alias: "", query_location: 0, column_names: names };
}

/** A statement that selects these expressions from a table of the tree and nothing else. */
export function selectTree(expressions: readonly Tree[], fromTable: unknown, ctes: readonly Tree[]): Tree {
  return {
    node: {
      ...{ type: "SELECT_NODE", modifiers: [], cte_map: { map: ctes }, select_list: expressions },
      ...{ from_table: fromTable, where_clause: null, group_expressions: [], group_sets: [] },
      ...{ aggregate_handling: "STANDARD_HANDLING", having: null, sample: null, qualify: null },
    },
    named_param_map: [],
  };
}

/** The table of a SELECT without FROM. */
export const emptyTable: Tree = { type: "EMPTY", alias: "", sample: null, query_location: 0 };
