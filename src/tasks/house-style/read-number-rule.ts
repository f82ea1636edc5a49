import { numberOfWord } from "./number-words.ts";
import { quotedWords } from "./quoted-words.ts";
import type { RuleCheck } from "./types.ts";

/** No line may break inside a number, so the thin space is the narrow no-break one. */
const THIN = "\u202f";
const NO_BREAK = "\u00a0";

const SPELL_OUT =
  /spell|write out|written out|in words|as words|in letters|ausschreib|ausgeschrieb|in worten|in buchstaben|en (?:toutes )?lettres|en letras|con letras|por extenso/iu;
const ABOUT_TABLES = /(?<!\p{L})(?:tables?|tabellen?|tableaux?|tablas?|tabelas?)(?!\p{L})/iu;
const NOT_TABLES =
  /(?:not|except|outside|nicht|außer|sauf|hors|excepto|salvo|exceto|no)\s[^,;]*(?:tables?|tabellen?|tableaux?|tablas?|tabelas?)/iu;

/** A rule about numbers, percent signs, units or currencies; undefined when it is none. */
export function readNumberRule(text: string): RuleCheck | { readonly message: string } | undefined {
  const plain = text.toLowerCase();
  const inTables = ABOUT_TABLES.test(plain) && !NOT_TABLES.test(plain);
  if (SPELL_OUT.test(plain)) return spellOutRule(plain);
  if (/thousand|tausend|millier|millar|\bmiles\b|milhar|digit group|zifferngrupp/u.test(plain)) {
    const sign = groupingSign(text);
    return sign === undefined
      ? {
          message:
            "say what stands between thousands: comma, point, thin space, apostrophe, or an example: 1,234",
        }
      : { kind: "thousands", sign, from: leastGrouped(plain), inTables };
  }
  if (/decimal|dezimal|décimal/u.test(plain)) {
    const sign = /comma|komma|virgule|\bcoma\b|vírgula/u.test(plain)
      ? ","
      : /point|dot|period|punkt|punto|ponto/u.test(plain)
        ? "."
        : undefined;
    return sign === undefined
      ? { message: "say which decimal sign: point or comma" }
      : { kind: "decimal", sign, inTables };
  }
  return spaceRule(text, plain);
}

function spaceRule(text: string, plain: string): RuleCheck | { readonly message: string } | undefined {
  // Words in quotation marks are a rule about words: write "percent", not "%".
  if (quotedWords(text).length > 1) return undefined;
  if (/per ?cent|prozent|pour ?cent|por ?cien|%/u.test(plain)) {
    const space = spaceIn(plain) ?? exampleSpace(text, /\d(\s?)%/u);
    return space === undefined
      ? { message: "say what stands before the percent sign: a no-break space, no space, or an example: 5 %" }
      : { kind: "percent-space", space };
  }
  if (/currenc|währung|monnaie|devise|moneda|moeda|divisa|[€$£]|euro sign|eurozeichen/u.test(plain))
    return currencyRule(text, plain);
  if (/\bunits?\b|einheit|unités?|unidad/u.test(plain)) {
    const space = spaceIn(plain) ?? exampleSpace(text, /\d(\s?)(?:km|kg|cm|mm|m)\b/u);
    return space === undefined
      ? {
          message: "say what stands between number and unit: a no-break space, no space, or an example: 5 km",
        }
      : { kind: "unit-space", space };
  }
  return undefined;
}

function currencyRule(text: string, plain: string): RuleCheck | { readonly message: string } {
  const example = /([€$£])(\s?)\d|\d(\s?)([€$£])/u.exec(text);
  const isAfter =
    /after|behind|nach|hinter|après|después|detrás|depois/u.test(plain) ||
    (example !== null && example[4] !== undefined);
  const isBefore =
    /before|in front|\bvor\b|avant|devant|antes|delante/u.test(plain) ||
    (example !== null && example[1] !== undefined);
  if (isAfter === isBefore)
    return {
      message: "say whether the currency sign stands before or after the amount, or give an example: 5 €",
    };
  const shown = example === null ? undefined : (example[2] ?? example[3]);
  const space =
    spaceIn(plain) ?? (shown === undefined ? (isAfter ? NO_BREAK : "") : shown === "" ? "" : NO_BREAK);
  return { kind: "currency", position: isAfter ? "after" : "before", space };
}

