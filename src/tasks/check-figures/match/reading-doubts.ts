import type { Profile } from "../../ask/profile.ts";
import { isConcept, isMark } from "./elements.ts";
import { countedAt, type Role } from "./read-role.ts";
import type { Asked, Chosen, Work } from "./reading-work.ts";
import type { Scope } from "./scope.ts";

/** Why a calculation may be another one than meant, apart from words that nothing explains. */
export function doubtsOf(work: Work, profile: Profile): string[] {
  const { asked, role, scope, chosen } = work;
  return [
    ...idleGroups(scope, asked),
    ...lineDoubts(work, profile),
    ...partDoubts(asked, role),
    ...sumDoubts(chosen, asked),
    ...verbDoubts(asked, role),
  ];
}

/** Said where a number may be how much something changed by: even an equal value is then no confirmation. */
export const mayBeChange = "it may be a change";

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
    const isFirst = before === undefined || isMark(before, ",");
    const isSubject = isFirst && elements[group.at + 1]?.kind !== "column";
    return isValued || isLed || isTime || isSubject ? [] : [`${group.columns[0]!.column.name} is named, too`];
  });
}

/** `se encarecieron en 5 €`: behind an unknown verb these words may lead to a value or to a change. */
function verbDoubts({ elements, at, language }: Asked, role: Role): string[] {
  if (role !== "value" || !/^(fr|es|pt)$/.test(language)) return [];
  const before = elements.slice(0, at).filter((each) => !isConcept(each, "small", "mild"));
  const isLed = isConcept(before.at(-1), language === "fr" ? "of" : "in");
  return isLed && before.at(-2)?.kind === "word" ? [mayBeChange] : [];
}

/** Two values of a column are meant together where they are listed: `the North and the South`. */
function sumDoubts({ values }: Chosen, { elements }: Asked): string[] {
  const own = values.filter(({ isBase, at }) => !isBase && at >= 0);
  const isApart = own.some((value, index) => {
    const before = own[index - 1];
    if (before === undefined || before.choice.column !== value.choice.column) return false;
    const between = elements.slice(before.at + 1, value.at);
    return !between.some((each) => isConcept(each, "and") || isMark(each, ",/"));
  });
  return isApart ? ["several of one kind are named"] : [];
}

/** `Of the expenses, 95,000 went into …`: a part of them. */
function partDoubts({ elements, at, leading }: Asked, role: Role): string[] {
  if (role === "share" || at <= leading || !isConcept(elements[0], "of")) return [];
  const first = elements.slice(1).find((each) => !isConcept(each, "small", "mild"));
  const isWhole = first !== undefined && /^(column|noun|value)$/.test(first.kind) && leading > 0;
  return isWhole ? ["a part of it may be meant"] : [];
}

/** The cells of a statement are of many kinds: adding up all lines, or all years, means nothing. */
function lineDoubts({ chosen, time, what }: Work, { unpivot }: Profile): string[] {
  if (unpivot === undefined || what.column?.column.name !== unpivot.value) return [];
  return [
    ...(chosen.values.length === 0 ? ["no line of the table is named"] : []),
    ...(time.main.length === 0 ? ["no time is named"] : []),
  ];
}
