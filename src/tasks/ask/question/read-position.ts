import type { Filter, Plan } from "../plan.ts";
import { ordinalWords, placeOf } from "./ordinals.ts";
import { addOnce, find, numberAt, take } from "./question.ts";
import { type Conditioned, filtersOf, type Shape, takeAsked, takeKind, targetOf } from "./shape.ts";
import { isTimeUnclear, mainTime } from "./time-columns.ts";

const form = new RegExp(
  `\\b(?:the )?(?:very )?(?<w>first|last|final|${ordinalWords})(?: (?<n>n_\\d+))?(?: listed)?\\b`,
);

/** `the first order`, `who was the last customer`, `when was the first ticket`: by time, or in the order of the sheet. */
export function readPosition(conditioned: Conditioned): Shape | undefined {
  const { question } = conditioned;
  if (find(question, form) === undefined) return undefined;
  const isListed =
    take(
      question,
      /\b(?:(?:is|was|are|were) )?(?:listed|in the (?:list|table|sheet)|on (?:the|this) (?:list|chart|table|sheet))\b/,
    ) !== undefined;
  const asked = takeAsked(question);
  const kind = asked === undefined ? takeKind(question) : undefined;
  const found = take(question, form)!;
  const target = asked ?? (kind && { kind: "column" as const, column: kind }) ?? behind(conditioned);
  const { subject, id } = question.profile;
  const column = target?.kind === "column" ? target.column : (id ?? subject);
  if (column === undefined) return undefined;
  if (target === undefined) addOnce(question.doubts, `it is not clear what the ${found.groups.w} is of`);
  take(question, /\bnoun\b/);
  const time = mainTime(question.profile);
  const isByTime = !isListed && time !== undefined && time.form !== "month-name";
  if (!isByTime && !isListed && hasWrittenTime(conditioned))
    addOnce(question.doubts, `“${found.groups.w}” may be by time or in the order of the sheet`);
  if (isByTime && isTimeUnclear(question.profile))
    addOnce(question.doubts, `“${found.groups.w}” may be by several dates`);
  addOnce(
    question.assumptions,
    isByTime
      ? `“${found.groups.w}” is by ${time.column.column.name}`
      : `“${found.groups.w}” means the order of the sheet`,
  );
  const by = isByTime ? time.column.column.name : "row";
  const filters = filtersOf(conditioned);
  const where: Filter[] = isByTime ? [...filters, { column: by, is: "not-empty" }] : filters;
  const isEnd = /^(last|final)$/.test(found.groups.w!);
  const direction = isEnd ? ("descending" as const) : ("ascending" as const);
  const place = isEnd ? 1 : placeOf(found.groups.w!);
  const plan: Plan = {
    ...question.base,
    ...(where.length > 0 && { where }),
    show: [column.column.name],
    orderBy: [{ by, direction }],
    limit: found.groups.n === undefined ? 1 : numberAt(question, found.groups.n).value,
    ...(place > 1 && { offset: place - 1 }),
    ties: isByTime,
  };
  const isYear = isByTime && time.form === "year";
  return {
    calculation: plan,
    ...(isYear && { alternatives: [{ ...plan, orderBy: [{ by: "row", direction }], ties: false }] }),
  };
}

/** True where a column of texts says when: it can't be put in order. */
function hasWrittenTime({ question }: Conditioned): boolean {
  return question.profile.columns.some(
    ({ kind, column }) =>
      kind === "text" &&
      /\b(date|dates|time|year|years|season|period|when|opened|aired|released)\b/i.test(column.name),
  );
}

function behind({ question }: Conditioned) {
  const found = find(question, /(?<t>[cdbl]_\d+|noun)/);
  if (found === undefined) return undefined;
  const target = targetOf(question, found.groups.t!);
  if (target !== undefined) question.used.add(found.at);
  return target;
}
