import type { TextPair } from "./train-aligner.ts";

/**
 * Where translators of this pair of languages put quotation marks and brackets that the source doesn't have: inside the
 * span they surround or outside of it.
 */
export type EdgeMarks = { readonly inside: number; readonly outside: number };

export const noEdgeMarks: EdgeMarks = { inside: 0, outside: 0 };

const openers = "\"'“„”«»‘‚‹([{（「『【《〈［";
const closers = "\"'”“»«’‘›)]}）」』】》〉］";

/** Counts what a pair with known spans shows. */
export function seeEdgeMarks(marks: EdgeMarks, { source, target, spans = [] }: TextPair): EdgeMarks {
  let { inside, outside } = marks;
  for (const span of spans) {
    const before = source.slice(span.source.start, span.source.end);
    const after = target.slice(span.target.start, span.target.end);
    if (surrounded(before) || hasMarksAround(source, span.source.start, span.source.end)) continue;
    if (surrounded(after)) inside++;
    else if (hasMarksAround(target, span.target.start, span.target.end)) outside++;
  }
  return { inside, outside };
}

/** True when new marks belong inside the span: seen three times or more and most of the time. */
export function takesMarksIn({ inside, outside }: EdgeMarks): boolean {
  return inside >= 3 && inside > outside;
}

/** True when the text begins with an opening and ends with a closing mark. */
export function surrounded(text: string): boolean {
  return text.length > 2 && openers.includes(text[0]!) && closers.includes(text.at(-1)!);
}

/** True when an opening mark stands right before the stretch and a closing one right behind it. */
export function hasMarksAround(text: string, start: number, end: number): boolean {
  const [before, after] = [text[start - 1], text[end]];
  return before !== undefined && after !== undefined && openers.includes(before) && closers.includes(after);
}
