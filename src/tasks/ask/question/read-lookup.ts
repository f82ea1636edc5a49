import type { ColumnProfile } from "../profile.ts";
import { addOnce, find, meantColumn, openColumns, take } from "./question.ts";
import { type Conditioned, filtersOf, type Shape, takeAsked, takeKind } from "./shape.ts";

const mostRows = 1000;

/** `what is the phone of Ann`, `who lives in Berlin`, `list the orders over 500`: what stands in the rows that are named. */
export function readLookup(conditioned: Conditioned): Shape | undefined {
  const { question } = conditioned;
  const { subject, id } = question.profile;
  const asked = takeAsked(question);
  const kind = asked === undefined ? takeKind(question) : undefined;
  const about = asked?.kind === "column" ? asked.column : kind;
  const where = filtersOf(conditioned);
  const shown: ColumnProfile[] = about === undefined ? [] : [about];
  for (const { mention, at } of openColumns(question)) {
    const column = meantColumn(question, mention);
    if (column === undefined || shown.includes(column)) continue;
    question.used.add(at);
    shown.push(column);
  }
  // What is compared is shown too: people want to see how far below 100 it is.
  for (const { column } of conditioned.comparisons.flatMap(({ of }) =>
    of === undefined || of === "rows" ? [] : [of],
  ))
    if (asked?.kind === "column")
      shown.push(
        ...question.profile.columns.filter((each) => each.column === column && !shown.includes(each)),
      );
  const isList =
    take(question, /\b(?:show|list|which|what|give)(?: (?:me|all|the|are))* noun\b/) !== undefined;
  if (where.length === 0 && !isList && find(question, /\b(?:all|list|show)\b/) === undefined)
    return undefined;
  take(question, /\ball\b/);
  const filtered = new Set(where.map(({ column }) => column));
  if (shown.length === 0) {
    const names = [id, subject].filter(
      (each) => each !== undefined && (!filtered.has(each.column.name) || isList),
    );
    if (names.length === 0) return undefined;
    if (!isList) addOnce(question.doubts, "it is not clear what is asked for");
    if (!isList) shown.push(names.at(-1)!);
  }
  return {
    calculation: {
      ...question.base,
      ...(where.length > 0 && { where }),
      ...(shown.length > 0 && { show: shown.map(({ column }) => column.name) }),
      ...(shown.length > 0 && asked !== undefined && { distinct: true }),
      limit: mostRows,
    },
  };
}
