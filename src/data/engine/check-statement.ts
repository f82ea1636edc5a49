// The kinds of syntax contain each other, so their checks stand in one file.
import { QueryError } from "../../errors.ts";
import { foldName } from "../sql-names.ts";
import {
  aggregateFunctions,
  castTypes,
  clockFunctions,
  lambdaFunctions,
  scalarFunctions,
  tableFunctions,
  valueKeywords,
  windowFunctions,
} from "./allowed-functions.ts";
import {
  expressionFields,
  expressionHead,
  modifierFields,
  nodeFields,
  nodeHead,
  operatorTypes,
  tableFields,
  tableHead,
} from "./known-syntax.ts";
import type { CatalogueTable } from "./session.ts";
import { functionName, isTree, type Tree, treesOf, walkTree } from "./syntax-tree.ts";

// Found by measuring: beyond these the engine's own preparation takes seconds to hours.
const DEEPEST_EXPRESSION = 100;
const DEEPEST_SUBQUERY = 6;
const DEEPEST_TABLE = 20;
const DEEPEST_LAMBDA = 3;

type Tables = ReadonlyMap<string, CatalogueTable>;
/** What is known on the way down: names of CTEs that can be seen, and how deep we are. */
type Scope = {
  readonly tables: Tables;
  /** Columns of all tables, folded. */
  readonly columns: ReadonlySet<string>;
  /** The same, and the aliases of the statement. */
  readonly names: ReadonlySet<string>;
  readonly ctes: ReadonlySet<string>;
  readonly expressions: number;
  readonly subqueries: number;
  readonly tableDepth: number;
  readonly lambdas: number;
};

/** The one rule in words, with the tables there are; the hint of every refusal. */
export function admissionHint(tables: Tables): string {
  const names = [...tables.values()].map(({ name }) => `"${name}"`);
  if (names.length === 0) return "load a table first";
  const shown = names.slice(0, 20).join(", ") + (names.length > 20 ? ", …" : "");
  return `only one SELECT over these tables: ${shown}`;
}

/**
 * Refuses whatever is not one SELECT that reads only these tables by functions on the list. `statements` is what the
 * parser made of the query; nothing in it has been looked up yet.
 */
export function checkStatements(statements: readonly Tree[], tables: Tables): Tree {
  const [statement] = statements;
  if (!statement || statements.length !== 1) refuse(tables, "the query must be one statement");
  if (treesOf(statement.named_param_map).length > 0) refuse(tables, "the query has parameters");
  checkFields(statement, ["node", "named_param_map"], "statement", tables);
  const columns = new Set(
    [...tables.values()].flatMap((table) => table.columns.map(({ name }) => foldName(name))),
  );
  const scope: Scope = {
    tables,
    columns,
    names: new Set([...columns, ...aliasesOf(statement)]),
    ctes: new Set(),
    expressions: 0,
    subqueries: 0,
    tableDepth: 0,
    lambdas: 0,
  };
  checkNode(statement.node, scope);
  return statement;
}

function refuse(tables: Tables, message: string, hint?: string): never {
  throw new QueryError("query-refused", message, { hint: hint ?? admissionHint(tables) });
}

/** Refuses fields that the list does not have, unless they are empty: syntax this guard does not know. */
function checkFields(tree: Tree, fields: readonly string[], kind: string, tables: Tables): void {
  for (const [field, value] of Object.entries(tree)) {
    const isEmpty =
      value === null || value === "" || value === false || (Array.isArray(value) && value.length === 0);
    if (!fields.includes(field) && !isEmpty)
      refuse(tables, `the query uses ${field} of ${kind}, which is not known`);
  }
}

function aliasesOf(statement: Tree): Set<string> {
  const names = new Set<string>();
  for (const tree of walkTree(statement)) {
    if (typeof tree.alias === "string") names.add(foldName(tree.alias));
    for (const list of [tree.column_name_alias, tree.aliases]) {
      if (Array.isArray(list)) for (const name of list) names.add(foldName(String(name)));
    }
  }
  return names;
}

