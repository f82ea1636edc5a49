import type { Period } from "../../ask/question/periods.ts";
import { calculations } from "./calculations.ts";
import { measureFor } from "./measure-for.ts";
import { type Role, roleOf } from "./read-role.ts";
import type { Reading } from "./reading.ts";
import type { Asked, Chosen, ReadingContext } from "./reading-work.ts";
import type { NamedValue, Scope } from "./scope.ts";
import { timesOf } from "./times.ts";

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
  const times = elements.filter((each) => each.kind === "period");
  const own = times[place];
  if (times.length === figures.length && times.length > 1 && own?.kind === "period") return own.period;
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
