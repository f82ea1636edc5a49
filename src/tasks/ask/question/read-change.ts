import type { Calculation, Filter, Plan, PlanValue } from "../plan.ts";
import type { ColumnProfile } from "../profile.ts";
import type { Period } from "./periods.ts";
import {
  addOnce,
  any,
  find,
  openColumns,
  periodAt,
  type Question,
  type Taken,
  take,
  valueAt,
} from "./question.ts";
import { takeKeys } from "./read-grouping.ts";
import { timeFilter, timeFor } from "./read-times.ts";
import {
  type Conditioned,
  filtersOf,
  isMeasure,
  type Shape,
  takeFunction,
  takeNumber,
  takeOnlyAmount,
} from "./shape.ts";

const { period: P, value: V } = any;
const word =
  /\b(?:change|changes|changed|increase|increases|increased|decrease|decreased|difference|differ|growth|grow|grew|grown|rise|rose|risen|fall|fell|fallen|drop|dropped|decline|declined|variation|variance|improve|improved)\b/;
const pairs: readonly { readonly form: RegExp; readonly isReversed: boolean }[] = [
  {
    form: new RegExp(
      `(?:between|from) (?:the )?(?:year |fiscal )?(?<p>${P}|${V}) (?:and|to|until|through) (?:the )?(?:year |fiscal )?(?<q>${P}|${V})`,
    ),
    isReversed: false,
  },
  { form: new RegExp(`(?<p>${P}) (?:to|until) (?<q>${P})`), isReversed: false },
  {
    form: new RegExp(
      `(?:in |for )?(?<p>${P}|${V}) (?:compared (?:to|with)|versus|vs|over|relative to|from|against|than in|than) (?:the )?(?<q>${P}|${V})`,
    ),
    isReversed: true,
  },
];

/** Two times that a change is between, the earlier one first. */
export type TimePair = { readonly from: string; readonly to: string };

/** Takes the two times out before they are read as one stretch; undefined where no change is asked for. */
export function takeTimePair(question: Question): TimePair | undefined {
  const isAsked =
    find(question, word) !== undefined ||
    find(question, /\b(?:higher|lower|more|less)\b.*\bthan in\b/) !== undefined;
  if (!isAsked) return undefined;
  for (const { form, isReversed } of pairs) {
    const found = find(question, form);
    if (found === undefined || !areTimes(question, found)) continue;
    take(question, form);
    const { p, q } = found.groups;
    return isReversed ? { from: q!, to: p! } : { from: p!, to: q! };
  }
  return undefined;
}

function areTimes(question: Question, { groups }: Taken): boolean {
  const name = question.profile.unpivot?.name;
  return [groups.p!, groups.q!].every(
    (token) =>
      token.startsWith("p_") ||
      valueAt(question, token).choices.some(({ column }) => column.column.name === name),
  );
}

/** `how much did sales grow from 2022 to 2023`, `the change in sales by month`. */
export function readChange(conditioned: Conditioned, pair: TimePair | undefined): Shape | undefined {
  if (pair === undefined) return readSeries(conditioned) ?? readOnlyPair(conditioned);
  return changeBetween(conditioned, (question) => sidesOf(question, pair));
}

type Sides = (question: Question) => { readonly from: Filter | undefined; readonly to: Filter | undefined };

function sidesOf(question: Question, pair: TimePair): ReturnType<Sides> {
  const time = timeFor(question, undefined);
  const filterOf = (token: string): Filter | undefined =>
    token.startsWith("p_")
      ? time && timeFilter(question, time, periodAt(question, token) as Period)
      : valueFilter(question, token);
  return { from: filterOf(pair.from), to: filterOf(pair.to) };
}

/** `the change in cash` of a table with two columns of time. */
function readOnlyPair(conditioned: Conditioned): Shape | undefined {
  const { question } = conditioned;
  const { unpivot } = question.profile;
  if (unpivot?.columns.length !== 2 || find(question, word) === undefined) return undefined;
  if (question.conditions.some(({ filter }) => filter.column === unpivot.name)) return undefined;
  const [one, two] = unpivot.columns.map(({ as }) => as);
  const isTurned = unpivot.type !== "text" && one! > two!;
  const filter = (value: PlanValue): Filter => ({ column: unpivot.name, is: "=", value });
  addOnce(question.assumptions, `the change is from ${isTurned ? two : one} to ${isTurned ? one : two}`);
  return changeBetween(conditioned, () => ({
    from: filter(isTurned ? two! : one!),
    to: filter(isTurned ? one! : two!),
  }));
}

