import type { HouseRule, TextRange } from "./types.ts";

/** A stretch of a text that gets other words, and the rules that ask for it. Offsets count in the text as it was. */
export type StyleEdit = TextRange & { readonly text: string; readonly rules: readonly HouseRule[] };

/** The text with the edits made; they must be in order and apart. */
export function withEdits(text: string, edits: readonly StyleEdit[]): string {
  let out = "";
  let at = 0;
  for (const edit of edits) {
    out += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return out + text.slice(at);
}

/**
 * One list for two rounds of edits: `next` counts in the text that `edits` make. Where a later edit touches an
 * earlier one, both become one edit with the rules of both.
 */
export function composeEdits(
  text: string,
  edits: readonly StyleEdit[],
  next: readonly StyleEdit[],
): readonly StyleEdit[] {
  let composed = edits;
  // From the back, so that offsets in what lies before stay true.
  for (const edit of next.toSorted((a, b) => b.start - a.start)) composed = composeOne(composed, edit);
  return composed.filter((edit) => text.slice(edit.start, edit.end) !== edit.text);
}

function composeOne(edits: readonly StyleEdit[], next: StyleEdit): readonly StyleEdit[] {
  const kept: StyleEdit[] = [];
  const touched: { readonly edit: StyleEdit; readonly from: number }[] = [];
  let shift = 0;
  let shiftBefore = 0;
  for (const edit of edits) {
    const from = edit.start + shift;
    const to = from + edit.text.length;
    if (to > next.start && from < next.end) touched.push({ edit, from });
    else {
      kept.push(edit);
      if (to <= next.start) shiftBefore = shift + edit.text.length - (edit.end - edit.start);
    }
    shift += edit.text.length - (edit.end - edit.start);
  }
  const first = touched[0];
  const last = touched.at(-1);
  const lastTo = last === undefined ? next.end : last.from + last.edit.text.length;
  const start = first === undefined || first.from > next.start ? next.start - shiftBefore : first.edit.start;
  const shiftOfLast = last === undefined ? shiftBefore : last.from + last.edit.text.length - last.edit.end;
  const end = next.end >= lastTo ? next.end - shiftOfLast : (last?.edit.end ?? next.end);
  const head =
    first !== undefined && first.from < next.start ? first.edit.text.slice(0, next.start - first.from) : "";
  const tail = last !== undefined && lastTo > next.end ? last.edit.text.slice(next.end - last.from) : "";
  const rules = [...touched.flatMap(({ edit }) => edit.rules), ...next.rules];
  const merged = {
    start,
    end,
    text: head + next.text + tail,
    rules: rules.filter((rule, index) => rules.indexOf(rule) === index),
  };
  return [...kept, merged].toSorted((a, b) => a.start - b.start);
}

/** Where a stretch of the edited text was in the text before; an edit that it touches counts whole. */
export function beforeEdits(edits: readonly StyleEdit[], range: TextRange): TextRange {
  let shift = 0;
  let { start, end } = range;
  let shiftStart = 0;
  let shiftEnd = 0;
  for (const edit of edits) {
    const from = edit.start + shift;
    const to = from + edit.text.length;
    const grown = edit.text.length - (edit.end - edit.start);
    if (to > range.start && from < range.end) {
      start = Math.min(start, from);
      end = Math.max(end, to);
    }
    if (to <= start) shiftStart = shift + grown;
    if (to <= end && from < end) shiftEnd = shift + grown;
    shift += grown;
  }
  return { start: start - shiftStart, end: end - shiftEnd };
}
