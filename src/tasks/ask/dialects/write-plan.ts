import type { GroupKey, Plan } from "../plan.ts";
import { isSameName, keyLabel, measureLabel, overLabels } from "../plan-columns.ts";
import { freeNames, openWriter, type PlanSource, type SqlWriter } from "./plan-source.ts";
import { columnOf, columnSql, filterSql, keyOrderSql, keySql, measureSql } from "./write-expressions.ts";
import { writeOver } from "./write-over.ts";

/** An expression with the name that it gets in the result. */
type Labelled = { readonly sql: string; readonly label: string };

/** What a result is put in order by. */
type OrderTerm = { readonly sql: string; readonly way: string };

/**
 * The SELECT that computes a plan in the source's dialect. Throws `RangeError` for a column that the table lacks or a
 * value that doesn't fit: check a plan first (`checkPlan`).
 */
export function writePlan(plan: Plan, source: PlanSource): string {
  const writer = openWriter(plan, source);
  if (plan.over !== undefined) return writeOver(writer, plan.over, (extra) => selection(writer, extra));
  return plan.count === undefined ? selection(writer) : groupCount(writer);
}

/** The names of a plan's result, in the order of its columns. */
export function planLabels(plan: Plan, source: PlanSource): string[] {
  const writer = openWriter(plan, source);
  if (plan.over === undefined && plan.count !== undefined) return [countLabel(plan)];
  const labels = resultColumns(writer).map(({ label }) => label);
  return plan.over === undefined ? labels : [...labels, overLabels[plan.over.as]];
}

function groupCount({ mostRows: _, ...writer }: SqlWriter): string {
  const { quoteName } = writer.dialect;
  return `SELECT count(*) AS ${quoteName(countLabel(writer.plan))}\nFROM (${selection(writer)}) AS ${quoteName("groups")}`;
}

function countLabel({ groupBy = [] }: Plan): string {
  const [key] = groupBy;
  if (key === undefined) throw new RangeError("groups are counted, but nothing is put together");
  return measureLabel({ fn: "count", column: keyLabel(key) });
}

function selection(writer: SqlWriter, extra: readonly string[] = []): string {
  const columns = resultColumns(writer);
  const ranked = rankSql(writer);
  if (extra.length === 0 && ranked !== undefined && !writer.dialect.hasQualify)
    return rankedSelection(writer, columns, ranked);
  const parts = [`SELECT ${[...columns.map((each) => labelledSql(writer, each)), ...extra].join(", ")}`];
  parts.push(...groupedRows(writer));
  // What stands around puts the groups in order.
  if (extra.length > 0) return parts.join("\n");
  if (ranked !== undefined) parts.push(`QUALIFY ${ranked.rank} ${ranked.isAmong}`);
  const order = orderOf(writer);
  if (order.length > 0) parts.push(`ORDER BY ${order.map(termSql).join(", ")}`);
  return [...parts, ...limitSql(writer, ranked === undefined)].join("\n");
}

/** FROM, WHERE, GROUP BY and HAVING. */
function groupedRows(writer: SqlWriter): string[] {
  const { plan, from } = writer;
  const { groupBy = [], measures = [], having } = plan;
  const parts = [`FROM ${from}`];
  const conditions = conditionsSql(writer);
  if (conditions !== "") parts.push(`WHERE ${conditions}`);
  if (groupBy.length > 0) parts.push(`GROUP BY ${groupBy.map((key) => keySql(writer, key)).join(", ")}`);
  // Not DISTINCT: grouped rows can still be put in the order of the table.
  else if (isDistinct(plan)) parts.push(`GROUP BY ${shownColumns(writer).join(", ")}`);
  if (having !== undefined) {
    const sign = having.is === "!=" ? "<>" : having.is;
    parts.push(`HAVING ${measureSql(writer, measures[having.measure]!)} ${sign} ${having.value}`);
  }
  return parts;
}

