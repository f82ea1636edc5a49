import type { Json, JsonSchema } from "../../../json.ts";
import type { Table } from "../../../table.ts";
import { isDateType, isNumberType, type PlanColumn } from "../plan-columns.ts";
import { type PlanView, planViews, textsOf } from "./plan-views.ts";

/** A column's values are listed for the model to choose from when they are at most so many, and so short. */
const mostValues = 30;
const longestValue = 60;
const mostConditions = 6;

/**
 * The form of a model's answer, made from these tables: their names, their columns, the functions that go with each,
 * and the values of columns that have few. Every property is required and nothing else allowed, as strict modes of
 * providers and the grammar of the embedded engine want it; `readProposal` makes a calculation of it.
 */
export function planJsonSchema(tables: readonly Table[]): JsonSchema {
  const plans = planViews(tables).map(viewSchema);
  const plan = plans.length === 1 ? plans[0]! : { anyOf: plans };
  return closed({
    calculation: {
      anyOf: [
        closed({ op: { const: "value" }, plan }),
        closed({
          op: { enum: ["difference", "ratio", "percent-change", "share", "sum"] },
          left: plan,
          right: plan,
        }),
      ],
    },
  });
}

function closed(properties: { readonly [name: string]: Json }): JsonSchema {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

function viewSchema(view: PlanView): JsonSchema {
  const names = view.columns.map(({ name }) => name);
  const keys = { anyOf: keySchemas(view) };
  const order = closed({
    by: { enum: ["measure", "row", ...names] },
    direction: { enum: ["ascending", "descending"] },
  });
  return closed({
    table: { const: view.name },
    where: { type: "array", items: { anyOf: filterSchemas(view) }, maxItems: mostConditions },
    groupBy: { type: "array", items: keys, maxItems: 3 },
    measures: { type: "array", items: { anyOf: measureSchemas(view) }, maxItems: 3 },
    having: {
      anyOf: [
        { type: "null" },
        closed({ is: { enum: ["=", "!=", "<", "<=", ">", ">="] }, value: { type: "number" } }),
      ],
    },
    show: { type: "array", items: { enum: names }, maxItems: 10 },
    orderBy: { type: "array", items: order, maxItems: 2 },
    limit: { anyOf: [{ type: "null" }, { type: "integer" }] },
    over: { enum: ["none", "share", "change", "percent-change", "rank", "running-total"] },
    beside: { enum: [0, 1, -1] },
  });
}

/** Column names by what can be done with them. */
function sorted({
  columns,
}: PlanView): Readonly<Record<"numbers" | "dates" | "texts" | "truths" | "all", string[]>> {
  const named = (fits: (column: PlanColumn) => boolean): string[] =>
    columns.filter(fits).map(({ name }) => name);
  return {
    numbers: named(({ type }) => isNumberType(type)),
    dates: named(({ type }) => isDateType(type)),
    texts: named(({ type }) => type === "text"),
    truths: named(({ type }) => type === "boolean"),
    all: named(() => true),
  };
}

function filterSchemas(view: PlanView): JsonSchema[] {
  const { numbers, dates, texts, truths, all } = sorted(view);
  const compare = { enum: ["=", "!=", "<", "<=", ">", ">="] };
  const listed = texts.filter((name) => isShort(textsOf(view, name)));
  const open = texts.filter((name) => !listed.includes(name));
  return [
    ...listed.map((column) =>
      closed({
        column: { const: column },
        is: { enum: ["=", "!="] },
        value: { enum: [...textsOf(view, column)] },
      }),
    ),
    ...some(open, (column) => closed({ column, is: { enum: ["=", "!="] }, value: { type: "string" } })),
    ...some(texts, (column) =>
      closed({ column, is: { enum: ["contains", "not-contains"] }, value: { type: "string" } }),
    ),
    ...some(numbers, (column) => closed({ column, is: compare, value: { type: "number" } })),
    ...some(dates, (column) => closed({ column, is: compare, value: { type: "string", format: "date" } })),
    ...some(dates, (column) =>
      closed({
        column,
        grain: { enum: ["year", "month-of-year", "weekday"] },
        is: compare,
        value: { type: "integer" },
      }),
    ),
    ...some(truths, (column) => closed({ column, is: { const: "=" }, value: { type: "boolean" } })),
    ...some(all, (column) => closed({ column, is: { enum: ["empty", "not-empty"] } })),
  ];
}

function isShort(texts: readonly string[]): boolean {
  return (
    texts.length > 0 && texts.length <= mostValues && texts.every(({ length }) => length <= longestValue)
  );
}

function some(names: readonly string[], schema: (column: JsonSchema) => JsonSchema): JsonSchema[] {
  return names.length === 0 ? [] : [schema({ enum: [...names] })];
}

function keySchemas(view: PlanView): JsonSchema[] {
  const { dates, all } = sorted(view);
  const others = all.filter((name) => !dates.includes(name));
  const grains = ["year", "quarter", "month", "month-of-year", "weekday", "day"];
  return [
    ...some(others, (column) => closed({ column })),
    ...some(dates, (column) => closed({ column, grain: { enum: grains } })),
  ];
}

function measureSchemas(view: PlanView): JsonSchema[] {
  const { numbers, dates, all } = sorted(view);
  return [
    closed({ fn: { const: "count" } }),
    ...some(numbers, (column) =>
      closed({ fn: { enum: ["sum", "average", "median", "min", "max", "range"] }, column }),
    ),
    ...some(all, (column) => closed({ fn: { enum: ["count", "count-distinct"] }, column })),
    ...some(dates, (column) => closed({ fn: { enum: ["min", "max"] }, column })),
  ];
}
