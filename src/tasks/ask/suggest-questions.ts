import { type ColumnProfile, isKey, type Profile } from "./profile.ts";
import { mainAmount } from "./question/main-amount.ts";
import { mainTime } from "./question/time-columns.ts";
import { readQuestion } from "./read-question.ts";
import { wideProfile } from "./wide-table.ts";

/** Questions about a table that are answered without a model: each was read and left no doubt. At most `most`. */
export function suggestQuestions(profile: Profile, most = 5): string[] {
  const found: string[] = [];
  for (const question of candidates(profile)) {
    if (found.length === most) break;
    if (found.includes(question)) continue;
    const reading = readQuestion(question, profile);
    if (reading !== undefined && reading.doubts.length === 0) found.push(question);
  }
  return found;
}

/** Telling questions first; those that the table has no columns for are left out. */
function* candidates(plain: Profile): Generator<string> {
  const wide = wideProfile(plain.table);
  if (wide !== undefined) yield* wideQuestions(wide);
  const numbers = plain.columns.filter(({ kind, isLabel }) => kind === "number" && !isLabel);
  const amount = mainAmount(plain) ?? numbers.find(({ isAdditive }) => isAdditive);
  const rate = numbers.find(({ isAdditive }) => !isAdditive);
  const groups = plain.columns.filter(isGroup);
  const [group] = groups;
  const time = mainTime(plain);
  if (amount && group) yield `What is the total ${nameOf(amount)} by ${nameOf(group)}?`;
  if (amount && time?.form === "date") yield `Which month had the highest ${nameOf(amount)}?`;
  if (amount && group) yield `Which ${nameOf(group)} has the highest ${nameOf(amount)}?`;
  if (rate && group) yield `What is the average ${nameOf(rate)} by ${nameOf(group)}?`;
  const subject = plain.subject;
  if (subject && numbers[0]) yield `Which ${nameOf(subject)} has the highest ${nameOf(numbers[0])}?`;
  for (const each of groups) {
    const [value] = each.column.strings ?? [];
    yield `How many rows by ${nameOf(each)}?`;
    if (value !== undefined && amount) yield `What is the total ${nameOf(amount)} of ${value}?`;
  }
  for (const each of numbers) {
    yield `What is the average ${nameOf(each)}?`;
    if (each.isAdditive) yield `What is the total ${nameOf(each)}?`;
    yield `What is the highest ${nameOf(each)}?`;
  }
  for (const each of plain.columns) yield `How many different ${nameOf(each)}?`;
  for (const each of plain.columns) {
    if (each.filledCount < each.column.present.length) yield `How many rows have no ${nameOf(each)}?`;
  }
  yield "How many rows are there?";
}

function* wideQuestions({ columns, unpivot, subject }: Profile): Generator<string> {
  const time = unpivot!.name.toLowerCase();
  const [label] = subject?.column.strings ?? [];
  const names = unpivot!.columns.map(({ as }) => as);
  const [first, last] = [names[0], names.at(-1)];
  if (label !== undefined) {
    yield `Which ${time} was ${label} highest?`;
    yield `How much did ${label} change from ${first} to ${last}?`;
    yield `What is the average ${label}?`;
  }
  if (columns.some(isGroup) || subject !== undefined) yield `What is the total by ${time}?`;
}

/** A column of few names that stand in several rows each. */
function isGroup(column: ColumnProfile): boolean {
  return column.kind === "text" && column.distinctCount > 1 && column.distinctCount <= 50 && !isKey(column);
}

/** The name without what stands in brackets: `Amount` of `Amount (€)`. */
function nameOf({ column }: ColumnProfile): string {
  return column.name.replace(/\s*[([][^)\]]*[)\]]\s*/g, " ").trim() || column.name;
}
