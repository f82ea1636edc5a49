import type { Table, TableColumn } from "../../table.ts";
import type { Unpivot } from "./plan.ts";
import { isDateType, isNumberType } from "./plan-columns.ts";
import { idleWords, keyOf, wordsOf } from "./question/words.ts";
import { type TextIndex, textIndex } from "./text-index.ts";

/** What a column is good for in a question. */
export type ColumnKind = "number" | "date" | "text" | "boolean" | "time";

/** A column with what a question may call it and its values. */
export type ColumnProfile = {
  readonly column: TableColumn;
  readonly kind: ColumnKind;
  /** Stems of its name without brackets, idle words left out. */
  readonly stems: readonly string[];
  /** Stems of its whole name. */
  readonly key: string;
  /** Stems of the last part of a name over several header rows: `Amount` of `Sale / Amount (€)`. */
  readonly lastKey: string;
  /** Only of text columns. */
  readonly texts?: TextIndex;
  /** Of numbers and dates counted up to 1,000. */
  readonly distinctCount: number;
  readonly filledCount: number;
  /** Of numbers and dates; dates as stored. Absent where nothing stands. */
  readonly range?: { readonly min: number; readonly max: number };
  /** Numbers that only name things (ids, years, postcodes): nothing to calculate with. */
  readonly isLabel: boolean;
  /** Numbers whose sum means something, by their name and unit: amounts and counts; not prices, rates or ages. */
  readonly isAdditive: boolean;
  /** Additive for sure: money, quantities, hours. What else can be added up may also be meant row by row. */
  readonly isAmount: boolean;
};

/** What a question is matched against. */
export type Profile = {
  readonly table: Table;
  /** The plan's own `unpivot`, where `table` is a view of a table with its columns turned into rows. */
  readonly unpivot?: Unpivot;
  /** True where these are one of several series of the table: only a question that names it is about it. */
  readonly isSeries?: boolean;
  readonly columns: readonly ColumnProfile[];
  /** The column that says what a row is about: the first of texts that hardly repeat. */
  readonly subject?: ColumnProfile;
  /** Stems of what a row may be called: `order` in a table of orders. */
  readonly rowNouns: readonly string[];
  /** The column of row ids: `Order no`. */
  readonly id?: ColumnProfile;
};

const mostCounted = 1_000;

/** Looks at a table's columns once. */
export function profileTable(table: Table): Profile {
  const columns = table.columns.map(profileColumn);
  const id = columns.find((each) => idName.test(each.column.name) && each.kind !== "date");
  const subject = subjectOf(columns);
  return {
    table,
    columns,
    ...(subject && { subject }),
    ...(id && { id }),
    rowNouns: rowNouns(table, id),
  };
}

const idName =
  /(^|\b)(id|no|nr|number|code|key|nummer|num|numéro|número|ref|reference)\b\.?$|#|^(no|nr|id)\b/i;

function rowNouns({ name, source }: Table, id: ColumnProfile | undefined): string[] {
  const idWords = (id?.column.name ?? "").replace(idName, " ");
  const words = wordsOf(`${name} ${source.sheet ?? ""} ${idWords}`);
  return [
    ...new Set(words.filter(({ text }) => !idleWords.has(text) && !/\d/.test(text)).map(({ stem }) => stem)),
  ];
}

/** Looks at one column. */
export function profileColumn(column: TableColumn): ColumnProfile {
  const kind = kindOf(column);
  const { filledCount, distinctCount, range } = countValues(column);
  const isLabel = kind === "number" && isLabelColumn(column, range);
  return {
    column,
    kind,
    stems: stemsOfName(column.name),
    key: keyOf(column.name),
    lastKey: keyOf(lastPart(column.name)),
    ...(column.strings !== undefined && { texts: textIndex(column.strings) }),
    distinctCount: column.strings?.length ?? distinctCount,
    filledCount,
    ...(range && { range }),
    isLabel,
    isAdditive: kind === "number" && !isLabel && !isRate(column),
    isAmount: kind === "number" && !isLabel && !isRate(column) && isAmountColumn(column),
  };
}

function kindOf({ type }: TableColumn): ColumnKind {
  if (isNumberType(type)) return "number";
  return isDateType(type) ? "date" : (type as ColumnKind);
}

