import type { Table } from "../../table.ts";
import { duckdb } from "./dialects/duckdb.ts";
import { literalOf } from "./dialects/write-literal.ts";
import type { Calculation, Filter, Measure, Plan } from "./plan.ts";
import { isDateType, isNumberType, isSameName, type PlanColumn, planColumns } from "./plan-columns.ts";

/** What of a calculation doesn't fit these tables, in words for a person or a model; empty where all does. */
export function checkPlan(calculation: Calculation, tables: readonly Table[]): string[] {
  if (!("op" in calculation)) return checkOne(calculation, tables);
  const sides = [calculation.left, calculation.right];
  return [
    ...sides.flatMap((plan) => checkOne(plan, tables)),
    ...sides.flatMap((plan) => {
      const isSingle = plan.measures?.length === 1 && (plan.groupBy ?? []).length === 0;
      const isShown = plan.measures === undefined && plan.show?.length === 1;
      return isSingle || isShown
        ? []
        : [`each side of a ${calculation.op} is one value: one measure and no groups`];
    }),
    ...(calculation.unit === undefined
      ? []
      : sides.flatMap((plan) => checkDate(calculation.op, plan, tables))),
  ];
}

/** Only between dates is there a time. */
function checkDate(
  op: string,
  { table: name, measures = [], show = [] }: Plan,
  tables: readonly Table[],
): string[] {
  if (op !== "difference") return ["a unit of time goes with a difference"];
  const columns = tables.find((each) => isSameName(each.name, name))?.columns ?? [];
  const asked = measures[0]?.column ?? show[0] ?? "";
  const column = columns.find((each) => isSameName(each.name, asked));
  const isFit =
    column !== undefined && isDateType(column.type) && /^(min|max)$/.test(measures[0]?.fn ?? "min");
  return isFit ? [] : [`the time between two values needs dates on both sides`];
}

function checkOne(plan: Plan, tables: readonly Table[]): string[] {
  const table = tables.find(({ name }) => isSameName(name, plan.table));
  if (table === undefined)
    return [`there is no table ${plan.table}; the tables are ${tables.map(({ name }) => name).join(", ")}`];
  const unknown = (plan.unpivot?.columns ?? []).filter(
    ({ column }) => !table.columns.some(({ name, type }) => isSameName(name, column) && isNumberType(type)),
  );
  if (unknown.length > 0)
    return unknown.map(({ column }) => `${table.name} has no column of numbers ${column}`);
  const columns = planColumns(table, plan.unpivot, plan.elapsed);
  const names = namedColumns(plan);
  const missing = [...new Set(names)].filter((name) => !columns.some((each) => isSameName(each.name, name)));
  if (missing.length > 0) {
    const known = columns.map(({ name }) => name).join(", ");
    return missing.map((name) => `${table.name} has no column ${name}; it has ${known}`);
  }
  const columnOf = (name: string): PlanColumn => columns.find((each) => isSameName(each.name, name))!;
  return [
    ...(plan.where ?? []).flatMap((filter) => checkFilter(filter, columnOf(filter.column))),
    ...(plan.measures ?? []).flatMap((measure) => checkMeasure(measure, columnOf)),
    ...(plan.groupBy ?? []).flatMap(({ column, grain }) =>
      grain === undefined || isDateType(columnOf(column).type)
        ? []
        : [`${column} holds no dates, so it has no ${grain}`],
    ),
    ...checkElapsed(plan, columnOf),
    ...checkShape(plan),
  ];
}

function namedColumns(plan: Plan): string[] {
  const { where = [], groupBy = [], measures = [], show = [], orderBy = [], elapsed } = plan;
  return [
    ...where.map(({ column }) => column),
    ...groupBy.map(({ column }) => column),
    ...measures.flatMap(({ column }) => (column === undefined ? [] : [column])),
    ...show,
    ...orderBy.flatMap(({ by }) => (typeof by === "string" && by !== "row" ? [by] : [])),
    ...(elapsed === undefined ? [] : [elapsed.from, elapsed.to]),
  ];
}

