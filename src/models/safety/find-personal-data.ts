import { countrySpecs, isValidIBAN } from "ibantools";
import { type CountryCode, findPhoneNumbersInText } from "libphonenumber-js/min";
import { digitsOf, luhnHolds } from "./check-digits.ts";
import { NATIONAL_IDS } from "./national-ids.ts";
import { type SensitiveSpan, withoutOverlaps } from "./sensitive-span.ts";

export type PersonalDataOptions = {
  /** Country of phone numbers that are written without one. Defaults to none: only numbers with a + are found. */
  readonly country?: CountryCode;
  /** Internet addresses of machines too. Defaults to false. */
  readonly ipAddresses?: boolean;
};

const EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])/gu;
const IBAN = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}/g;
const CARD = /(?<![\w.,-])[2-6](?:[ -]?\d){12,18}(?!\w|[.,-]\d)/g;
const IPV4 = /(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\w|\.\d)/g;
const IPV6 = /(?<![\w:.])(?=[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:)[0-9A-Fa-f:.]{2,45}(?![\w:])/g;
const WITH_PLUS = /(?<![\w+＋])\(?[+＋]\s?\(?\d[\d ().\-/\u00a0]{5,22}\d(?!\w)/gu;
const NUMBER = /(?<![\w+＋.,])\(?(?:[+＋]\s?)?\(?\d[\d ().\-/\u00a0]{5,22}\d(?!\w|[.,]\d)/gu;
// How far before a number its label may stand.
const LABEL_REACH = 40;

/**
 * Personal data that a rule can prove: addresses of mail, telephone numbers, IBANs, payment cards and national numbers, by
 * their check digits where they have some. Names and addresses of people are not found.
 */
export function findPersonalData(text: string, options: PersonalDataOptions = {}): readonly SensitiveSpan[] {
  return withoutOverlaps([
    ...matches(text, EMAIL, "EMAIL", "e-mail"),
    ...ibans(text),
    ...cards(text),
    ...nationalIds(text),
    ...phones(text, options.country),
    ...(options.ipAddresses === true ? ipAddresses(text) : []),
  ]);
}

function matches(
  text: string,
  pattern: RegExp,
  kind: SensitiveSpan["kind"],
  rule: string,
): readonly SensitiveSpan[] {
  return [...text.matchAll(pattern)].map(({ index, 0: found }) => ({
    kind,
    rule,
    start: index,
    end: index + found.length,
  }));
}

function ibans(text: string): readonly SensitiveSpan[] {
  return matches(text, IBAN, "IBAN", "IBAN").flatMap((span) => {
    const found = text.slice(span.start, span.end);
    const length = countrySpecs[found.slice(0, 2).toUpperCase()]?.chars ?? 0;
    // The match may run on into the words behind: the country says how long it is.
    const end = span.start + lengthWithSigns(found, length);
    const compact = text.slice(span.start, end).replace(/[ -]/g, "").toUpperCase();
    const isCut = /^[A-Za-z0-9]/.test(text.slice(end));
    return compact.length === length && !isCut && isValidIBAN(compact) ? [{ ...span, end }] : [];
  });
}

/** How many units of a text hold so many letters and digits. */
function lengthWithSigns(text: string, wanted: number): number {
  let counted = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (counted === wanted) return index;
    if (/[A-Za-z0-9]/.test(text[index] ?? "")) counted += 1;
  }
  return text.length;
}

function cards(text: string): readonly SensitiveSpan[] {
  return matches(text, CARD, "CARD", "payment card").filter(({ start, end }) => {
    const digits = digitsOf(text.slice(start, end));
    return digits.length >= 13 && digits.length <= 19 && new Set(digits).size > 1 && luhnHolds(digits);
  });
}

function nationalIds(text: string): readonly SensitiveSpan[] {
  return NATIONAL_IDS.flatMap(({ name, pattern, isValid, label }) =>
    matches(text, pattern, "ID", name).filter(({ start, end }) => {
      const found = text.slice(start, end);
      if (!isValid(found.replace(/[ .\-/]/g, "").toUpperCase())) return false;
      if (label === undefined || /^PT/i.test(found)) return true;
      return label.test(text.slice(Math.max(0, start - LABEL_REACH), start));
    }),
  );
}

function phones(text: string, country: CountryCode | undefined): readonly SensitiveSpan[] {
  // The reader of numbers is slow: it gets only what has their form. Without a country they begin with a plus.
  const candidates = text.matchAll(country === undefined ? WITH_PLUS : NUMBER);
  return [...candidates].flatMap(({ index, 0: candidate }) =>
    findPhoneNumbersInText(candidate, { ...(country === undefined ? {} : { defaultCountry: country }) }).map(
      ({ startsAt, endsAt, number }) => ({
        kind: "PHONE" as const,
        rule: `phone ${number.country ?? ""}`.trim(),
        start: index + startsAt,
        end: index + endsAt,
      }),
    ),
  );
}

function ipAddresses(text: string): readonly SensitiveSpan[] {
  const sixes = matches(text, IPV6, "IP", "IPv6").flatMap((span) => {
    const found = text
      .slice(span.start, span.end)
      .replace(/[.:]+$/, (signs) => (signs === "::" ? signs : ""));
    return URL.canParse(`http://[${found}]/`) ? [{ ...span, end: span.start + found.length }] : [];
  });
  return [...matches(text, IPV4, "IP", "IPv4"), ...sixes];
}
