import type { Filter } from "../plan.ts";
import type { ColumnProfile } from "../profile.ts";
import { unpivotsOf } from "../wide-table.ts";
import { addOnce, find, meantColumn, openColumns, take } from "./question.ts";
import { type Conditioned, filtersOf, type Shape, type Target, takeAsked, takeKind } from "./shape.ts";

const mostRows = 1000;

/** `what is the phone of Ann`, `who lives in Berlin`, `list the orders over 500`: what stands in the rows that are named. */
export function readLookup(conditioned: Conditioned): Shape | undefined {
  const { question } = conditioned;
  const asked = takeAsked(question);
  const kind = asked === undefined ? takeKind(question) : undefined;
  const where = filtersOf(conditioned);
  const isList =
    asked?.kind === "rows" ||
    take(question, /\b(?:show|list|which|what|give)(?: (?:me|all|the|are))* noun\b/) !== undefined;
  if (where.length === 0 && !isList && find(question, /\b(?:all|list|show)\b/) === undefined)
    return undefined;
  const shown = shownColumns(conditioned, asked, kind, where);
  doubtTimes(conditioned, shown);
  if (shown.length === 0 && !isList && !showSubject(conditioned, shown, where)) return undefined;
  return {
    calculation: {
      ...question.base,
      ...(where.length > 0 && { where }),
      ...(shown.length > 0 && { show: shown.map(({ column }) => column.name) }),
      ...(asked?.kind === "column" && { distinct: true }),
      limit: mostRows,
    },
  };
}

/** Several columns of times are shown of which one may be meant. */
function doubtTimes({ question }: Conditioned, shown: readonly ColumnProfile[]): void {
  const { table, unpivot } = question.profile;
  if (unpivot !== undefined || shown.length < 2) return;
  const times = unpivotsOf(table).flatMap(({ columns }) => columns.map(({ column }) => column));
  const all = shown.filter(({ column }) => times.includes(column.name));
  if (all.length > 1)
    addOnce(question.doubts, `it may be about ${all.map(({ column }) => column.name).join(" or ")}`);
}

/** What is asked for and named, and what is compared: people want to see how far below 100 it is. */
function shownColumns(
  { question, comparisons }: Conditioned,
  asked: Target | undefined,
  kind: ColumnProfile | undefined,
  where: readonly Filter[],
): ColumnProfile[] {
  // `who is the manager of Ben`: who it is of need not be told again.
  const isGiven = where.some(({ column, is }) => column === kind?.column.name && is === "=");
  const about = asked?.kind === "column" ? asked.column : isGiven ? undefined : kind;
  const shown = new Set<ColumnProfile>(about === undefined ? [] : [about]);
  for (const { mention, at } of openColumns(question)) {
    const column = meantColumn(question, mention);
    if (column === undefined) continue;
    question.used.add(at);
    shown.add(column);
  }
  for (const { of } of comparisons)
    if (about !== undefined && of !== undefined && of !== "rows") shown.add(of);
  return [...shown];
}

/** Where nothing says what to show: what the rows are about, as a guess. */
function showSubject({ question }: Conditioned, shown: ColumnProfile[], where: readonly Filter[]): boolean {
  const { subject, id } = question.profile;
  const names = [subject, id].filter(
    (each) => each !== undefined && !where.some(({ column }) => column === each.column.name),
  );
  if (names[0] === undefined) return false;
  addOnce(question.doubts, "it is not clear what is asked for");
  shown.push(names[0]);
  return true;
}
