import type { Calculation, Filter, Measure, Plan } from "../../ask/plan.ts";
import { type ColumnProfile, isKey, type Profile } from "../../ask/profile.ts";
import { mainAmount } from "../../ask/question/main-amount.ts";
import type { Period } from "../../ask/question/periods.ts";
import type { Language } from "../read/language.ts";
import type { WrittenFigure } from "../types.ts";
import { type Element, isConcept, isMark } from "./elements.ts";
import type { ValueChoice } from "./find-names.ts";
import { measureOf, planOf, valueFilters } from "./plans.ts";
import { countedAt, type Role, roleOf } from "./read-role.ts";
import type { Reading } from "./reading.ts";
import type { NamedValue, Scope } from "./scope.ts";
import { type TimeContext, type Times, timesOf } from "./times.ts";

/** A figure in its chunk. */
export type Asked = {
  readonly figure: WrittenFigure;
  readonly elements: readonly Element[];
  readonly at: number;
  readonly leading: number;
  readonly language: Language;
};

export type ReadingContext = TimeContext & { readonly profile: Profile };

/** Every way to compute a figure that its words allow in one table. */
export function readingsOf(asked: Asked, scope: Scope, context: ReadingContext): Reading[] {
  const { figure, elements, at, language } = asked;
  if (isCondition(asked)) return [];
  const role = figure.form === "direction" ? "change" : roleOf(figure, elements, at, scope, language);
  if (role === undefined) return [];
  const what = measureFor(asked, role, scope, context.profile);
  if (what === undefined) return [];
  const isCompared = isOverTime(role, scope);
  const times = timesOf(scope, isCompared, context, localPeriod(asked, role));
  return choicesOf(scope.values).flatMap((chosen) =>
    times.flatMap((time) =>
      calculations({ asked, role, scope, what, chosen, time, isCompared }, context.profile),
    ),
  );
}

/** `orders above 500 €` says which orders, not how many. */
function isCondition({ figure, elements, at }: Asked): boolean {
  return (
    /^(above|below|at-least|at-most)$/.test(figure.bound) &&
    /^(noun|column)$/.test(elements[at - 1]?.kind ?? "")
  );
}

/** Columns that are named and have no part in the calculation: `revenue from new customers`. */
function idleGroups({ groups, values }: Scope, { elements, at }: Asked): string[] {
  return groups.flatMap((group) => {
    const isValued = values.some(({ choices }) =>
      choices.some(({ column }) => group.columns.includes(column)),
    );
    const before = elements.slice(0, group.at).findLast((each) => !isConcept(each, "small", "mild"));
    const isLed =
      isConcept(before, "each", "count", "highest", "lowest") || countedAt(elements, at) === group.at;
    const isTime = group.columns.every(({ kind, isLabel }) => kind === "date" || isLabel);
    const isSubject = before === undefined && elements[group.at + 1]?.kind !== "column";
    return isValued || isLed || isTime || isSubject ? [] : [`${group.columns[0]!.column.name} is named, too`];
  });
}

type What = {
  readonly measure: Measure;
  readonly column?: ColumnProfile;
  readonly per?: Plan["groupBy"];
  readonly doubts: readonly string[];
};
type Chosen = {
  readonly values: readonly (NamedValue & { readonly choice: ValueChoice })[];
  readonly doubts: readonly string[];
  readonly isAlternative: boolean;
};
type Work = {
  readonly asked: Asked;
  readonly role: Role;
  readonly scope: Scope;
  readonly what: What;
  readonly chosen: Chosen;
  readonly time: Times;
  readonly isCompared: boolean;
};

function isOverTime(role: Role, { values, periods, shift }: Scope): boolean {
  if (role === "start") return true;
  if (role !== "change" && role !== "comparison") return false;
  return (
    !values.some(({ isBase }) => isBase) ||
    (role === "change" && (periods.some(({ isBase }) => isBase) || shift !== undefined))
  );
}

