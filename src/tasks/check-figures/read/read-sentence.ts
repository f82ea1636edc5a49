import { splitSentences } from "../../edit/split-sentences.ts";
import type { FigureBound } from "../types.ts";
import { joinMonths } from "./join-months.ts";
import { joinParts } from "./join-parts.ts";
import { joinRanges } from "./join-ranges.ts";
import type { Language } from "./language.ts";
import { conceptAt } from "./lexicon.ts";
import { type NumberWord, numberWordAt } from "./number-words.ts";
import { numberAt } from "./read-number.ts";
import { periodAt } from "./read-period.ts";
import type { Piece, Sentence } from "./sentence-types.ts";
import { separableVerbs } from "./separable-verbs.ts";
import { type Token, tokensOf } from "./tokens.ts";

const abbreviated = /(?:^|[\s(])(?:Mio|Mrd|Tsd|Mill|Nr|ca|bzw|vs|approx|env|aprox|\d{1,2})\.$/u;

/** The sentences of a paragraph, read into pieces. */
export function readSentences(paragraph: string, language: Language): Sentence[] {
  const parts: { start: number; text: string }[] = [];
  let at = 0;
  for (const { before, text, after } of splitSentences(paragraph)) {
    const start = at + before.length;
    const last = parts.at(-1);
    if (last !== undefined && abbreviated.test(last.text))
      last.text = paragraph.slice(last.start, start + text.length);
    else parts.push({ start, text });
    at = start + text.length + after.length;
  }
  return parts.map(({ start, text }) => readSentence(paragraph, start, text, language));
}

function readSentence(paragraph: string, start: number, text: string, language: Language): Sentence {
  const tokens = tokensOf(text, start, language);
  const words = tokens.map(({ plain }) => plain);
  const parted = language === "de" ? separableVerbs(tokens) : undefined;
  const pieces: Piece[] = [];
  for (let at = 0; at < tokens.length; ) {
    const duty = parted?.get(at);
    const piece: Piece =
      duty === undefined
        ? pieceAt(tokens, words, at, language)
        : { kind: "concept", concept: duty, from: at, to: at + 1 };
    pieces.push(piece);
    at = piece.to;
  }
  return {
    text,
    start,
    language,
    tokens,
    pieces: joinMonths(
      joinParts(
        joinRanges(withBounds(withClauses(pieces, tokens), paragraph, tokens), paragraph),
        tokens,
        paragraph,
      ),
      tokens,
    ),
  };
}

/** `Los gastos, que en 2024 fueron …`: behind a comma `que` begins a clause and compares nothing. */
function withClauses(pieces: readonly Piece[], tokens: readonly Token[]): Piece[] {
  return pieces.map((piece, index) => {
    const before = pieces[index - 1];
    const isClause =
      piece.kind === "concept" &&
      piece.concept === "than" &&
      tokens[piece.from]!.plain === "que" &&
      before?.kind === "mark" &&
      before.text === ",";
    return isClause ? { ...piece, concept: "small" } : piece;
  });
}

function pieceAt(tokens: readonly Token[], words: readonly string[], at: number, language: Language): Piece {
  const token = tokens[at]!;
  const period = periodAt(tokens, at);
  if (period !== undefined && !isYearCount(tokens, words, at, period.last, language))
    return { kind: "period", period: period.period, from: at, to: period.last + 1 };
  const number = wordFigure(tokens, words, at, language) ?? digitsFigure(tokens, at, language);
  if (number !== undefined) return number;
  if (token.kind === "word") {
    // Without its accent it is the verb.
    if (token.text.toLowerCase() === "à") return { kind: "concept", concept: "to", from: at, to: at + 1 };
    // `konnte steigern` did; `könnte steigern` may.
    if (/^konnten?$/.test(token.text)) return { kind: "concept", concept: "small", from: at, to: at + 1 };
    const concept = conceptAt(words, at, language);
    if (concept !== undefined)
      return { kind: "concept", concept: concept.concept, from: at, to: at + concept.length };
    return { kind: "word", from: at, to: at + 1 };
  }
  return { kind: "mark", text: token.text, from: at, to: at + 1 };
}

/** `1998 orders` is a number, `in 1998` a year. */
function isYearCount(
  tokens: readonly Token[],
  words: readonly string[],
  at: number,
  last: number,
  language: Language,
): boolean {
  if (last !== at || tokens[at]!.kind !== "number") return false;
  const next = tokens[at + 1];
  if (next?.kind === "sign") return true;
  const isLed = at === 0 || conceptAt(words, at - 1, language) !== undefined;
  return !isLed && next?.kind === "word" && conceptAt(words, at + 1, language) === undefined;
}

function digitsFigure(tokens: readonly Token[], at: number, language: Language): Piece | undefined {
  let number = at;
  while (number < at + 3 && tokens[number]?.kind !== "number") number++;
  if (tokens[number]?.kind !== "number") return undefined;
  const found = numberAt(tokens, number, language);
  if (found === undefined || found.first !== at) return undefined;
  return { kind: "figure", figure: found.figure, from: found.first, to: found.last + 1 };
}

function wordFigure(
  tokens: readonly Token[],
  words: readonly string[],
  at: number,
  language: Language,
): Piece | undefined {
  const found = numberWordAt(words, at, language);
  if (found === undefined || tokens[at]!.kind !== "word") return undefined;
  const to = at + found.length;
  return {
    kind: "figure",
    from: at,
    to,
    figure: {
      start: tokens[at]!.start,
      end: tokens[to - 1]!.end,
      text: "",
      form: found.form,
      value: found.value,
      step: stepOf(found),
      roundedStep: stepOf(found),
      bound: "exact",
      scale: 1,
      decimalMark: ".",
      groupMark: "",
    },
  };
}

/** How closely words are meant: `half` is 47.5 to 52.5 %, `doubled` 1.9 to 2.1 times. */
function stepOf({ form, value }: NumberWord): number {
  if (form === "fraction") return 5;
  return form === "multiple" ? value * 0.1 : 1;
}

const bounds: ReadonlySet<string> = new Set(["about", "above", "below", "nearly", "at-least", "at-most"]);

/** Joins `about`, `more than` … with the figures that follow, and sets their texts. */
function withBounds(pieces: readonly Piece[], paragraph: string, tokens: readonly Token[]): Piece[] {
  const made: Piece[] = [];
  for (const piece of pieces) {
    if (piece.kind !== "figure") {
      made.push(piece);
      continue;
    }
    let bound: FigureBound = "exact";
    let { from } = piece;
    for (let before = made.at(-1); before?.kind === "concept"; before = made.at(-1)) {
      const isBound = bounds.has(before.concept);
      const isArticle =
        before.concept === "small" && isBoundPiece(made.at(-2)) && tokens[before.from]!.plain.length < 4;
      if (!isBound && !isArticle) break;
      if (isBound) bound = before.concept as FigureBound;
      from = before.from;
      made.pop();
    }
    const text = paragraph.slice(piece.figure.start, piece.figure.end);
    made.push({ ...piece, from, figure: { ...piece.figure, text, bound } });
  }
  return made;
}

function isBoundPiece(piece: Piece | undefined): boolean {
  return piece?.kind === "concept" && bounds.has(piece.concept);
}
