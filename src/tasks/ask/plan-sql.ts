import { sqlNames } from "../../data/sql-names.ts";
import type { Table } from "../../table.ts";
import type { Calculation, GroupKey, Plan, Unpivot } from "./plan.ts";
import { isSameName, keyLabel, measureLabel, overLabels, planColumns } from "./plan-columns.ts";
import {
  columnOf,
  columnSql,
  elapsedSql,
  filterSql,
  keyOrderSql,
  keySql,
  literalOf,
  measureSql,
  quoteName,
  quoteText,
  type SqlWriter,
} from "./sql-expressions.ts";

/**
 * The SELECT that computes a plan. Names come from the table, values are written as literals of the column's type.
 * Throws `RangeError` for a column that the table lacks or a value that doesn't fit: check a plan first (`checkPlan`).
 */
export function planSql(plan: Plan, table: Table): string {
  const writer = sqlWriter(plan, table);
  if (plan.over !== undefined) return overSelection(writer, plan.over);
  return plan.count === undefined ? selection(writer) : groupCount(writer);
}

/** The SELECT of a calculation: of a plan, or of two single values set against each other. */
export function calculationSql(calculation: Calculation, tableOf: (name: string) => Table): string {
  if (!("op" in calculation)) return planSql(calculation, tableOf(calculation.table));
  const side = (plan: Plan): string => `(${planSql(plan, tableOf(plan.table))})`;
  const [left, right] = [side(calculation.left), side(calculation.right)];
  switch (calculation.op) {
    case "difference":
      if (calculation.unit !== undefined)
        return `SELECT ${elapsedSql(calculation.unit, right!, left!)} AS ${quoteName(calculation.unit)}`;
      return `SELECT ${left} - ${right} AS "difference"`;
    case "sum":
      return `SELECT ${left} + ${right} AS "sum"`;
    case "ratio":
      return `SELECT ${left} / nullif(${right}, 0) AS "ratio"`;
    case "share":
      return `SELECT ${left} / nullif(${right}, 0) * 100 AS "share in %"`;
    case "percent-change":
      return `SELECT (${left} - ${right}) / nullif(${right}, 0) * 100 AS "change in %"`;
    default:
      return calculation.op satisfies never;
  }
}

/** The engine's own number of each row, from 0 in the order of the sheet. */
const rowNumber = "rowid";

function sqlWriter(plan: Plan, table: Table): SqlWriter {
  const { unpivot, elapsed } = plan;
  const name = quoteName(sqlNames([table.name])[0]!);
  const columns = planColumns(table, unpivot, elapsed);
  const tableName = table.name;
  if (unpivot === undefined) return { plan, tableName, columns, from: name, rowOrder: [rowNumber] };
  const [row, place] = freeNames(
    ["row", "place"],
    columns.map(({ sqlName }) => sqlName),
  ).map(quoteName) as [string, string];
  return {
    plan,
    tableName,
    columns,
    from: `(${unpivotSql(table, unpivot, name, [row, place])}) AS "cells"`,
    rowOrder: [row, place],
    place: { column: unpivot.name, sql: place },
  };
}

function freeNames(wanted: readonly string[], taken: readonly string[]): string[] {
  return wanted.map((name) => {
    let free = name;
    while (taken.some((each) => isSameName(each, free))) free = `_${free}`;
    return free;
  });
}

/** One SELECT a column, put together: the only form whose names stay plain columns of the table. */
function unpivotSql(
  table: Table,
  unpivot: Unpivot,
  tableSql: string,
  [row, place]: readonly [string, string],
): string {
  const own = planColumns(table);
  const made = planColumns(table, unpivot);
  const kept = made.slice(0, -2).map(({ sqlName }) => quoteName(sqlName));
  const [name, value] = made.slice(-2);
  return unpivot.columns
    .map(({ column, as }, index) => {
      const source = own.find((each) => isSameName(each.name, column));
      if (source === undefined) throw new RangeError(`the table ${table.name} has no column ${column}`);
      const literal = name!.type === "text" ? quoteText(String(as)) : literalOf(name!, as);
      const parts = [
        `${rowNumber} AS ${row}`,
        `${index} AS ${place}`,
        ...kept,
        `${literal} AS ${quoteName(name!.sqlName)}`,
        `${quoteName(source.sqlName)} AS ${quoteName(value!.sqlName)}`,
      ];
      return `SELECT ${parts.join(", ")} FROM ${tableSql}`;
    })
    .join(" UNION ALL ");
}

