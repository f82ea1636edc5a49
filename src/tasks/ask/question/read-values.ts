import type { Filter, PlanValue } from "../plan.ts";
import { type ColumnProfile, isKey } from "../profile.ts";
import { unpivotsOf } from "../wide-table.ts";
import type { ValueMention } from "./mentions.ts";
import { addOnce, any, columnAt, type Question, take, valueAt } from "./question.ts";

const { value: V, column: C } = any;

const stretch = new RegExp(`(?:from|between|in) (?<v>${V}) (?:and|to|until|till|through) (?<w>${V})`);
const denied = new RegExp(
  `(?:not|except(?: for)?|excluding|without|other than|besides|apart from|outside(?: of)?|no)(?: (?:in|from|for|by|to|with|the|of|a|an|called|named))* (?<v>${V})`,
);

type Choice = {
  readonly column: ColumnProfile;
  readonly texts: readonly string[];
  readonly isPart: boolean;
  readonly said: string;
};
type Named = Choice & { readonly at: number; readonly isDenied: boolean };

/** Reads every value of the question as a condition on its column; several of one column are alternatives. */
export function readValues(question: Question): void {
  readStretches(question);
  const named: Named[] = [];
  for (let found = take(question, denied); found !== undefined; found = take(question, denied))
    named.push(...deniedValues(question, found.groups.v!, found.end));
  question.tokens.forEach(({ text }, at) => {
    if (!/^v_\d+$/.test(text) || question.used.has(at)) return;
    named.push({ ...chooseColumn(question, text, at), at, isDenied: false });
    question.used.add(at);
  });
  for (const [, same] of Map.groupBy(named, ({ column, isDenied }) => `${column.column.name}\n${isDenied}`))
    question.conditions.push({
      filter: filterOf(settleParts(question, same)),
      at: Math.min(...same.map(({ at }) => at)),
    });
}

/** Parts of one text that are said apart mean that text; beside a whole value a part says something else. */
function settleParts(question: Question, same: readonly Named[]): readonly Named[] {
  const parts = same.filter(({ isPart }) => isPart);
  const whole = same.filter(({ isPart }) => !isPart);
  const { name } = same[0]!.column.column;
  if (parts.length > 0 && whole.length > 0) {
    for (const { said } of parts) addOnce(question.doubts, `“${said}” was not understood`);
    return whole;
  }
  if (parts.length === 0) return whole;
  const common = parts
    .map(({ texts }) => texts)
    .reduce((all, texts) => all.filter((text) => texts.includes(text)));
  const settled = common.length > 0 ? [{ ...parts[0]!, texts: common }] : parts;
  sayParts(question, settled, name);
  return settled;
}

function sayParts(question: Question, parts: readonly Named[], name: string): void {
  const isStatement = question.profile.unpivot !== undefined || unpivotsOf(question.profile.table).length > 0;
  for (const { said, texts, column } of parts) {
    const isRemark = (column.column.strings ?? []).some((text) => text.length > 60);
    const all = texts.slice(0, 5).join(", ");
    if (isRemark && !isStatement)
      addOnce(question.doubts, `“${said}” stands inside of longer texts of ${name}`);
    else if (texts.length === 1)
      addOnce(question.assumptions, `“${said}” is taken for “${texts[0]}” of ${name}`);
    else if (isStatement) addOnce(question.doubts, `“${said}” may be ${all}`);
    else addOnce(question.assumptions, `“${said}” takes all ${name} that have it: ${all}`);
  }
}

/** `not in A or B` denies both. */
function deniedValues(question: Question, token: string, end: number): Named[] {
  const found: Named[] = [{ ...chooseColumn(question, token, end), at: end, isDenied: true }];
  const { tokens, used } = question;
  for (let at = end + 1; at + 1 < tokens.length; at += 2) {
    const isNext = /^(and|or|nor)$/.test(tokens[at]!.text) && /^v_\d+$/.test(tokens[at + 1]!.text);
    if (!isNext || used.has(at + 1)) break;
    found.push({ ...chooseColumn(question, tokens[at + 1]!.text, at + 1), at: at + 1, isDenied: true });
    used.add(at);
    used.add(at + 1);
  }
  return found;
}