function countValues({ values, present, type }: TableColumn): {
  filledCount: number;
  distinctCount: number;
  range?: { min: number; max: number };
} {
  const seen = new Set<number>();
  // A text column lists its distinct texts.
  const isCounted = type !== "text";
  let last = Number.NaN;
  let [filledCount, min, max] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < values.length; row++) {
    if (present[row] === 0) continue;
    const value = values[row]!;
    filledCount++;
    if (value < min) min = value;
    if (value > max) max = value;
    if (isCounted && value !== last && seen.size < mostCounted) seen.add(value);
    last = value;
  }
  const hasRange = filledCount > 0 && type !== "text" && type !== "boolean";
  return { filledCount, distinctCount: seen.size, ...(hasRange && { range: { min, max } }) };
}

function isLabelColumn({ name, type }: TableColumn, range?: { min: number; max: number }): boolean {
  if (type !== "integer") return false;
  if (/\b(year|jahr|season|année|año|ano|fiscal)\b/i.test(name))
    return range === undefined || (range.min >= 1000 && range.max <= 2500);
  return (
    (idName.test(name) && !/\bnumber of\b|\bno\.? of\b/i.test(name)) ||
    /\b(zip|postcode|postal|plz|phone|telephone|rank|ranking|position|pos|week|day|month|draw|round|isbn|ean|sku)\b/i.test(
      name,
    )
  );
}

/** Prices, rates, shares, ages, scores, levels: to be averaged, not added up. */
function isRate({ name, unit }: TableColumn): boolean {
  if (unit === "%" || /%/.test(name)) return true;
  return /\b(price|rate|ratio|percent(age)?|share|average|avg|mean|median|age|score|rating|grade|temperature|margin|per|index|level|salary|wage|satisfaction|discount|density|height|speed|size|preis|quote|anteil|alter|note|gehalt|prix|taux|âge|salaire|precio|tasa|edad|salario|nota|preço|taxa|idade|salário|desconto)\b|(preis|(?<!um)satz|quote|anteil)\b|\bunit cost\b/i.test(
    name,
  );
}

function isAmountColumn({ name, unit }: TableColumn): boolean {
  if (/^([$€£¥]|eur|usd|gbp|chf|thousand|million|hours?|h|kg|t|pcs|units?)$/i.test(unit ?? "")) return true;
  return /\b(amount|revenue|sales|turnover|cost|costs|expenses?|spend|spent|quantity|qty|units|pieces|hours|budget|profit|volume|orders|paid|invoiced|on hand|stock|value|betrag|umsatz|umsätze|kosten|menge|anzahl|stunden|montant|coûts?|quantité|heures|importe|ventas|costes?|cantidad|horas|valor|vendas|custos?|quantidade|receita)\b/i.test(
    name,
  );
}

function lastPart(name: string): string {
  const last = name.split(" / ").at(-1)!;
  return last.replace(/[([][^)\]]*[)\]]/g, " ").trim() || last;
}

function stemsOfName(name: string): string[] {
  const words = wordsOf(name.replace(/[([][^)\]]*[)\]]/g, " "));
  const telling = words.filter(({ text }) => !idleWords.has(text));
  return (telling.length > 0 ? telling : words).map(({ stem }) => stem);
}

/** True where hardly any value stands twice. */
export function isKey({ distinctCount, filledCount }: ColumnProfile): boolean {
  return filledCount > 0 && distinctCount >= Math.min(0.9 * filledCount, mostCounted);
}

function subjectOf(columns: readonly ColumnProfile[]): ColumnProfile | undefined {
  const texts = columns.filter(({ kind, filledCount }) => kind === "text" && filledCount > 0);
  const isNamed = ({ column }: ColumnProfile): boolean =>
    /\b(name|player|team|title|nation|country|driver|artist|film|event|product|customer|item|city|club|athlete|candidate|school|song|album|game|competition|station|person|winner|employee|client|supplier|article|account)\b/i.test(
      column.name,
    );
  return (
    texts.find((each) => isKey(each) && isNamed(each)) ?? texts.find(isKey) ?? texts.find(isNamed) ?? texts[0]
  );
}
