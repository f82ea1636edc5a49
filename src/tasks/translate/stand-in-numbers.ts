import type { CodedTarget, CodedText } from "../../files/units/types.ts";
import { numberForm } from "./checks/number-forms.ts";
import { numberWords } from "./checks/number-words.ts";
import { readNumbers, type WrittenNumber } from "./checks/read-numbers.ts";
import { exchange } from "./memory/replace-numbers.ts";

/** A text whose long numbers went out as short ones, and which is which. */
export type StandIns = {
  readonly coded: CodedText;
  readonly numbers: readonly { readonly short: string; readonly long: string }[];
};

/**
 * A text with short numbers in place of long ones: engines that work with pieces of words join the digits of `5,973,700`
 * anew but hardly ever miss a `47`. Undefined for a text without long numbers.
 */
export function standInNumbers(coded: CodedText, language: string): StandIns | undefined {
  const written = readNumbers(coded.text, numberForm(language), numberWords(language));
  const free = shortNumbers(new Set(written.map(({ value }) => value)));
  const exchanges = written
    .filter((number) => isLong(number) && isWhole(number, coded))
    .slice(0, free.length)
    .map(({ start, end, text }, index) => ({ start, end, text: free[index]!, long: text }));
  if (exchanges.length === 0) return undefined;
  const moved = exchange(coded, exchanges);
  return {
    coded: {
      text: moved.text,
      spans: coded.spans.map((span, index) => ({ ...span, ...moved.spans[index] })),
      atoms: coded.atoms.map((atom, index) => ({ ...atom, ...moved.atoms[index] })),
    },
    numbers: exchanges.map(({ text, long }) => ({ short: text, long })),
  };
}

/** The target with the long numbers again, in its language's form; undefined where one can't be told from the others. */
export function withLongNumbers(
  target: CodedTarget,
  { numbers }: StandIns,
  from: string,
  to: string,
): CodedTarget | undefined {
  const written = readNumbers(target.text, numberForm(to), numberWords(to));
  const exchanges: { start: number; end: number; text: string }[] = [];
  for (const { short, long } of numbers) {
    const found = written.filter(({ value }) => value === short);
    if (found.length !== 1 || found[0]!.text !== short || !isWhole(found[0]!, target)) return undefined;
    exchanges.push({ start: found[0]!.start, end: found[0]!.end, text: inForm(long, from, to) });
  }
  return exchange(target, exchanges);
}

const isLong = ({ text }: WrittenNumber): boolean => text.replace(/\D/g, "").length > 3 && !isYear(text);
const isYear = (text: string): boolean => /^\d{4}$/.test(text);

/** False where a code begins, ends or stands inside the number: there would be no place for it. */
function isWhole({ start, end }: WrittenNumber, { spans, atoms }: CodedTarget): boolean {
  const isInside = (offset: number): boolean => offset > start && offset < end;
  return (
    !spans.some((span) => isInside(span.start) || isInside(span.end)) &&
    !atoms.some(({ offset }) => isInside(offset))
  );
}

/** Numbers of two digits that the text doesn't have, no two of them alike in a digit's place where they follow. */
function shortNumbers(taken: ReadonlySet<string>): string[] {
  const all = Array.from({ length: 70 }, (_, index) => String(23 + ((index * 36 + 24) % 71)));
  return all.filter((each) => !taken.has(each) && !each.endsWith("0"));
}

function inForm(text: string, from: string, to: string): string {
  const [old, now] = [numberForm(from), numberForm(to)];
  const [whole = "", fraction] = text.split(old.decimal);
  if (!/\D/.test(text)) return text;
  const grouped = whole.replace(/\D/g, now.groups[0] ?? "");
  return fraction === undefined ? grouped : `${grouped}${now.decimal}${fraction}`;
}
