import type { Calculation, Filter, Plan } from "../plan.ts";
import { addOnce, type Question } from "./question.ts";

/** Cells of a column of numbers that hold digits in a way that is no number would be passed over in silence. */
export function doubtExceptions(question: Question, calculation: Calculation): void {
  const plans = "op" in calculation ? [calculation.left, calculation.right] : [calculation];
  for (const name of new Set(plans.flatMap(computedColumns))) {
    const column = question.profile.columns.find((each) => each.column.name === name);
    const { exceptions = [] } = column?.column ?? {};
    const odd = exceptions.filter(({ text }) => /\d/.test(text));
    const first = odd[0] ?? exceptions[0];
    if (first === undefined) continue;
    const shown = first.text.replace(/\s+/g, " ").slice(0, 40);
    if (odd.length > 0) addOnce(question.doubts, `${name} has cells that are no numbers, such as “${shown}”`);
    else addOnce(question.assumptions, `cells of ${name} such as “${shown}” are left out`);
  }
}

/** Sums and averages that may mean something else than they say. */
export function doubtAggregates(question: Question, calculation: Calculation): void {
  const { profile, doubts } = question;
  const { unpivot } = profile;
  for (const plan of "op" in calculation ? [calculation.left, calculation.right] : [calculation]) {
    const { where = [], measures = [], groupBy = [] } = plan;
    const isFixed = (name: string | undefined): boolean =>
      where.some(({ column, is }) => column === name && is === "=");
    const isOne = isFixed(profile.subject?.column.name) && (unpivot === undefined || isFixed(unpivot.name));
    for (const each of where) doubtRepeated(question, each);
    const averaged = measures.some(({ fn }) => /^(average|median|range)$/.test(fn));
    if (isOne && averaged && groupBy.length === 0) addOnce(doubts, "only one value is averaged");
  }
}

/** `from 2017 to 2019` of a table that has no 2019 would be taken for what there is. */
export function doubtMissingTimes(question: Question, calculation: Calculation): void {
  const { unpivot } = question.profile;
  if (unpivot?.type !== "integer") return;
  const known = unpivot.columns.map(({ as }) => as);
  for (const { where = [] } of "op" in calculation ? [calculation.left, calculation.right] : [calculation])
    for (const filter of where) {
      const named = "from" in filter ? [filter.from, filter.to] : "values" in filter ? filter.values : [];
      const missing = filter.column === unpivot.name ? named.filter((each) => !known.includes(each)) : [];
      if (missing.length > 0) addOnce(question.doubts, `the table has no ${missing.join(", ")}`);
    }
}

/** A row of a statement that is named, where several are called so (in other sections). */
function doubtRepeated({ profile, doubts }: Question, filter: Filter): void {
  const { unpivot, subject } = profile;
  if (unpivot === undefined || filter.is !== "=" || filter.column !== subject?.column.name) return;
  const { strings = [], values, present } = subject.column;
  const index = strings.indexOf(String(filter.value));
  const count = values.reduce((sum, value, row) => sum + (present[row] === 1 && value === index ? 1 : 0), 0);
  if (count > 1) addOnce(doubts, `several rows are called “${filter.value}”`);
}

/** A number of several years or months where nothing says that they are to be added up. */
export function doubtUnsaidSum(question: Question, calculation: Calculation): void {
  const { unpivot } = question.profile;
  if (unpivot === undefined || "op" in calculation) return;
  const { where = [], measures = [], groupBy = [], orderBy = [] } = calculation;
  if (groupBy.length > 0 || orderBy.length > 0 || measures[0]?.fn !== "sum") return;
  const time = where.find(({ column }) => column === unpivot.name);
  const isSaid = question.tokens.some(({ text }) =>
    /^(total|sum|combined|together|altogether|overall)$/.test(text),
  );
  const isOne = time?.is === "=";
  if (!isSaid && !isOne && (unpivot.type === "integer" || time?.is === "in"))
    addOnce(question.doubts, `it is not said whether the ${unpivot.name.toLowerCase()}s are to be added up`);
}

function computedColumns({ measures = [], orderBy = [], where = [] }: Plan): string[] {
  return [
    ...measures.flatMap(({ column }) => (column === undefined ? [] : [column])),
    ...orderBy.flatMap(({ by }) => (typeof by === "string" && by !== "row" ? [by] : [])),
    ...where.flatMap(({ column, is }) => (/^(<|<=|>|>=|between)$/.test(is) ? [column] : [])),
  ];
}