function resultColumns(writer: SqlWriter): Labelled[] {
  const { groupBy = [], measures = [] } = writer.plan;
  const computed = [
    ...groupBy.map((key) => ({ sql: keySql(writer, key), label: keyLabel(key) })),
    ...measures.map((measure) => ({ sql: measureSql(writer, measure), label: measureLabel(measure) })),
  ];
  if (computed.length > 0) return computed;
  return shownNames(writer).map((name) => {
    const { elapsed, sqlName } = columnOf(writer, name);
    return { sql: columnSql(writer, name), label: elapsed === undefined ? sqlName : name };
  });
}

/** What is shown by its own name needs no other; groups always say theirs. */
function labelledSql({ dialect, plan }: SqlWriter, { sql, label }: Labelled): string {
  const name = dialect.quoteName(label);
  const isShown = (plan.groupBy ?? []).length + (plan.measures ?? []).length === 0;
  return isShown && sql === name ? sql : `${sql} AS ${name}`;
}

function shownNames({ plan, columns }: SqlWriter): readonly string[] {
  return plan.show ?? columns.map(({ name }) => name);
}

function shownColumns(writer: SqlWriter): string[] {
  return shownNames(writer).map((name) => columnSql(writer, name));
}

function isDistinct({ distinct, groupBy = [], measures = [] }: Plan): boolean {
  return distinct === true && groupBy.length + measures.length === 0;
}

/** Engines without QUALIFY number the rows in a SELECT of their own, and what they are ordered by goes along. */
function rankedSelection(writer: SqlWriter, columns: readonly Labelled[], ranked: Rank): string {
  const { quoteName } = writer.dialect;
  const order = orderOf(writer);
  const inner = freeNames(
    columns.map(({ label }) => label),
    [],
  );
  const [rank, ...terms] = freeNames(["rank", ...order.map((_, index) => `order ${index}`)], inner);
  const lines = [
    `SELECT ${columns.map(({ label }, index) => (inner[index] === label ? quoteName(label) : `${quoteName(inner[index]!)} AS ${quoteName(label)}`)).join(", ")}`,
    `FROM (SELECT ${[
      ...columns.map(({ sql }, index) => `${sql} AS ${quoteName(inner[index]!)}`),
      `${ranked.rank} AS ${quoteName(rank!)}`,
      ...order.map(({ sql }, index) => `${sql} AS ${quoteName(terms[index]!)}`),
    ].join(", ")}`,
    `${groupedRows(writer).join("\n")}) AS ${quoteName("ranked")}`,
    `WHERE ${quoteName(rank!)} ${ranked.isAmong}`,
    `ORDER BY ${order.map(({ way }, index) => termSql({ sql: quoteName(terms[index]!), way })).join(", ")}`,
  ];
  return [...lines, ...limitSql(writer, false)].join("\n");
}

function limitSql({ plan, mostRows }: SqlWriter, isOwn: boolean): string[] {
  const { limit, offset, measures = [], groupBy = [] } = plan;
  const isOneRow = measures.length > 0 && groupBy.length === 0;
  if (limit === undefined || !isOwn) return mostRows === undefined || isOneRow ? [] : [`LIMIT ${mostRows}`];
  const most = mostRows === undefined ? limit : Math.min(limit, mostRows);
  return [offset === undefined ? `LIMIT ${most}` : `LIMIT ${most} OFFSET ${offset}`];
}

type Rank = { readonly rank: string; readonly isAmong: string };

/** With `ties` the rank decides who is among the first, so that equals stand or fall together. */
function rankSql(writer: SqlWriter): Rank | undefined {
  const { limit, ties, orderBy, offset } = writer.plan;
  if (limit === undefined || ties !== true || orderBy === undefined || orderBy.length === 0) return undefined;
  const terms = orderBy.flatMap((each) => orderTerms(writer, each));
  return {
    rank: `rank() OVER (ORDER BY ${terms.map(termSql).join(", ")})`,
    isAmong: offset === undefined ? `<= ${limit}` : `BETWEEN ${offset + 1} AND ${offset + limit}`,
  };
}

function termSql({ sql, way }: OrderTerm): string {
  return way === "" ? sql : `${sql} ${way}`;
}

