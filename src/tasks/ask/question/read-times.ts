import type { Filter } from "../plan.ts";
import type { ColumnProfile } from "../profile.ts";
import { dayText } from "./calendar.ts";
import { type Period, wholeMonths } from "./periods.ts";
import {
  addOnce,
  any,
  columnAt,
  find,
  meantColumn,
  periodAt,
  type Question,
  type Taken,
  take,
} from "./question.ts";
import {
  formOf,
  isTimeUnclear,
  mainTime,
  monthTexts,
  type TimeColumn,
  timeColumns,
  yearsWith,
} from "./time-columns.ts";

type Relation = "in" | "not-in" | "before" | "after" | "since" | "until";

const { period: P, column: C } = any;
const article = "(?:the )?";

const ranges = new RegExp(
  `(?:(?<c>${C}) )?(?:(?:is |was |were )?(?:(?:between|from) ${article}(?<p>${P}) (?:and|to|until|till|through|thru)|(?:(?:in|for|during|over|of) )?${article}(?<r>${P}) (?:to|until|till|through|thru)) ${article}(?<q>${P}))`,
);
const singles = new RegExp(
  `(?:(?<c>${C}) )?(?:is |was |were |of |are )?(?<w>not in|not on|outside|before|prior to|earlier than|until|till|up to|since|starting in|starting|from|as of|after|later than|in|on|during|for|within|at|of|by|by the end of)? ?${article}(?<p>${P})`,
);

const relations: readonly (readonly [RegExp, Relation])[] = [
  [/^(not in|not on|outside)$/, "not-in"],
  [/^(before|prior to|earlier than)$/, "before"],
  [/^(until|till|up to|by|by the end of)$/, "until"],
  [/^(since|starting in|starting|as of)$/, "since"],
  [/^(after|later than)$/, "after"],
];

/** Reads every time of the question as a condition: `in March 2024`, `between 2019 and 2021`, `before May`. */
export function readTimes(question: Question): void {
  // `in both 2018 and 2019` of a sum takes both together; of names that are asked for it would mean those in each.
  if (find(question, /\b(?:total|sum|average|combined|change|difference)\b/) !== undefined)
    take(question, new RegExp(`\\bboth (?=${P} and ${P})`));
  for (let found = take(question, ranges, ["c"]); found !== undefined; found = take(question, ranges, ["c"]))
    addRange(question, found);
  for (
    let found = take(question, singles, ["c"]);
    found !== undefined;
    found = take(question, singles, ["c"])
  )
    addSingle(question, found);
}

function addRange(question: Question, { groups, at }: Taken): void {
  const time = timeFor(question, groups.c);
  if (time === undefined) return;
  const [from, to] = [periodAt(question, (groups.p ?? groups.r)!), periodAt(question, groups.q!)];
  const filter = spanFilter(question, time, from, to);
  if (filter !== undefined) question.conditions.push({ filter, at });
}

function addSingle(question: Question, { groups, at }: Taken): void {
  const time = timeFor(question, groups.c);
  if (time === undefined) return;
  const relation = relations.find(([pattern]) => pattern.test(groups.w ?? ""))?.[1] ?? "in";
  // `in January and February`: the second one widens what the first says.
  const filter = timeFilter(question, time, periodAt(question, groups.p!), relation);
  if (filter === undefined) return;
  const before = question.conditions.find(
    (each) =>
      each.filter.column === filter.column &&
      /^(between|=|in)$/.test(each.filter.is) &&
      /^(between|=|in)$/.test(filter.is),
  );
  if (before === undefined) question.conditions.push({ filter, at });
  else joinPeriods(question, before.filter, filter);
}

function joinPeriods(question: Question, one: Filter, two: Filter): void {
  const joined = unionOf(one, two);
  const index = question.conditions.findIndex(({ filter }) => filter === one);
  if (joined !== undefined) question.conditions[index] = { ...question.conditions[index]!, filter: joined };
  else addOnce(question.doubts, "two times are named that don't follow each other");
}

function unionOf(one: Filter, two: Filter): Filter | undefined {
  const { column } = one;
  if (one.is === "=" && two.is === "=") return { column, is: "in", values: [one.value, two.value] };
  if (one.is === "in" && two.is === "in") return { ...one, values: [...one.values, ...two.values] };
  if (one.is === "in" && two.is === "=") return { ...one, values: [...one.values, two.value] };
  if (one.is !== "between" || two.is !== "between") return undefined;
  const isNext = Date.parse(String(two.from)) - Date.parse(String(one.to)) === 86_400_000;
  return isNext ? { ...one, to: two.to } : undefined;
}

/** The time column that is meant: the one that is named beside the time, else the only one. */
export function timeFor(question: Question, token: string | undefined): TimeColumn | undefined {
  const columns = timeColumns(question.profile);
  if (token !== undefined) {
    const mention = columnAt(question, token);
    const named = meantTime(question, mention.columns);
    if (named !== undefined) {
      useToken(question, token);
      return named;
    }
  }
  const open = question.tokens.findIndex(({ text }, at) => /^d_\d+$/.test(text) && !question.used.has(at));
  const [, second] = columns;
  const first = mainTime(question.profile);
  if (open >= 0 && second !== undefined) {
    const column = meantColumn(question, columnAt(question, question.tokens[open]!.text));
    const named = columns.find((each) => each.column === column);
    if (named !== undefined) return named;
  }
  if (isTimeUnclear(question.profile)) addOnce(question.doubts, "it is not clear which date is meant");
  else if (first !== undefined && second !== undefined)
    addOnce(question.assumptions, `times are those of ${first.column.column.name}`);
  return first;
}

