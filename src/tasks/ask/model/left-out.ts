import type { Table } from "../../../table.ts";
import type { Calculation, Filter, Plan } from "../plan.ts";
import { profileTable } from "../profile.ts";
import { openQuestion } from "../question/open-question.ts";

/**
 * What the question says and a plan does not use: values of the table and numbers. A model that overlooks `Germany` or
 * `5` computes something else than was asked.
 */
export function leftOut(question: string, calculation: Calculation, tables: readonly Table[]): string[] {
  const plans = "op" in calculation ? [calculation.left, calculation.right] : [calculation];
  const table = tables.find(({ name }) => name === plans[0]!.table);
  if (table === undefined) return [];
  const used = plans.flatMap(saidIn).map((each) => String(each).toLowerCase());
  const { values, numbers } = openQuestion(question, profileTable(table));
  const texts = values.filter(
    ({ isPart, choices, said }) => !isPart && choices.length === 1 && said.length > 2,
  );
  return [
    ...texts
      .filter(({ choices }) => !choices[0]!.texts.some((text) => isUsed(text, used)))
      .map(
        ({ said, choices }) =>
          `the question names “${said}” (${choices[0]!.column.column.name}), the plan does not`,
      ),
    ...numbers
      .filter(({ value }) => ![value, value / 100].some((each) => used.includes(String(each))))
      .map(({ value }) => `the question says ${value}, the plan does not`),
  ];
}

function isUsed(text: string, used: readonly string[]): boolean {
  const wanted = text.toLowerCase();
  return used.some((each) => each === wanted || (each.length > 2 && wanted.includes(each)));
}

/** Every value in a plan, and the columns that it names: a value may also be the heading of a column. */
function saidIn({ where = [], limit, having, show = [], unpivot }: Plan): (string | number | boolean)[] {
  return [
    ...where.flatMap(valuesOf),
    ...show,
    ...(limit === undefined ? [] : [limit]),
    ...(having === undefined ? [] : [having.value]),
    ...(unpivot === undefined ? [] : [unpivot.name]),
  ];
}

function valuesOf(filter: Filter): readonly (string | number | boolean)[] {
  if ("values" in filter) return filter.values;
  if ("value" in filter) return [filter.value];
  return "from" in filter ? [filter.from, filter.to] : [];
}