function checkNode(value: unknown, scope: Scope): void {
  const node = isTree(value) ? value : {};
  const type = String(node.type);
  const fields = Object.hasOwn(nodeFields, type) ? nodeFields[type] : undefined;
  if (!fields) refuse(scope.tables, `the query has a ${type}, which is not a SELECT`);
  checkFields(node, [...nodeHead, ...fields], type, scope.tables);
  const inner = checkCtes(node, scope);
  for (const modifier of treesOf(node.modifiers)) checkModifier(modifier, inner);
  switch (type) {
    case "SELECT_NODE":
      if (node.sample !== null) refuse(scope.tables, "the query takes a random sample");
      checkTable(node.from_table, inner);
      for (const field of ["select_list", "where_clause", "group_expressions", "having", "qualify"]) {
        checkExpressions(node[field], inner);
      }
      return;
    case "RECURSIVE_CTE_NODE": {
      const self = withCte(inner, String(node.cte_name));
      checkNode(node.left, inner);
      checkNode(node.right, self);
      checkExpressions(node.key_targets, self);
      return;
    }
    default:
      for (const child of [node.left, node.right, ...treesOf(node.children)]) {
        if (child !== undefined) checkNode(child, inner);
      }
  }
}

const withCte = (scope: Scope, name: string): Scope => ({
  ...scope,
  ctes: new Set([...scope.ctes, foldName(name)]),
});

function checkCtes(node: Tree, scope: Scope): Scope {
  const map = isTree(node.cte_map) ? node.cte_map : {};
  checkFields(map, ["map"], "WITH", scope.tables);
  let inner = scope;
  for (const entry of treesOf(map.map)) {
    checkFields(entry, ["key", "value"], "WITH", scope.tables);
    const value = isTree(entry.value) ? entry.value : {};
    checkFields(value, ["aliases", "query", "materialized", "key_targets"], "WITH", scope.tables);
    checkExpressions(value.key_targets, inner);
    checkQuery(value.query, { ...inner, tableDepth: inner.tableDepth + 1 });
    inner = withCte(inner, String(entry.key));
  }
  return inner;
}

/** A whole statement inside another one. */
function checkQuery(value: unknown, scope: Scope): void {
  const query = isTree(value) ? value : {};
  checkFields(query, ["node", "named_param_map"], "subquery", scope.tables);
  checkNode(query.node, scope);
}

function checkModifier(modifier: Tree, scope: Scope): void {
  const type = String(modifier.type);
  const fields = Object.hasOwn(modifierFields, type) ? modifierFields[type] : undefined;
  if (!fields) refuse(scope.tables, `the query uses ${type}, which is not known`);
  checkFields(modifier, fields, type, scope.tables);
  checkOrders(modifier.orders, scope);
  for (const field of ["limit", "offset", "distinct_on_targets"]) checkExpressions(modifier[field], scope);
}

function checkOrders(value: unknown, scope: Scope): void {
  for (const order of treesOf(value)) {
    checkFields(order, ["type", "null_order", "expression"], "ORDER BY", scope.tables);
    checkExpressions(order.expression, scope);
  }
}

function checkTable(value: unknown, outer: Scope): void {
  const table = isTree(value) ? value : {};
  const type = String(table.type);
  const scope = { ...outer, tableDepth: outer.tableDepth + 1 };
  if (scope.tableDepth > DEEPEST_TABLE) refuse(scope.tables, "the query joins or nests too many tables");
  const fields = Object.hasOwn(tableFields, type) ? tableFields[type] : undefined;
  if (!fields) refuse(scope.tables, `the query reads from a ${type}, which is not a loaded table`);
  checkFields(table, [...tableHead, ...fields], type, scope.tables);
  if (table.sample !== null) refuse(scope.tables, "the query takes a random sample");
  switch (type) {
    case "BASE_TABLE":
      checkTableName(table, scope);
      break;
    case "JOIN":
      checkTable(table.left, scope);
      checkTable(table.right, scope);
      checkExpressions(table.condition, scope);
      break;
    case "SUBQUERY":
      checkQuery(table.subquery, scope);
      break;
    case "TABLE_FUNCTION":
      checkTableFunction(table, scope);
      break;
    case "EXPRESSION_LIST":
      checkExpressions(table.values, scope);
      break;
  }
}