function meantTime(question: Question, columns: readonly ColumnProfile[]): TimeColumn | undefined {
  const dated = columns.filter((column) => formOf(column) !== undefined);
  if (dated.length > 1)
    addOnce(question.doubts, `the date may be ${dated.map(({ column }) => column.name).join(" or ")}`);
  const [column] = dated;
  return column === undefined ? undefined : { column, form: formOf(column)! };
}

function useToken({ tokens, used }: Question, token: string): void {
  tokens.forEach(({ text }, at) => {
    if (text === token) used.add(at);
  });
}

/** A condition for one period; undefined, with a doubt, when the column can't tell. */
export function timeFilter(
  question: Question,
  { column, form }: TimeColumn,
  period: Period,
  relation: Relation = "in",
): Filter | undefined {
  const { name, type } = column.column;
  if (period.kind === "unclear") {
    addOnce(question.doubts, period.why);
    return undefined;
  }
  if (form === "month-name") return monthNameFilter(question, column, period, relation);
  if (period.kind === "weekday")
    return {
      column: name,
      grain: "weekday",
      is: relation === "not-in" ? "not-in" : "in",
      values: period.days,
    };
  if (period.kind === "month-of-year")
    return monthFilter(question, { column, form }, period.months, relation);
  if (form === "year") return yearFilter(name, Number(period.from.slice(0, 4)), relation);
  const { from, to } = period;
  const next = dayText(Date.parse(to) / 86_400_000 + 1);
  switch (relation) {
    case "before":
      return { column: name, is: "<", value: from };
    case "since":
      return { column: name, is: ">=", value: from };
    case "after":
      return type === "timestamp"
        ? { column: name, is: ">=", value: next }
        : { column: name, is: ">", value: to };
    case "until":
      return type === "timestamp"
        ? { column: name, is: "<", value: next }
        : { column: name, is: "<=", value: to };
    case "not-in":
      addOnce(question.doubts, "a time is excluded");
      return undefined;
    default:
      return { column: name, is: "between", from, to };
  }
}

function yearFilter(column: string, year: number, relation: Relation): Filter {
  const sign = { in: "=", "not-in": "!=", before: "<", after: ">", since: ">=", until: "<=" } as const;
  return { column, is: sign[relation], value: year };
}

function monthNameFilter(
  question: Question,
  column: ColumnProfile,
  period: Period,
  relation: Relation,
): Filter | undefined {
  const texts = period.kind === "month-of-year" ? monthTexts(column, period.months) : [];
  if (texts.length === 0 || relation !== "in") {
    addOnce(question.doubts, `${column.column.name} has only the names of months`);
    return undefined;
  }
  return { column: column.column.name, is: "in", values: texts };
}

/** A month without a year is the one there is; of several years it may be any. */
function monthFilter(
  question: Question,
  time: TimeColumn,
  months: readonly number[],
  relation: Relation,
): Filter | undefined {
  const { column } = time.column;
  const years = yearsWith(time.column, months);
  if (years.length > 1) {
    addOnce(question.doubts, `the month may be in ${years.join(" or ")}`);
    return { column: column.name, grain: "month-of-year", is: "in", values: months };
  }
  const year = years[0] ?? onlyYear(time.column);
  if (year === undefined) return { column: column.name, grain: "month-of-year", is: "in", values: months };
  addOnce(question.assumptions, `months are those of ${year}`);
  const period = wholeMonths(year, months[0]!, months.at(-1)!, "month");
  return timeFilter(question, time, period, relation);
}

function onlyYear({ range, column }: ColumnProfile): number | undefined {
  if (range === undefined) return undefined;
  const scale = column.type === "timestamp" ? 1 : 86_400_000;
  const [from, to] = [range.min, range.max].map((value) => new Date(value * scale).getUTCFullYear());
  return from === to ? from : undefined;
}

/** From the begin of one period to the end of another. */
function spanFilter(question: Question, time: TimeColumn, from: Period, to: Period): Filter | undefined {
  const { column, form } = time;
  const { name } = column.column;
  if (form === "month-name" && from.kind === "month-of-year" && to.kind === "month-of-year") {
    const months = Array.from({ length: 12 }, (_, index) => index + 1);
    const inside = months.filter((month) => month >= from.months[0]! && month <= to.months.at(-1)!);
    return { column: name, is: "in", values: monthTexts(column, inside) };
  }
  const [first, last] = [timeFilter(question, time, inYearOf(from, to)), timeFilter(question, time, to)];
  if (first === undefined || last === undefined) return undefined;
  if (form === "year" && first.is === "=" && last.is === "=")
    return { column: name, is: "between", from: first.value, to: last.value };
  if (first.is === "between" && last.is === "between")
    return { column: name, is: "between", from: first.from, to: last.to };
  addOnce(question.doubts, "a stretch of time could not be read");
  return undefined;
}

/** `January to March 2024`: the year is said once. */
function inYearOf(from: Period, to: Period): Period {
  if (from.kind !== "month-of-year" || to.kind !== "days") return from;
  return wholeMonths(Number(to.to.slice(0, 4)), from.months[0]!, from.months.at(-1)!, "month");
}
