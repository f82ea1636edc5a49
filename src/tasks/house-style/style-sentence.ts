import { looksPassive, sentencesOf } from "./check-sentences.ts";
import type { StyleEdit } from "./compose-edits.ts";
import type { StyleText } from "./style-text.ts";
import type { Finding, HouseRule, TextRange } from "./types.ts";

/** A sentence that a model is to look at: what it breaks for sure, and what has to be judged. */
export type StyleSentence = {
  /** The text it stands in, after code's own edits; offsets count there. */
  readonly source: StyleText;
  readonly range: TextRange;
  /** With `[[1]]` for what can't be edited. */
  readonly text: string;
  /** Stretches around the placeholders; one more than there are. */
  readonly segments: readonly TextRange[];
  readonly findings: readonly Finding[];
  readonly judged: readonly HouseRule[];
  /** Texts inside it that must stay to the letter: quotations, links, terms. */
  readonly held: readonly string[];
};

const LEAST_WORDS_TO_JUDGE = 4;

/** The sentences of a text that break a rule code can't mend, or may break one that a model has to judge. */
export function styleSentences(
  source: StyleText,
  open: readonly Finding[],
  rules: readonly HouseRule[],
): readonly StyleSentence[] {
  if (/\[\[\d+\]\]/u.test(source.text)) return [];
  const judging = source.kind === "prose" ? rules.filter((rule) => rule.check.kind === "model") : [];
  return sentencesOf(source.text).flatMap((sentence) => {
    const findings = open.filter(
      (each) => each.start >= sentence.start && each.end <= sentence.end && isForModel(each),
    );
    const isLong = (sentence.text.match(/\p{L}+/gu)?.length ?? 0) >= LEAST_WORDS_TO_JUDGE;
    const judged = isLong ? judging.filter((rule) => mayBreak(rule, sentence.text, source)) : [];
    if (findings.length + judged.length === 0 || isAllGuarded(sentence, source)) return [];
    const inside = source.guarded.filter(
      (range) => range.start >= sentence.start && range.end <= sentence.end,
    );
    return [
      {
        source,
        range: { start: sentence.start, end: sentence.end },
        ...withPlaceholders(source, sentence),
        findings,
        judged,
        held: [...new Set(inside.map((range) => source.text.slice(range.start, range.end).trim()))].filter(
          (each) => /[\p{L}\p{N}]/u.test(each),
        ),
      },
    ];
  });
}

/** Numbers and dates are for code and people, and what an abbreviation stands for the sentence does not say. */
function isForModel({ rule }: Finding): boolean {
  return (
    rule.check.kind === "term" || rule.check.kind === "forbidden" || rule.check.kind === "sentence-length"
  );
}

function mayBreak({ check }: HouseRule, sentence: string, { language }: StyleText): boolean {
  return check.kind === "model" && (check.about === "anything" || looksPassive(sentence, language));
}

function isAllGuarded({ start, end }: TextRange, { guarded }: StyleText): boolean {
  return guarded.some((range) => range.start <= start && range.end >= end);
}

function withPlaceholders(
  { text, locked }: StyleText,
  { start, end }: TextRange,
): Pick<StyleSentence, "text" | "segments"> {
  const layout = [...text.slice(start, end).matchAll(/[\t\n]+/gu)].map((match) => ({
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));
  const inside = [...locked.filter((range) => range.start < end && range.end > start), ...layout].toSorted(
    (a, b) => a.start - b.start,
  );
  let shown = "";
  let at = start;
  const segments: TextRange[] = [];
  for (const [index, range] of inside.entries()) {
    shown += `${text.slice(at, range.start)}[[${index + 1}]]`;
    segments.push({ start: at, end: range.start });
    at = range.end;
  }
  segments.push({ start: at, end });
  return { text: shown + text.slice(at, end), segments };
}

/** The rewrite as edits of the sentence's text, none of which touches what is locked; undefined where that can't be. */
export function rewriteEdits(
  sentence: StyleSentence,
  rewritten: string,
  rules: readonly HouseRule[],
): readonly StyleEdit[] | undefined {
  const texts = rewritten.split(/\[\[\d+\]\]/u);
  if (texts.length !== sentence.segments.length) return undefined;
  const edits: StyleEdit[] = [];
  for (const [index, { start, end }] of sentence.segments.entries()) {
    const text = texts[index] ?? "";
    const before = sentence.source.text.slice(start, end);
    if (text === before) continue;
    if (before === "") return undefined;
    edits.push({ start, end, text, rules });
  }
  return edits;
}
