/** A span of time that a header names. */
export type Period = { readonly kind: "year" | "quarter" | "month" | "day"; readonly text: string };

/** First letters of the months' names in English, German, French, Spanish, Italian, Portuguese, Dutch and Polish. */
const months: readonly RegExp[] = [
  /^(?:jan|jän|gen|ene|sty)/,
  /^(?:feb|fév|fev|lut)/,
  /^(?:mar|mär|mrz|maa|mrt)/,
  /^(?:apr|avr|abr|kwi)/,
  /^(?:may|mai|mei|mag|maj)/,
  /^(?:jun|juin|giu|cze)/,
  /^(?:jul|juil|lug|lip)/,
  /^(?:aug|aoû|aou|ago|sie)/,
  /^(?:sep|set|wrz)/,
  /^(?:oct|okt|ott|out|paź)/,
  /^(?:nov|lis)/,
  /^(?:dec|dez|déc|dic|gru)/,
];

/** Reads `2024`, `FY 2024`, `2023/24`, `Q1 2024`, `1Q24`, `Jan`, `March 2024`, `Dec 31, 2024`; undefined for the rest. */
export function parsePeriod(written: string): Period | undefined {
  const text = written
    .trim()
    .replace(/\s*(?:\*+|\(\w{1,2}\)|[¹²³])$/, "")
    .toLowerCase();
  if (text.length > 24) return undefined;
  return parseYear(text) ?? parseQuarter(text) ?? parseMonth(text) ?? parseDay(text);
}

function parseYear(text: string): Period | undefined {
  const match =
    /^(?:fy|cy|fiscal|fiscal year|year|jahr|année)?\s*((?:1[89]|2[01])\d\d)(?:\s?[/–-]\s?(\d{2}|\d{4}))?\s?[aebf]?$/.exec(
      text,
    );
  if (match === null) return undefined;
  const [, year = "", next] = match;
  if (next === undefined) return { kind: "year", text: year };
  const end = next.length === 4 ? next : year.slice(0, 2) + next;
  return Number(end) === Number(year) + 1 ? { kind: "year", text: `${year}/${end}` } : undefined;
}

function parseQuarter(text: string): Period | undefined {
  const match =
    /^(?:q([1-4])|([1-4])\s?q|([1-4])\.?\s?(?:quartal|quarter|trimestre|kwartał)|(?:quarter|quartal)\s?([1-4]))(?:[\s/-]*(?:fy)?\s?'?(\d{4}|\d{2}))?$/.exec(
      text,
    );
  if (match !== null) return quarter(match.slice(1, 5).find((digit) => digit !== undefined)!, match[5]);
  const turned = /^(\d{4})[\s/-]?q([1-4])$/.exec(text);
  return turned === null ? undefined : quarter(turned[2]!, turned[1]);
}

function quarter(number: string, year: string | undefined): Period {
  return { kind: "quarter", text: year === undefined ? `Q${number}` : `${fullYear(year)}-Q${number}` };
}

function parseMonth(text: string): Period | undefined {
  const match = /^(\p{L}{3,10})\.?(?:[\s/-]*'?(\d{4}|\d{2}))?$/u.exec(text);
  const month = match === null ? undefined : monthNumber(match[1]!);
  if (month !== undefined) {
    const year = match![2];
    return { kind: "month", text: year === undefined ? month : `${fullYear(year)}-${month}` };
  }
  const numbers = /^(\d{4})[-/](0[1-9]|1[0-2])$/.exec(text) ?? /^(0?[1-9]|1[0-2])[./](\d{4})$/.exec(text);
  if (numbers === null) return undefined;
  const [, first = "", second = ""] = numbers;
  return first.length === 4
    ? { kind: "month", text: `${first}-${second}` }
    : { kind: "month", text: `${second}-${first.padStart(2, "0")}` };
}

function parseDay(text: string): Period | undefined {
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (iso !== null) return { kind: "day", text };
  const american = /^(\p{L}{3,10})\.?\s(\d{1,2}),?\s*(\d{4})$/u.exec(text);
  const european = /^(\d{1,2})\.?\s(\p{L}{3,10})\.?,?\s(\d{4})$/u.exec(text);
  const [name, day, year] =
    american !== null
      ? [american[1]!, american[2]!, american[3]!]
      : european !== null
        ? [european[2]!, european[1]!, european[3]!]
        : [];
  const month = name === undefined ? undefined : monthNumber(name);
  if (month === undefined || Number(day) < 1 || Number(day) > 31) return undefined;
  return { kind: "day", text: `${year}-${month}-${day!.padStart(2, "0")}` };
}

/** `03` for `March`. Longer words must be names of months as a whole, by their length at least. */
function monthNumber(name: string): string | undefined {
  const index = months.findIndex((pattern) => pattern.test(name));
  return index < 0 || !isMonthName(name) ? undefined : String(index + 1).padStart(2, "0");
}

const monthNames =
  /^(?:\p{L}{3}|sept|juin|juil|mrz|january|february|march|april|june|july|august|september|october|november|december|januar|jänner|februar|märz|maerz|juni|juli|oktober|dezember|janvier|février|fevrier|mars|avril|juillet|août|aout|septembre|octobre|novembre|décembre|decembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|januari|februari|maart|augustus|styczeń|luty|marzec|kwiecień|czerwiec|lipiec|sierpień|wrzesień|październik|listopad|grudzień)$/u;

function isMonthName(name: string): boolean {
  return monthNames.test(name);
}

function fullYear(year: string): string {
  return year.length === 4 ? year : `${Number(year) < 70 ? "20" : "19"}${year}`;
}
