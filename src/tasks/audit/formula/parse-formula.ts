import { columnIndex, maxColumns, maxRows } from "../../../files/xlsx/address.ts";
import type { CellRange } from "../../../files/xlsx/types.ts";

/** One corner of a reference: an absolute number where it is fixed by a dollar sign, else the distance from the formula. */
type Corner = {
  readonly row: number;
  readonly isRowFixed: boolean;
  readonly column: number;
  readonly isColumnFixed: boolean;
};

/** A reference as seen from the cell of its formula, so that copies of a formula have the same one (R1C1 notation). */
export type RelativeReference = {
  readonly shape: "cell" | "range" | "columns" | "rows";
  /** As written, without quotes; absent for the formula's own sheet. */
  readonly sheet?: string;
  /** The last sheet of `Jan:Mar!A1`. */
  readonly lastSheet?: string;
  readonly isExternal: boolean;
  readonly first: Corner;
  readonly last: Corner;
};

/** A piece of a formula. `sign` is an operator, bracket or separator; `unknown` what no formula holds. */
export type FormulaToken =
  | { readonly kind: "reference"; readonly text: string; readonly reference: RelativeReference }
  | {
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
      readonly text: string;
      /** The sheet in front of a name or of an error, without quotes. */
      readonly sheet?: string;
    };

/** A formula that any number of cells may share: the same one copied to another cell has the same `key`. */
export type ParsedFormula = {
  readonly key: string;
  /** Without spaces; functions in capitals and without `_xlfn.`. */
  readonly tokens: readonly FormulaToken[];
  readonly references: readonly RelativeReference[];
  readonly functions: ReadonlySet<string>;
};

