import { type AuditBook, type AuditSheet, type PlacedFormula, targetOf } from "./audit-book.ts";
import { addressOf, cellList, quoted } from "./describe-cells.ts";
import type { FormulaToken, ParsedFormula } from "./formula/parse-formula.ts";
import type { AuditFinding } from "./types.ts";

type Place = { readonly row: number; readonly column: number };
type Hit = { readonly formula: PlacedFormula; readonly at: Place; readonly sheet: AuditSheet };

/**
 * Formulas that calculate with a cell that is empty or holds a text, told once for each cell that is read. References
 * that most copies of a formula make to something are the ones looked at: a form to be filled in is empty throughout.
 */
export function checkEmptyReferences(book: AuditBook, sheet: AuditSheet): AuditFinding[] {
  const operands = new Map<ParsedFormula, readonly number[]>();
  const groups = new Map<string, { readonly hits: Hit[]; total: number }>();
  for (const formula of sheet.formulas) {
    const { parsed } = formula;
    const wanted = operands.get(parsed) ?? operandsOf(parsed);
    operands.set(parsed, wanted);
    for (const index of wanted) {
      const token = parsed.tokens[index]!;
      if (token.kind !== "reference") continue;
      const target = targetOf(book, sheet, token.reference, formula);
      if (target === undefined) continue;
      const at = { row: target.range.firstRow, column: target.range.firstColumn };
      const kind = target.sheet.classAt(at.row, at.column);
      const key = `${parsed.key} ${index}`;
      const group = groups.get(key) ?? { hits: [], total: 0 };
      groups.set(key, group);
      group.total++;
      if (kind === "empty" || (kind === "text" && isWord(target.sheet, at)))
        group.hits.push({ formula, at, sheet: target.sheet });
    }
  }
  return [...groups.values()].flatMap((group) => judge(sheet, group));
}

/** True for a text that isn't a number and isn't blank; `1,200` is another check's matter. */
function isWord(sheet: AuditSheet, { row, column }: Place): boolean {
  const text = sheet.textAt(row, column)?.trim() ?? "";
  return text !== "" && !/\d/.test(text) && text.length > 1 && !sheet.isComputed(row, column);
}

const arithmetic = new Set(["+", "-", "*", "/", "^"]);

/** Indexes of single cells that stand beside an arithmetic sign, outside IF and whatever else asks first. */
function operandsOf({ tokens, functions }: ParsedFormula): number[] {
  if (
    [...functions].some((name) =>
      /^(?:IF|IFS|IFERROR|IFNA|ISBLANK|ISNUMBER|ISERROR|ISTEXT|CHOOSE|N|SWITCH|LET)$/.test(name),
    )
  )
    return [];
  return tokens.flatMap((token, index) =>
    token.kind === "reference" &&
    token.reference.shape === "cell" &&
    (isArithmetic(tokens[index - 1]) || isArithmetic(tokens[index + 1]))
      ? [index]
      : [],
  );
}

function isArithmetic(token: FormulaToken | undefined): boolean {
  return token?.kind === "sign" && arithmetic.has(token.text);
}

function judge(
  sheet: AuditSheet,
  { hits, total }: { readonly hits: readonly Hit[]; readonly total: number },
): AuditFinding[] {
  if (hits.length === 0) return [];
  const texts = hits.filter(({ at, sheet: there }) => there.classAt(at.row, at.column) === "text");
  if (texts.length > 0 && texts.length * 2 <= Math.max(2, total)) return [textFinding(sheet, texts)];
  const blanks = hits.filter((hit) => !texts.includes(hit));
  if (blanks.length === 0 || total < 3 || blanks.length > total / 3) return driftFinding(sheet, hits, total);
  return [emptyFinding(sheet, blanks)];
}

function textFinding(sheet: AuditSheet, hits: readonly Hit[]): AuditFinding {
  const { at, sheet: there, formula } = hits[0]!;
  const where = there === sheet ? addressOf(at) : `${there.name}!${addressOf(at)}`;
  return {
    kind: "text-reference",
    severity: "high",
    confidence: 0.75,
    sheet: sheet.name,
    cells: cellList(hits.map((hit) => hit.formula)),
    message: `the formula in ${addressOf(formula)} calculates with ${where}, which holds the text ${quoted(there.textAt(at.row, at.column) ?? "")}`,
  };
}

function emptyFinding(sheet: AuditSheet, hits: readonly Hit[]): AuditFinding {
  const { at, sheet: there, formula } = hits[0]!;
  const where = there === sheet ? addressOf(at) : `${there.name}!${addressOf(at)}`;
  return {
    kind: "empty-reference",
    severity: "low",
    confidence: 0.5,
    sheet: sheet.name,
    cells: cellList(hits.map((hit) => hit.formula)),
    message: `the formula in ${addressOf(formula)} calculates with ${where}, which is empty; its copies read something there`,
  };
}

/** `=B2/B10` copied down: the first copy hits the total, the others the empty cells below it. */
function driftFinding(sheet: AuditSheet, hits: readonly Hit[], total: number): AuditFinding[] {
  const { formula, at, sheet: there } = hits[0]!;
  const before = sheet.formulaAt(formula.row - 1, formula.column);
  const isDrift =
    there === sheet &&
    total >= 3 &&
    hits.length === total - 1 &&
    before?.parsed === formula.parsed &&
    at.column !== formula.column &&
    isDivisor(formula) &&
    sheet.classAt(at.row - 1, at.column) === "number";
  if (!isDrift) return [];
  const wanted = `${addressOf({ row: at.row - 1, column: at.column }).replace(/(\d+)$/, "$$$1")}`;
  return [
    {
      kind: "loose-anchor",
      severity: "high",
      confidence: 0.85,
      sheet: sheet.name,
      cells: cellList(hits.map((hit) => hit.formula)),
      message: `the reference to ${addressOf({ row: at.row - 1, column: at.column })} moved along when the formula was copied and now meets empty cells; it needs a dollar sign (${wanted})`,
    },
  ];
}

function isDivisor({ parsed }: PlacedFormula): boolean {
  return parsed.tokens.some(
    (token, index) => token.kind === "reference" && parsed.tokens[index - 1]?.text === "/",
  );
}