/** `from 5 in 2024 to 7 in 2025`: the time that stands behind each. */
function localPeriod({ elements, at }: Asked, role: Role): Period | undefined {
  const figures = elements.flatMap((element, index) => (element.kind === "figure" ? [index] : []));
  if (figures.length < 2 || role === "change") return undefined;
  const place = figures.indexOf(at);
  const end = figures[place + 1] ?? elements.length;
  const behind = elements.slice(at + 1, end).filter((each) => each.kind === "period");
  const all = elements.filter((each) => each.kind === "period");
  return all.length > 1 && behind.length === 1 && behind[0]!.kind === "period"
    ? behind[0]!.period
    : undefined;
}

function choicesOf(values: readonly NamedValue[]): Chosen[] {
  let all: Chosen[] = [{ values: [], doubts: [], isAlternative: false }];
  for (const value of values) {
    const isSeveral = value.choices.length > 1;
    const said = value.choices[0]!.texts[0]!;
    const doubts = value.isLoose ? [`“${said}” is only a part of what was said, or more`] : [];
    all = all
      .flatMap((chosen) =>
        value.choices.map((choice) => ({
          values: [...chosen.values, { ...value, choice }],
          doubts: [...chosen.doubts, ...doubts],
          isAlternative: chosen.isAlternative || isSeveral,
        })),
      )
      .slice(0, 8);
  }
  return all;
}

/** What is added up, averaged or counted. */
function measureFor(asked: Asked, role: Role, scope: Scope, profile: Profile): What | undefined {
  const counted = countMeasure(asked, role, scope);
  if (counted !== undefined) return counted;
  const column = measureColumn(asked, scope, profile);
  if (column === undefined) {
    const mayCount =
      scope.hasNoun && role !== "value" && role !== "start" && asked.figure.currency === undefined;
    return mayCount || (role === "start" && scope.hasNoun)
      ? { measure: { fn: "count" }, doubts: [] }
      : undefined;
  }
  const doubts: string[] = [];
  if (scope.measures.length > 1 && !isNamedOnce(scope))
    doubts.push(`it may be ${scope.measures.map((each) => each.column.name).join(" or ")}`);
  if (scope.isMeasureLoose) doubts.push(`${column.column.name} is only alike`);
  return withFunction(asked, scope, column, doubts);
}

function isNamedOnce({ measures }: Scope): boolean {
  return measures.length === 1;
}

function withFunction({ elements, at }: Asked, scope: Scope, column: ColumnProfile, doubts: string[]): What {
  const { concepts, groups } = scope;
  const eachAt = elements.findIndex((each) => isConcept(each, "each"));
  const eachColumn = groups.find((group) => eachAt >= 0 && group.at > eachAt)?.columns[0];
  const isMonthly = concepts.has("monthly") || (eachAt >= 0 && concepts.has("month"));
  if (
    concepts.has("average") ||
    (eachAt >= 0 && (scope.hasNoun || eachColumn !== undefined)) ||
    (isMonthly && !concepts.has("highest"))
  ) {
    if (eachColumn !== undefined)
      return { measure: measureOf(column, "sum"), column, per: [{ column: eachColumn.column.name }], doubts };
    if (isMonthly)
      return { measure: measureOf(column, "sum"), column, per: [{ column: "", grain: "month" }], doubts };
    if (concepts.has("quarter") || (concepts.has("year") && eachAt >= 0))
      doubts.push("an average over stretches of time");
    return { measure: measureOf(column, "average"), column, doubts };
  }
  if (concepts.has("median")) return { measure: measureOf(column, "median"), column, doubts };
  const extreme = elements.slice(0, at).findLast((each) => isConcept(each, "highest", "lowest"));
  if (extreme !== undefined && !isRankClaim(elements, scope)) {
    if (isMonthly || groups.length > 0) doubts.push("the largest of groups");
    const fn = isConcept(extreme, "highest") ? "max" : "min";
    return { measure: measureOf(column, fn), column, doubts };
  }
  if (eachAt >= 0) doubts.push("it is said of each");
  return {
    measure: measureOf(column, concepts.has("total") && column.isAdditive ? "sum" : undefined),
    column,
    doubts,
  };
}

