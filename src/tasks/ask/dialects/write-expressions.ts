import type { Filter, GroupKey, Measure, PlanValue } from "../plan.ts";
import { isSameName } from "../plan-columns.ts";
import type { SqlWriter, WrittenColumn } from "./plan-source.ts";
import { literalOf, numberLiteral } from "./write-literal.ts";

/** The column that a plan names. Throws `RangeError` when the table lacks it. */
export function columnOf({ columns, tableName }: SqlWriter, name: string): WrittenColumn {
  const found = columns.find((each) => isSameName(each.name, name));
  if (found === undefined) throw new RangeError(`the table ${tableName} has no column ${name}`);
  return found;
}

/** A column as SQL, by the name that a plan gives it. */
export function columnSql(writer: SqlWriter, name: string): string {
  const { elapsed, sql } = columnOf(writer, name);
  if (elapsed === undefined) return sql;
  return writer.dialect.elapsed(elapsed.unit, columnSql(writer, elapsed.from), columnSql(writer, elapsed.to));
}

/** A condition that is true or false (never NULL where it says `not`). */
export function filterSql(writer: SqlWriter, filter: Filter): string {
  const { dialect } = writer;
  const column = columnOf(writer, filter.column);
  const name = columnSql(writer, filter.column);
  const grain = "grain" in filter ? filter.grain : undefined;
  const literal = (value: PlanValue): string =>
    grain === undefined ? literalOf(column, value, dialect) : numberLiteral(column.name, value);
  const isText = column.type === "text" && grain === undefined;
  const compared = grain !== undefined ? dialect.part(grain, name) : isText ? dialect.folded(name) : name;
  const kind = grain === undefined ? column : ({ type: "integer" } as const);
  switch (filter.is) {
    case "contains":
      return dialect.contains(name, column, String(filter.value));
    case "not-contains":
      return `NOT coalesce(${dialect.contains(name, column, String(filter.value))}, false)`;
    case "between":
      return `${compared} BETWEEN ${literal(filter.from)} AND ${literal(lastMoment(column, filter.to))}`;
    case "in":
      return dialect.oneOf(compared, kind, filter.values.map(literal), false);
    case "not-in":
      return dialect.orNull(dialect.oneOf(compared, kind, filter.values.map(literal), true), compared);
    case "empty":
      return column.type === "text" ? dialect.isBlank(name) : `${name} IS NULL`;
    case "not-empty":
      return column.type === "text" ? dialect.isNotBlank(name) : `${name} IS NOT NULL`;
    case "!=":
      return dialect.orNull(`${compared} <> ${literal(filter.value)}`, compared);
    default:
      return `${compared} ${filter.is} ${literal(filter.value)}`;
  }
}

/** `between` takes the whole of its last day, also where the column knows the time of day. */
function lastMoment({ type }: WrittenColumn, value: PlanValue): PlanValue {
  const isDay = type === "timestamp" && /^\d{4}-\d{2}-\d{2}$/.test(String(value));
  return isDay ? `${value} 23:59:59.999999` : value;
}

/** What rows are grouped by; months and weekdays by their names. */
export function keySql(writer: SqlWriter, { column, grain }: GroupKey): string {
  const name = columnSql(writer, column);
  return grain === undefined ? name : writer.dialect.key(grain, name);
}

/** What puts groups in their natural order: January before February, the table's order for columns turned into rows. */
export function keyOrderSql(writer: SqlWriter, key: GroupKey): string {
  const { place, dialect } = writer;
  if (place !== undefined && isSameName(place.column, key.column)) return `min(${place.sql})`;
  if (key.grain === "month-of-year" || key.grain === "weekday")
    return `min(${dialect.part(key.grain, columnSql(writer, key.column))})`;
  const isText = key.grain === "quarter" || key.grain === "month";
  return dialect.sortable(keySql(writer, key), isText ? { type: "text" } : keyKind(writer, key));
}

function keyKind(writer: SqlWriter, { column, grain }: GroupKey): Pick<WrittenColumn, "type"> {
  return grain === undefined ? columnOf(writer, column) : { type: "integer" };
}

/** An aggregate. Throws `RangeError` when it needs a column and has none. */
export function measureSql(writer: SqlWriter, { fn, column }: Measure): string {
  if (column === undefined) {
    if (fn === "count") return "count(*)";
    throw new RangeError(`${fn} needs a column`);
  }
  return writer.dialect.aggregate(fn, columnSql(writer, column), columnOf(writer, column));
}
