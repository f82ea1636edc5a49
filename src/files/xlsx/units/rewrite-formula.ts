import { tokenizeFormula } from "../formula/tokenize-formula.ts";
import { quoteSheetName } from "../write/formula-text.ts";

/** What is called otherwise. All keys in lower case, as Excel compares names. */
export type Renaming = {
  /** New names of sheets by their old ones. */
  readonly sheets: ReadonlyMap<string, string>;
  /** New names of tables' columns, by table and old name. */
  readonly columns: ReadonlyMap<string, ReadonlyMap<string, string>>;
};

/**
 * The formula with sheets and tables' columns called by their new names. Texts in it and references to other files stay.
 * `table` is the table that the formula belongs to, whose columns it may name without it.
 */
export function rewriteFormula(formula: string, renaming: Renaming, table = ""): string {
  let out = "";
  let at = 0;
  for (const token of tokenizeFormula(formula)) {
    const { sheet } = token;
    // Book 0 is the file itself.
    if (sheet !== undefined && (sheet.book === undefined || sheet.book === "0")) {
      const names = sheet.lastName === undefined ? [sheet.name] : [sheet.name, sheet.lastName];
      const renamed = names.map((name) => renaming.sheets.get(name.toLowerCase()) ?? name);
      if (renamed.some((name, index) => name !== names[index])) {
        out += formula.slice(at, sheet.start) + sheetPrefix(renamed, sheet.book);
        at = sheet.end;
      }
    }
    if (token.kind === "table") {
      const text = rewriteTableReference(token.text, renaming, table);
      const start = token.end - token.text.length;
      if (text !== token.text) {
        out += formula.slice(at, start) + text;
        at = token.end;
      }
    }
  }
  return out + formula.slice(at);
}

function sheetPrefix(names: readonly string[], book: string | undefined): string {
  const needsQuotes = names.some((name) => quoteSheetName(name) !== name);
  const text = `${book === undefined ? "" : `[${book}]`}${names.join(":")}`;
  return needsQuotes ? `'${text.replaceAll("'", "''")}'` : text;
}

/** `Table1[[#This Row],[Old]]`: names in brackets, in which an apostrophe stands before each special character. */
function rewriteTableReference(text: string, renaming: Renaming, table: string): string {
  const bracket = text.indexOf("[");
  const name = text.slice(0, bracket) === "" ? table : text.slice(0, bracket);
  const columns = renaming.columns.get(name.toLowerCase());
  if (columns === undefined) return text;
  const inner = text.slice(bracket + 1, -1);
  const renamed = (column: string): string => {
    const old = column.replace(/'(.)/gs, "$1");
    const found = columns.get(old.trim().toLowerCase()) ?? columns.get(old.toLowerCase());
    return found === undefined ? column : found.replace(/['[\]#@]/g, "'$&");
  };
  if (!inner.includes("["))
    return `${text.slice(0, bracket)}[${inner.startsWith("#") ? inner : renamed(inner)}]`;
  const rewritten = inner.replace(/\[((?:[^[\]']|'.)*)\]/gs, (match, column: string) =>
    column.startsWith("#") ? match : `[${renamed(column)}]`,
  );
  return `${text.slice(0, bracket)}[${rewritten}]`;
}
