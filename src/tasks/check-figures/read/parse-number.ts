import type { Language } from "./language.ts";

/** Digits as a number, and how they were written. */
export type ParsedNumber = {
  readonly value: number;
  readonly decimals: number;
  readonly decimalMark: "." | ",";
  readonly groupMark: string;
  /** What they say by the other habit. */
  readonly otherValue?: number;
};

/** Reads `1,234.5`, `1.234,5`, `1 234`, `1'234`; a mark that may group or part is read by the language's habit. */
export function parseNumber(text: string, language: Language): ParsedNumber | undefined {
  const spaced = /[\s'’]/u.exec(text)?.[0];
  const plain = text.replace(/[\s'’]/gu, "");
  const marks = plain.match(/[.,]/g) ?? [];
  const habit =
    language === "en" ? ({ decimal: ".", group: "," } as const) : ({ decimal: ",", group: "." } as const);
  const [first] = marks;
  const last = marks.at(-1) as "." | "," | undefined;
  const make = (decimal: "." | ",", group: string): ParsedNumber => {
    const number = plain.replaceAll(decimal === "." ? "," : ".", "").replace(",", ".");
    return {
      value: Number(number),
      decimals: number.split(".")[1]?.length ?? 0,
      decimalMark: decimal,
      groupMark: spaced ?? group,
    };
  };
  if (first === undefined || last === undefined) return make(habit.decimal, spaced ?? "");
  if (first !== last) return isGrouped(plain, last) ? make(last, first) : undefined;
  const other = last === "." ? "," : ".";
  if (marks.length > 1) return /^\d{1,3}([.,]\d{3})+$/.test(plain) ? make(other, last) : undefined;
  const mayGroup = spaced === undefined && /^[1-9]\d{0,2}[.,]\d{3}$/.test(plain);
  if (!mayGroup) return make(last, spaced ?? "");
  const [asGroup, asDecimal] = [make(other, last), make(last, "")];
  return last === habit.group
    ? { ...asGroup, otherValue: asDecimal.value }
    : { ...asDecimal, otherValue: asGroup.value };
}

function isGrouped(plain: string, decimal: string): boolean {
  const whole = plain.slice(0, plain.lastIndexOf(decimal));
  return /^\d{1,3}([.,]\d{3})*$/.test(whole) && !whole.includes(decimal);
}
