import type { GroupKey, Plan } from "../../ask/plan.ts";
import type { ColumnProfile } from "../../ask/profile.ts";
import { mainAmount } from "../../ask/question/main-amount.ts";
import type { WrittenFigure } from "../types.ts";
import { type Element, isConcept } from "./elements.ts";
import { isRankClaim } from "./measure-for.ts";
import { measureOf, planOf, valueFilters } from "./plans.ts";
import type { Reading } from "./reading.ts";
import type { ReadingContext } from "./reading-work.ts";
import type { Scope } from "./scope.ts";
import { timesOf } from "./times.ts";

/** The place that a chunk gives to a group among others: `the North had the second highest revenue`. */
export function rankReadings(elements: readonly Element[], scope: Scope, context: ReadingContext): Reading[] {
  if (!isRankClaim(elements, scope)) return [];
  const { profile } = context;
  const at = elements.findIndex((each) => isConcept(each, "highest", "lowest"));
  const values = scope.values.filter(({ isBase }) => !isBase);
  const named = elements.slice(at).find((each) => each.kind === "column" && !each.columns.some(isMeasure));
  const grouped = named?.kind === "column" ? named.columns : [];
  const subject =
    values.find(({ choices }) => choices.some(({ column }) => grouped.includes(column))) ??
    values.filter((value) => value.at >= 0 && value.at < at).at(-1);
  if (subject === undefined) return [];
  const [choice, second] = subject.choices.filter(
    ({ column }) => grouped.length === 0 || grouped.includes(column),
  );
  const measure = measureColumn(scope, context);
  if (choice === undefined || (measure === undefined && !scope.hasNoun)) return [];
  const rest = values.filter(
    (value) => value !== subject && value.choices.every(({ column }) => column !== choice.column),
  );
  const doubts = [
    ...scope.doubts,
    ...(subject.isLoose || scope.isMeasureLoose ? ["a name is only alike"] : []),
    ...(scope.measures.length > 1 ? ["several columns are named"] : []),
  ];
  const ofGroups: GroupKey = { column: choice.column.column.name };
  return timesOf(scope, false, context).map((time): Reading => {
    const where = [...valueFilters(rest.map(({ choices }) => choices[0]!)), ...time.main];
    const fn = scope.concepts.has("average") ? "average" : undefined;
    const plan = planOf(profile, measure === undefined ? { fn: "count" } : measureOf(measure, fn), where);
    return {
      profile,
      role: "rank",
      calculation: inOrder(plan, ofGroups),
      factor: 1,
      ...(measure && { measure }),
      group: choice.texts,
      isAlternative:
        time.isAlternative || second !== undefined || rest.some(({ choices }) => choices.length > 1),
      doubts: [...doubts, ...time.doubts],
      matched: scope.matched,
    };
  });
}

function inOrder(plan: Plan, key: GroupKey): Plan {
  return { ...plan, groupBy: [key], orderBy: [{ by: 0, direction: "descending" }] };
}

function isMeasure(column: ColumnProfile): boolean {
  return column.kind === "number" && !column.isLabel;
}

function measureColumn({ measures }: Scope, { profile }: ReadingContext): ColumnProfile | undefined {
  return measures[0] ?? (measures.length === 0 ? mainAmount(profile) : undefined);
}

const ordinals: readonly (readonly [RegExp, number])[] = [
  [/^(second|zweit\p{L}*|deuxieme|segund[oa])$/u, 2],
  [/^(third|dritt\p{L}*|troisieme|tercer[oa]?|terceir[oa])$/u, 3],
  [/^(fourth|viert\p{L}*|quatrieme|cuart[oa]|quart[oa])$/u, 4],
];

/** The claim of a chunk as a figure: its place from the top, or from below as a negative number. */
export function rankFigure(
  elements: readonly Element[],
  tokens: readonly {
    readonly plain: string;
    readonly start: number;
    readonly end: number;
    readonly text: string;
  }[],
  paragraph: string,
): WrittenFigure | undefined {
  const found = elements.find((each) => isConcept(each, "highest", "lowest"));
  if (found === undefined) return undefined;
  // `third-highest`
  const isHyphened = tokens[found.from - 1]?.text === "-";
  const ahead = isHyphened ? found.from - 2 : found.from - 1;
  const near = [ahead, found.to, found.to - 1].flatMap(
    (index) => ordinals.find(([pattern]) => pattern.test(tokens[index]?.plain ?? ""))?.[1] ?? [],
  );
  const place = near[0] ?? 1;
  const before = ordinals.some(([pattern]) => pattern.test(tokens[ahead]?.plain ?? ""));
  const start = tokens[before ? ahead : found.from]!.start;
  const end = tokens[found.to - 1]!.end;
  return {
    start,
    end,
    text: paragraph.slice(start, end),
    form: "rank",
    value: isConcept(found, "lowest") ? -place : place,
    step: 1,
    roundedStep: 1,
    bound: "exact",
    scale: 1,
    decimalMark: ".",
    groupMark: "",
  };
}