function changeBetween(conditioned: Conditioned, sides: Sides): Shape | undefined {
  const { question } = conditioned;
  const asked = takeChangeWords(question);
  const fn = takeFunction(question);
  const column = takeNumber(question) ?? takeOnlyAmount(question);
  const isCount = column === undefined && take(question, /\b(?:number of )?(?:noun|rows)\b/) !== undefined;
  if (column === undefined && !isCount) return undefined;
  const where = filtersOf(conditioned, column);
  const side = (filter: Filter | undefined): Plan | undefined =>
    filter && { ...question.base, where: [...where, filter], measures: [measureOf(question, column, fn)] };
  const found = sides(question);
  const [from, to] = [side(found.from), side(found.to)];
  if (from === undefined || to === undefined) return undefined;
  if (isBackwards(found.from!, found.to!)) addOnce(question.doubts, "the later time is named first");
  const op = asked.isPercent ? "percent-change" : "difference";
  return {
    calculation: asked.isLess
      ? ({ op, left: from, right: to } as Calculation)
      : { op, left: to, right: from },
  };
}

/** `from 2019 to 2018` may be meant as the sheet has its columns, or as time goes. */
function isBackwards(from: Filter, to: Filter): boolean {
  const [one, two] = [from, to].map((each) =>
    "from" in each ? each.from : "value" in each ? each.value : "",
  );
  const isDate = (value: PlanValue | undefined): boolean => /^\d{4}(-\d\d-\d\d)?$/.test(String(value));
  return isDate(one) && isDate(two) && String(one) > String(two);
}

function measureOf(
  question: Question,
  column: ColumnProfile | undefined,
  fn: ReturnType<typeof takeFunction>,
) {
  if (column === undefined) return { fn: "count" as const };
  if (fn === undefined && !column.isAdditive)
    addOnce(question.doubts, `${column.column.name} may be averaged or added up`);
  return { fn: fn ?? ("sum" as const), column: column.column.name };
}

function valueFilter(question: Question, token: string): Filter | undefined {
  const name = question.profile.unpivot?.name;
  const choice = valueAt(question, token).choices.find(({ column }) => column.column.name === name);
  return choice && { column: choice.column.column.name, is: "=", value: choice.texts[0]! };
}

/** What kind of change is asked for; its words are used up. */
function takeChangeWords(question: Question): { isPercent: boolean; isLess: boolean } {
  const isPercent =
    take(
      question,
      /\b(?:by )?(?:how many |what |which )?(?:percentage|percent|%|n %)(?: (?:did|was|is))?\b/,
    ) !== undefined;
  const isRate = take(question, /\b(?:growth rate|rate of growth|rate of change|relative)\b/) !== undefined;
  const found = take(question, /\b(?:by )?(?:how much|how)(?: (?:did|has|have|was|is|were))?\b/);
  const changed = take(question, word);
  take(question, word);
  take(question, /\b(?:of|in|or|higher|lower|more|less|than)\b/);
  take(question, /\b(?:higher|lower|more|less|than)\b/);
  const isGrowth = !isPercent && !isRate && found === undefined && /\bgrowth\b/.test(changed?.text ?? "");
  if (isGrowth) addOnce(question.assumptions, "growth is told in per cent");
  const isLess = /^(?:decrease|decreased|drop|dropped|fall|fell|fallen|decline|declined)$/.test(
    changed?.text ?? "",
  );
  return { isPercent: isPercent || isRate || isGrowth, isLess: isLess && !isPercent };
}

/** The change from each month (quarter, year) to the next. */
function readSeries(conditioned: Conditioned): Shape | undefined {
  const { question } = conditioned;
  if (find(question, word) === undefined || find(question, /\bdifference\b/) !== undefined) return undefined;
  const keys = takeKeys(question);
  if (keys.length === 0) return undefined;
  const { isPercent } = takeChangeWords(question);
  const column =
    openColumns(question).some(({ mention }) => mention.columns.some(isMeasure)) || question.profile.unpivot
      ? takeNumber(question)
      : undefined;
  const isCount = column === undefined && take(question, /\b(?:number of )?(?:noun|rows)\b/) !== undefined;
  if (column === undefined && !isCount) return undefined;
  const where = filtersOf(conditioned, column);
  return {
    calculation: {
      ...question.base,
      ...(where.length > 0 && { where }),
      groupBy: keys,
      measures: [measureOf(question, column, takeFunction(question))],
      over: { measure: 0, as: isPercent ? "percent-change" : "change" },
    },
  };
}

/** `running total of sales by month`, `cumulative sales`, `rank the regions by sales`. */
export function readRunning(conditioned: Conditioned): Shape | undefined {
  const { question } = conditioned;
  const isRunning = take(
    question,
    /\b(?:running total|cumulative total|cumulative sum|cumulative|running sum)(?: of)?\b/,
  );
  if (isRunning === undefined) return undefined;
  const keys = takeKeys(question);
  const column = takeNumber(question);
  if (keys.length === 0 || column === undefined) return undefined;
  const where = filtersOf(conditioned, column);
  return {
    calculation: {
      ...question.base,
      ...(where.length > 0 && { where }),
      groupBy: keys,
      measures: [measureOf(question, column, "sum")],
      over: { measure: 0, as: "running-total" },
    },
  };
}
