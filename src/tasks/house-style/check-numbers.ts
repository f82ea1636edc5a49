import type { StyleText } from "./style-text.ts";
import type { Found, RuleCheck } from "./types.ts";
import { hasUnit, isCounted } from "./unit-words.ts";
import { formatNumber, isLabel, type WrittenNumber, writtenNumbers } from "./written-number.ts";

const YEARS = { from: 1000, to: 2200 } as const;

/** Numbers whose thousands are parted otherwise; a number without parts only where it is surely an amount. */
export function checkThousands(
  { sign, from, inTables }: Extract<RuleCheck, { readonly kind: "thousands" }>,
  source: StyleText,
): readonly Found[] {
  if (source.kind === "cell" && !inTables) return [];
  return writtenNumbers(source.text, source.language).flatMap((number): readonly Found[] => {
    const decimal =
      number.decimal === "" || number.decimal !== sign ? number.decimal : sign === "," ? "." : ",";
    const replacement = formatNumber(number, { grouping: sign, decimal, from });
    if (
      isHouseForm(number.text, sign, from) ||
      replacement === number.text ||
      (number.grouping === "" && !isAmount(source, number))
    )
      return [];
    if (isLabel(source.text, number)) return [];
    const { start, end } = number;
    const isSure = number.isSure || (number.grouping === " " && hasUnit(source.text, number));
    const message = `${nameOf(sign)} between thousands`;
    return isSure
      ? [{ start, end, replacement, message }]
      : [{ start, end, message: `${message}; “${number.text}” can be read in two ways` }];
  });
}

/** Numbers with the other decimal sign. */
export function checkDecimal(
  { sign, inTables }: Extract<RuleCheck, { readonly kind: "decimal" }>,
  source: StyleText,
): readonly Found[] {
  if (source.kind === "cell" && !inTables) return [];
  return writtenNumbers(source.text, source.language).flatMap((number): readonly Found[] => {
    if (number.decimal === "" || number.decimal === sign || isLabel(source.text, number)) return [];
    // `1,234` may be a thousand; which one the text means is not for this rule.
    if (number.grouping === "" && number.fraction.length === 3) return [];
    const hasOwnSign = number.grouping === sign;
    const grouping = hasOwnSign ? number.decimal : number.grouping;
    const replacement = formatNumber(number, {
      grouping,
      decimal: sign,
      from: grouping === "" ? Infinity : 0,
    });
    const { start, end } = number;
    const message = `a decimal ${sign === "." ? "point" : "comma"}`;
    const isDecimalHere =
      (source.language === "en") === (number.decimal === ".") && source.language !== undefined;
    // A point may part a section's number and a comma two items, unless the text's own language writes decimals so.
    if (hasUnit(source.text, number) || (isDecimalHere && number.decimal === ","))
      return [{ start, end, replacement, message }];
    return isCounted(source.text, number)
      ? [{ start, end, message: `${message}, if “${number.text}” is an amount` }]
      : [];
  });
}

/** What has the house's signs already is read by them, whatever the text's own language would say. */
function isHouseForm(text: string, sign: string, from: number): boolean {
  const digits = text.replace(/\D/gu, "");
  return (
    sign !== "" &&
    Number(digits) >= from &&
    text.split(sign).length > 1 &&
    text
      .split(sign)
      .slice(1)
      .every((part) => /^\d{3}(?:[.,]\d+)?$/u.test(part))
  );
}

/** Whether a number without parts is an amount and no year, code or postal code. */
function isAmount({ text }: StyleText, number: WrittenNumber): boolean {
  const value = Number(number.integer);
  if (number.integer.startsWith("0") && number.integer !== "0") return false;
  if (hasUnit(text, number)) return true;
  const mayBeYear = number.fraction === "" && value >= YEARS.from && value <= YEARS.to;
  // In German a noun may be counted as well as the town after its postal code.
  return !mayBeYear && !isLabel(text, number) && isCounted(text, number);
}

function nameOf(sign: string): string {
  const names: Readonly<Record<string, string>> = {
    "": "nothing",
    ",": "a comma",
    ".": "a point",
    "’": "an apostrophe",
    "\u00a0": "a no-break space",
    "\u202f": "a thin space",
  };
  return names[sign] ?? `“${sign}”`;
}
