import { tokenizeFormula } from "../formula/tokenize-formula.ts";

/** Functions that look for a text they are given, or take it apart. */
const searching =
  /^(?:_XLFN\.|_XLWS\.)*(?:COUNTIFS?|SUMIFS?|AVERAGEIFS?|MAXIFS|MINIFS|[VHX]?LOOKUP|X?MATCH|SEARCHB?|FINDB?|SUBSTITUTE|EXACT|SWITCH|GETPIVOTDATA|D(?:SUM|COUNTA?|GET|AVERAGE|MAX|MIN|PRODUCT)|FILTER|CUBE\w+)$/i;

/** Those that find it inside a longer text. */
const withinText = /^(?:SEARCHB?|FINDB?|SUBSTITUTE)$/i;

/** What formulas say about texts in cells. */
export type ComparedTexts = {
  /** True for a text that some formula compares cells with: another text would change its result. */
  readonly isCompared: (text: string) => boolean;
  /** True when some formula makes a reference out of texts in cells (`INDIRECT(A1)`). */
  readonly readsReferences: boolean;
  /** Texts inside formulas, in lower case. */
  readonly literals: readonly string[];
};

/** Looks through formulas; `criteria` are those of conditional formats, where a text alone is compared as well. */
export function comparedTexts(formulas: Iterable<string>, criteria: Iterable<string>): ComparedTexts {
  const compared = new Set<string>();
  const literals = new Set<string>();
  let readsReferences = false;
  const read = (formula: string, isCriterion: boolean): void => {
    const indirect = /INDIRECT\s*\(/i.test(formula);
    if (!indirect && !formula.includes('"')) return;
    const found = readFormula(formula, isCriterion);
    for (const text of found.compared) compared.add(text);
    for (const text of found.literals) literals.add(text);
    readsReferences ||= indirect && found.readsReferences;
  };
  for (const formula of formulas) read(formula, false);
  for (const formula of criteria) read(formula, true);
  const patterns = [...compared].filter((text) => /[*?]/.test(text)).map(wildcard);
  const longest = 255;
  return {
    isCompared: (text) => {
      const key = text.trim().toLowerCase();
      return compared.has(key) || (key.length <= longest && patterns.some((pattern) => pattern.test(key)));
    },
    readsReferences,
    literals: [...literals],
  };
}

function readFormula(
  formula: string,
  isCriterion: boolean,
): { compared: string[]; literals: string[]; readsReferences: boolean } {
  const tokens = tokenizeFormula(formula);
  const compared: string[] = [];
  const literals: string[] = [];
  const calls: string[] = [];
  let readsReferences = false;
  for (const [index, token] of tokens.entries()) {
    if (token.text === "(" || token.text === "{") {
      const before = tokens[index - 1];
      calls.push(before?.kind === "function" && token.text === "(" ? before.text : "");
    } else if (token.text === ")" || token.text === "}") calls.pop();
    // References made of nothing but texts in the formula are read where sheets are renamed.
    else if (/^(?:reference|name|table)$/.test(token.kind) && calls.some((call) => /^INDIRECT$/i.test(call)))
      readsReferences = true;
    if (token.kind !== "text") continue;
    const text = token.text.slice(1, -1).replaceAll('""', '"').trim().toLowerCase();
    literals.push(text);
    if (!/\p{L}/u.test(text)) continue;
    const isBeside = [tokens[index - 1], tokens[index + 1]].some(
      (each) => each !== undefined && /^(?:=|<>|[<>]=?)$/.test(each.text),
    );
    const isSearched = calls.some((call) => searching.test(call));
    // One or two letters are found in almost any text.
    if (calls.some((call) => withinText.test(call)) && text.length > 2) compared.push(`*${text}*`);
    // A criterion may begin with a comparison: `"<>Done"`.
    if (isBeside || isSearched || (isCriterion && tokens.length === 1))
      compared.push(text.replace(/^(?:<>|[<>]=?|=)/, ""));
  }
  return { compared, literals, readsReferences };
}

/** Excel's `*` and `?`. More than three stars are read as one text, so that no pattern takes long. */
function wildcard(text: string): RegExp {
  const source = (text.split("*").length > 4 ? text.replaceAll("*", "") : text)
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "su");
}
