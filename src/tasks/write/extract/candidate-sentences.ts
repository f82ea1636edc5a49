import { splitSentences } from "../../edit/split-sentences.ts";
import type { IndexedPassage, PassageIndex } from "../rank/passage-index.ts";
import {
  centralityOf,
  fitOf,
  hasForm,
  headingAgreement,
  isAbout,
  lacksForm,
  type PassageQuery,
} from "../rank/passage-query.ts";
import { scorePassage } from "../rank/rank-passages.ts";
import { isQuestion, isTotalRow, leaningOf, sentenceWorth, statesMatter } from "../rank/sentence-worth.ts";
import { stemsOf, wordCount } from "../rank/stems.ts";
import type { PassageReference } from "../types.ts";
import { isFragment } from "./find-lead-in.ts";

/** How a candidate is set: running text, a point of a list, a row of a table, words of a speaker. */
export type CandidateKind = "prose" | "point" | "row" | "speech";

/** A stretch of a passage, to the letter, that a section may quote. */
export type Candidate = {
  readonly from: IndexedPassage;
  readonly kind: CandidateKind;
  /** Place among all candidates in reading order. */
  readonly order: number;
  readonly text: string;
  readonly words: number;
  readonly stems: ReadonlySet<string>;
  /** How well it serves the section, above 0. */
  readonly score: number;
  /** Order of the candidate before it in the same passage, which it can't be understood without. */
  readonly leansOn?: number;
};

const longestPoint = 70;
/** Of a sentence's score, what its passage gives: words around it say what it is about. */
const fromPassage = 0.35;

/** The sentences of passages that can stand in a document, scored for a section, in reading order. */
export function candidateSentences(
  uses: readonly PassageReference[],
  query: PassageQuery,
  index: PassageIndex,
): readonly Candidate[] {
  const candidates: Candidate[] = [];
  let order = 0;
  for (const reference of uses) {
    const found = index.at(reference);
    if (found === undefined || found.passage.kind === "heading") continue;
    const stretches = readPassage(found, query, index, order);
    candidates.push(...stretches.candidates);
    order += stretches.count;
  }
  return candidates;
}

function readPassage(
  from: IndexedPassage,
  query: PassageQuery,
  index: PassageIndex,
  order: number,
): { readonly candidates: readonly Candidate[]; readonly count: number } {
  const kind = kindOf(from);
  const around = fromPassage * scorePassage(from, query, index);
  const texts = stretchesOf(from.passage.text, kind);
  const candidates: Candidate[] = [];
  let isPreviousUsable = false;
  for (const [at, text] of texts.entries()) {
    const leaning = kind === "prose" || kind === "speech" ? leaningOf(text, kind === "speech") : "no";
    const stands: boolean =
      isComplete(text, kind) && (leaning === "no" || (leaning === "before" && isPreviousUsable));
    isPreviousUsable = stands;
    if (!stands) continue;
    const stems = new Set(stemsOf(text));
    const own = scoreOf({ text, stems, kind, from }, query, index);
    if (own === 0) isPreviousUsable = false;
    else
      candidates.push({
        from,
        kind,
        order: order + at,
        text,
        words: wordCount(text),
        stems,
        score: own + around,
        ...(leaning === "before" && { leansOn: order + at - 1 }),
      });
  }
  return { candidates, count: texts.length };
}

function kindOf({ passage }: IndexedPassage): CandidateKind {
  if (passage.kind === "cue") return "speech";
  if (passage.kind === "row") return "row";
  if (isFragment(passage)) return "point";
  return passage.kind === "list-item" && wordCount(passage.text) <= longestPoint ? "point" : "prose";
}

function stretchesOf(text: string, kind: CandidateKind): readonly string[] {
  if (kind === "row" || kind === "point") return [text.trim()];
  return splitSentences(text)
    .map((sentence) => sentence.text.trim())
    .filter((sentence) => sentence !== "");
}

/** A whole statement: begins and ends like one. Points of a list and rows need neither. */
function isComplete(text: string, kind: CandidateKind): boolean {
  if (/:$|\[\[|\]\]/u.test(text) || isQuestion(text)) return false;
  if (kind === "row")
    return /\p{L}/u.test(text) && text.split("|").filter((cell) => /\S/u.test(cell)).length >= 2;
  if (kind === "point") return wordCount(text) >= 3;
  const ends = /[.!…]["”»’')\]]*$/u.test(text);
  return ends && /^["“„«('[]?[\p{Lu}\p{N}]/u.test(text) && !isCutOff(text);
}

function isCutOff(text: string): boolean {
  return /(?:[—–-]\.|\b(?:and|or|but|the|a|of|to|so)\s*[.…]+)$/iu.test(text);
}

type Stretch = Pick<Candidate, "text" | "stems" | "kind" | "from">;

function scoreOf({ text, stems, kind, from }: Stretch, query: PassageQuery, index: PassageIndex): number {
  const worth = kind === "row" ? rowWorth(from, query) : sentenceWorth(text, kind === "speech");
  const central = centralityOf(stems, stems.size, index);
  const agreement = Math.max(0, headingAgreement(query, from.passage.headings));
  if (query.isSummary) return 2 * worth * central * (statesMatter(text) ? 1.6 : 1) * (1 + agreement);
  // A row means what its columns are called.
  const counts = kind === "row" ? from.counts : new Map([...stems].map((stem) => [stem, 1]));
  const fit = fitOf(query, { counts, length: stems.size }, index);
  if (kind === "speech" && lacksForm(query, text)) return 0;
  const form = hasForm(query, text) ? 1.2 : 0;
  if (agreement === 0 && !isAbout(query, { fit, form, isSpeech: kind === "speech" }, index)) return 0;
  // A footnote explains a word of the text it hangs on; alone it seldom says anything.
  const place = from.passage.kind === "note" ? 0.4 : isFragment(from.passage) ? 0.6 : 1;
  return place * worth * (fit + form + 0.6 * central + 1.5 * agreement);
}

/** Rows read badly one by one: they are for what nothing else says, such as a total. The names of columns are no row. */
function rowWorth({ passage, header, isHeader }: IndexedPassage, { topics }: PassageQuery): number {
  if (isHeader) return 0;
  if (isTotalRow(passage.text)) return topics.some(({ id }) => id === "costs") ? 1.2 : 0.5;
  return header === undefined ? 0.3 : 0.45;
}
