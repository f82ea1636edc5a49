import type { Table } from "../../../table.ts";
import { type ColumnProfile, isKey, type Profile, profileTable } from "../../ask/profile.ts";
import { mainAmount } from "../../ask/question/main-amount.ts";
import { readQuestion } from "../../ask/read-question.ts";
import { stemsOf } from "../rank/stems.ts";
import type { SourceTables, TableReference } from "../types.ts";

/** A document that is made from a workbook and shows nothing of it is of no use; more than these is for a person to ask. */
const mostTables = 2;
const mostGroups = 20;
/** Of the rows; where nearly each has a name of its own, a sum by names is the table once more. */
const mostDistinct = 0.75;
/** What adds up: the sum of a league's divisions or of years is a number that says nothing. */
const ADDS_UP =
  /amount|revenue|sales|turnover|cost|spen[dt]|budget|fee|payment|paid|invoice|expense|income|profit|loss|quantit|\bqty\b|units?\b|pieces|hours?\b|days\b|orders?\b|bookings?\b|visits|tickets?\b|votes?\b|count|number|total|volume|weight|tons|tonnes|betrag|beträge|umsatz|kosten|preis|menge|anzahl|stunden|summe|montant|ventes|coût|chiffre|dépense|quantité|nombre|heures|importe|ventas|coste|gasto|cantidad|número|horas|ingresos|valor|vendas|custo|despesa|quantidade|receita|[€$£¥]/iu;
/** What a column without a name is called. */
const NAMELESS = /^column [a-z]{1,3}$/iu;

/**
 * Tables for a workbook that the prompt asks nothing particular of: its main amount by what the prompt speaks of, else
 * by its first groups. Each is a question that the rules read without doubt.
 */
export function proposeTables({ name, tables }: SourceTables, prompt: string): readonly TableReference[] {
  const table = tables.toSorted((a, b) => b.rowCount - a.rowCount)[0];
  if (table === undefined || table.rowCount < 2) return [];
  const profile = profileTable(table);
  const amount = mainAmount(profile);
  if (amount === undefined || !addsUp(amount.column)) return [];
  const said = new Set(stemsOf(prompt));
  const isSaid = ({ column }: ColumnProfile): boolean =>
    stemsOf(shortName(column.name)).some((stem) => said.has(stem));
  const groups = groupsOf(profile, table.rowCount);
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
function groupsOf({ columns }: Profile, rowCount: number): readonly ColumnProfile[] {
  return columns.filter(
    (profile) =>
      profile.kind === "text" &&
      profile.distinctCount > 1 &&
      profile.distinctCount <= Math.min(mostGroups, rowCount * mostDistinct) &&
      !NAMELESS.test(profile.column.name) &&
      !isKey(profile),
  );
}

function addsUp({ name, unit }: Table["columns"][number]): boolean {
  return ADDS_UP.test(`${name} ${unit ?? ""}`);
}

/** `Amount` of `Sale / Amount (€)`. */
function shortName(name: Table["columns"][number]["name"]): string {
  const last = name.split(" / ").at(-1)!;
  return last.replace(/\s*[([][^)\]]*[)\]]\s*/gu, " ").trim() || last;
}
