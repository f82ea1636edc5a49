import type { DateStyle, RuleCheck } from "./types.ts";
import { writtenDates } from "./written-date.ts";

const LETTERS: Readonly<Record<string, "d" | "m" | "y">> = { d: "d", t: "d", j: "d", m: "m", y: "y", a: "y" };
const PATTERN = /(?<!\p{L})([DTJMYA]{1,4})([ ./-])([DTJMYA]{1,4})\2([DTJMYA]{2,4})(?!\p{L})/iu;

/** A rule that shows how dates are written, by an example or as DD.MM.YYYY; undefined when it shows none. */
export function readDateRule(text: string): RuleCheck | { readonly message: string } | undefined {
  const shown = styleShown(text);
  if (shown === undefined) return undefined;
  if ("message" in shown) return shown;
  const inTables =
    /(?<!\p{L})(?:also in|even in|auch in|aussi dans|también en|também em)\s+(?:the |den |les |las |as )?(?:tables?|tabellen|tableaux|tablas|tabelas)/iu.test(
      text,
    );
  return { kind: "date", style: shown, inTables };
}

function styleShown(text: string): DateStyle | { readonly message: string } | undefined {
  const pattern = PATTERN.exec(text);
  if (pattern !== null) return styleOfPattern(pattern);
  // What follows "not" is how dates are not to be written.
  const wanted = text.replace(/(?<!\p{L})(?:not|never|nicht|nie|pas|jamais|no|nunca|não)(?!\p{L}).*$/iu, "");
  const [example] = writtenDates(wanted);
  if (example === undefined) return undefined;
  if (example.style.month === "number" && example.readings.length > 1)
    return { message: "this example can be read in two ways; take a day after the 12th: 17/11/2026" };
  return example.style.month === "number"
    ? example.style
    : { ...example.style, isPadded: example.style.isPadded };
}

/** `JJ/MM/AAAA` is French, `TT.MM.JJJJ` German: J is the day in the one and the year in the other. */
function styleOfPattern(match: RegExpExecArray): DateStyle | { readonly message: string } | undefined {
  const parts = [match[1] ?? "", match[3] ?? "", match[4] ?? ""].map((part) => part.toLowerCase());
  const sign = match[2] ?? "";
  const isGerman = parts.some((part) => part.startsWith("t"));
  const order = parts
    .map((part) => (isGerman && part.startsWith("j") ? "y" : LETTERS[part.charAt(0)]))
    .join("");
  if (order !== "dmy" && order !== "mdy" && order !== "ymd") return undefined;
  const month = parts[order.indexOf("m")] ?? "";
  const day = parts[order.indexOf("d")] ?? "";
  if (sign === " " && month.length < 3)
    return { message: "dates in numbers need a sign between them: DD.MM.YYYY" };
  return {
    order,
    month: month.length > 3 ? "name" : month.length === 3 ? "short" : "number",
    sign: sign === " " ? "" : sign,
    isPadded: day.length === 2,
  };
}
