import type { Filter, Plan } from "../plan.ts";
import { addOnce, find, openColumns, type Question, take } from "./question.ts";
import { columnForNumber, comparisonFilter } from "./read-comparisons.ts";
import { takeKeys } from "./read-grouping.ts";
import { type Conditioned, isMeasure, type Shape, sumOf, takeNumber, takeOnlyAmount } from "./shape.ts";

const words =
  /\b(?:(?:what|which|how much|how many) (?:(?:is|was|are|were) )?)?(?:the )?(?:share|percentage|percent|proportion|fraction|%|how many percent)(?: (?:of|in))?\b/;

/** True where the question asks for a part of a whole. */
export function asksForShare(question: Question): boolean {
  return (
    find(question, words) !== undefined &&
    find(
      question,
      /\b(?:change|changed|increase|decrease|growth|grow|grew|drop|rise|decline|difference)\b/,
    ) === undefined
  );
}

/** `what share of sales comes from Germany`, `what percentage of tickets are open`, `share of revenue by region`. */
export function readShare(conditioned: Conditioned): Shape | undefined {
  const { question } = conditioned;
  if (!asksForShare(question)) return undefined;
  const taken = take(question, words)!;
  const verb = verbAfter(question, taken.end);
  // `the debts as a percentage of the assets`: the whole is told behind, and the pair was not found.
  const isTurned = question.tokens
    .slice(Math.max(0, taken.at - 2), taken.at + 1)
    .some(({ text }) => text === "as");
  if (isTurned && question.conditions.some(({ at }) => at > taken.at))
    addOnce(question.doubts, "it is not clear what the whole is");
  const keys = takeKeys(question);
  const number = openColumns(question).some(({ mention }) => mention.columns.some(isMeasure))
    ? takeNumber(question)
    : takeOnlyAmount(question);
  const measure = number === undefined ? ({ fn: "count" } as const) : sumOf(question, number);
  take(question, /\b(?:total|overall|whole|all)\b/);
  const placed = [
    ...question.conditions,
    ...conditioned.comparisons.flatMap((each) => {
      const column = each.of === "rows" ? undefined : (each.of ?? columnForNumber(question, each));
      return column === undefined ? [] : [{ filter: comparisonFilter(question, each, column), at: each.at }];
    }),
  ];
  const plan = (where: readonly Filter[]): Plan => ({
    ...question.base,
    ...(where.length > 0 && { where }),
    measures: [measure],
  });
  if (keys.length > 0) {
    const filters = placed.map(({ filter }) => filter);
    return {
      calculation: {
        ...plan(filters),
        groupBy: keys,
        over: { measure: 0, as: "share" },
        orderBy: [{ by: 0, direction: "descending" }],
      },
    };
  }
  const whole = placed.filter(({ at }) => verb !== undefined && at < verb).map(({ filter }) => filter);
  const all = placed.map(({ filter }) => filter);
  if (all.length === whole.length) return undefined;
  if (verb === undefined && all.length > 1) addOnce(question.doubts, "it is not clear what the whole is");
  return { calculation: { op: "share", left: plan(all), right: plan(whole) } };
}

/** The verb that parts the whole from the part: `tickets in March | are | open`. */
function verbAfter({ tokens }: Question, end: number): number | undefined {
  const at = tokens.findIndex(
    ({ text }, index) =>
      index > end &&
      /^(is|are|was|were|come|comes|came|has|have|had|belong|belongs|go|goes|went|made|do|does|did|fall|falls|worked?|works|earn|earns|live|lives|cost|costs|with|who|that|which|b_\d+)$/.test(
        text,
      ),
  );
  return at < 0 ? undefined : at;
}