const word = String.raw`[A-Za-z_\\\u0080-\uffff][\w.\\?\u0080-\uffff]*`;
const corner = String.raw`\$?[A-Za-z]{1,3}\$?[0-9]{1,7}`;
const stop = String.raw`(?![\w(.!\u0080-\uffff])`;
/** In the order of its groups: space, text, sheet in quotes, sheet, and so on as `readToken` takes them. */
const pattern = new RegExp(
  [
    String.raw`(\s+)`,
    `("(?:[^"]|"")*")`,
    String.raw`(?:(?:'((?:[^']|'')+)'|((?:\[[^\[\]]*\])?(?:${word}|(?<=\]))(?::${word})?))!)?(?:` +
      [
        `(${corner}(?::${corner})?)${stop}`,
        String.raw`(\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3})${stop}`,
        String.raw`(\$?[0-9]+:\$?[0-9]+)(?![\w.])`,
        "(#REF!)",
        String.raw`((?:${word})?\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])`,
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
 * Reads a formula of an English Excel, without its equals sign, as it stands in that cell (row from 1, column from 0).
 * Never throws: what can't be read becomes a token of kind `unknown`.
 */
export function parseFormula(formula: string, row: number, column: number): ParsedFormula {
  const tokens: FormulaToken[] = [];
  for (let at = 0; at < formula.length; ) {
    pattern.lastIndex = at;
    const match = pattern.exec(formula);
    if (match === null) {
      tokens.push({ kind: "unknown", text: formula[at]! });
      at++;
      continue;
    }
    at = pattern.lastIndex;
    if (match[1] === undefined) tokens.push(readToken(match, row, column));
  }
  const references = tokens.flatMap((token) => (token.kind === "reference" ? [token.reference] : []));
  const functions = new Set(tokens.flatMap(({ kind, text }) => (kind === "function" ? [text] : [])));
  return { key: tokens.map(keyOf).join(" "), tokens, references, functions };
}

function readToken(match: RegExpExecArray, row: number, column: number): FormulaToken {
  const text = match[0];
  const [quoted, plain, lost, table] = [match[3], match[4], match[8], match[9]];
  const [called, name] = [match[10], match[11]];
  const sheet = quoted?.replaceAll("''", "'") ?? plain;
  const area = match[5] ?? match[6] ?? match[7];
  if (area !== undefined) {
    const reference = readReference(area, sheet, row, column);
    return reference === undefined
      ? { kind: "name", text, ...(sheet !== undefined && { sheet }) }
      : { kind: "reference", text, reference };
  }
  const onSheet = sheet === undefined ? {} : { sheet };
  if (lost !== undefined) return { kind: "error", text: lost, ...onSheet };
  if (table !== undefined) return { kind: "table", text };
  if (called !== undefined)
    return { kind: "function", text: called.toUpperCase().replace(/^(?:_XLFN\.|_XLWS\.)+/, "") };
  if (name !== undefined)
    return /^(?:TRUE|FALSE)$/i.test(text)
      ? { kind: "boolean", text: text.toUpperCase() }
      : { kind: "name", text: name, ...onSheet };
  if (match[2] !== undefined) return { kind: "text", text };
  if (match[12] !== undefined) return { kind: "error", text };
  return { kind: match[13] === undefined ? "sign" : "number", text };
}

function readReference(
  area: string,
  prefix: string | undefined,
  row: number,
  column: number,
): RelativeReference | undefined {
  const [from = "", to] = area.split(":");
  const first = readCorner(from, row, column, false);
  const last = to === undefined ? first : readCorner(to, row, column, true);
  if (first === undefined || last === undefined) return undefined;
  const isRows = /^\$?[0-9]+$/.test(from);
  const isColumns = /^\$?[A-Za-z]+$/.test(from);
  const shape = isRows ? "rows" : isColumns ? "columns" : to === undefined ? "cell" : "range";
  const isExternal = prefix?.includes("]") ?? false;
  const [sheet, lastSheet] = isExternal ? [prefix] : (prefix?.split(":") ?? []);
  return {
    shape,
    isExternal,
    first,
    last,
    ...(sheet !== undefined && { sheet }),
    ...(lastSheet !== undefined && { lastSheet }),
  };
}

/** Without a row the corner reaches to the sheet's edge, and likewise without a column. */
function readCorner(text: string, row: number, column: number, isLast: boolean): Corner | undefined {
  const match = /^(\$?)([A-Za-z]{0,3})(\$?)([0-9]*)$/.exec(text);
  if (match === null) return undefined;
  const [, dollar = "", letters = "", second = "", digits = ""] = match;
  const ownColumn = letters === "" ? (isLast ? maxColumns - 1 : 0) : columnIndex(letters);
  const ownRow = digits === "" ? (isLast ? maxRows : 1) : Number(digits);
  if (ownColumn === undefined || ownRow < 1 || ownRow > maxRows) return undefined;
  const isColumnFixed = letters === "" || dollar === "$";
  const isRowFixed = digits === "" || (letters === "" ? dollar : second) === "$";
  return {
    row: isRowFixed ? ownRow : ownRow - row,
    isRowFixed,
    column: isColumnFixed ? ownColumn : ownColumn - column,
    isColumnFixed,
  };
}

function keyOf(token: FormulaToken): string {
  if (token.kind !== "reference") {
    const sheet = token.sheet === undefined ? "" : `${token.sheet.toLowerCase()}!`;
    return sheet + (token.kind === "name" || token.kind === "table" ? token.text.toLowerCase() : token.text);
  }
  const { sheet, lastSheet, shape, first, last } = token.reference;
  const place = ({ row, isRowFixed, column, isColumnFixed }: Corner): string =>
    `R${isRowFixed ? row : `[${row}]`}C${isColumnFixed ? column : `[${column}]`}`;
  const ends = shape === "cell" ? place(first) : `${place(first)}:${place(last)}`;
  return `${sheet === undefined ? "" : `${sheet}:${lastSheet ?? ""}!`.toLowerCase()}${ends}`;
}

/** The cells that the reference means in a formula of that cell; undefined where it leaves the sheet. */
export function cellsMeant(reference: RelativeReference, row: number, column: number): CellRange | undefined {
  const { first, last } = reference;
  const rows = [first, last].map((each) => (each.isRowFixed ? each.row : each.row + row));
  const columns = [first, last].map((each) => (each.isColumnFixed ? each.column : each.column + column));
  const range = {
    firstRow: Math.min(...rows),
    lastRow: Math.max(...rows),
    firstColumn: Math.min(...columns),
    lastColumn: Math.max(...columns),
  };
  const isInside =
    range.firstRow >= 1 &&
    range.lastRow <= maxRows &&
    range.firstColumn >= 0 &&
    range.lastColumn < maxColumns;
  return isInside ? range : undefined;
}

/**
 * The arguments of each call of the named functions, as lists of tokens; calls inside others are found too. A call
 * whose bracket never closes ends with the formula.
 */
export function callsOf(
  { tokens, functions }: ParsedFormula,
  isWanted: (name: string) => boolean,
): {
  readonly name: string;
  readonly at: number;
  readonly arguments: readonly (readonly FormulaToken[])[];
}[] {
  if (![...functions].some(isWanted)) return [];
  return tokens.flatMap((token, at) =>
    token.kind === "function" && isWanted(token.text)
      ? [{ name: token.text, at, arguments: argumentsAfter(tokens, at + 1) }]
      : [],
  );
}

function argumentsAfter(tokens: readonly FormulaToken[], open: number): FormulaToken[][] {
  const list: FormulaToken[][] = [[]];
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const token = tokens[at]!;
    const sign = token.kind === "sign" ? token.text : "";
    if (sign === ")" || sign === "}") depth--;
    if (depth === 0 && at > open) break;
    if (sign === "," && depth === 1) list.push([]);
    else if (at > open) list.at(-1)!.push(token);
    if (sign === "(" || sign === "{") depth++;
  }
  return list.length === 1 && list[0]!.length === 0 ? [] : list;
}
