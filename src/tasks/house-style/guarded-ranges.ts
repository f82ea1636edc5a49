import type { TextRange } from "./types.ts";

const LONGEST_SINGLE_QUOTED = 200;

/** What in running text is somebody else's words or no words at all; in none of them a rule changes anything. */
const PATTERNS: readonly RegExp[] = [
  // Quotations; one that is not closed runs to the end, as it may go on in the next paragraph.
  /“[^“”]*(?:”|$)/gu,
  /„[^“”„]*(?:[“”]|$)/gu,
  /«[^«»]*(?:»|$)/gu,
  /(?<![\p{L}\p{N}])»[^«»]*(?:«|$)/gu,
  new RegExp(`(?<![\\p{L}\\p{N}])‘[^‘\\n]{1,${LONGEST_SINGLE_QUOTED}}?’(?![\\p{L}\\p{N}])`, "gu"),
  new RegExp(`(?<![\\p{L}\\p{N}’])'[^'\\n]{1,${LONGEST_SINGLE_QUOTED}}?'(?![\\p{L}\\p{N}])`, "gu"),
  // Addresses and links.
  /(?<![a-z0-9])(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.|mailto:)[^\s<>"”»]+/giu,
  /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,120}\.\p{L}{2,}/gu,
  /(?<![\p{L}\p{N}@])(?:[\p{L}\p{N}-]{1,63}\.){1,6}(?:com|org|net|eu|int|edu|gov|info|io|de|fr|es|pt|uk|at|ch|be|nl|it|lu)(?![\p{L}\p{N}])(?:\/[^\s<>"”»]*)?/gu,
  /(?<![\p{L}\p{N}])10\.\d{4,}\/\S+/gu,
  // Paths, file names, handles and tags.
  /(?<![\p{L}\p{N}])(?:\p{Lu}:\\|\\\\|\.{0,2}\/)[^\s<>"”»]+/gu,
  /(?<![\p{L}\p{N}/])(?!\d+\/\d+\/\d+(?![\p{L}\p{N}/]))[\p{L}\p{N}]{1,64}(?:\/[\p{L}\p{N}._-]{1,64}){2,}/gu,
  /(?<![\p{L}\p{N}_])[\p{L}\p{N}_-]{1,120}\.(?:docx?|xlsx?|pptx?|pdf|csv|txt|md|json|xml|html?|png|jpe?g|zip|js|ts|py)(?![\p{L}\p{N}])/giu,
  /(?<![\p{L}\p{N}_])[\p{L}\p{N}]{0,64}_[\p{L}\p{N}_]*/gu,
  /(?<![\p{L}\p{N}])\p{Ll}{1,64}\p{Lu}\p{L}*/gu,
  /(?<![\p{L}\p{N}])[@#][\p{L}\p{N}_-]+/gu,
  /(?<![\p{L}\p{N}-])--?[\p{L}][\p{L}\p{N}-]*(?==|\s*$)|(?<![\p{L}\p{N}_.])[\p{L}_][\p{L}\p{N}_.]{0,120}\(\)/gu,
  // Placeholders: [[1]], [[f1]].
  /\[\[[^\]\s]+\]\]/gu,
  // Citations: [12], [3, 4], (Author, 2020, p. 5), Author et al. (2020).
  /\[\d+(?:\s*[,;–-]\s*\d+)*\]/gu,
  /\([^()]{0,120}\p{Lu}[\p{L}’'-]{1,60}[^()]{0,80}?,?\s(?:1[89]|20)\d\d[a-z]?(?:[,;:][^()]{0,120})?\)/gu,
  /(?<!\p{L})\p{Lu}[\p{L}’'-]{1,60}(?: et al\.| (?:and|&|und|et|y|e) \p{Lu}[\p{L}’'-]+)? \((?:1[89]|20)\d\d[a-z]?\)/gu,
];

const CODE: readonly RegExp[] = [
  /`[^`]+`/gu,
  /^\s*(?:[<{}]|\/\/|#include\b|import [\w.]+;|[\w:.-]+=").*$/gmu,
  /^.{0,2000}(?:[{}]|\);)[ \t]*$/gmu,
  /<[/?!]?[\p{L}_][^<>\n]{0,400}(?:>|$)|<#|#>/gu,
  /(?<![\w:.-])[\w:.-]{1,80}\s?=\s?"[^"\n]*"/gu,
  /\{\{[^{}]*\}\}|\$\{[^{}]*\}/gu,
];

/** Program code and markup shown as text. */
function codeRanges(text: string): readonly TextRange[] {
  return joinRanges(CODE.flatMap((pattern) => [...text.matchAll(pattern)].map(rangeOf)));
}

/** The text with its code blanked out, at the same length. */
export function withoutCode(text: string): string {
  let plain = text;
  for (const { start, end } of codeRanges(text))
    plain = plain.slice(0, start) + " ".repeat(end - start) + plain.slice(end);
  return plain;
}

function rangeOf(match: RegExpExecArray): TextRange {
  return { start: match.index, end: match.index + match[0].length };
}

/** Where a text quotes, cites, links or shows code: what house style leaves alone. In order, without overlaps. */
export function guardedRanges(text: string): readonly TextRange[] {
  const plain = withoutCode(text);
  const others = PATTERNS.flatMap((pattern) => [...plain.matchAll(pattern)].map(rangeOf));
  return joinRanges([...codeRanges(text), ...straightQuotations(plain), ...others]);
}

/** Ranges in order, overlapping ones as one. */
export function joinRanges(ranges: readonly TextRange[]): readonly TextRange[] {
  const joined: { start: number; end: number }[] = [];
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}

/** Straight marks open and close in turn; one right after a number is taken for inches unless a quotation is open. */
export function straightQuotations(text: string): readonly TextRange[] {
  const ranges: TextRange[] = [];
  let open = -1;
  for (const match of text.matchAll(/"/gu)) {
    const at = match.index;
    if (open < 0 && /\d$/u.test(text.slice(0, at))) continue;
    if (open < 0) open = at;
    else {
      ranges.push({ start: open, end: at + 1 });
      open = -1;
    }
  }
  return open < 0 ? ranges : [...ranges, { start: open, end: text.length }];
}

/** Whether a range touches the inside of any of the guarded ones. */
export function isGuarded(range: TextRange, guarded: readonly TextRange[]): boolean {
  return guarded.some(({ start, end }) => range.start < end && range.end > start);
}
