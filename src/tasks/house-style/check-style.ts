import type { WordDocument } from "../../files/index.ts";
import { checkAbbreviations } from "./check-abbreviations.ts";
import { checkDates } from "./check-dates.ts";
import { checkHeadingCase } from "./check-headings.ts";
import { checkDecimal, checkThousands } from "./check-numbers.ts";
import { checkSentenceLength } from "./check-sentences.ts";
import {
  checkApostrophe,
  checkDash,
  checkEllipsis,
  checkQuotationMarks,
  checkSerialComma,
  checkSignSpace,
  checkSingleSpace,
} from "./check-signs.ts";
import { checkSpelledNumbers } from "./check-spelled-numbers.ts";
import { checkForbidden, checkTerm } from "./check-terms.ts";
import { checkCurrency, checkPercentSpace, checkUnitSpace } from "./check-units.ts";
import { isGuarded } from "./guarded-ranges.ts";
import { documentTexts, plainText, type StyleText } from "./style-text.ts";
import type { Finding, Found, HouseRule, TextRange } from "./types.ts";

/**
 * Every place that breaks a rule which code can check, in reading order. Quotations, code, links, citations, names and
 * what Word computes are left alone. Rules for a model are not looked at.
 */
export function checkStyle(subject: string | WordDocument, rules: readonly HouseRule[]): readonly Finding[] {
  return checkTexts(typeof subject === "string" ? [plainText(subject)] : documentTexts(subject), rules);
}

/** The same for texts that are read already. */
export function checkTexts(sources: readonly StyleText[], rules: readonly HouseRule[]): readonly Finding[] {
  const perRule = rules.map((rule) => ({ rule, found: foundBy(rule, sources) }));
  return sources.flatMap((source, index) =>
    perRule
      .flatMap(({ rule, found }) => (found[index] ?? []).map((each) => findingOf(rule, each, source)))
      .toSorted((a, b) => a.start - b.start || b.end - a.end),
  );
}

function foundBy(rule: HouseRule, sources: readonly StyleText[]): readonly (readonly Found[])[] {
  const { check } = rule;
  if (check.kind === "model") return [];
  if (check.kind === "abbreviation") return checkAbbreviations(check, sources);
  return sources.map((source) => {
    const found = foundIn(check, source);
    if (check.kind === "sentence-length") return found;
    // Marks and spaces stand at the edge of what is quoted, not in it.
    const guarded = check.kind === "quotation-marks" ? source.held : source.guarded;
    return found.filter((each) => !isGuarded(each, guarded) && !holdsLayout(source.text, each));
  });
}

function foundIn(
  check: Exclude<HouseRule["check"], { readonly kind: "model" | "abbreviation" }>,
  source: StyleText,
): readonly Found[] {
  switch (check.kind) {
    case "term":
      return checkTerm(check, source);
    case "forbidden":
      return checkForbidden(check, source);
    case "thousands":
      return checkThousands(check, source);
    case "decimal":
      return checkDecimal(check, source);
    case "percent-space":
      return checkPercentSpace(check, source);
    case "unit-space":
      return checkUnitSpace(check, source);
    case "currency":
      return checkCurrency(check, source);
    case "spell-out":
      return checkSpelledNumbers(check, source);
    case "date":
      return checkDates(check, source);
    case "sentence-length":
      return checkSentenceLength(check, source);
    case "quotation-marks":
      return checkQuotationMarks(check, source);
    case "apostrophe":
      return checkApostrophe(check, source);
    case "single-space":
      return checkSingleSpace(source.text);
    case "sign-space":
      return checkSignSpace(check, source);
    case "ellipsis":
      return checkEllipsis(check, source);
    case "dash":
      return checkDash(check, source);
    case "serial-comma":
      return checkSerialComma(check, source);
    case "heading-case":
      return checkHeadingCase(check, source);
    default:
      throw new RangeError(`no check of this kind: ${JSON.stringify(check satisfies never)}`);
  }
}

/** Tabs and line breaks are layout; no replacement runs over them. */
function holdsLayout(text: string, { start, end }: TextRange): boolean {
  return /[\t\n]/u.test(text.slice(start, end));
}

function findingOf(rule: HouseRule, found: Found, source: StyleText): Finding {
  const place = source.paragraph === undefined ? {} : { paragraph: source.paragraph };
  return { ...found, ...place, rule, quote: source.text.slice(found.start, found.end) };
}
