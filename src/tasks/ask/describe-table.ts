import type { Table, TableColumn } from "../../table.ts";
import { isDateType, isNumberType } from "./plan-columns.ts";
import { dayText } from "./question/calendar.ts";

/** What can be asked about a column: plain data for people, programs and models. */
export type AskableColumn = {
  readonly name: string;
  readonly type: TableColumn["type"];
  readonly unit?: string;
  /** Rows that have a value. */
  readonly filled: number;
  /** Different texts; only of text columns. */
  readonly different?: number;
  /** The smallest and largest number, or the first and last day as ISO 8601. */
  readonly range?: readonly [from: number | string, to: number | string];
  /** Some of the texts, the first ones of the table. */
  readonly examples?: readonly string[];
};

const mostExamples = 8;
const longestExample = 40;

/** What stands in each column of a table. */
export function describeColumns({ columns }: Pick<Table, "columns">): AskableColumn[] {
  return columns.map((column) => {
    const { name, type, unit, present, strings } = column;
    const range = rangeOf(column);
    return {
      name,
      type,
      ...(unit !== undefined && { unit }),
      filled: present.reduce((sum, each) => sum + each, 0),
      ...(strings !== undefined && { different: strings.length, examples: examplesOf(strings) }),
      ...(range !== undefined && { range }),
    };
  });
}

function examplesOf(strings: readonly string[]): string[] {
  return strings.slice(0, mostExamples).map((text) => {
    const line = text.replace(/\s+/g, " ");
    return line.length > longestExample ? `${line.slice(0, longestExample)}…` : line;
  });
}

function rangeOf({ type, values, present }: TableColumn): AskableColumn["range"] {
  if (!isNumberType(type) && !isDateType(type)) return undefined;
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  values.forEach((value, row) => {
    if (present[row] === 0) return;
    if (value < min) min = value;
    if (value > max) max = value;
  });
  if (min > max) return undefined;
  if (isNumberType(type)) return [min, max];
  const perDay = type === "timestamp" ? 86_400_000 : 1;
  return [dayText(Math.floor(min / perDay)), dayText(Math.floor(max / perDay))];
}

/** The columns in a few words each, a line a column: `"Amount" (number in €): from 90 to 900`. */
export function columnLines(columns: readonly AskableColumn[]): string[] {
  return columns.map(({ name, type, unit, range, different, examples = [] }) => {
    const kind = isNumberType(type) ? "number" : type;
    const details = [
      ...(range === undefined ? [] : [`from ${range[0]} to ${range[1]}`]),
      ...(different === undefined ? [] : [`${different} different`]),
      ...examples.map((text) => JSON.stringify(text)),
      ...(different !== undefined && different > examples.length ? ["…"] : []),
    ];
    const head = `${JSON.stringify(name)} (${kind}${unit === undefined ? "" : ` in ${unit}`})`;
    return details.length === 0 ? head : `${head}: ${details.join(", ")}`;
  });
}
