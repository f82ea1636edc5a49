import type { StyleLanguage, TextRange } from "./types.ts";

/** A number as a text has it, with its digits told apart from its signs. */
export type WrittenNumber = TextRange & {
  readonly text: string;
  /** Digits before the decimal sign, without grouping. */
  readonly integer: string;
  /** Digits after the decimal sign; "" when there is none. */
  readonly fraction: string;
  /** Sign between groups of three digits; "" when there is none. */
  readonly grouping: string;
  readonly decimal: string;
  /** False when its signs can be read in two ways: `1,234` in a text of unknown language, `12 345` in running text. */
  readonly isSure: boolean;
};

const BEFORE = String.raw`(?<![\p{L}\p{N}_#/\\@=:.,+’'–—-])(?<!\p{N}[ ]|[\p{L}\p{N}_]\()`;
const AFTER = String.raw`(?![\p{L}\p{N}_/@=:]|[.,’']\p{N}|[–—-]|[ ]\p{N}{3}(?!\p{N}))`;
const NUMBER = new RegExp(
  `${BEFORE}(?:\\d{1,3}(?<sign>[.,'’ \\u00a0\\u2009\\u202f])\\d{3}(?:\\k<sign>\\d{3})*(?:[.,]\\d+)?|\\d+(?:[.,]\\d+)?)${AFTER}`,
  "gu",
);
const PHONE =
  /(?:tel|fax|phone|fon|telefon\p{L}*|téléphone|teléfono|telefone|mobile?|handy|iban|vat|ust-id\p{L}*)\.?[\s:]*[\d\s()/-]*$/iu;
/** What is counted by name, not by amount: Section 5, page 12, ISO 9001. */
const LABEL =
  /(?:(?<!\p{L})(?:page|pages|pp?|section|sections|sec|chapter|figure|fig|table|annex|appendix|article|art|clause|paragraph|para|step|no|nos|nr|number|version|item|line|room|order|invoice|question|point|level|phase|stage|part|volume|vol|issue|lot|task|year|years|in|since|until|seite|abschnitt|kapitel|abbildung|abb|tabelle|tab|anhang|artikel|absatz|ziffer|nummer|schritt|jahr|seit|frage|chapitre|tableau|annexe|alinéa|étape|année|página|sección|capítulo|cuadro|tabla|anexo|artículo|paso|año|número|seção|quadro|tabela|artigo|passo|ano)\.?|§|#|n°|nº)[ \u00a0]$/iu;
const CODE_BEFORE = /(?<![\p{L}\p{N}])(?=[\p{L}\p{N}-]*\p{Lu}[\p{N}-]*\p{Lu})[\p{Lu}\p{N}-]+[ \u00a0]$/u;
const CURRENCY_CODE = /(?:EUR|USD|GBP|CHF|JPY)[ \u00a0]$/u;

/** The numbers of a text that stand alone: not in codes, versions, dates, times, ranges or telephone numbers. */
export function writtenNumbers(text: string, language: StyleLanguage | undefined): readonly WrittenNumber[] {
  return [...text.matchAll(NUMBER)].flatMap((match) => {
    const before = text.slice(Math.max(0, match.index - 40), match.index);
    if (PHONE.test(before)) return [];
    const read = readNumber(match[0], match.groups?.sign, language);
    return [{ start: match.index, end: match.index + match[0].length, text: match[0], ...read }];
  });
}

/** Whether a word before the number says that it names something instead of counting it. */
export function isLabel(text: string, { start }: TextRange): boolean {
  const before = text.slice(Math.max(0, start - 40), start);
  return LABEL.test(before) || (CODE_BEFORE.test(before) && !CURRENCY_CODE.test(before));
}

type Digits = Pick<WrittenNumber, "integer" | "fraction" | "grouping" | "decimal" | "isSure">;

function readNumber(text: string, sign: string | undefined, language: StyleLanguage | undefined): Digits {
  const plain = (
    integer: string,
    fraction: string,
    decimal: string,
    grouping = "",
    isSure = true,
  ): Digits => ({
    integer: integer.replace(/\D/gu, ""),
    fraction,
    decimal,
    grouping,
    isSure,
  });
  if (sign === undefined) {
    const [integer = "", fraction = ""] = text.split(/[.,]/u);
    return plain(integer, fraction, /[.,]/u.exec(text)?.[0] ?? "");
  }
  const groups = text.split(sign);
  const last = groups.at(-1) ?? "";
  const decimal = /[.,]/u.exec(last)?.[0] ?? "";
  if (decimal !== "") {
    const [tail = "", fraction = ""] = last.split(decimal);
    return plain([...groups.slice(0, -1), tail].join(""), fraction, decimal, sign, text.charAt(0) !== "0");
  }
  const isPoint = sign === "." || sign === ",";
  if (isPoint && groups.length === 2) {
    const [integer = "", fraction = ""] = groups;
    const groupingHere = language === "en" ? "," : language === "fr" || language === undefined ? "" : ".";
    const isKnown = language !== undefined && !(language === "fr" && sign === ".");
    if (integer === "0" || (isKnown && sign !== groupingHere)) return plain(integer, fraction, sign);
    return plain(text, "", "", sign, isKnown);
  }
  // A plain space may stand between two numbers, a zero at the front means that this is no amount.
  return plain(text, "", "", sign, text.charAt(0) !== "0" && sign !== " ");
}

/** The digits with other signs; `from` is the smallest number that is grouped. The value is always the same. */
export function formatNumber(
  { integer, fraction }: Pick<WrittenNumber, "integer" | "fraction">,
  signs: { readonly grouping: string; readonly decimal: string; readonly from: number },
): string {
  const isGrouped = signs.grouping !== "" && Number(integer) >= signs.from;
  const grouped = isGrouped ? integer.replace(/\B(?=(?:\d{3})+$)/gu, signs.grouping) : integer;
  return fraction === "" ? grouped : grouped + signs.decimal + fraction;
}