function orderOf(writer: SqlWriter): OrderTerm[] {
  const { orderBy = [], groupBy = [], measures = [] } = writer.plan;
  const terms = orderBy.flatMap((each) => orderTerms(writer, each));
  // Ties come in the order of the table, so that the same question has the same answer every time.
  const isPlain = groupBy.length + measures.length === 0;
  const isByRow = orderBy.some(({ by }) => by === "row");
  if (isPlain) terms.push(...tieTerms(writer, isByRow));
  terms.push(...groupBy.map((key) => ({ sql: keyOrderSql(writer, key), way: "" })));
  return terms;
}

/**
 * A table without an order of its own is put in that of what is shown. So are rows of several places that say the same:
 * the least of each part of their places need not be a place.
 */
function tieTerms(writer: SqlWriter, isByRow: boolean): OrderTerm[] {
  const { rowOrder, plan } = writer;
  const own = isByRow
    ? []
    : rowOrder.map((each) => ({ sql: inGroup(writer, each, { type: "integer" }, "ascending"), way: "" }));
  const isTold = rowOrder.length === 1 || (rowOrder.length > 1 && !isDistinct(plan));
  return isTold ? own : [...own, ...shownTerms(writer)];
}

function shownTerms(writer: SqlWriter): OrderTerm[] {
  return shownNames(writer).map((name) => {
    const column = columnOf(writer, name);
    return { sql: writer.dialect.sortable(columnSql(writer, name), column), way: "ASC NULLS LAST" };
  });
}

function orderTerms(writer: SqlWriter, { by, direction }: NonNullable<Plan["orderBy"]>[number]): OrderTerm[] {
  const way = direction === "ascending" ? "ASC NULLS LAST" : "DESC NULLS LAST";
  if (typeof by === "number") return [{ sql: measureSql(writer, writer.plan.measures![by]!), way }];
  if (by === "row")
    return rowTerms(writer).map((each) => ({
      sql: inGroup(writer, each, { type: "integer" }, direction),
      way,
    }));
  const key: GroupKey | undefined = writer.plan.groupBy?.find((each) => isSameName(each.column, by));
  if (key !== undefined) return [{ sql: keyOrderSql(writer, key), way }];
  return [{ sql: inGroup(writer, columnSql(writer, by), columnOf(writer, by), direction), way }];
}

function rowTerms({ rowOrder, tableName }: SqlWriter): readonly string[] {
  if (rowOrder.length === 0)
    throw new RangeError(`the rows of ${tableName} have no order: it has no primary key`);
  return rowOrder;
}

/** Of rows that say the same, shown once, the one that would come first. */
function inGroup(
  { plan, dialect }: SqlWriter,
  sql: string,
  kind: Parameters<typeof dialect.extreme>[2],
  direction: "ascending" | "descending",
): string {
  if (!isDistinct(plan)) return dialect.sortable(sql, kind);
  return dialect.extreme(direction === "ascending" ? "min" : "max", sql, kind);
}

function conditionsSql(writer: SqlWriter): string {
  const { plan, from, dialect } = writer;
  const own = (plan.where ?? []).map((each) => filterSql(writer, each)).join(" AND ");
  if (plan.beside === undefined) return own;
  if (plan.unpivot !== undefined) throw new RangeError("rows beside others don't go with unpivot");
  const [row, second] = rowTerms(writer);
  if (second !== undefined)
    throw new RangeError(`the rows of ${writer.tableName} have no single number to count from`);
  const extreme = (fn: "min" | "max"): string => dialect.extreme(fn, row!, { type: "integer" });
  const isAfter = plan.beside > 0;
  const found = `SELECT ${extreme(isAfter ? "max" : "min")} FROM ${from}${own === "" ? "" : ` WHERE ${own}`}`;
  const [side, nearest] = isAfter ? [">", extreme("min")] : ["<", extreme("max")];
  return `${row} = (SELECT ${nearest} FROM ${from} WHERE ${row} ${side} (${found}))`;
}
