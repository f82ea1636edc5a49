import { findQuoteIn } from "../../../files/passages/find-quote-in.ts";
import type { Passage, SourceText } from "../../../files/passages/passage.ts";
import { wordCount } from "../../edit/check-form.ts";
import { splitSentences } from "../../edit/split-sentences.ts";
import { tokensOf } from "../../edit/text-tokens.ts";
import { stemOf } from "../../edit/word-stems.ts";
import { contentOverlap } from "../../minutes/words.ts";
import { isOrder } from "../is-order.ts";
import type { Citation, DraftSentence, Figure, SectionRequest } from "../types.ts";
import { checkSentence } from "./check-sentence.ts";
import type { AnswerSentence } from "./prompt.ts";

/** A passage under the id by which the model cites it; `text` is all of it, or a part of one that is long. */
export type CitedPassage = {
  readonly id: string;
  readonly source: SourceText;
  readonly passage: Passage;
  readonly text: string;
};

export type SettleOptions = {
  readonly passages: readonly CitedPassage[];
  readonly request: SectionRequest;
  /** Changes the wording by house rules before it is checked. Defaults to leaving it. */
  readonly restyle?: (text: string) => string;
};

export type Settled =
  | { readonly kind: "kept"; readonly sentence: DraftSentence }
  | { readonly kind: "refused"; readonly text: string; readonly reason: string };

const PLACEHOLDER = /\[\[(\w+)\]\]/gu;
/** Signs at a placeholder that would make another number of it, or of two numbers one. */
const CHANGED_FIGURE =
  /[\p{N}\p{Sc}\p{L}%‰+\-−–~≈<>*/^.,]\[\[|\]\](?:[\p{N}\p{Sc}\p{L}%‰*/^[]|[.,:]\p{N}|\s*(?:%|‰|per ?cent\b|percent\b|thousand\b|millions?\b|m(?:illi)?o\b|billions?\b|trillions?\b|bn\b|[kmb]\b|\p{Sc}))/iu;
const mostMissingWords = 15;
/** What a gap may be called besides the person's own words. */
const GAP_WORDS: ReadonlySet<string> = new Set(
  (
    "address amount budget contact cost date deadline detail duration end figure location name number owner percentage person phone " +
    "place price quantity rate reason result role schedule source start status time title total unit value year responsible missing exact"
  )
    .split(" ")
    .map(stemOf),
);

/**
 * What becomes of one sentence of a model's answer. Its quotes are put right from the passages themselves, so that a
 * citation is always the source's own words; then code compares the sentence with them.
 */
export function settleSentence(answer: AnswerSentence, options: SettleOptions): Settled {
  const { request, restyle } = options;
  const written = answer.text.replace(/\s+/gu, " ").trim();
  if (written === "") return refuse(written, "there is no text");
  if (answer.basis === "missing") return { kind: "kept", sentence: missingSentence(written, request) };
  const citations = answer.quotes.flatMap((quote) => settleQuote(quote, written, options.passages) ?? []);
  const figures = figuresIn(written, request.figures);
  const unknown = [...written.matchAll(PLACEHOLDER)].find(
    ([, id]) => !figures.some((each) => each.id === id),
  );
  if (unknown !== undefined) return refuse(written, `there is no figure ${unknown[0]}`);
  if (CHANGED_FIGURE.test(written)) return refuse(written, "signs beside a placeholder change its number");
  if (answer.basis === "source" && citations.length + figures.length === 0)
    return refuse(written, "the quoted words do not stand in the passage");
  const isVerbatim = citations.some(({ quote }) => quote === written);
  const text = isVerbatim || restyle === undefined ? written : restyle(written);
  const reasons = isVerbatim
    ? []
    : checkSentence(text, {
        quotes: citations.map((citation) => spokenQuote(citation, options.passages)),
        figures,
        said: saidBy(request),
      });
  if (reasons.length > 0) return refuse(written, reasons.join("; "));
  const basis = citations.length + figures.length > 0 ? "source" : "prompt";
  return { kind: "kept", sentence: { text, basis, citations, isVerbatim } };
}

function refuse(text: string, reason: string): Settled {
  return { kind: "refused", text, reason };
}

/** The person's own words on this section: the request, and the outline's where the person has seen it. */
export function saidBy({ prompt, outline, section }: SectionRequest): string {
  if (section.isPlanned === true) return prompt;
  return [prompt, outline.title, section.heading, section.purpose].join("\n");
}

/** What is missing is named in words that the person could have used; a model's fact does not come in this way either. */
function missingSentence(written: string, request: SectionRequest): DraftSentence {
  const what = written.replace(/^\[?to be supplied:?\s*|[\].]+$/giu, "").replace(/[[\]]/gu, "");
  const said = saidBy(request);
  const known = new Set(tokensOf(`${said} ${request.section.heading}`).map(({ key }) => key));
  const isSafe =
    wordCount(what) <= mostMissingWords &&
    tokensOf(what).every(
      ({ kind, key }) => kind === "function" || kind === "mark" || known.has(key) || GAP_WORDS.has(key),
    );
  const text = `[to be supplied: ${isSafe ? what : request.section.heading}]`;
  return { text, basis: "missing", citations: [], isVerbatim: false };
}

/**
 * The quote as the passage has it: to the letter where it stands there, otherwise the one sentence of the passage
 * that shares most words with the quote, or with the sentence that cites it. Undefined when none is near.
 */
function settleQuote(
  { passage: id, quote }: AnswerSentence["quotes"][number],
  written: string,
  passages: readonly CitedPassage[],
): Citation | undefined {
  const cited = passages.find((each) => each.id === id);
  if (cited === undefined) return undefined;
  // What a source tells its reader to write is no statement to rest on.
  if (isOrder(quote) || (isOrder(cited.passage.text) && splitSentences(cited.passage.text).length === 1))
    return undefined;
  const exact = quote.trim() === "" ? undefined : findQuoteIn(cited.passage, quote.trim());
  const own = exact ?? nearestSentence(cited.passage.text, quote.trim() === "" ? written : quote);
  return own === undefined || isOrder(own)
    ? undefined
    : { source: cited.source.name, passage: cited.passage.number, quote: own };
}

const LEAST_SHARED = 0.6;

function nearestSentence(passage: string, quote: string): string | undefined {
  const [best] = splitSentences(passage)
    .map(({ text }) => ({ text, shared: contentOverlap(quote, text) }))
    .toSorted((a, b) => b.shared - a.shared);
  return best !== undefined && best.shared >= LEAST_SHARED ? best.text : undefined;
}

function spokenQuote({ source, passage, quote }: Citation, passages: readonly CitedPassage[]): string {
  const cited = passages.find((each) => each.source.name === source && each.passage.number === passage);
  const speaker = cited?.passage.place.speaker;
  return speaker === undefined ? quote : `${speaker}: ${quote}`;
}

function figuresIn(text: string, figures: readonly Figure[]): readonly Figure[] {
  return figures.filter(({ id }) => text.includes(`[[${id}]]`));
}