function selection(writer: SqlWriter, extra: readonly string[] = []): string {
  const { plan } = writer;
  const { measures = [], groupBy = [], having } = plan;
  const columns = [
    ...groupBy.map((key) => `${keySql(writer, key)} AS ${quoteName(keyLabel(key))}`),
    ...measures.map((measure) => `${measureSql(writer, measure)} AS ${quoteName(measureLabel(measure))}`),
    ...(measures.length + groupBy.length > 0 ? [] : shownAs(writer)),
    ...extra,
  ];
  const parts = [`SELECT ${columns.join(", ")}`, `FROM ${writer.from}`];
  const conditions = conditionsSql(writer);
  if (conditions !== "") parts.push(`WHERE ${conditions}`);
  if (groupBy.length > 0) parts.push(`GROUP BY ${groupBy.map((key) => keySql(writer, key)).join(", ")}`);
  // Not DISTINCT: grouped rows can still be put in the order of the sheet.
  else if (isDistinct(plan)) parts.push(`GROUP BY ${shown(writer).join(", ")}`);
  if (having !== undefined) {
    const sign = having.is === "!=" ? "<>" : having.is;
    parts.push(`HAVING ${measureSql(writer, measures[having.measure]!)} ${sign} ${having.value}`);
  }
  if (extra.length > 0) return parts.join("\n");
  const last = lastPlace(writer);
  if (last !== "") parts.push(`QUALIFY ${last}`);
  parts.push(...orderSql(writer));
  if (plan.limit !== undefined && last === "") parts.push(limitSql(plan));
  return parts.join("\n");
}

function groupCount(writer: SqlWriter): string {
  const [key] = writer.plan.groupBy ?? [];
  if (key === undefined) throw new RangeError("groups are counted, but nothing is put together");
  const label = quoteName(measureLabel({ fn: "count", column: keyLabel(key) }));
  return `SELECT count(*) AS ${label}\nFROM (${selection(writer, [])}) AS "groups"`;
}

function isDistinct({ distinct, groupBy = [], measures = [] }: Plan): boolean {
  return distinct === true && groupBy.length + measures.length === 0;
}

function shown(writer: SqlWriter): string[] {
  const names = writer.plan.show ?? writer.columns.map(({ name }) => name);
  return names.map((name) => columnSql(writer, name));
}

/** What rows are shown by, a computed column under its name. */
function shownAs(writer: SqlWriter): string[] {
  const names = writer.plan.show ?? writer.columns.map(({ name }) => name);
  return names.map((name) => {
    const sql = columnSql(writer, name);
    return columnOf(writer, name).elapsed === undefined ? sql : `${sql} AS ${quoteName(name)}`;
  });
}

function limitSql({ limit, offset }: Plan): string {
  return offset === undefined ? `LIMIT ${limit}` : `LIMIT ${limit} OFFSET ${offset}`;
}

/** With `ties` the rank decides who is among the first, so that equals stand or fall together. */
function lastPlace(writer: SqlWriter): string {
  const { limit, ties, orderBy, offset } = writer.plan;
  if (limit === undefined || ties !== true || orderBy === undefined || orderBy.length === 0) return "";
  const terms = orderBy.flatMap((each) => orderTerms(writer, each));
  const rank = `rank() OVER (ORDER BY ${terms.join(", ")})`;
  return offset === undefined ? `${rank} <= ${limit}` : `${rank} BETWEEN ${offset + 1} AND ${offset + limit}`;
}

function orderSql(writer: SqlWriter): string[] {
  const { orderBy = [], groupBy = [], measures = [] } = writer.plan;
  const terms = orderBy.flatMap((each) => orderTerms(writer, each));
  // Ties come in the order of the sheet, so that the same question has the same answer every time.
  const isPlain = groupBy.length + measures.length === 0;
  if (isPlain && !orderBy.some(({ by }) => by === "row"))
    terms.push(...writer.rowOrder.map((each) => inGroup(writer, each, "ascending")));
  terms.push(...groupBy.map((key) => keyOrderSql(writer, key)));
  return terms.length === 0 ? [] : [`ORDER BY ${terms.join(", ")}`];
}

function orderTerms(writer: SqlWriter, { by, direction }: NonNullable<Plan["orderBy"]>[number]): string[] {
  const way = direction === "ascending" ? "ASC NULLS LAST" : "DESC NULLS LAST";
  if (typeof by === "number") return [`${measureSql(writer, writer.plan.measures![by]!)} ${way}`];
  if (by === "row") return writer.rowOrder.map((each) => `${inGroup(writer, each, direction)} ${way}`);
  const key = writer.plan.groupBy?.find((each) => isSameName(each.column, by));
  const sql =
    key === undefined ? inGroup(writer, columnSql(writer, by), direction) : keyOrderSql(writer, key);
  return [`${sql} ${way}`];
}