function checkTableName(table: Tree, scope: Scope): void {
  const name = String(table.table_name);
  const [schema, catalogue] = [table.schema_name, table.catalog_name];
  if (table.at_clause !== null) refuse(scope.tables, "the query asks for another version of a table");
  if (schema === "" && catalogue === "" && scope.ctes.has(foldName(name))) return;
  const isOurs = (schema === "" || schema === "main") && (catalogue === "" || catalogue === "memory");
  if (!isOurs || !scope.tables.has(foldName(name))) {
    refuse(scope.tables, `there is no table "${[catalogue, schema, name].filter(Boolean).join(".")}"`);
  }
}

function checkTableFunction(table: Tree, scope: Scope): void {
  const call = isTree(table.function) ? table.function : {};
  if (call.class !== "FUNCTION" || !tableFunctions.has(functionName(call))) {
    refuse(scope.tables, `the query reads from ${functionName(call)}(), which is not allowed`);
  }
  checkExpression(call, scope);
}

function checkExpressions(value: unknown, scope: Scope): void {
  if (Array.isArray(value)) for (const item of value) checkExpressions(item, scope);
  else if (value !== null && value !== undefined) checkExpression(isTree(value) ? value : {}, scope);
}

function checkExpression(expression: Tree, outer: Scope): void {
  const kind = String(expression.class);
  const scope = { ...outer, expressions: outer.expressions + 1 };
  if (scope.expressions > DEEPEST_EXPRESSION) refuse(scope.tables, "the query is nested too deeply");
  const fields = Object.hasOwn(expressionFields, kind) ? expressionFields[kind] : undefined;
  if (!fields) refuse(scope.tables, `the query has a ${kind}, which is not allowed`);
  checkFields(expression, [...expressionHead, ...fields], kind, scope.tables);
  switch (kind) {
    case "COLUMN_REF":
      checkColumn(expression, scope);
      break;
    case "CONSTANT":
      checkConstant(expression.value, scope);
      break;
    case "FUNCTION":
    case "WINDOW":
      checkCall(expression, scope);
      break;
    case "LAMBDA":
      // Lambdas are checked with the function that takes them; this one is not in its place.
      refuse(scope.tables, "the query uses the operator ->, which is not allowed");
      break;
    case "STAR":
      checkStar(expression, scope);
      break;
    case "SUBQUERY":
      checkSubquery(expression, scope);
      break;
    case "CAST":
      checkType(expression.cast_type, scope);
      checkParts(expression, scope);
      break;
    case "OPERATOR":
      if (!operatorTypes.has(String(expression.type))) {
        refuse(scope.tables, `the query uses ${expression.type}, which is not allowed`);
      }
      checkParts(expression, scope);
      break;
    default:
      checkParts(expression, scope);
  }
}

/** The parts of an expression that are expressions themselves. */
function checkParts(expression: Tree, scope: Scope): void {
  for (const [field, value] of Object.entries(expression)) {
    if (field === "cast_type" || expressionHead.includes(field)) continue;
    if (field === "order_bys") {
      checkModifier(isTree(value) ? value : {}, scope);
    } else if (field === "orders" || field === "arg_orders") {
      checkOrders(value, scope);
    } else if (field === "case_checks") {
      for (const check of treesOf(value)) {
        checkFields(check, ["when_expr", "then_expr"], "CASE", scope.tables);
        checkExpressions([check.when_expr, check.then_expr], scope);
      }
    } else if (typeof value === "object") {
      checkExpressions(value, scope);
    }
  }
}

/** Constants come from the text itself and are harmless, whatever their type. */
function checkConstant(value: unknown, scope: Scope): void {
  if (!isTree(value)) refuse(scope.tables, "the query has a constant that is not known");
  checkFields(value, ["type", "is_null", "value"], "a constant", scope.tables);
  checkType(value.type, scope);
}

