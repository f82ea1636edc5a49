import type { Region } from "./find-regions.ts";
import { parsePeriod } from "./parse-period.ts";
import { isUnitText } from "./units.ts";

/** What a table can be named after. */
export type Nameable = { readonly region: Region; readonly sheet: string };

/**
 * A readable name for each table, unique when case is ignored: the one it has in Excel, else the sheet's where the
 * sheet holds nothing else, else its title, else the sheet's or the file's with a number.
 */
export function nameTables(tables: readonly Nameable[], file: string | undefined): string[] {
  const used = new Set<string>();
  const perSheet = new Map<string, number>();
  for (const { sheet } of tables) perSheet.set(sheet, (perSheet.get(sheet) ?? 0) + 1);
  const ofFile =
    file === undefined ? undefined : readable(file.replace(/^.*[\\/]/, "").replace(/\.[^.]{1,5}$/, ""));
  return tables.map(({ region, sheet }) => {
    const isAlone = perSheet.get(sheet) === 1;
    const ofSheet = isGeneric(sheet) ? undefined : readable(sheet);
    const made =
      region.tableName !== undefined && !isGeneric(region.tableName) ? region.tableName : undefined;
    const wanted =
      made ??
      (isAlone ? ofSheet : undefined) ??
      titleName(region.title, isAlone) ??
      ofSheet ??
      ofFile ??
      (readable(sheet) || "Table");
    return freeTableName(wanted, used);
  });
}

/** Names that programs give: `Sheet1`, `Tabelle2`, `Table1`. */
function isGeneric(name: string): boolean {
  return /^(?:sheet|tabelle|table|tableau|feuil|feuille|hoja|tabla|foglio|tabella|planilha|plan|tabela|blad|tabel|arkusz|list|taul|taulukko|ark|munka|лист|таблица|工作表|シート|시트)?[\s_]?\d*$/iu.test(
    name.trim(),
  );
}

/**
 * A line above the table that could be a name: short, no date, no unit. The first one for the only table of a sheet,
 * else the nearest.
 */
function titleName(title: readonly string[], isAlone: boolean): string | undefined {
  const lines = title.filter((text) => {
    const isName = /\p{L}{3}/u.test(text) && text.length <= 60 && !text.endsWith(".");
    return (
      isName &&
      !isSpanOfTime.test(text) &&
      !isUnitText(text) &&
      parsePeriod(text) === undefined &&
      !/\d{4}-\d\d-\d\d/.test(text)
    );
  });
  const line = isAlone ? lines[0] : lines.at(-1);
  return line === undefined ? undefined : readable(line) || undefined;
}

const isSpanOfTime =
  /^(?:(?:for |at |as of |as at |during )?(?:the )?(?:(?:fiscal |three |six |nine |twelve )*(?:years?|quarters?|months?|weeks?)\b.*\b(?:ended|ending|end)\b|(?:january|march|june|september|october|december)\s\d))/i;

/** On one line, without brackets, quotes and what else would have to be escaped. */
function readable(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}&%+.,'()/-]+/gu, " ")
    .replace(/^[\s.,'()/-]+|[\s.,'(/-]+$/g, "")
    .slice(0, 60)
    .trim();
}

/** A name that is not in `used`, ignoring case, and from then on is. */
export function freeTableName(name: string, used: Set<string>): string {
  let wanted = name;
  for (let number = 2; used.has(wanted.toLowerCase()); number++) wanted = `${name} ${number}`;
  used.add(wanted.toLowerCase());
  return wanted;
}
