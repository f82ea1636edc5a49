import type { Filter, Plan } from "../plan.ts";
import type { ColumnProfile, Profile } from "../profile.ts";
import { addOnce, type Question } from "./question.ts";

const sumWord =
  /^(?:(?:grand|sub|overall|column|row)[ -]?)?totals?:?$|^(?:zwischen|gesamt)?summe:?$|^(?:gesamt|insgesamt|sum|sous-total|total général|total general|suma|totales)$/i;
/** True for a cell that says `Total` and nothing else. */
export function isSumWord(text: string): boolean {
  return sumWord.test(text.trim());
}

const someTotal = /\btotals?\b|^(?:net|gross)\b|\b(?:summe|gesamt)\b/i;

/** Rows that sum others up would be counted twice: they are left out of everything but a question for them. */
export function leaveOutTotals(question: Question, plan: Plan): Plan {
  const isComputed = plan.measures !== undefined || plan.orderBy !== undefined;
  if (!isComputed || plan.beside !== undefined) return plan;
  const where: Filter[] = [];
  for (const column of question.profile.columns) {
    const { name, strings = [] } = column.column;
    const asked = (plan.where ?? []).some(
      (each) => each.column === name && (each.is === "=" || each.is === "in"),
    );
    const sums = strings.filter((text) => isSumWord(text));
    if (asked || sums.length === 0 || isOften(column, sums.length)) continue;
    addOnce(question.assumptions, `rows called ${sums.join(", ")} are left out`);
    where.push({ column: name, is: "not-in", values: sums });
  }
  doubtStatements(question, plan);
  return where.length === 0 ? plan : { ...plan, where: [...(plan.where ?? []), ...where] };
}

/** A column where many cells say `Total` says something else by it. */
function isOften({ column, filledCount }: ColumnProfile, kinds: number): boolean {
  return kinds > 3 || filledCount < 3 || column.name === "";
}

/** The rows of a statement are not of one kind: adding all of them up means nothing. */
function doubtStatements({ profile, doubts }: Question, { where = [], unpivot }: Plan): void {
  if (unpivot === undefined || where.some(({ column }) => isLabel(profile, column))) return;
  const labels = profile.subject?.column.strings ?? [];
  if (labels.some((text) => someTotal.test(text)))
    addOnce(doubts, "the rows are not of one kind, and none is named");
}

function isLabel({ subject }: Profile, name: string): boolean {
  return subject?.column.name === name;
}
