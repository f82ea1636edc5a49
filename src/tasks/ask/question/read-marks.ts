import type { ColumnProfile } from "../profile.ts";
import { addOnce, any, columnAt, find, meantColumn, type Question, take } from "./question.ts";

const { column: C } = any;
const article = "(?:a |an |any |the )?";

const lacking = new RegExp(
  `(?:without|no|missing|lacking|lacks?|empty|blank|(?:do|does|did) ?n[o']t have|(?:do|does|did) not have|don't have|doesn't have) ${article}(?<c>${C})`,
);
const isLacking = new RegExp(
  `(?<c>${C}) (?:(?:is|are|was|were|still|yet) )*(?:missing|empty|blank|unknown|not (?:yet )?(?:set|given|filled in|filled|known|available|recorded|specified|assigned))`,
);
const isFilled = new RegExp(
  `(?<c>${C}) (?:(?:is|are|was|were) )*(?:filled in|known|not empty|not blank|not missing)`,
);
const missingFirst = new RegExp(
  `(?:missing|empty|blank)(?: values?| entries| cells)? (?:in|for) ${article}(?<c>${C})`,
);

/** Reads what is missing or filled in: `without a manager`, `where the phone is empty`. */
export function readMissing(question: Question): void {
  for (const [pattern, is] of [
    [isFilled, "not-empty"],
    [missingFirst, "empty"],
    [isLacking, "empty"],
    [lacking, "empty"],
  ] as const)
    for (let found = take(question, pattern); found !== undefined; found = take(question, pattern)) {
      const column = meantColumn(question, columnAt(question, found.groups.c!));
      if (column === undefined) continue;
      question.conditions.push({ filter: lackFilter(question, column, is), at: found.at });
    }
}

function lackFilter(question: Question, column: ColumnProfile, is: "empty" | "not-empty") {
  const { name, present } = column.column;
  const hasGaps = column.filledCount < present.length;
  const isZero = is === "empty" && !hasGaps && column.kind === "number" && column.range?.min === 0;
  if (!isZero)
    return column.kind === "boolean" && !hasGaps
      ? { column: name, is: "=" as const, value: false }
      : { column: name, is };
  addOnce(question.assumptions, `no ${name} is a ${name} of 0`);
  return { column: name, is: "=" as const, value: 0 };
}

const done =
  /(?<not>(?:not|n't|isn't|aren't|wasn't|weren't|haven't|hasn't|never)(?: (?:been|yet|be))* )?(?<d>d_\d+)(?: (?<late>yet))?(?! [np]_)/;

/** `orders that are shipped`, `not yet closed`: a date that is filled in or not. */
export function readDone(question: Question): void {
  const found = find(question, done);
  if (
    found === undefined ||
    find(question, /^(?:when|what|which (?:date|day|year|month)|on which)\b/) !== undefined
  )
    return;
  const mention = columnAt(question, found.groups.d!);
  const [column, second] = mention.columns;
  if (column === undefined || second !== undefined || column.kind !== "date") return;
  const said = question.tokens.find(({ text }) => text === found.groups.d)?.said ?? "";
  const hasGaps = column.filledCount < column.column.present.length;
  if (!hasGaps || !/(ed|t|n)$/i.test(said) || /date/i.test(said)) return;
  take(question, done);
  const is = found.groups.not === undefined ? "not-empty" : "empty";
  addOnce(question.assumptions, `“${said}” means that ${column.column.name} is filled in`);
  question.conditions.push({ filter: { column: column.column.name, is }, at: found.at });
}

const marked = /(?<not>(?:not|n't|isn't|aren't|wasn't|weren't|haven't|hasn't)(?: been| yet)* )?(?<b>b_\d+)/;

/** Reads columns of truth values as conditions: `paid orders`, `which are not paid`. */
export function readTruths(question: Question): void {
  for (let found = take(question, marked); found !== undefined; found = take(question, marked)) {
    const mention = columnAt(question, found.groups.b!);
    const column = meantColumn(question, mention);
    if (column === undefined) continue;
    const value = (found.groups.not === undefined) !== (mention.isNegated === true);
    question.conditions.push({ filter: { column: column.column.name, is: "=", value }, at: found.at });
  }
}
