import type { WorkbookRefusalReason } from "./types.ts";

/** Longest formula that a cell takes (Excel 2007 and later). */
const maxLength = 8192;

/**
 * Functions that came after the file format: in the file their names begin with `_xlfn.` (MS-XLSX 2.2.2), otherwise
 * Excel shows `#NAME?`.
 */
const laterFunctions: ReadonlySet<string> = new Set(
  `ACOT ACOTH AGGREGATE ARABIC BASE BETA.DIST BETA.INV BINOM.DIST BINOM.DIST.RANGE BINOM.INV BITAND BITLSHIFT BITOR
  BITRSHIFT BITXOR CEILING.MATH CEILING.PRECISE CHISQ.DIST CHISQ.DIST.RT CHISQ.INV CHISQ.INV.RT CHISQ.TEST COMBINA
  CONCAT CONFIDENCE.NORM CONFIDENCE.T COT COTH COVARIANCE.P COVARIANCE.S CSC CSCH DAYS DECIMAL ERF.PRECISE
  ERFC.PRECISE EXPON.DIST F.DIST F.DIST.RT F.INV F.INV.RT F.TEST FILTERXML FLOOR.MATH FLOOR.PRECISE FORECAST.ETS
  FORECAST.ETS.CONFINT FORECAST.ETS.SEASONALITY FORECAST.ETS.STAT FORECAST.LINEAR FORMULATEXT GAMMA GAMMA.DIST
  GAMMA.INV GAMMALN.PRECISE GAUSS HYPGEOM.DIST IFNA IFS IMCOSH IMCOT IMCSC IMCSCH IMSEC IMSECH IMSINH IMTAN ISFORMULA
  ISOWEEKNUM LOGNORM.DIST LOGNORM.INV MAXIFS MINIFS MODE.MULT MODE.SNGL MUNIT NEGBINOM.DIST NORM.DIST NORM.INV
  NORM.S.DIST NORM.S.INV NUMBERVALUE PDURATION PERCENTILE.EXC PERCENTILE.INC PERCENTRANK.EXC PERCENTRANK.INC
  PERMUTATIONA PHI POISSON.DIST QUARTILE.EXC QUARTILE.INC RANK.AVG RANK.EQ RRI SEC SECH SHEET SHEETS SKEW.P STDEV.P
  STDEV.S SWITCH T.DIST T.DIST.2T T.DIST.RT T.INV T.INV.2T T.TEST TEXTJOIN UNICHAR UNICODE VALUETOTEXT VAR.P VAR.S
  WEIBULL.DIST XLOOKUP XMATCH XOR Z.TEST`.split(/\s+/),
);

/** Functions whose results fill several cells or that bring their own names: they need more than a text in a cell. */
const spillingFunctions: ReadonlySet<string> = new Set(
  `BYCOL BYROW CHOOSECOLS CHOOSEROWS DROP EXPAND FILTER GROUPBY HSTACK LAMBDA LET MAKEARRAY MAP PIVOTBY RANDARRAY
  REDUCE SCAN SEQUENCE SORT SORTBY TAKE TEXTSPLIT TOCOL TOROW UNIQUE VSTACK WRAPCOLS WRAPROWS`.split(/\s+/),
);

/** Texts, quoted sheet names, then brackets of tables, files and array constants: nothing in them is looked at. */
const quoted = /"(?:[^"]|"")*"|'(?:[^']|'')*'|\[(?:[^[\]']|'.|\[(?:[^[\]']|'.)*\])*\]|\{[^{}]*\}/g;

/**
 * The formula as a file holds it: without its equals sign, later functions with their prefix. A refusal when Excel
 * would call the file damaged because of it: this is no full grammar, it finds what people and models get wrong.
 */
