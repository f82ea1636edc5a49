import { checkTexts } from "./check-style.ts";
import { composeEdits, type StyleEdit, withEdits } from "./compose-edits.ts";
import { guardedRanges, joinRanges } from "./guarded-ranges.ts";
import { knownWords } from "./known-words.ts";
import type { StyleText } from "./style-text.ts";
import type { Finding, HouseRule, TextRange } from "./types.ts";

/** What code does to a text, and what it leaves, found in the text as it is after that. */
export type PlannedEdits = {
  readonly edits: readonly StyleEdit[];
  readonly text: string;
  /** Findings without a replacement; offsets in the new `text`. */
  readonly open: readonly Finding[];
  /** False when rules undo each other, so that the text never comes to rest. */
  readonly isStable: boolean;
};

const MOST_ROUNDS = 6;

/** Makes every replacement that code knows, again and again until no rule finds one: what a second run would find is done. */
export function planEdits(source: StyleText, rules: readonly HouseRule[]): PlannedEdits {
  let edits: readonly StyleEdit[] = [];
  let current = source;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const findings = checkTexts([current], rules);
    const next = apart(findings);
    if (next.length === 0) return { edits, text: current.text, open: findings, isStable: true };
    edits = composeEdits(source.text, edits, next);
    current = editedText(source, edits);
  }
  const open = checkTexts([source], rules).map(({ replacement: _, message, ...rest }) => ({
    ...rest,
    message: `${message}; rules of this style undo each other here`,
  }));
  return { edits: [], text: source.text, open, isStable: false };
}

/**
 * The same for all texts of a document. Capitals are judged by what the document writes elsewhere, and that changes with
 * the edits: it is read anew until nothing more comes of it.
 */
export function planAllEdits(
  sources: readonly StyleText[],
  rules: readonly HouseRule[],
): readonly PlannedEdits[] {
  let planned = sources.map((source) => planEdits(source, rules));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const known = knownWords(
      planned.filter((_, index) => sources[index]?.kind !== "heading").map((each) => each.text),
    );
    const next = planned.map((each, index) => {
      const source = sources[index]!;
      const now = { ...editedText(source, each.edits), known: { ...known, terms: source.known.terms } };
      return each.isStable ? planEdits(now, rules) : { ...each, edits: [] };
    });
    const isDone = next.every((each) => each.edits.length === 0);
    planned = next.map((each, index) =>
      each.isStable
        ? { ...each, edits: composeEdits(sources[index]!.text, planned[index]!.edits, each.edits) }
        : each,
    );
    if (isDone) break;
  }
  return planned;
}

/** Kinds that look at a number's own signs; a unit set close to it would hide them. */
const FIRST: ReadonlySet<string> = new Set(["thousands", "decimal"]);

/** Replacements that don't overlap: of two that do, the number's or else the longer one. */
function apart(findings: readonly Finding[]): readonly StyleEdit[] {
  const rank = ({ rule, start, end }: Finding): number =>
    FIRST.has(rule.check.kind) ? Infinity : end - start;
  const chosen: StyleEdit[] = [];
  for (const { start, end, replacement, rule } of findings.toSorted((a, b) =>
    rank(a) === rank(b) ? 0 : rank(b) - rank(a),
  )) {
    if (replacement === undefined || chosen.some((each) => start < each.end && end > each.start)) continue;
    chosen.push({ start, end, text: replacement, rules: [rule] });
  }
  return chosen.toSorted((a, b) => a.start - b.start);
}

/** The text after the edits, with everything that is known of it moved along. */
export function editedText(source: StyleText, edits: readonly StyleEdit[]): StyleText {
  const text = withEdits(source.text, edits);
  const locked = source.locked.map((range) => moved(range, edits));
  const held = source.held.map((range) => moved(range, edits));
  return { ...source, text, locked, held, guarded: joinRanges([...guardedRanges(text), ...held]) };
}

function moved({ start, end }: TextRange, edits: readonly StyleEdit[]): TextRange {
  const shiftAt = (offset: number): number =>
    edits.reduce(
      (sum, edit) => (edit.end <= offset ? sum + edit.text.length - (edit.end - edit.start) : sum),
      0,
    );
  return { start: start + shiftAt(start), end: end + shiftAt(end) };
}
