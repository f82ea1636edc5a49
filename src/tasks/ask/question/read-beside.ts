import type { Filter } from "../plan.ts";
import { addOnce, any, find, type Question, take, valueAt } from "./question.ts";
import { type Conditioned, type Shape, takeAsked, takeKind } from "./shape.ts";

const { value: V } = any;
const form = new RegExp(
  `(?:(?:comes?|came|is|was|are|were|listed|directly|right|immediately|next|the one|ranked|placed|finished) )*(?<w>after|following|below|before|previous to|prior to|preceding|above|preceded|followed)(?: the)? (?<v>${V})(?= |$)`,
);

export type Beside = { readonly filter: Filter; readonly step: -1 | 1 };

/** `which comes after X`, `who is listed before X`: taken before X is read as a condition. */
export function takeBeside(question: Question): Beside | undefined {
  const found = find(question, form);
  if (found === undefined || question.profile.unpivot !== undefined) return undefined;
  if (find(question, /\b(?:how many|number of|total)\b/) !== undefined) return undefined;
  const { choices, isPart } = valueAt(question, found.groups.v!);
  const { column, texts } = choices[0]!;
  if (isPart && texts.length > 1) return undefined;
  take(question, form);
  take(question, /\bnext\b/);
  take(question, /\b(?:on|in) (?:the|this) (?:list|table|chart|sheet)\b/);
  const name = column.column.name;
  addOnce(question.assumptions, "“before” and “after” mean the order of the sheet");
  const filter: Filter =
    texts.length === 1
      ? { column: name, is: "=", value: texts[0]! }
      : { column: name, is: "in", values: texts };
  return { filter, step: /after|following|below|preceded/.test(found.groups.w!) ? 1 : -1 };
}

/** The row beside the one that is named. */
export function readBeside(
  { question, comparisons }: Conditioned,
  { filter, step }: Beside,
): Shape | undefined {
  const asked = takeAsked(question);
  const target = asked?.kind === "column" ? asked.column : takeKind(question);
  const name = target?.column.name ?? filter.column;
  if (target === undefined) addOnce(question.assumptions, `it is about ${filter.column}`);
  if (question.conditions.length + comparisons.length > 0)
    addOnce(question.doubts, "conditions beside “before” and “after” may be meant of either row");
  return { calculation: { ...question.base, where: [filter], beside: step, show: [name], limit: 1 } };
}