/** Of rows that say the same, shown once, the one that would come first. */
function inGroup({ plan }: SqlWriter, sql: string, direction: "ascending" | "descending"): string {
  if (!isDistinct(plan)) return sql;
  return `${direction === "ascending" ? "min" : "max"}(${sql})`;
}

function conditionsSql(writer: SqlWriter): string {
  const { plan, from } = writer;
  const own = (plan.where ?? []).map((each) => filterSql(writer, each)).join(" AND ");
  if (plan.beside === undefined) return own;
  if (plan.unpivot !== undefined) throw new RangeError("rows beside others don't go with unpivot");
  const isAfter = plan.beside > 0;
  const found = `SELECT ${isAfter ? "max" : "min"}(${rowNumber}) FROM ${from}${own === "" ? "" : ` WHERE ${own}`}`;
  const [side, nearest] = isAfter ? [">", "min"] : ["<", "max"];
  return `${rowNumber} = (SELECT ${nearest}(${rowNumber}) FROM ${from} WHERE ${rowNumber} ${side} (${found}))`;
}

/** A measure of each group with its share of the whole, its change from the group before, its rank or running total. */
function overSelection(writer: SqlWriter, over: NonNullable<Plan["over"]>): string {
  const { groupBy = [], measures = [], limit } = writer.plan;
  if (groupBy.length === 0 || measures[over.measure] === undefined)
    throw new RangeError(`${over.as} needs groups and a measure`);
  const labels = [...groupBy.map(keyLabel), ...measures.map(measureLabel)];
  const places = freeNames(
    groupBy.map((_, index) => `place ${index}`),
    labels,
  ).map(quoteName);
  const inner = selection(
    writer,
    groupBy.map((key, index) => `${keyOrderSql(writer, key)} AS ${places[index]}`),
  );
  const label = overLabels[over.as];
  const window = windowSql(writer, over, places);
  const order = [...outerOrder(writer.plan, label, places), ...places].join(", ");
  const last = limit === undefined ? "" : `\n${limitSql(writer.plan)}`;
  const columns = labels.map(quoteName).join(", ");
  return `SELECT ${columns}, ${window} AS ${quoteName(label)}\nFROM (${inner}) AS "groups"\nORDER BY ${order}${last}`;
}

function windowSql(writer: SqlWriter, over: NonNullable<Plan["over"]>, places: readonly string[]): string {
  const { groupBy = [], measures = [] } = writer.plan;
  const measure = quoteName(measureLabel(measures[over.measure]!));
  // Beside a time, the other keys are series of their own: each is compared with its own month before.
  const isTime = groupBy.map((key) => isTimeKey(writer, key));
  const series = isTime.includes(true) ? places.filter((_, index) => !isTime[index]) : [];
  const along = places.filter((each) => !series.includes(each)).join(", ");
  const partition = series.length === 0 ? "" : `PARTITION BY ${series.join(", ")} `;
  const before = `lag(${measure}) OVER (${partition}ORDER BY ${along})`;
  switch (over.as) {
    case "share":
      return `${measure} / nullif(sum(${measure}) OVER (), 0) * 100`;
    case "change":
      return `${measure} - ${before}`;
    case "percent-change":
      return `(${measure} - ${before}) / nullif(${before}, 0) * 100`;
    case "rank":
      return `rank() OVER (ORDER BY ${measure} DESC NULLS LAST)`;
    case "running-total":
      return `sum(${measure}) OVER (${partition}ORDER BY ${along} ROWS UNBOUNDED PRECEDING)`;
    default:
      return over.as satisfies never;
  }
}

function isTimeKey(writer: SqlWriter, { column, grain }: GroupKey): boolean {
  const { type, name } = columnOf(writer, column);
  const { unpivot } = writer.plan;
  return grain !== undefined || type === "date" || (unpivot !== undefined && isSameName(unpivot.name, name));
}

function outerOrder(plan: Plan, label: string, places: readonly string[]): string[] {
  const { orderBy = [], groupBy = [], measures = [] } = plan;
  return orderBy.map(({ by, direction }) => {
    const way = `${direction === "ascending" ? "ASC" : "DESC"} NULLS LAST`;
    if (typeof by === "number") return `${quoteName(measureLabel(measures[by]!))} ${way}`;
    const key = groupBy.findIndex(({ column }) => isSameName(column, by));
    if (key >= 0) return `${places[key]} ${way}`;
    if (by === label) return `${quoteName(label)} ${way}`;
    throw new RangeError(`groups can't be put in the order of ${by}`);
  });
}
