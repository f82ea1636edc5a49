/**
 * The parts of DuckDB's syntax tree that a query may have: kinds of objects, and every field that each may carry. A
 * field that is not listed here makes the query refused unless it is empty, so new syntax is refused until it is known.
 */
export const expressionHead: readonly string[] = ["class", "type", "alias", "query_location"];
/** Every field that each kind of expression may have; a field that is not listed makes the query refused. */
export const expressionFields: Readonly<Record<string, readonly string[]>> = {
  BETWEEN: ["input", "lower", "upper"],
  CASE: ["case_checks", "else_expr"],
  CAST: ["child", "cast_type", "try_cast"],
  COLLATE: ["child", "collation"],
  COLUMN_REF: ["column_names"],
  COMPARISON: ["left", "right"],
  CONJUNCTION: ["children"],
  CONSTANT: ["value"],
  FUNCTION: [
    ...["function_name", "schema", "catalog", "children", "filter", "order_bys"],
    ...["distinct", "is_operator", "export_state"],
  ],
  LAMBDA: ["lhs", "expr"],
  OPERATOR: ["children"],
  POSITIONAL_REFERENCE: ["index"],
  STAR: [
    ...["relation_name", "exclude_list", "replace_list", "columns", "expr"],
    ...["qualified_exclude_list", "rename_list"],
  ],
  SUBQUERY: ["subquery_type", "subquery", "child", "comparison_type"],
  WINDOW: [
    ...[
      "function_name",
      "schema",
      "catalog",
      "children",
      "partitions",
      "orders",
      "start",
      "end",
      "start_expr",
    ],
    ...[
      "end_expr",
      "offset_expr",
      "default_expr",
      "ignore_nulls",
      "filter_expr",
      "exclude_clause",
      "distinct",
    ],
    "arg_orders",
  ],
};

export const operatorTypes: ReadonlySet<string> = new Set([
  ...["ARRAY_CONSTRUCTOR", "ARRAY_EXTRACT", "ARRAY_SLICE", "STRUCT_EXTRACT", "GROUPING_FUNCTION"],
  ...["COMPARE_IN", "COMPARE_NOT_IN", "OPERATOR_NOT", "OPERATOR_IS_NULL", "OPERATOR_IS_NOT_NULL"],
  ...["OPERATOR_COALESCE", "OPERATOR_NULLIF", "OPERATOR_TRY"],
]);

export const tableHead: readonly string[] = ["type", "alias", "sample", "query_location"];
export const tableFields: Readonly<Record<string, readonly string[]>> = {
  BASE_TABLE: ["schema_name", "table_name", "column_name_alias", "catalog_name", "at_clause"],
  EMPTY: [],
  EXPRESSION_LIST: ["expected_names", "expected_types", "values"],
  JOIN: [...["left", "right", "condition", "join_type", "ref_type", "using_columns"]],
  SUBQUERY: ["subquery", "column_name_alias"],
  TABLE_FUNCTION: ["function", "column_name_alias", "with_ordinality"],
};

export const nodeHead: readonly string[] = ["type", "modifiers", "cte_map"];
export const nodeFields: Readonly<Record<string, readonly string[]>> = {
  SELECT_NODE: [
    ...["select_list", "from_table", "where_clause", "group_expressions", "group_sets", "aggregate_handling"],
    ...["having", "sample", "qualify"],
  ],
  SET_OPERATION_NODE: ["setop_type", "left", "right", "setop_all", "children"],
  RECURSIVE_CTE_NODE: ["cte_name", "union_all", "left", "right", "aliases", "key_targets"],
};

export const modifierFields: Readonly<Record<string, readonly string[]>> = {
  DISTINCT_MODIFIER: ["type", "distinct_on_targets"],
  LIMIT_MODIFIER: ["type", "limit", "offset"],
  LIMIT_PERCENT_MODIFIER: ["type", "limit", "offset"],
  ORDER_MODIFIER: ["type", "orders"],
};
