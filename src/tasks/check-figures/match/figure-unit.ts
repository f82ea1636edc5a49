import type { Calculation } from "../../ask/plan.ts";
import type { WrittenFigure } from "../types.ts";
import type { Role } from "./read-role.ts";
import type { What } from "./reading-work.ts";

const codes: readonly (readonly [RegExp, string])[] = [
  [/^(€|eur|euros?)$/i, "EUR"],
  [/^(\$|usd|us\$|dollars?)$/i, "USD"],
  [/^(£|gbp|pounds?)$/i, "GBP"],
  [/^(chf|franken|francs?)$/i, "CHF"],
];

function codeOf(text: string | undefined): string | undefined {
  return codes.find(([pattern]) => pattern.test(text ?? ""))?.[1];
}

/** What a computed value is multiplied by to be in the unit that the figure is written in. */
export function unitOf(
  figure: WrittenFigure,
  role: Role,
  { column, measure }: What,
  calculation: Calculation,
): { factor: number; doubts: string[] } {
  if (column === undefined || measure.fn === "count" || measure.fn === "count-distinct")
    return { factor: 1, doubts: figure.currency === undefined ? [] : ["money is said, rows are counted"] };
  const { unit, inHundredths } = column.column;
  const isRelative =
    "op" in calculation && /^(percent-change|share|ratio)$/.test(calculation.op) && role !== "value";
  if (isRelative) return { factor: 1, doubts: [] };
  const doubts: string[] = [];
  const [said, own] = [codeOf(figure.currency), codeOf(unit)];
  if (said !== undefined && own !== undefined && said !== own) doubts.push(`the table is in ${unit}`);
  const isPercent = figure.form === "percent" || figure.form === "points";
  if (isPercent) {
    const isPart = unit === "%" ? inHundredths !== true : (column.range?.max ?? 0) <= 1;
    if (unit !== "%" && column.isAdditive) doubts.push("the column is not in per cent");
    return { factor: isPart ? 100 : 1, doubts };
  }
  if (unit === "%" && figure.form === "number") doubts.push("the column is in per cent");
  if (/thousand|tsd|^k|in 000|'000|T€/i.test(unit ?? "") && !/^k[gmw]/i.test(unit ?? ""))
    return { factor: 1e3, doubts };
  if (/million|mio/i.test(unit ?? "")) return { factor: 1e6, doubts };
  return { factor: 1, doubts };
}
