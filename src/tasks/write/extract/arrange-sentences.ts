import type { IndexedPassage, PassageIndex } from "../rank/passage-index.ts";
import { stemsOf, wordCount } from "../rank/stems.ts";
import type { Citation, DraftBlock, DraftSentence } from "../types.ts";
import type { Candidate } from "./candidate-sentences.ts";
import { overlap } from "./choose-sentences.ts";
import { findLeadIn, turnsMeaning } from "./find-lead-in.ts";
import { rowText } from "./row-text.ts";
import { listAround, type SourceList } from "./source-list.ts";

/** A paragraph gets no longer than this many words. */
const longestParagraph = 110;
/** What somebody said is quoted in pieces no longer than this. */
const longestSpeech = 60;

export type ArrangeOptions = {
  readonly heading: string;
  readonly index: PassageIndex;
  /** Texts of the sentences that stand in the document already. */
  readonly said: ReadonlySet<string>;
};

/**
 * Chosen sentences as blocks in reading order: prose of one source as paragraphs, points as list items, rows of one
 * table as a table, and what people said as list items with the speaker's name. Neighbours in one passage stay one
 * quote. The line that announces a list stands above it where the list is whole, and a heading of the source where the
 * points would say something else without it.
 */
export function arrangeSentences(
  chosen: readonly Candidate[],
  { heading, index, said }: ArrangeOptions,
): readonly DraftBlock[] {
  const blocks: DraftBlock[] = [];
  const paragraph = openParagraph(blocks);
  const groups = joinNeighbours(chosen);
  const leads = leadsAbove(groups, { heading, index, said });
  for (const [at, { candidate, quote }] of groups.entries()) {
    for (const lead of leads[at]!) {
      paragraph.close();
      blocks.push({ kind: "paragraph", sentences: [citing(lead.quote, [lead])] });
    }
    const sentence = quoted(candidate, quote);
    if (candidate.kind === "prose") {
      paragraph.add(sentence, candidate);
      continue;
    }
    paragraph.close();
    const last = blocks.at(-1);
    const before = groups[at - 1]?.candidate;
    const goesOn = before !== undefined && leads[at]!.length === 0 && isSameTable(before, candidate);
    if (candidate.kind !== "row") blocks.push({ kind: "list-item", ordered: false, sentences: [sentence] });
    else if (last?.kind === "rows" && goesOn)
      blocks[blocks.length - 1] = { ...last, sentences: [...last.sentences, sentence] };
    else blocks.push({ kind: "rows", sentences: [sentence] });
  }
  paragraph.close();
  return blocks;
}

function isSameTable(a: Candidate, b: Candidate): boolean {
  return (
    a.kind === "row" &&
    b.kind === "row" &&
    a.from.source === b.from.source &&
    a.from.header?.number === b.from.header?.number &&
    (a.from.header !== undefined || a.from.passage.number + 1 === b.from.passage.number)
  );
}

/** The lines to set above each group, beside the groups. */
function leadsAbove(
  groups: readonly Group[],
  { heading, index, said }: ArrangeOptions,
): readonly (readonly Citation[])[] {
  const headings = groups.map(({ candidate }) => findLeadIn(candidate.from, index));
  const isPoint = (at: number): boolean => groups[at]!.candidate.kind !== "prose";
  const count = (quote: string): number =>
    headings.filter((lead, at) => lead?.quote === quote && isPoint(at)).length;
  let above: string | undefined;
  let list: SourceList | undefined;
  return groups.map(({ candidate }, at) => {
    const lines: Citation[] = [];
    const lead = headings[at];
    if (lead !== undefined && lead.quote !== above) {
      const isSaid =
        lead.need === "always"
          ? lead.quote.toLowerCase() === heading.toLowerCase()
          : saysTheSame(lead.quote, heading);
      const isWanted =
        lead.need !== "between" || (above !== undefined && count(lead.quote) > 1 && !said.has(lead.quote));
      if (!isSaid && isWanted) {
        lines.push(lead);
        above = lead.quote;
      } else if (above !== undefined) above = lead.quote;
    }
    const own = candidate.isWholeList ? listAround(candidate.from, index) : undefined;
    if (own?.lead !== undefined && own !== list && announces(own, own.lead.quote, said)) lines.push(own.lead);
    list = own;
    return lines;
  });
}

/** A line that announces points stands once in a document, and not above a single point that means the same alone. */
function announces({ items }: SourceList, quote: string, said: ReadonlySet<string>): boolean {
  return turnsMeaning(quote) || (items.length > 1 && !said.has(quote));
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
  if (start < 0 || end < 0) return undefined;
  // Words in between were left out for a reason: an `um`.
  const between = text.slice(start + before.quote.length, end);
  return /\p{L}/u.test(between) ? undefined : text.slice(start, end + next.text.length);
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
