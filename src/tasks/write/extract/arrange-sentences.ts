import type { IndexedPassage, PassageIndex } from "../rank/passage-index.ts";
import { stemsOf, wordCount } from "../rank/stems.ts";
import type { Citation, DraftBlock, DraftSentence } from "../types.ts";
import type { Candidate } from "./candidate-sentences.ts";
import { overlap } from "./choose-sentences.ts";
import { findLeadIn } from "./find-lead-in.ts";
import { rowText } from "./row-text.ts";

/** A paragraph gets no longer than this many words. */
const longestParagraph = 110;
/** What somebody said is quoted in pieces no longer than this. */
const longestSpeech = 60;

/**
 * Chosen sentences as blocks in reading order: prose of one source as paragraphs, points and rows as list items, and
 * what people said as list items with the speaker's name. Neighbours in one passage stay one quote, and points keep the
 * line that leads into them where they would say something else without it.
 */
export function arrangeSentences(
  chosen: readonly Candidate[],
  { heading, index }: { readonly heading: string; readonly index: PassageIndex },
): readonly DraftBlock[] {
  const blocks: DraftBlock[] = [];
  const paragraph = openParagraph(blocks);
  let leadIn: string | undefined;
  for (const { candidate, quote } of joinNeighbours(chosen)) {
    const lead = findLeadIn(candidate.from, index);
    if (lead !== undefined && lead.quote !== leadIn) {
      const isSaid =
        lead.need === "always"
          ? lead.quote.toLowerCase() === heading.toLowerCase()
          : saysTheSame(lead.quote, heading);
      if (!isSaid && (lead.need !== "between" || leadIn !== undefined)) {
        paragraph.close();
        blocks.push({ kind: "paragraph", sentences: [citing(lead.quote, [lead])] });
        leadIn = lead.quote;
      } else if (leadIn !== undefined) leadIn = lead.quote;
    }
    const sentence = quoted(candidate, quote);
    if (candidate.kind === "prose") paragraph.add(sentence, candidate);
    else {
      paragraph.close();
      blocks.push({ kind: "list-item", ordered: false, sentences: [sentence] });
    }
  }
  paragraph.close();
  return blocks;
}

type OpenParagraph = {
  readonly add: (sentence: DraftSentence, candidate: Candidate) => void;
  readonly close: () => void;
};

/** Gathers sentences of one source under one heading, and puts them into `blocks` when something else comes. */
function openParagraph(blocks: DraftBlock[]): OpenParagraph {
  let sentences: DraftSentence[] = [];
  let [words, place] = [0, ""];
  const close = (): void => {
    if (sentences.length > 0) blocks.push({ kind: "paragraph", sentences });
    sentences = [];
    words = 0;
  };
  return {
    close,
    add: (sentence, { from, words: length }) => {
      const here = `${from.source.name}\n${from.passage.headings.join("\n")}`;
      if (here !== place || words + length > longestParagraph) close();
      sentences.push(sentence);
      words += length;
      place = here;
    },
  };
}

function saysTheSame(a: string, b: string): boolean {
  return overlap(new Set(stemsOf(a)), new Set(stemsOf(b))) > 0.5;
}

type Group = { readonly candidate: Candidate; readonly quote: string };

/** What one person said in one breath is quoted in one piece; sentences of prose keep their own notes. */
function joinNeighbours(chosen: readonly Candidate[]): readonly Group[] {
  const groups: (Group & { readonly last: number })[] = [];
  for (const candidate of chosen) {
    const before = groups.at(-1);
    const joined = before === undefined ? undefined : joinedQuote(before, candidate);
    if (before === undefined || joined === undefined)
      groups.push({ candidate, quote: candidate.text, last: candidate.order });
    else groups[groups.length - 1] = { ...before, quote: joined, last: candidate.order };
  }
  return groups;
}

/** The passage from the beginning of the one to the end of the other, to the letter. */
function joinedQuote(before: Group & { readonly last: number }, next: Candidate): string | undefined {
  const { from } = next;
  if (next.kind !== "speech" || next.order !== before.last + 1 || before.candidate.from !== from)
    return undefined;
  if (wordCount(before.quote) + next.words > longestSpeech) return undefined;
  const { text } = from.passage;
  const start = text.indexOf(before.quote);
  const end = text.indexOf(next.text, start + before.quote.length);
  return start < 0 || end < 0 ? undefined : text.slice(start, end + next.text.length);
}

function quoted({ from, kind }: Candidate, quote: string): DraftSentence {
  const { speaker } = from.passage.place;
  const own: Citation = { ...from.reference, quote };
  if (kind === "speech" && speaker !== undefined) return citing(`${speaker}: “${quote}”`, [own]);
  if (kind !== "row") return citing(quote, [own]);
  const header = headerOf(from);
  return citing(rowText(quote, header?.quote), header === undefined ? [own] : [own, header]);
}

function headerOf({ header, source }: IndexedPassage): Citation | undefined {
  return header && { source: source.name, passage: header.number, quote: header.text };
}

function citing(text: string, citations: readonly Citation[]): DraftSentence {
  return {
    text,
    basis: "source",
    citations: citations.map(({ source, passage, quote }) => ({ source, passage, quote })),
    isVerbatim: true,
  };
}
