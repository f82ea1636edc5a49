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
import {
  cleanStart,
  isQuestion,
  isTableNote,
  isTotalRow,
  type Leaning,
  leaningOf,
  sentenceWorth,
  statesMatter,
} from "../rank/sentence-worth.ts";
import { stemsOf, wordCount } from "../rank/stems.ts";
import type { PassageReference } from "../types.ts";
import { findLeadIn } from "./find-lead-in.ts";
import { isFragment, listAround, listBelow, type SourceList } from "./source-list.ts";

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
  /** The list or table that it is an item of. */
  readonly list?: SourceList;
  /** The list below that it announces, and the place in the order where that list stands. */
  readonly leads?: { readonly list: SourceList; readonly order: number };
  /** Chosen together with all other items of its list. */
  readonly isWholeList?: true;
};

const longestPoint = 70;
const underDenial = 0.7;
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
  // What is left out comes behind what is in, unless all of the section is about that.
  const weight = findLeadIn(from, index)?.need === "always" ? underDenial : 1;
  const around = fromPassage * scorePassage(from, query, index);
  const texts = stretchesOf(from.passage.text, kind);
  if (!canStand(from, index)) return { candidates: [], count: texts.length };
  const list = listAround(from, index);
  const below = kind === "prose" && list === undefined ? listBelow(from, index) : undefined;
  const candidates: Candidate[] = [];
  let isPreviousUsable = false;
  for (const [at, text] of texts.entries()) {
    const leaning = leaningIn(text, kind);
    const stands: boolean =
      isComplete(text, kind) && (leaning === "no" || (leaning === "before" && isPreviousUsable));
    isPreviousUsable = stands;
    if (!stands) continue;
    const quote = kind === "speech" ? cleanStart(text) : text;
    const stems = new Set(stemsOf(quote));
    const own = scoreOf({ text: quote, stems, kind, from }, query, index);
    if (own === 0) isPreviousUsable = false;
    else
      candidates.push({
        from,
        kind,
        order: order + at,
        text: quote,
        words: wordCount(quote),
        stems,
        score: weight * (own + around),
        ...(list !== undefined && { list }),
        ...(below?.lead?.quote === text && { leads: { list: below, order: order + texts.length - 0.5 } }),
        ...(leaning === "before" && { leansOn: order + at - 1 }),
      });
  }
  return { candidates, count: texts.length };
}

/** Points say what they say by themselves, unless they point elsewhere. */
function leaningIn(text: string, kind: CandidateKind): Leaning {
  if (kind === "row") return "no";
  const isSpeech = kind === "speech";
  const leaning = leaningOf(isSpeech ? cleanStart(text) : text, isSpeech);
  return kind === "point" && leaning === "before" ? "no" : leaning;
}

/** Notes of a table and single lines (a heading, a name, a date on a cover) are no statements. */
function canStand(from: IndexedPassage, index: PassageIndex): boolean {
  const { passage } = from;
  if (isTableNote(passage)) return false;
  if (!isFragment(passage)) return true;
  const list = listAround(from, index);
  return list !== undefined && list.items.length > 1 && list.lead !== undefined;
}

/** Every item of a list, placed in the order around `order`; undefined where one of them can't be quoted. */
export function wholeList({ items }: SourceList, order: number): readonly Candidate[] | undefined {
  const texts = items.map(({ passage }) => passage.text.trim());
  if (texts.some((text) => /\[\[|\]\]/u.test(text) || !/[\p{L}\p{N}]/u.test(text))) return undefined;
  return items.map((from, at): Candidate => {
    const kind = from.passage.kind === "row" ? "row" : "point";
    const text = texts[at]!;
    return {
      from,
      kind,
      order: order + at / 1000,
      text,
      words: wordCount(text),
      stems: new Set(stemsOf(text)),
      score: 0,
      isWholeList: true,
    };
  });
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
  const isFitting = isAbout(query, { fit, form, stems, isSpeech: kind === "speech" }, index);
  if (agreement === 0 && !isFitting) return 0;
  // A footnote explains a word of the text it hangs on; alone it seldom says anything.
  const place = from.passage.kind === "note" ? 0.4 : isFragment(from.passage) ? 0.6 : 1;
  return place * worth * (fit + form + 0.6 * central + 1.5 * agreement);
}

/** Rows are for what nothing else says, such as a total. The names of columns are no row. */
function rowWorth({ passage, header, isHeader }: IndexedPassage, { topics }: PassageQuery): number {
  if (isHeader) return 0;
  if (isTotalRow(passage.text)) return topics.some(({ id }) => id === "costs") ? 1.2 : 0.5;
  return header === undefined ? 0.3 : 0.45;
}