function checkType(value: unknown, scope: Scope): void {
  const type = isTree(value) ? value : {};
  const id = String(type.id);
  const info = isTree(type.type_info) ? type.type_info : {};
  if (!castTypes.has(id) || info.alias) {
    const name = id === "UNBOUND" ? String(info.name) : String(info.alias || id);
    refuse(scope.tables, `the query uses the type ${name}, which is not allowed`);
  }
  if (isTree(info.child_type)) checkType(info.child_type, scope);
  for (const child of treesOf(info.child_types)) checkType(child.second, scope);
}

/** A lone `current_date` or `user` is a function of the session unless something in the query has that name. */
function checkColumn(expression: Tree, scope: Scope): void {
  const names = Array.isArray(expression.column_names) ? expression.column_names.map(String) : [];
  const name = foldName(names[0] ?? "");
  if (names.length !== 1 || !valueKeywords.has(name)) return;
  // An alias does not do for the clock: `current_date AS current_date` is still today.
  const isColumn = clockFunctions.has(name) ? scope.columns.has(name) : scope.names.has(name);
  if (!isColumn) refuseFunction(name, scope);
}

function refuseFunction(name: string, scope: Scope): never {
  refuse(
    scope.tables,
    `the query uses ${name}, which is not allowed`,
    clockFunctions.has(name)
      ? "answers must not depend on the day they are asked: write the date out, as DATE '2024-12-31'"
      : /^approx|random|uuid|reservoir/.test(name)
        ? "only functions that give the same exact result every time"
        : undefined,
  );
}

function checkCall(call: Tree, scope: Scope): void {
  const name = functionName(call);
  const schema = call.schema;
  if (call.catalog !== "" || (schema !== "" && schema !== "main")) {
    refuse(
      scope.tables,
      `the query calls ${[call.catalog, schema, name].filter(Boolean).join(".")}`,
      "write f(x)",
    );
  }
  const isAllowed =
    aggregateFunctions.has(name) ||
    (call.class === "WINDOW" ? windowFunctions.has(name) : scalarFunctions.has(name));
  if (!isAllowed) refuseFunction(name, scope);
  // With one argument it counts from today.
  if (name === "age" && treesOf(call.children).length < 2) refuseFunction("today", scope);
  if (call.export_state === true) refuse(scope.tables, "the query exports the state of an aggregate");
  if (lambdaFunctions.has(name)) checkLambdaCall(call, scope);
  else checkParts(call, scope);
}

function checkLambdaCall(call: Tree, scope: Scope): void {
  const [list, lambda, ...others] = treesOf(call.children);
  if (scope.lambdas === DEEPEST_LAMBDA) refuse(scope.tables, "the query is nested too deeply");
  const isLambda = lambda?.class === "LAMBDA" && list?.class !== "LAMBDA";
  if (!isLambda || others.length > 0) refuse(scope.tables, `${functionName(call)} takes a list and a lambda`);
  checkFields(lambda, [...expressionHead, ...expressionFields.LAMBDA!], "LAMBDA", scope.tables);
  const parameters = isTree(lambda.lhs) ? lambda.lhs : {};
  const isPlain = (tree: Tree) => tree.class === "COLUMN_REF";
  if (!isPlain(parameters) && !treesOf(parameters.children).every(isPlain)) {
    refuse(scope.tables, "the parameters of a lambda must be names");
  }
  checkExpressions(list, scope);
  checkExpressions(lambda.expr, { ...scope, lambdas: scope.lambdas + 1 });
}

function checkStar(star: Tree, scope: Scope): void {
  for (const entry of treesOf(star.replace_list)) {
    checkFields(entry, ["key", "value"], "REPLACE", scope.tables);
    checkExpressions(entry.value, scope);
  }
  checkExpressions(star.expr, scope);
}

function checkSubquery(expression: Tree, scope: Scope): void {
  if (scope.subqueries === DEEPEST_SUBQUERY) refuse(scope.tables, "the query is nested too deeply");
  checkExpressions(expression.child, scope);
  checkQuery(expression.subquery, { ...scope, subqueries: scope.subqueries + 1 });
}
