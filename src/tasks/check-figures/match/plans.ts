import type { Calculation, Filter, Measure, Plan } from "../../ask/plan.ts";
import type { ColumnProfile, Profile } from "../../ask/profile.ts";
import { isSumWord } from "../../ask/question/leave-out-totals.ts";
import type { ValueChoice } from "./find-names.ts";

/** A plan of one measure over the rows that fit; rows that sum others up are left out. */
export function planOf(profile: Profile, measure: Measure, where: readonly Filter[]): Plan {
  const all = [...where, ...withoutTotals(profile, where)];
  return {
    table: profile.table.name,
    ...(profile.unpivot !== undefined && { unpivot: profile.unpivot }),
    ...(all.length > 0 && { where: all }),
    measures: [measure],
  };
}

function withoutTotals({ columns }: Profile, where: readonly Filter[]): Filter[] {
  return columns.flatMap(({ column }): Filter[] => {
    const sums = (column.strings ?? []).filter(isSumWord);
    const isAsked = where.some((filter) => filter.column === column.name);
    return sums.length === 0 || sums.length > 3 || isAsked
      ? []
      : [{ column: column.name, is: "not-in", values: sums }];
  });
}

/** Conditions for values, those of one column as alternatives. */
export function valueFilters(choices: readonly ValueChoice[]): Filter[] {
  const byColumn = Map.groupBy(choices, ({ column }) => column.column.name);
  return [...byColumn].map(([column, own]): Filter => {
    const values = [...new Set(own.flatMap(({ texts }) => texts))];
    const [only] = values;
    return values.length === 1 ? { column, is: "=", value: only! } : { column, is: "in", values };
  });
}

/** Sum of an amount, mean of a rate; what words ask for comes first. */
export function measureOf(column: ColumnProfile, fn: Measure["fn"] | undefined): Measure {
  return { fn: fn ?? (column.isAdditive ? "sum" : "average"), column: column.column.name };
}

/** The tables' names of a calculation, in order. */
export function plansOf(calculation: Calculation): Plan[] {
  return "op" in calculation ? [calculation.left, calculation.right] : [calculation];
}
