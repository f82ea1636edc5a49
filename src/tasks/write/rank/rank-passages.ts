import type { Passage, SourceText } from "../../../files/passages/passage.ts";
import { splitSentences } from "../../edit/split-sentences.ts";
import type { PassageReference, Sources } from "../types.ts";
import { type IndexedPassage, indexPassages, keyOf, type PassageIndex } from "./passage-index.ts";
import {
  centralityOf,
  fitOf,
  hasForm,
  headingAgreement,
  lacksForm,
  type PassageQuery,
  type QueryWords,
  queryOf,
} from "./passage-query.ts";
import { cleanStart, isTableNote, isTotalRow, sentenceWorth } from "./sentence-worth.ts";
import { wordCount } from "./stems.ts";

export type RankedPassage = {
  readonly reference: PassageReference;
  readonly source: SourceText;
  readonly passage: Passage;
  /** Comparable between passages of one query; higher is better, always above 0. */
  readonly score: number;
};

export type RankPassagesOptions = {
  /** Most passages to give back. Defaults to all that fit. */
  readonly limit?: number;
  /** Passages that are left out. */
  readonly without?: readonly PassageReference[];
};

/**
 * The passages that fit a heading and its purpose, best first: ranked by their words and those of the headings above
 * them, statements before questions and small talk, and of passages that say the same only the first. Headings
 * themselves are left out: they come with the passages below them.
 */
export function rankPassages(
  query: QueryWords,
  sources: Sources,
  options: RankPassagesOptions = {},
): readonly RankedPassage[] {
  const index = indexPassages(sources);
  const wanted = queryOf(query);
  const left = new Set((options.without ?? []).map(keyOf));
  const ranked = index.passages
    .filter(({ reference }) => !left.has(keyOf(reference)))
    .map((each) => ({ each, score: scorePassage(each, wanted, index) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const seen = new Set<string>();
  const kept: RankedPassage[] = [];
  for (const { each, score } of ranked) {
    const said = each.passage.text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, " ");
    if (seen.has(said)) continue;
    seen.add(said);
    kept.push({ reference: each.reference, source: each.source, passage: each.passage, score });
    if (kept.length >= (options.limit ?? Number.POSITIVE_INFINITY)) break;
  }
  return kept;
}

/** How well one passage serves a query; 0 where it does not. */
export function scorePassage(each: IndexedPassage, query: PassageQuery, index: PassageIndex): number {
  const { passage, counts, length } = each;
  if (passage.kind === "heading") return 0;
  const worth = passageWorth(each);
  if (worth === 0) return 0;
  const central = centralityOf(counts.keys(), length, index);
  const agreement = headingAgreement(query, passage.headings);
  if (query.isSummary)
    return worth * central * (passage.kind === "paragraph" ? 1.2 : 1) * (1 + Math.max(0, agreement));
  const fit = fitOf(query, each, index);
  if (passage.kind === "cue" && lacksForm(query, passage.text)) return 0;
  if (fit === 0 && agreement <= 0) return 0;
  const form = hasForm(query, passage.text) ? 1.2 : 0;
  return worth * (fit + form + 0.5 * central) * (1 + 0.8 * agreement) + worth * 3 * Math.max(0, agreement);
}

type Worth = { readonly best: number; readonly usable: number };
const worths = new WeakMap<Passage, Worth>();
/** From this worth on a sentence is likely to be quoted. */
const likely = 0.3;
const kindWorth: Readonly<Record<Passage["kind"], number>> = {
  heading: 0,
  paragraph: 1,
  "list-item": 0.95,
  cue: 0.9,
  row: 0.6,
  note: 0.5,
  caption: 0.3,
};

/** How many words of a passage a document may be made from: those of its sentences that are worth quoting. */
export function usableWords(passage: Passage): number {
  return worthOf(passage).usable;
}

/** The worth of the best sentence in it, less for the kinds of passage that seldom make a sentence of a document. */
function passageWorth({ passage }: IndexedPassage): number {
  if (passage.kind === "row" && isTotalRow(passage.text)) return 1;
  return worthOf(passage).best * kindWorth[passage.kind];
}

function worthOf(passage: Passage): Worth {
  const known = worths.get(passage);
  if (known !== undefined) return known;
  let worth: Worth = { best: 0, usable: 0 };
  const isSpeech = passage.kind === "cue";
  const sentences = isTableNote(passage) ? [] : splitSentences(passage.text);
  for (const { text } of sentences) {
    const own = sentenceWorth(isSpeech ? cleanStart(text.trim()) : text, isSpeech);
    worth = {
      best: Math.max(worth.best, own),
      usable: worth.usable + (own >= likely ? wordCount(text) : 0),
    };
  }
  worths.set(passage, worth);
  return worth;
}
