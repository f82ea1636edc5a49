import type { Calculation, Filter, Plan } from "../../ask/plan.ts";
import type { Profile } from "../../ask/profile.ts";
import { directionAt } from "./direction-at.ts";
import { type Element, isConcept, isMark } from "./elements.ts";
import { unitOf } from "./figure-unit.ts";
import { planOf, valueFilters } from "./plans.ts";
import type { Reading } from "./reading.ts";
import { doubtsOf } from "./reading-doubts.ts";
import type { Chosen, Work } from "./reading-work.ts";
import type { NamedValue } from "./scope.ts";

/** The calculations that a role asks for. */
export function calculations(work: Work, profile: Profile): Reading[] {
  const { role, what, chosen, time } = work;
  const mains = chosen.values.filter(({ isBase }) => !isBase);
  const filters = (values: Chosen["values"]): Filter[] => valueFilters(values.map(({ choice }) => choice));
  const plan = (values: Chosen["values"], times: readonly Filter[]): Plan =>
    planOf(profile, what.measure, [...filters(values), ...times]);
  switch (role) {
    case "value":
    case "count": {
      const main = plan(mains, time.main);
      // A month without rows counts for a mean of the year, too.
      const spans = [main, ...(what.per?.[0]?.column === "" ? [plan([], time.main)] : [])];
      return spans.flatMap((span) => {
        const value = valueCalculation(work, profile, main, span);
        return value === undefined ? [] : [reading(work, profile, value)];
      });
    }
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
      if (chosen.values.length === 0) return shareOfSums(work, profile);
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

/** Nothing where a mean of each month is asked of a table without dates. */
function valueCalculation({ what }: Work, profile: Profile, plan: Plan, span: Plan): Calculation | undefined {
  if (what.per === undefined) return plan;
  const [key] = what.per;
  const column =
    key!.column === "" ? profile.columns.find(({ kind }) => kind === "date")?.column.name : key!.column;
  if (column === undefined) return undefined;
  const groups: Plan = { ...span, groupBy: [{ ...key!, column }], count: "groups" };
  return { op: "ratio", left: plan, right: groups };
}

function compared({ asked: { figure } }: Work, left: Plan, right: Plan): Calculation {
  const op =
    figure.form === "percent" ? "percent-change" : figure.form === "multiple" ? "ratio" : "difference";
  return { op, left, right };
}

/** `Four out of ten of these calls are about customs` of two columns: only ever a confirmation. */
function shareOfSums(work: Work, profile: Profile): Reading[] {
  const { asked, scope, time } = work;
  const { elements, at } = asked;
  const [one, two] = scope.measures;
  const ofAt = elements.findIndex((each, index) => index > at && isConcept(each, "of"));
  const first = elements.slice(ofAt + 1).find((each) => !isConcept(each, "small", "mild"));
  if (one === undefined || two === undefined || scope.measures.length > 2 || ofAt < 0) return [];
  if (first?.kind !== "column" || !one.isAdditive || !two.isAdditive) return [];
  const whole = [one, two].find((each) => first.columns.includes(each));
  const part = whole === one ? two : one;
  if (whole === undefined || profile.unpivot !== undefined) return [];
  const sum = (column: typeof one): Plan =>
    planOf(profile, { fn: "sum", column: column.column.name }, time.main);
  const what = { measure: { fn: "sum", column: part.column.name }, column: part, doubts: [] } as const;
  const made = reading({ ...work, what }, profile, { op: "share", left: sum(part), right: sum(whole) });
  return [{ ...made, isAlternative: true }];
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
  const direction = directionAt(elements, at, role);
  const isDown = direction < 0;
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
    ...(direction === 0 && figure.value >= 0 && !scope.concepts.has("move") && { isUnsigned: true }),
    ...(role === "comparison" && scope.concepts.has("gap") && { isUnsigned: true, isDistance: true }),
    ...(what.column !== undefined && { measure: what.column }),
    ...((needsOne || needsPair) && {
      oneRow: countOf(plan ?? (calculation as Exclude<Calculation, Plan>).left),
    }),
    isAlternative: chosen.isAlternative || time.isAlternative,
    unreadDoubts: scope.doubts.length + chosen.doubts.length,
    doubts: [
      ...scope.doubts,
      ...doubtsOf(work, profile),
      ...what.doubts,
      ...chosen.doubts,
      ...time.doubts,
      ...unit.doubts,
    ],
    matched: scope.matched,
    alike: scope.alike,
  };
}

function countOf(plan: Plan): Plan {
  return { ...plan, measures: [{ fn: "count" }] };
}
