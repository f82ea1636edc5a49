import { columnIndex, maxColumns, maxRows } from "../../../files/xlsx/address.ts";
import {
  type FormulaToken as PlainToken,
  tokenizeFormula,
} from "../../../files/xlsx/formula/tokenize-formula.ts";
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
  /** Without quotes, `[1]Data` in another file; absent for the formula's own sheet. */
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
      readonly kind: Exclude<PlainToken["kind"], "reference">;
      readonly text: string;
      /** The sheet in front of a name or of an error, without quotes. */
      readonly sheet?: string;
    };

/** A formula that any number of cells may share: the same one copied to another cell has the same `key`. */
export type ParsedFormula = {
  readonly key: string;
  /** Functions are in capitals and without `_xlfn.`, references without their sheet. */
  readonly tokens: readonly FormulaToken[];
  readonly references: readonly RelativeReference[];
  readonly functions: ReadonlySet<string>;
};

/**
 * Reads a formula of an English Excel, without its equals sign, as it stands in that cell (row from 1, column from 0).
 * Never throws: what can't be read becomes a token of kind `unknown`.
 */
export function parseFormula(formula: string, row: number, column: number): ParsedFormula {
  const tokens = tokenizeFormula(formula).map((token) => placeToken(token, row, column));
  const references = tokens.flatMap((token) => (token.kind === "reference" ? [token.reference] : []));
  const functions = new Set(tokens.flatMap(({ kind, text }) => (kind === "function" ? [text] : [])));
  return { key: tokens.map(keyOf).join(" "), tokens, references, functions };
}

function placeToken({ kind, text, sheet }: PlainToken, row: number, column: number): FormulaToken {
  const prefix = sheet === undefined ? {} : { sheet: sheetName(sheet) };
  if (kind === "reference") {
    const [from = "", to = from] = text.split(":");
    const reference = {
      shape: shapeOf(text),
      isExternal: sheet?.book !== undefined,
      first: readCorner(from, row, column, false),
      last: readCorner(to, row, column, true),
      ...prefix,
      ...(sheet?.lastName !== undefined && { lastSheet: sheet.lastName }),
    };
    return { kind, text, reference };
  }
  if (kind === "function") return { kind, text: text.toUpperCase().replace(/^(?:_XLFN\.|_XLWS\.)+/, "") };
  return { kind, text: kind === "boolean" ? text.toUpperCase() : text, ...prefix };
}

function sheetName({ name, book }: NonNullable<PlainToken["sheet"]>): string {
  return book === undefined ? name : `[${book}]${name}`;
}

function shapeOf(area: string): RelativeReference["shape"] {
  if (!/[A-Za-z]/.test(area)) return "rows";
  if (!/[0-9]/.test(area)) return "columns";
  return area.includes(":") ? "range" : "cell";
}

/** Without a row the corner reaches to the sheet's edge, and likewise without a column. */
function readCorner(text: string, row: number, column: number, isLast: boolean): Corner {
  const [, dollar, letters = "", second, digits = ""] = /^(\$?)([A-Za-z]*)(\$?)([0-9]*)$/.exec(text) ?? [];
  const isColumnFixed = letters === "" || dollar === "$";
  const isRowFixed = digits === "" || (letters === "" ? dollar : second) === "$";
  const ownColumn = columnIndex(letters) ?? (isLast ? maxColumns - 1 : 0);
  const ownRow = digits === "" ? (isLast ? maxRows : 1) : Number(digits);
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