function checkElapsed({ elapsed, unpivot }: Plan, columnOf: (name: string) => PlanColumn): string[] {
  if (elapsed === undefined) return [];
  if (unpivot !== undefined) return ["a time between two columns doesn't go with unpivot"];
  return [elapsed.from, elapsed.to].flatMap((name) =>
    isDateType(columnOf(name).type) ? [] : [`${name} holds no dates, so no time is between`],
  );
}

function checkFilter(filter: Filter, column: PlanColumn): string[] {
  const grain = "grain" in filter ? filter.grain : undefined;
  if (grain !== undefined && !isDateType(column.type))
    return [`${column.name} holds no dates, so it has no ${grain}`];
  const isOrder = /^(<|<=|>|>=|between)$/.test(filter.is);
  if (isOrder && (column.type === "boolean" || column.type === "text"))
    return [
      `${column.name} holds ${column.type === "text" ? "text" : "yes or no"}, which is not larger or smaller: use =`,
    ];
  if (filter.is === "contains" || filter.is === "not-contains") return [];
  const values =
    "values" in filter
      ? filter.values
      : "from" in filter
        ? [filter.from, filter.to]
        : "value" in filter
          ? [filter.value]
          : [];
  return values.flatMap((value) => {
    if (grain !== undefined)
      return Number.isFinite(Number(value)) ? [] : [`the ${grain} of ${column.name} is a number`];
    try {
      literalOf(column, value, duckdb);
      return [];
    } catch (error) {
      return [(error as RangeError).message];
    }
  });
}

function checkMeasure({ fn, column: name }: Measure, columnOf: (name: string) => PlanColumn): string[] {
  if (name === undefined) return fn === "count" ? [] : [`${fn} needs a column`];
  const { type } = columnOf(name);
  const isOrdered = fn === "min" || fn === "max";
  if (fn === "count" || fn === "count-distinct" || isNumberType(type)) return [];
  if (isOrdered && type !== "text" && type !== "boolean") return [];
  return [`${name} holds ${type === "text" ? "text" : `a ${type}`}, so it has no ${fn}`];
}

function checkShape(plan: Plan): string[] {
  const {
    measures = [],
    groupBy = [],
    show = [],
    orderBy = [],
    having,
    over,
    beside,
    unpivot,
    limit,
    ties,
    offset,
    count,
  } = plan;
  const problems: string[] = [];
  const say = (isWrong: boolean, text: string): void => {
    if (isWrong) problems.push(text);
  };
  const isComputed = measures.length > 0 || groupBy.length > 0;
  say(isComputed && show.length > 0, "either measures or columns to show, not both");
  say(groupBy.length > 0 && measures.length === 0, "groups need a measure");
  say(
    having !== undefined && measures[having.measure] === undefined,
    "having names a measure that the plan lacks",
  );
  say(having !== undefined && groupBy.length === 0, "having needs groups");
  say(
    over !== undefined && (groupBy.length === 0 || measures[over.measure] === undefined),
    "over needs groups and a measure",
  );
  say(
    beside !== undefined && (isComputed || unpivot !== undefined),
    "the row beside another is shown, not computed",
  );
  say(ties === true && limit === undefined, "ties need a limit");
  say(offset !== undefined && limit === undefined, "an offset needs a limit");
  say(offset !== undefined && orderBy.length === 0, "an offset needs an order");
  say(count !== undefined && groupBy.length === 0, "only groups can be counted");
  say(count !== undefined && (over !== undefined || limit !== undefined), "groups are counted, not listed");
  for (const { by } of orderBy) {
    say(typeof by === "number" && measures[by] === undefined, "orderBy names a measure that the plan lacks");
    const isKey = groupBy.some(({ column }) => typeof by === "string" && isSameName(column, by));
    say(
      isComputed && typeof by === "string" && !isKey,
      `groups can't be put in the order of ${by}: use a measure or a key`,
    );
  }
  return problems;
}
