import type { CheckedPair, CheckFinding } from "./check-types.ts";

/** Length of a translation over its English source, in characters (human translations of short business texts). */
const againstEnglish: Readonly<Record<string, number>> = {
  en: 1,
  de: 1.29,
  fr: 1.26,
  nl: 1.18,
  es: 1.2,
  pt: 1.17,
  it: 1.2,
  ru: 1.17,
  fi: 1.09,
  sv: 1.06,
  pl: 1.15,
  ar: 0.95,
  hi: 1.05,
  ja: 0.55,
  zh: 0.36,
  ko: 0.6,
};

/** The usual length of a translation over that of its source, in characters. */
export function usualRatio(from: string, to: string): number {
  const of = (tag: string): number => againstEnglish[tag.toLowerCase().split("-")[0]!] ?? 1.1;
  return of(to) / of(from);
}

/** Length, the format's own limit, brackets and the mark at the end. */
export function checkShape(pair: CheckedPair): CheckFinding[] {
  return [...checkLength(pair), ...checkBrackets(pair), ...checkEndMark(pair)];
}

function checkLength({
  source,
  target,
  from,
  to,
  maxLength,
  usualRatio: given,
}: CheckedPair): CheckFinding[] {
  if (maxLength !== undefined && target.length > maxLength)
    return [
      { kind: "too-long", severity: "blocking", text: `longer than the ${maxLength} characters allowed` },
    ];
  if (source.length < 25) return [];
  const ratio = target.length / source.length / (given ?? usualRatio(from, to));
  if (ratio < 0.45)
    return [
      { kind: "length", severity: "serious", text: "much shorter than usual: something may be missing" },
    ];
  if (ratio > 2.1)
    return [{ kind: "length", severity: "serious", text: "much longer than usual: something may be added" }];
  return [];
}

const brackets: readonly (readonly [RegExp, string])[] = [
  [/[([{（［｛【「『〔]/g, "opening brackets"],
  [/[)\]}）］｝】」』〕]/g, "closing brackets"],
];

function checkBrackets({ source, target }: CheckedPair): CheckFinding[] {
  // 1) and a) are list marks, and Japanese puts into brackets what others put in quotes.
  const count = (text: string, pattern: RegExp): number =>
    (text.replace(/[「」『』]/g, "").match(pattern) ?? []).length;
  const wrong = brackets.find(([pattern]) => count(source, pattern) !== count(target, pattern));
  return wrong ? [{ kind: "brackets", severity: "minor", text: `another number of ${wrong[1]}` }] : [];
}

const endMark = /([.!?:;…。！？：；؟।،,])[\s"'”’»)\]」』）]*$/u;
const sameMark: Readonly<Record<string, string>> = {
  "。": ".",
  "！": "!",
  "？": "?",
  "：": ":",
  "；": ";",
  "؟": "?",
  "।": ".",
  "،": ",",
  "…": ".",
};

function checkEndMark({ source, target }: CheckedPair): CheckFinding[] {
  const of = (text: string): string => {
    const mark = endMark.exec(text)?.[1] ?? "";
    return sameMark[mark] ?? mark;
  };
  const [ours, theirs] = [of(source), of(target)];
  if (ours === theirs || (/^(.*\s)?\S*\.$/.test(source) && ours === "." && source.length < 6)) return [];
  const text = theirs === "" ? `no “${ours}” at the end` : `“${theirs}” at the end`;
  return [{ kind: "end-mark", severity: "minor", text }];
}