/** `The North had the highest revenue`: a place among others rather than the largest of some rows. */
export function isRankClaim(elements: readonly Element[], { groups, values, periods }: Scope): boolean {
  const at = elements.findIndex((each) => isConcept(each, "highest", "lowest"));
  if (at < 0) return false;
  const next = elements.slice(at + 1).find((each) => !isConcept(each, "small", "mild"));
  if (next?.kind === "noun" || next?.kind === "word") return false;
  const own = values.filter((value) => !value.isBase);
  if (
    next?.kind === "column" &&
    groups.some((group) => group.columns.some((column) => next.columns.includes(column)))
  )
    return own.some(({ choices }) => choices.some(({ column }) => next.columns.includes(column)));
  if (isConcept(next, "month", "quarter", "year")) return periods.length > 0;
  return own.some((value) => value.at >= 0 && value.at < at);
}

function countMeasure({ elements, at, figure }: Asked, role: Role, scope: Scope): What | undefined {
  if (role !== "count" && !(scope.concepts.has("count") && scope.measures.length === 0)) return undefined;
  const place = countedAt(elements, at) ?? countNoun(elements);
  const element = place === undefined ? undefined : elements[place];
  if (element === undefined) return scope.hasNoun ? { measure: { fn: "count" }, doubts: [] } : undefined;
  if (element.kind === "noun") return { measure: { fn: "count" }, doubts: [] };
  if (element.kind !== "column") return undefined;
  const [column, second] = element.columns;
  const doubts = second === undefined ? [] : ["several columns are called so"];
  if (element.isLoose) doubts.push(`${column!.column.name} is only alike`);
  if (column!.kind === "number" && !column!.isLabel)
    return {
      measure: measureOf(column!, scope.concepts.has("average") ? "average" : undefined),
      column: column!,
      doubts,
    };
  // A few of many may be any.
  if (scope.measures.length > 0 && figure.digits === undefined) doubts.push("some of them may be meant");
  return { measure: { fn: "count-distinct", column: column!.column.name }, doubts };
}

function countNoun(elements: readonly Element[]): number | undefined {
  const at = elements.findIndex((each) => isConcept(each, "count"));
  if (at < 0) return undefined;
  const found = elements.findIndex(
    (each, index) => index > at && (each.kind === "noun" || each.kind === "column"),
  );
  return found < 0 ? undefined : found;
}

function measureColumn(
  { elements, at, figure }: Asked,
  scope: Scope,
  profile: Profile,
): ColumnProfile | undefined {
  const counted = countedAt(elements, at);
  const element = counted === undefined ? undefined : elements[counted];
  if (element?.kind === "column") {
    const own = element.columns.find((column) => column.kind === "number" && !column.isLabel);
    if (own !== undefined) return own;
  }
  if (scope.measures.length > 0) return nearest(elements, at, scope.measures);
  const numbers = profile.columns.filter((column) => column.kind === "number" && !column.isLabel);
  const named = scope.values.filter(({ isBase }) => !isBase);
  if (profile.unpivot !== undefined && named.length > 0)
    return profile.columns.find(({ column }) => column.name === profile.unpivot!.value);
  const isRecord = named.some(({ choices }) => choices.some(({ column }) => isKey(column)));
  if (numbers.length === 1 && isRecord) return numbers[0];
  const isSaid = named.length > 0 || scope.concepts.has("total") || scope.hasNoun;
  return figure.currency !== undefined && isSaid ? (mainAmount(profile) ?? undefined) : undefined;
}

/** Of several measures the one that stands nearest. */
function nearest(
  elements: readonly Element[],
  at: number,
  measures: readonly ColumnProfile[],
): ColumnProfile {
  let [best, distance] = [measures[0]!, Number.POSITIVE_INFINITY];
  elements.forEach((element, index) => {
    if (element.kind !== "column") return;
    const own = element.columns.find((column) => measures.includes(column));
    if (own !== undefined && Math.abs(index - at) < distance) [best, distance] = [own, Math.abs(index - at)];
  });
  return best;
}

