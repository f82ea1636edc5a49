import type { Table } from "../../../table.ts";
import { type ColumnProfile, isKey, type Profile, profileTable } from "../../ask/profile.ts";
import { mainAmount } from "../../ask/question/main-amount.ts";
import { readQuestion } from "../../ask/read-question.ts";
import { stemsOf } from "../rank/stems.ts";
import type { SourceTables, TableReference } from "../types.ts";

/** A document that is made from a workbook and shows nothing of it is of no use; more than these is for a person to ask. */
const mostTables = 2;
const mostGroups = 20;

/**
 * Tables for a workbook that the prompt asks nothing particular of: its main amount by what the prompt speaks of, else
 * by its first groups. Each is a question that the rules read without doubt.
 */
export function proposeTables({ name, tables }: SourceTables, prompt: string): readonly TableReference[] {
  const table = tables.toSorted((a, b) => b.rowCount - a.rowCount)[0];
  if (table === undefined || table.rowCount < 2) return [];
  const profile = profileTable(table);
  const amount = mainAmount(profile);
  if (amount === undefined) return [];
  const said = new Set(stemsOf(prompt));
  const isSaid = ({ column }: ColumnProfile): boolean =>
    stemsOf(shortName(column.name)).some((stem) => said.has(stem));
  const groups = groupsOf(profile);
  const wanted = groups.filter(isSaid);
  const questions = (wanted.length > 0 ? wanted : groups).map(
    (group) => `total ${shortName(amount.column.name)} by ${shortName(group.column.name)}`,
  );
  return questions
    .filter((question) => readQuestion(question, profile)?.doubts.length === 0)
    .slice(0, mostTables)
    .map((question) => ({ workbook: name, range: question }));
}

/** Columns of few names that stand in several rows each, and the time. */
function groupsOf({ columns }: Profile): readonly ColumnProfile[] {
  return columns.filter(
    (column) =>
      column.kind === "text" &&
      column.distinctCount > 1 &&
      column.distinctCount <= mostGroups &&
      !isKey(column),
  );
}

/** `Amount` of `Sale / Amount (€)`. */
function shortName(name: Table["columns"][number]["name"]): string {
  const last = name.split(" / ").at(-1)!;
  return last.replace(/\s*[([][^)\]]*[)\]]\s*/gu, " ").trim() || last;
}
