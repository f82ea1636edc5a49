import { breakRules, listMark, opening } from "./break-rules.ts";

/** A stretch of a text, UTF-16 offsets. */
export type TextRange = { readonly start: number; readonly end: number };

/**
 * The sentences of a text, white space between them left out: `Intl.Segmenter`'s boundaries, without those at which a rule
 * of the language says that no sentence ends, and one at every line's end.
 */
export function segmentText(text: string, language: string): readonly TextRange[] {
  const { rules, segmenter } = sentences(language);
  const ranges: TextRange[] = [];
  let start = 0;
  for (const boundary of boundaries(text, segmenter)) {
    const range = trimmed(text, start, boundary);
    if (boundary < text.length && !isBreak(text, start, boundary, rules)) continue;
    if (range.start < range.end) ranges.push(range);
    start = boundary;
  }
  return ranges;
}

type CompiledRule = { readonly before: RegExp; readonly after: RegExp; readonly breaks: boolean };

type Sentences = { readonly rules: readonly CompiledRule[]; readonly segmenter: Intl.Segmenter };

const compiled = new Map<string, Sentences>();

function sentences(language: string): Sentences {
  const known = compiled.get(language);
  if (known !== undefined) return known;
  const made: Sentences = {
    segmenter: new Intl.Segmenter(knownLocale(language), { granularity: "sentence" }),
    rules: breakRules(language).map(({ before, after, breaks }) => ({
      before: new RegExp(`${before}$`, "u"),
      after: new RegExp(`^(?:${after})`, "u"),
      breaks,
    })),
  };
  if (compiled.size > 100) compiled.clear();
  compiled.set(language, made);
  return made;
}

/** A tag that nobody can read is no reason to fail. */
function knownLocale(language: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(language)[0];
  } catch {
    return undefined;
  }
}

/** White space at which the segmenter sees no end: behind some marks, before a number that small letters follow, and before `b) `. */
const further = new RegExp(
  `(?:(?:[.!?…][\\s\\u00a0\\u202f]?[»”“’"')\\]]{1,3}|…)\\s+(?=${opening}\\p{Lu})|(?:\\p{L}{4,}|\\p{Lu}{3}|[»”"])[.!?]\\s+(?=\\d)|[.!?;]\\s+(?=${listMark}))`,
  "gu",
);

/** Where a sentence may end, in order; the text's end is the last. */
function boundaries(text: string, segmenter: Intl.Segmenter): number[] {
  const places = new Set<number>();
  for (const { index, segment } of segmenter.segment(text))
    places.add(index + segment.length - openingAtEnd(text, index, index + segment.length));
  for (const match of text.matchAll(further)) places.add(match.index + match[0].length);
  return [...places].sort((a, b) => a - b);
}

/** Length of the opening marks that the segmenter put behind a full-width stop: `。「`. */
function openingAtEnd(text: string, start: number, end: number): number {
  if (end === text.length) return 0;
  const found = /(?<=[。！？!?…][」』”’）)"]{0,2})[“‘「『（《〈【"]$/u.exec(
    text.slice(Math.max(start, end - 8), end),
  )?.[0];
  if (found === undefined) return 0;
  const before = text.slice(Math.max(0, end - 1000), end - 1);
  const count = (mark: string): number => before.split(mark).length - 1;
  if (found === "“") return count("“") > count("”") ? 0 : 1;
  return found === '"' && count('"') % 2 === 1 ? 0 : 1;
}

/** More than any abbreviation is long. */
const window = 60;

function isBreak(text: string, start: number, boundary: number, rules: readonly CompiledRule[]): boolean {
  const end = trimmed(text, start, boundary).end;
  if (/[\n\r\u2028\u2029]/.test(text.slice(end, boundary))) return true;
  const before = text.slice(Math.max(start, end - window), end).trimStart();
  const after = text.slice(boundary, boundary + window).trimStart();
  for (const rule of rules) if (rule.after.test(after) && rule.before.test(before)) return rule.breaks;
  return true;
}

function trimmed(text: string, start: number, end: number): TextRange {
  const part = text.slice(start, end);
  const from = start + part.length - part.trimStart().length;
  return { start: from, end: Math.max(from, start + part.trimEnd().length) };
}