function calculations(work: Work, profile: Profile): Reading[] {
  const { role, what, chosen, time } = work;
  const mains = chosen.values.filter(({ isBase }) => !isBase);
  const filters = (values: Chosen["values"]): Filter[] => valueFilters(values.map(({ choice }) => choice));
  const plan = (values: Chosen["values"], times: readonly Filter[]): Plan =>
    planOf(profile, what.measure, [...filters(values), ...times]);
  switch (role) {
    case "value":
    case "count":
      return [reading(work, profile, valueCalculation(work, profile, plan(mains, time.main)))];
    case "start":
      return time.base === undefined ? [] : [reading(work, profile, plan(mains, time.base))];
    case "change":
      if (time.base === undefined) return [];
      return [reading(work, profile, compared(work, plan(mains, time.main), plan(mains, time.base)))];
    case "comparison": {
      if (time.base !== undefined)
        return [reading(work, profile, compared(work, plan(mains, time.main), plan(mains, time.base)))];
      const bases = chosen.values.filter(({ isBase }) => isBase);
      const columns = new Set(bases.map(({ choice }) => choice.column));
      if (bases.length === 0 || !mains.some(({ choice }) => columns.has(choice.column))) return [];
      const others = [...mains.filter(({ choice }) => !columns.has(choice.column)), ...bases];
      return [reading(work, profile, compared(work, plan(mains, time.main), plan(others, time.main)))];
    }
    case "share":
      // The lines of a statement are no parts of a whole.
      if (profile.unpivot !== undefined && work.scope.measures.length === 0) return [];
      return shares(work, mains).map((whole, index) => ({
        ...reading(work, profile, {
          op: "share",
          left: plan(mains, time.main),
          right: plan(whole, time.main),
        }),
        ...(index > 0 && { isAlternative: true }),
      }));
    default:
      return role satisfies never;
  }
}

function valueCalculation({ what }: Work, profile: Profile, plan: Plan): Calculation {
  if (what.per === undefined) return plan;
  const [key] = what.per;
  const column =
    key!.column === ""
      ? (profile.columns.find(({ kind }) => kind === "date")?.column.name ?? "")
      : key!.column;
  const groups: Plan = { ...plan, groupBy: [{ ...key!, column }], count: "groups" };
  return { op: "ratio", left: plan, right: groups };
}

function compared({ asked: { figure } }: Work, left: Plan, right: Plan): Calculation {
  const op =
    figure.form === "percent" ? "percent-change" : figure.form === "multiple" ? "ratio" : "difference";
  return { op, left, right };
}

/** What a part is a part of: the values said behind `of`, or set off before, hold for both. */
function shares({ asked: { elements, at, leading } }: Work, mains: Chosen["values"]): Chosen["values"][] {
  const ofAt = elements.findIndex((each, index) => index > at && isConcept(each, "of"));
  const isCommon = (value: NamedValue): boolean =>
    value.at < leading || (ofAt >= 0 && value.at > ofAt && isOfChain(elements, ofAt, value.at));
  const common = mains.filter(isCommon);
  const parts = mains.filter((value) => !isCommon(value));
  const columns = [...new Set(parts.map(({ choice }) => choice.column))];
  if (columns.length === 0) return [];
  if (columns.length === 1) return [common];
  return [
    common,
    ...columns.map((column) => [...common, ...parts.filter(({ choice }) => choice.column !== column)]),
  ];
}

/** `of North's revenue`, `of the orders in the North`: no verb between. */
function isOfChain(elements: readonly Element[], from: number, to: number): boolean {
  return elements
    .slice(from + 1, to)
    .every((each) => !isMark(each, ",;") && !isConcept(each, "share", "be", "and"));
}