function spellOutRule(plain: string): RuleCheck | { readonly message: string } {
  const numbers = [...plain.matchAll(/\p{L}+|\d+/gu)].flatMap((match) => {
    const value = /^\d+$/u.test(match[0]) ? Number(match[0]) : numberOfWord(match[0]);
    return value === undefined ? [] : [{ value, at: match.index }];
  });
  const isExclusive =
    /(?:below|under|less than|smaller than|unter|kleiner als|inférieurs? à|moins de|menores? (?:de|que|a)|abaixo de|menos de)\s*$/u;
  const [first, second] = numbers;
  if (first === undefined) return { message: "say which numbers: spell out one to nine" };
  if (
    second !== undefined &&
    /^[\s\p{L}\d]*(?:to|bis|à|a|hasta|até|through|until|–|-)\s*\p{L}*\d*$/u.test(
      plain.slice(first.at, second.at + 1),
    )
  )
    return inRange(first.value, second.value);
  return inRange(1, isExclusive.test(plain.slice(0, first.at)) ? first.value - 1 : first.value);
}

function inRange(from: number, to: number): RuleCheck | { readonly message: string } {
  return from < to && to <= 12
    ? { kind: "spell-out", from, to }
    : { message: "code spells out numbers up to twelve only" };
}

function groupingSign(text: string): string | undefined {
  const plain = text.toLowerCase();
  if (
    /\b(?:no|without|ohne|sans|sin|sem|kein\p{L}*)\s+(?:any |a |the )?(?:separator|trenn|séparateur|separador|sign)/u.test(
      plain,
    )
  )
    return "";
  if (/thin|narrow|schmal|\bfine\b|espace fine|fino|estreit/u.test(plain)) return THIN;
  if (
    /(?:no-?break|non-?breaking|hard|geschützt|insécable|no separable|de no separación|inseparável)\p{L}*/u.test(
      plain,
    )
  )
    return NO_BREAK;
  if (/comma|komma|virgule|\bcoma\b|vírgula/u.test(plain)) return ",";
  if (/apostroph|apóstrof/u.test(plain)) return "’";
  if (/point|full stop|\bdot\b|period|punkt|punto|ponto/u.test(plain)) return ".";
  const example = /(?<!\d)\d{1,3}([,.'’\u2009\u202f\u00a0 ])\d{3}(?!\d)/u.exec(text)?.[1];
  if (example !== undefined)
    return example === " " ? NO_BREAK : example === "\u2009" ? THIN : example === "'" ? "’" : example;
  return /space|leerzeichen|leerschritt|espace|espacio|espaço/u.test(plain) ? NO_BREAK : undefined;
}

function leastGrouped(plain: string): number {
  const named = /(?:from|ab|à partir de|a partir de|desde)\s+(\d{1,2})[., '’\u2009\u202f\u00a0]?000/u.exec(
    plain,
  )?.[1];
  if (named !== undefined) return Number(named) * 1000;
  return /five(?: or more)? digits|fünf ?stellig|cinq chiffres|cinco (?:cifras|dígitos|algarismos)/u.test(
    plain,
  )
    ? 10_000
    : 1_000;
}

function spaceIn(plain: string): string | undefined {
  if (
    /\b(?:no|without(?: a| any)?|ohne|kein\p{L}*|sans|pas d['’]|sin|sem)\s*(?:space|leerzeichen|leerschritt|espace|espacio|espaço)|closed up|unspaced/u.test(
      plain,
    )
  )
    return "";
  if (/thin|narrow|schmal|espace fine|fino|estreit/u.test(plain)) return THIN;
  return /space|leerzeichen|leerschritt|espace|espacio|espaço/u.test(plain) ? NO_BREAK : undefined;
}

function exampleSpace(text: string, pattern: RegExp): string | undefined {
  const found = pattern.exec(text)?.[1];
  return found === undefined
    ? undefined
    : found === ""
      ? ""
      : found === THIN || found === "\u2009"
        ? THIN
        : NO_BREAK;
}
