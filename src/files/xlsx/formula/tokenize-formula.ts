import { parseRange } from "../address.ts";
import type { CellRange } from "../types.ts";

/** The sheet in front of a reference, name or error: `Data`, `'Year 1'`, `Jan:Mar`, `[2]Data`. */
export type FormulaSheet = {
  /** Offsets in the formula, quotes included, without the exclamation mark. */
  readonly start: number;
  readonly end: number;
  /** Without quotes; empty where only a file is named (`[1]!Rate`). */
  readonly name: string;
  /** The last sheet of `Jan:Mar!A1`. */
  readonly lastName?: string;
  /** The other workbook that is meant, most often by its number among the external links; `[0]` is this one. */
  readonly book?: string;
};

type Piece = {
  /** Offsets in the formula, a sheet in front included. */
  readonly start: number;
  readonly end: number;
  /** As it stands in the formula, without the sheet in front of it. */
  readonly text: string;
  readonly sheet?: FormulaSheet;
};

/**
 * A piece of a formula. `table` is a structured reference, `sign` an operator, bracket or separator, `unknown` one
 * character that no formula holds. Only spaces lie between the pieces.
 */
export type FormulaToken =
  | (Piece & { readonly kind: "reference"; readonly range: CellRange })
  | (Piece & {
      readonly kind:
        | "function"
        | "name"
        | "table"
        | "text"
        | "number"
        | "boolean"
        | "error"
        | "sign"
        | "unknown";
    });

const word = String.raw`[A-Za-z_\\\u0080-\uffff][\w.\\?\u0080-\uffff]*`;
const corner = String.raw`\$?[A-Za-z]{1,3}\$?[0-9]{1,7}`;
const stop = String.raw`(?![\w(.!\u0080-\uffff])`;
/** `A1:Data!B2` begins with a cell, not with a sheet. */
const plainSheets = `(?!${corner}:)${word}(?::${word})?`;
/** Some programs write names that begin with a digit without quotes. */
const plainSheet = String.raw`[\w.\\\u0080-\uffff]{1,255}|(?<=\])`;
// What has an end is bounded, so that hostile text can't make each character search the whole rest.
const quotedSheet = `'((?:[^']|''){1,600})'`;
const column = String.raw`(?:[^[\]']|'.|\[(?:[^[\]']|'.){0,600}\])`;

/** In the order of its groups: space, text, sheet in quotes, sheet, and so on as `readToken` takes them. */
const pattern = new RegExp(
  [
    String.raw`(\s+)`,
    `("[^"]*(?:""[^"]*)*")`,
    String.raw`(?:(?:${quotedSheet}|((?:\[[^\[\]]{0,600}\])?(?:${plainSheets}|${plainSheet})))!)?(?:` +
      [
        `(${corner}(?::${corner})?${stop}|\\$?[A-Za-z]{1,3}:\\$?[A-Za-z]{1,3}${stop}|\\$?[0-9]+:\\$?[0-9]+(?![\\w.]))`,
        "(#REF!)",
        String.raw`((?:${word})?\[${column}{0,600}\])`,
        String.raw`(${word})(?=\s*\()`,
        `(${word})`,
      ].join("|") +
      ")",
    "(#[A-Z_]+(?:/[A0])?[!?]?)",
    String.raw`((?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?)`,
    "(?:<=|>=|<>|[-+*/^&=<>(),%{};:@!#])",
  ].join("|"),
  "y",
);

/**
 * The pieces of a formula as files hold it: in English, with commas, without its equals sign (ECMA-376-1, 18.17.2).
 * Never throws: what can't be read becomes pieces of kind `unknown`.
 */
export function tokenizeFormula(formula: string): FormulaToken[] {
  const tokens: FormulaToken[] = [];
  for (let at = 0; at < formula.length; ) {
    pattern.lastIndex = at;
    const match = pattern.exec(formula);
    const end = match === null ? at + 1 : pattern.lastIndex;
    if (match === null) tokens.push({ kind: "unknown", start: at, end, text: formula[at]! });
    else if (match[1] === undefined) tokens.push(readToken(match, at, end));
    at = end;
  }
  return tokens;
}

function readToken(match: RegExpExecArray, start: number, end: number): FormulaToken {
  const [, , text, quoted, plain, area, lost, table, called, name, error, number] = match;
  const sheet = quoted ?? plain;
  const own = sheet === undefined ? match[0] : (area ?? lost ?? table ?? called ?? name)!;
  const piece: Piece = {
    start,
    end,
    text: own,
    ...(sheet !== undefined && {
      sheet: readSheet(sheet.replaceAll("''", "'"), start, end - own.length - 1),
    }),
  };
  if (area !== undefined) {
    const range = parseRange(area);
    return range === undefined ? { ...piece, kind: "name" } : { ...piece, kind: "reference", range };
  }
  if (text !== undefined) return { ...piece, kind: "text" };
  if (table !== undefined) return { ...piece, kind: "table" };
  if (called !== undefined) return { ...piece, kind: "function" };
  if (name !== undefined)
    return { ...piece, kind: sheet === undefined && /^(?:TRUE|FALSE)$/i.test(name) ? "boolean" : "name" };
  if ((lost ?? error) !== undefined) return { ...piece, kind: "error" };
  return { ...piece, kind: number === undefined ? "sign" : "number" };
}

function readSheet(prefix: string, start: number, end: number): FormulaSheet {
  // A path without brackets names a whole file.
  const bracket = prefix.lastIndexOf("]");
  const isFile = bracket < 0 && /[\\/]/.test(prefix);
  const book = isFile ? prefix : prefix.slice(0, bracket + 1).replace(/\[([^[]*)\]$/, "$1");
  const isOther = book !== "" && book !== "0";
  const [name = "", lastName] = isFile ? [] : prefix.slice(bracket + 1).split(":");
  return {
    start,
    end,
    name,
    ...(lastName !== undefined && { lastName }),
    ...(isOther && { book }),
  };
}