export function fileFormula(
  text: string,
  sheetNames: readonly string[],
): string | { readonly refusal: WorkbookRefusalReason } {
  const formula = text.trim().replace(/^=\s*/, "");
  const fault = formula === "" ? "it is empty" : findFault(formula);
  if (fault !== undefined) return invalid(formula, fault);
  const unknown = sheetsNamed(formula).find(
    (name) => !sheetNames.some((each) => each.toLowerCase() === name.toLowerCase()),
  );
  if (unknown !== undefined) {
    return {
      refusal: {
        code: "not-found",
        reason: `the formula refers to a sheet ${JSON.stringify(unknown)}, and there is none`,
        fix: `The sheets are: ${sheetNames.join(", ")}.`,
      },
    };
  }
  return outsideQuotes(formula, (piece) =>
    piece.replace(/(?<![\w.])([A-Za-z][A-Za-z0-9.]*)(?=\s*\()/g, (name) =>
      laterFunctions.has(name.toUpperCase()) ? `_xlfn.${name.toUpperCase()}` : name,
    ),
  );
}

function invalid(formula: string, fault: string): { refusal: WorkbookRefusalReason } {
  return {
    refusal: {
      code: "invalid-formula",
      reason: `Excel would not read the formula ${JSON.stringify(formula.slice(0, 80))}: ${fault}`,
      fix: "Write it in English with commas between arguments, as in SUMIFS(B:B,A:A,2024).",
    },
  };
}

function findFault(formula: string): string | undefined {
  if (formula.length > maxLength) return `it is longer than ${maxLength} characters`;
  const bare = formula.replace(quoted, (match) => (match.startsWith('"') ? "0" : "_"));
  if (/["'{}[\]]/.test(bare)) return "a quotation mark, bracket or brace is not closed";
  if (bare.includes(";")) return "a semicolon stands where a comma should be";
  if (/[^\x20-\x7e\u00a0-\uffff\r\n\t]/.test(bare)) return "it holds a control character";
  let depth = 0;
  for (const character of bare) {
    if (character === "(") depth++;
    if (character === ")" && --depth < 0) return "a bracket closes that none opened";
    if (depth > 64) return "brackets are nested deeper than 64";
  }
  if (depth > 0) return "a bracket is not closed";
  if (/[-+*/^&=<>,(]\s*$/.test(bare) || /^\s*[*/^&=<>,)%]/.test(bare)) return "an operand is missing";
  if (/[-+*/^&=<>(]\s*[*/^&)]/.test(bare.replace(/\(\s*\)/g, "_"))) return "an operand is missing";
  if (/[@#]/.test(bare.replace(/#(?:[A-Z_]+[/0]*[!?]|N\/A|DIV\/0!)/g, "_")))
    return "@ and # beside a name are how Excel shows it, not how a file holds it";
  for (const [, name] of bare.matchAll(/(?<![\w.])([A-Za-z][A-Za-z0-9.]*)\s*\(/g)) {
    if (spillingFunctions.has(name!.toUpperCase()))
      return `${name!.toUpperCase()} gives more than one cell or names of its own, which is not written yet`;
  }
  return undefined;
}

function outsideQuotes(formula: string, change: (piece: string) => string): string {
  let out = "";
  let at = 0;
  for (const match of formula.matchAll(quoted)) {
    out += change(formula.slice(at, match.index)) + match[0];
    at = match.index + match[0].length;
  }
  return out + change(formula.slice(at));
}

/** Names of sheets of this workbook that the formula refers to; `Jan:Mar!A1` refers to two. */
export function sheetsNamed(formula: string): string[] {
  const names: string[] = [];
  const bare = formula.replace(/"(?:[^"]|"")*"/g, '""');
  for (const match of bare.matchAll(/'((?:[^']|'')+)'!|((?:\[[^\]]*\])?[^\s'!,()+\-*/^&=<>;{}"%]+)!/g)) {
    const name = (match[1]?.replaceAll("''", "'") ?? match[2]!).replace(/^#REF$/, "");
    // Another file's sheets are not ours to check.
    if (name === "" || name.includes("[")) continue;
    names.push(...name.split(":"));
  }
  return names;
}

/** A sheet's name as formulas write it: in quotes unless it is a plain word that is no cell. */
export function quoteSheetName(name: string): string {
  const isPlain =
    /^[A-Za-z_][A-Za-z0-9_.]*$/.test(name) && !/^(?:[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]?\d*|[Cc]\d*)$/.test(name);
  return isPlain ? name : `'${name.replaceAll("'", "''")}'`;
}
