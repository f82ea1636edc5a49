import { type CellRange, type FormulaToken, tokenizeFormula } from "../../files/index.ts";

/** Cells that a formula reads. Columns without rows (`A:C`) are ranges of all rows. */
export type CellsRead = { readonly sheet: string; readonly range: CellRange };

/** Functions that read cells which their text doesn't show. */
const readsElsewhere = /^(?:INDIRECT|OFFSET)$/i;

/**
 * The ranges that a formula names, of the sheet it stands on where it names none. Undefined when it reads anything else:
 * defined names, tables by their names, other workbooks, several sheets at once.
 */
export function formulaReads(formula: string, ownSheet: string): readonly CellsRead[] | undefined {
  const tokens = tokenizeFormula(formula);
  if (!tokens.every(isPlain)) return undefined;
  return tokens.flatMap((token) =>
    token.kind === "reference" ? [{ sheet: token.sheet?.name ?? ownSheet, range: token.range }] : [],
  );
}

function isPlain({ kind, text, sheet }: FormulaToken): boolean {
  if (kind === "reference") return sheet?.book === undefined && sheet?.lastName === undefined;
  if (kind === "function") return sheet === undefined && !readsElsewhere.test(text);
  // Braces, `;`, `:`, `@`, `!` and `#` mean arrays, ranges with computed ends and spilled results.
  if (kind === "sign") return !/^[{};:@!#]$/.test(text);
  return kind === "text" || kind === "number" || kind === "boolean";
}