function reading(work: Work, profile: Profile, calculation: Calculation): Reading {
  const { role, what, chosen, time, scope, asked } = work;
  const { figure, elements, at } = asked;
  const unit = unitOf(figure, role, what, calculation);
  const isDown = directionAt(elements, at, role) < 0;
  const plan = "op" in calculation ? undefined : calculation;
  const needsOne =
    plan?.measures?.[0]?.fn === "average" &&
    !scope.concepts.has("average") &&
    what.column !== undefined &&
    !what.column.isAdditive;
  const needsPair =
    "op" in calculation &&
    calculation.left.measures?.[0]?.fn === "average" &&
    !scope.concepts.has("average") &&
    what.per === undefined;
  return {
    profile,
    role: role === "start" ? "value" : role,
    calculation,
    factor: unit.factor * (isDown ? -1 : 1),
    ...(what.column !== undefined && { measure: what.column }),
    ...((needsOne || needsPair) && {
      oneRow: countOf(plan ?? (calculation as Exclude<Calculation, Plan>).left),
    }),
    isAlternative: chosen.isAlternative || time.isAlternative,
    doubts: [
      ...scope.doubts,
      ...idleGroups(scope, asked),
      ...lineDoubts(work, profile),
      ...what.doubts,
      ...chosen.doubts,
      ...time.doubts,
      ...unit.doubts,
    ],
    matched: scope.matched,
  };
}

/** The cells of a statement are of many kinds: adding up all lines, or all years, means nothing. */
function lineDoubts({ chosen, time, what }: Work, { unpivot }: Profile): string[] {
  if (unpivot === undefined || what.column?.column.name !== unpivot.value) return [];
  return [
    ...(chosen.values.length === 0 ? ["no line of the table is named"] : []),
    ...(time.main.length === 0 ? ["no time is named"] : []),
  ];
}

function countOf(plan: Plan): Plan {
  return { ...plan, measures: [{ fn: "count" }] };
}

/** 1 for what went up or is more, -1 for what went down or is less: the nearest word tells. */
export function directionAt(elements: readonly Element[], at: number, role: Role): number {
  if (role !== "change" && role !== "comparison") return 1;
  const behind =
    role === "comparison"
      ? elements
          .slice(at + 1, at + 4)
          .find((each) => isConcept(each, "up", "down", "more", "less", "below", "above"))
      : undefined;
  const before = elements.slice(0, at + 1).findLast((each) => isConcept(each, "up", "down"));
  const meant =
    behind ?? before ?? elements.slice(at + 1).find((each) => isConcept(each, "up", "down", "more", "less"));
  return isConcept(meant, "down", "less", "below") ? -1 : 1;
}

const codes: readonly (readonly [RegExp, string])[] = [
  [/^(€|eur|euros?)$/i, "EUR"],
  [/^(\$|usd|us\$|dollars?)$/i, "USD"],
  [/^(£|gbp|pounds?)$/i, "GBP"],
  [/^(chf|franken|francs?)$/i, "CHF"],
];

function codeOf(text: string | undefined): string | undefined {
  return codes.find(([pattern]) => pattern.test(text ?? ""))?.[1];
}

function unitOf(
  figure: WrittenFigure,
  role: Role,
  { column, measure }: What,
  calculation: Calculation,
): { factor: number; doubts: string[] } {
  if (column === undefined || measure.fn === "count" || measure.fn === "count-distinct")
    return { factor: 1, doubts: figure.currency === undefined ? [] : ["money is said, rows are counted"] };
  const { unit, inHundredths } = column.column;
  const isRelative =
    "op" in calculation && /^(percent-change|share|ratio)$/.test(calculation.op) && role !== "value";
  if (isRelative) return { factor: 1, doubts: [] };
  const doubts: string[] = [];
  const [said, own] = [codeOf(figure.currency), codeOf(unit)];
  if (said !== undefined && own !== undefined && said !== own) doubts.push(`the table is in ${unit}`);
  const isPercent = figure.form === "percent" || figure.form === "points";
  if (isPercent) {
    const isPart = unit === "%" ? inHundredths !== true : (column.range?.max ?? 0) <= 1;
    if (unit !== "%" && column.isAdditive) doubts.push("the column is not in per cent");
    return { factor: isPart ? 100 : 1, doubts };
  }
  if (unit === "%" && figure.form === "number") doubts.push("the column is in per cent");
  if (/thousand|tsd|^k|in 000|'000|T€/i.test(unit ?? "") && !/^k[gmw]/i.test(unit ?? ""))
    return { factor: 1e3, doubts };
  if (/million|mio/i.test(unit ?? "")) return { factor: 1e6, doubts };
  return { factor: 1, doubts };
}
