import type { GroupKey, Plan } from "../plan.ts";
import { isSameName, keyLabel, measureLabel, overLabels } from "../plan-columns.ts";
import { freeNames, type SqlWriter } from "./plan-source.ts";
import { columnOf, keyOrderSql } from "./write-expressions.ts";

type Over = NonNullable<Plan["over"]>;

/**
 * A measure of each group with its share of the whole, its change from the group before, its rank or running total.
 * `selection` gives the groups with more columns beside them.
 */
export function writeOver(
  writer: SqlWriter,
  over: Over,
  selection: (extra: readonly string[]) => string,
): string {
  const { dialect, mostRows } = writer;
  const { groupBy = [], measures = [], limit, offset } = writer.plan;
  if (groupBy.length === 0 || measures[over.measure] === undefined)
    throw new RangeError(`${over.as} needs groups and a measure`);
  const labels = [...groupBy.map(keyLabel), ...measures.map(measureLabel)];
  const places = freeNames(
    groupBy.map((_, index) => `place ${index}`),
    labels,
  ).map(dialect.quoteName);
  const inner = selection(groupBy.map((key, index) => `${keyOrderSql(writer, key)} AS ${places[index]}`));
  const order = [...outerOrder(writer, over, places), ...places].join(", ");
  const most = limit ?? mostRows;
  const skipped = limit === undefined || offset === undefined ? "" : ` OFFSET ${offset}`;
  const last = most === undefined ? "" : `\nLIMIT ${most}${skipped}`;
  const columns = labels.map(dialect.quoteName).join(", ");
  const beside = `${besideSql(writer, over, places)} AS ${dialect.quoteName(overLabels[over.as])}`;
  return `SELECT ${columns}, ${beside}\nFROM (${inner}) AS ${dialect.quoteName("groups")}\nORDER BY ${order}${last}`;
}

function besideSql(writer: SqlWriter, over: Over, places: readonly string[]): string {
  const { dialect } = writer;
  const { groupBy = [], measures = [] } = writer.plan;
  const measure = dialect.quoteName(measureLabel(measures[over.measure]!));
  // Beside a time, the other keys are series of their own: each is compared with its own month before.
  const isTime = groupBy.map((key) => isTimeKey(writer, key));
  const series = isTime.includes(true) ? places.filter((_, index) => !isTime[index]) : [];
  const along = places.filter((each) => !series.includes(each)).join(", ");
  const window = `${series.length === 0 ? "" : `PARTITION BY ${series.join(", ")} `}ORDER BY ${along}`;
  const before = dialect.before(measure, window);
  switch (over.as) {
    case "share":
      return `${dialect.quotient(measure, `sum(${measure}) OVER ()`)} * 100`;
    case "change":
      return `${measure} - ${before}`;
    case "percent-change":
      return `${dialect.quotient(`(${measure} - ${before})`, before)} * 100`;
    case "rank":
      return `rank() OVER (ORDER BY ${measure} DESC NULLS LAST)`;
    case "running-total":
      return dialect.runningTotal(measure, window);
    default:
      return over.as satisfies never;
  }
}

function isTimeKey(writer: SqlWriter, { column, grain }: GroupKey): boolean {
  const { type, name } = columnOf(writer, column);
  const { unpivot } = writer.plan;
  return grain !== undefined || type === "date" || (unpivot !== undefined && isSameName(unpivot.name, name));
}

function outerOrder({ plan, dialect }: SqlWriter, over: Over, places: readonly string[]): string[] {
  const { orderBy = [], groupBy = [], measures = [] } = plan;
  const label = overLabels[over.as];
  return orderBy.map(({ by, direction }) => {
    const way = `${direction === "ascending" ? "ASC" : "DESC"} NULLS LAST`;
    if (typeof by === "number") return `${dialect.quoteName(measureLabel(measures[by]!))} ${way}`;
    const key = groupBy.findIndex(({ column }) => isSameName(column, by));
    if (key >= 0) return `${places[key]} ${way}`;
    if (by === label) return `${dialect.quoteName(label)} ${way}`;
    throw new RangeError(`groups can't be put in the order of ${by}`);
  });
}
