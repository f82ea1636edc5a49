import type { CheckedPair, CheckFinding } from "./check-types.ts";
import { numberForm } from "./number-forms.ts";
import { numberWords, saysInWords } from "./number-words.ts";
import { readNumbers, type WrittenNumber } from "./read-numbers.ts";

/**
 * Compares the numbers of a translation with those of its source, each by the form of its language: none lost, none
 * brought in, none changed by a decimal sign read the other way. Numbers in words and scale words are understood.
 */
export function checkNumbers(pair: CheckedPair): CheckFinding[] {
  const { from, to } = pair;
  const { source, target, findings } = withoutNames(pair);
  const [fromWords, toWords] = [numberWords(from), numberWords(to)];
  const ours = readNumbers(source, numberForm(from), fromWords);
  const theirs = readNumbers(target, numberForm(to), toWords);
  let { left, right } = pairOff(ours, theirs, (a, b) => a.value === b.value);
  // 1.2 billion may be 1 200 million elsewhere, and 3 p.m. is 15 h.
  ({ left, right } = pairOff(left, right, (a, b) => isSameAmount(a.scaled, b.scaled)));
  ({ left, right } = pairOff(left, right, (a, b) => isSameHour(source, a, b) || isSameHour(target, b, a)));
  ({ left, right } = pairOff(left, right, (a, b) => isSameDecade(a, b) || isSameDecade(b, a)));
  left = left.filter(({ value }) => !isInWords(target, value, toWords));
  right = right.filter(({ value }) => !isInWords(source, value, fromWords));
  return [...findings, ...describe(left, right, target)];
}

/** `Windows 8.1`, `FT3.40`: a capital or a digit in the word, then a number with a point that parts no thousands. */
const name =
  /(?<![\p{L}\p{N}])(?:\p{Lu}[\p{L}\p{N}]*|\p{L}+\d[\p{L}\p{N}]*)[ \u00a0]?\d+(?:\.(?!\d{3}(?!\d))\d+)+(?![\p{N}%])(?!,\d)/gu;
/** The number of a section, at its start. */
const section = /^\d+(?:\.\d+)+\.?(?=\s)/;

/** Texts without the names with numbers that stand in both alike. Where a decimal could be meant, that is worth a look. */
function withoutNames({ source, target, from, to }: CheckedPair): {
  readonly source: string;
  readonly target: string;
  readonly findings: readonly CheckFinding[];
} {
  let [before, after] = [source, target];
  const number = section.exec(source)?.[0];
  if (number !== undefined && section.exec(target)?.[0] === number)
    [before, after] = [before.slice(number.length), after.slice(number.length)];
  const findings: CheckFinding[] = [];
  for (const { 0: each } of source.matchAll(name)) {
    if (!after.includes(each)) continue;
    [before, after] = [before.replace(each, " "), after.replace(each, " ")];
    if (numberForm(from).decimal !== numberForm(to).decimal)
      findings.push({
        kind: "numbers",
        severity: "minor",
        text: `${each} stands as in the source, like a name`,
      });
  }
  return { source: before, target: after, findings };
}

function describe(
  left: readonly WrittenNumber[],
  right: readonly WrittenNumber[],
  target: string,
): CheckFinding[] {
  const foreign = left.filter(({ text }) => /\D/.test(text) && target.includes(text));
  const findings = foreign.map(({ text }) => finding(`${text} stands in the source language's form`));
  const lost = left.filter((each) => !foreign.includes(each)).map(({ text }) => text);
  const added = foreign.length > 0 ? [] : right.map(({ text }) => text);
  if (lost.length > 0 && added.length > 0)
    findings.push(finding(`the source says ${lost.join(", ")}, the translation ${added.join(", ")}`));
  else if (lost.length > 0) findings.push(finding(`${lost.join(", ")} is not in the translation`));
  else if (added.length > 0) findings.push(finding(`${added.join(", ")} is not in the source`));
  return findings;
}

const finding = (text: string): CheckFinding => ({ kind: "numbers", severity: "serious", text });

function pairOff(
  left: readonly WrittenNumber[],
  right: readonly WrittenNumber[],
  isSame: (a: WrittenNumber, b: WrittenNumber) => boolean,
): { left: WrittenNumber[]; right: WrittenNumber[] } {
  const rest = [...right];
  const unpaired = left.filter((each) => {
    const at = rest.findIndex((other) => isSame(each, other));
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return { left: unpaired, right: rest };
}

function isSameAmount(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

/** True when `a` is an hour after noon of the twelve-hour clock and `b` the same hour of the other. */
function isSameHour(text: string, a: WrittenNumber, b: WrittenNumber): boolean {
  const mark = /^(?::\d\d|\.\d\d)?[\s\u00a0\u202f]?([ap])\.?m\b/i.exec(text.slice(a.end))?.[1]?.toLowerCase();
  if (mark === undefined) return false;
  const hour = (Number(a.value) % 12) + (mark === "p" ? 12 : 0);
  return hour === Number(b.value);
}

/** True for the 1930s and los años 30. */
function isSameDecade(a: WrittenNumber, b: WrittenNumber): boolean {
  return /^\d\d[1-9]0$/.test(a.value) && a.value.slice(2) === b.value;
}

function isInWords(text: string, value: string, words: ReturnType<typeof numberWords>): boolean {
  const number = Number(value);
  if (!Number.isInteger(number) || number > 21) return false;
  return saysInWords(text, number, words) || hasRoman(text, number);
}

/** True when the text has the number in Roman numerals, as many languages write centuries. */
function hasRoman(text: string, value: number): boolean {
  const tens = "X".repeat(Math.floor(value / 10));
  const ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][value % 10]!;
  return value > 0 && new RegExp(`(?<![\\p{L}])${tens}${ones}(?![\\p{Lu}])`, "u").test(text);
}