/** `from Jan to Mar`: what lies between, in the order of the columns they are the headings of. */
function readStretches(question: Question): void {
  const { unpivot } = question.profile;
  if (unpivot === undefined) return;
  const found = take(question, stretch, ["v", "w"]);
  if (found === undefined) return;
  const ends = [found.groups.v!, found.groups.w!].map((token) =>
    valueAt(question, token).choices.find(({ column }) => column.column.name === unpivot.name),
  );
  const labels = unpivot.columns.map(({ as }) => as);
  const [from, to] = ends.map((end) => labels.indexOf(end?.texts[0] ?? ""));
  if (from === undefined || to === undefined || from < 0 || to < from) return;
  question.conditions.push({
    filter: { column: unpivot.name, is: "in", values: labels.slice(from, to + 1) },
    at: found.at,
  });
  for (let at = found.at; at <= found.end; at++) question.used.add(at);
}

/** The column that a value is meant of: the one named beside it, else the only one that has it. */
function chooseColumn(question: Question, token: string, at: number): Choice {
  const mention = valueAt(question, token);
  const { choices } = mention;
  const beside = besideColumn(
    question,
    choices.map(({ column }) => column),
    at,
  );
  const named = choices.find(({ column }) => column === beside);
  const owner = /['’]s?$/.test(question.tokens[at]!.said)
    ? choices.find(({ column }) => column === question.profile.subject && isKey(column))
    : undefined;
  const chosen = named ?? owner ?? choices[0]!;
  if (named === undefined && owner === undefined && choices.length > 1 && !isSure(mention)) {
    const names = choices.map(({ column }) => column.column.name).join(" and ");
    addOnce(question.doubts, `“${mention.said}” stands in the columns ${names}`);
  }
  return { ...chosen, isPart: mention.isPart, said: mention.said };
}

/** A value that only one column has as a whole cell's text in the letters of the question. */
function isSure({ said, choices }: ValueMention): boolean {
  const exact = choices.filter(({ texts }) => texts.some((text) => text === said));
  return exact.length === 1 && exact[0] === choices[0];
}

const idle =
  /^(is|are|was|were|be|the|a|an|of|in|from|for|by|at|with|to|called|named|=|equals?|has|have|had|on)$/;

/** `region North`, `the status is open`, `Sales department`: the name of the column is part of the condition. */
function besideColumn(
  question: Question,
  columns: readonly ColumnProfile[],
  at: number,
): ColumnProfile | undefined {
  const { tokens, used } = question;
  const columnOf = (index: number): ColumnProfile | undefined => {
    const text = tokens[index]?.text ?? "";
    if (used.has(index) || !new RegExp(`^${C}$`).test(text) || isAsked(question, index)) return undefined;
    return columnAt(question, text).columns.find((each) => columns.includes(each));
  };
  let before = at - 1;
  while (before >= 0 && idle.test(tokens[before]!.text)) before--;
  // `Ann's manager` is not the manager Ann.
  const isOwner = /['’]s?$/.test(tokens[at]!.said);
  for (const index of isOwner ? [before] : [at + 1, before]) {
    const column = columnOf(index);
    if (column === undefined) continue;
    used.add(index);
    return column;
  }
  return undefined;
}

/** True for a column that the question asks for, `which region …`. */
function isAsked({ tokens }: Question, at: number): boolean {
  return /^(which|what|whose|each|every|per|by)$/.test(tokens[at - 1]?.text ?? "");
}

function filterOf(same: readonly Named[]): Filter {
  const column = same[0]!.column.column.name;
  const values: PlanValue[] = [...new Set(same.flatMap(({ texts }) => texts))];
  const [only] = values;
  const isOne = values.length === 1 && only !== undefined;
  if (same[0]!.isDenied) return isOne ? { column, is: "!=", value: only } : { column, is: "not-in", values };
  return isOne ? { column, is: "=", value: only } : { column, is: "in", values };
}
