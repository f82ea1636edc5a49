import type { Passage } from "../../files/passages/passage.ts";
import { type Language, languageOf } from "../edit/language-of.ts";
import type { Token } from "../edit/text-tokens.ts";
import { missingSentence } from "./extract/extract-section.ts";
import { rowText } from "./extract/row-text.ts";
import { wordCount } from "./rank/stems.ts";
import type {
  Citation,
  Draft,
  DraftBlock,
  DraftSection,
  DraftSentence,
  Outline,
  OutlineSection,
  Sources,
} from "./types.ts";
import { bareOf, doubtfulTokens, factsOf, type KnownFacts, tokenOverlap } from "./verify-facts.ts";

export type VerifyDraftOptions = {
  /** What the person asked for. */
  readonly prompt: string;
  readonly sources: Sources;
};

/**
 * The last gate before the document, for every draft whoever wrote it: quotes stand in their passages to the letter;
 * names, numbers and dates of a sentence stand in its own quotes (names also in the person's words); what the person is
 * said to have said, the person said; placeholders are figures and tables of the section. A sentence that fails becomes
 * `[to be supplied: …]`, with the reason in `refused`.
 */
export function verifyDraft(draft: Draft, options: VerifyDraftOptions): Draft {
  const context = verification(draft.outline, options);
  return { ...draft, sections: draft.sections.map((section) => verifySection(section, context)) };
}

/** The same for one section. */
export function verifyDraftSection(
  section: DraftSection,
  { outline, ...options }: VerifyDraftOptions & { readonly outline: Outline },
): DraftSection {
  return verifySection(section, verification(outline, options));
}

type Verification = {
  readonly prompt: string;
  readonly title: string;
  readonly passages: ReadonlyMap<string, ReadonlyMap<number, Passage>>;
  readonly known: KnownFacts;
};

const verifications = new WeakMap<Sources, Pick<Verification, "passages" | "known">>();

function verification({ title }: Outline, { prompt, sources }: VerifyDraftOptions): Verification {
  let shared = verifications.get(sources);
  if (shared === undefined) {
    const passages = new Map(
      sources.texts.map(({ name, passages: all }) => [name, new Map(all.map((each) => [each.number, each]))]),
    );
    shared = { passages, known: factsOf(sources) };
    verifications.set(sources, shared);
  }
  return { prompt, title, ...shared };
}

function verifySection(draft: DraftSection, context: Verification): DraftSection {
  const refused = [...draft.refused];
  const blocks = draft.blocks.flatMap((block): readonly DraftBlock[] => {
    if (block.kind === "table") {
      if (draft.tables.some(({ id }) => id === block.table)) return [block];
      refused.push({ text: `table ${block.table}`, reason: "the section has no such table" });
      return [];
    }
    const sentences = block.sentences.map((sentence) => {
      const reason = objectionTo(sentence, draft, context);
      if (reason === undefined) return sentence;
      refused.push({ text: sentence.text, reason });
      return missingSentence(draft.section.heading);
    });
    return [{ ...block, sentences }];
  });
  return { ...draft, blocks: withoutRepeatedGaps(blocks), refused };
}

/** One mark says that something is missing here; a second one beside it says nothing more. */
function withoutRepeatedGaps(blocks: readonly DraftBlock[]): readonly DraftBlock[] {
  let last = "";
  return blocks.flatMap((block): readonly DraftBlock[] => {
    if (block.kind === "table") return [block];
    const sentences = block.sentences.filter(({ basis, text }) => {
      const isRepeated = basis === "missing" && text === last;
      if (basis === "missing") last = text;
      return !isRepeated;
    });
    return sentences.length === 0 ? [] : [{ ...block, sentences }];
  });
}

function objectionTo(
  sentence: DraftSentence,
  draft: DraftSection,
  context: Verification,
): string | undefined {
  const { text, basis } = sentence;
  if (text.trim() === "") return "there is no text";
  if (/[\p{Cc}\u2028\u2029]/u.test(text)) return "it holds a line break or a control character";
  const placeholder = unknownPlaceholder(text, draft);
  if (placeholder !== undefined) return `there is no ${placeholder} in this section`;
  if (basis === "missing") return missingObjection(sentence, draft.section, context);
  if (basis === "prompt") return promptObjection(sentence, draft.section, context);
  return sourceObjection(sentence, draft, context);
}

function unknownPlaceholder(text: string, { figures, tables }: DraftSection): string | undefined {
  const ids = new Set([...figures, ...tables].map(({ id }) => id));
  const unknown = [...text.matchAll(/\[\[([^\]]*)\]\]/gu)].find(([, id]) => !ids.has(id ?? ""));
  if (unknown !== undefined) return unknown[0];
  const stray = text.replace(/\[\[[^\]]*\]\]/gu, "");
  return stray.includes("[[") || stray.includes("]]") ? "[[…]]" : undefined;
}

/** What is missing may be named in the person's words, not in new ones: a gap could smuggle in a fact. */
function missingObjection(
  { text, citations }: DraftSentence,
  section: OutlineSection,
  context: Verification,
): string | undefined {
  const match = /^\[to be supplied(?:: ([^[\]]+))?\]$/u.exec(text);
  if (match === null) return "a gap is written [to be supplied: …]";
  if (citations.length > 0) return "a gap has no source";
  const what = match[1] ?? "";
  if (wordCount(what) > 40) return "a gap is named in a few words";
  const said = `${saidBy(section, context)}.\n${section.heading}`;
  return factObjection(what, said, said, context);
}

function promptObjection(
  { text, citations }: DraftSentence,
  section: OutlineSection,
  context: Verification,
): string | undefined {
  if (citations.length > 0) return "it names a source, but is said to be the person's own words";
  const said = saidBy(section, context);
  const facts = factObjection(text, said, said, context);
  if (facts !== undefined) return facts;
  return tokenOverlap(bareOf(text), said) < 0.6 ? "the person did not say that" : undefined;
}

function sourceObjection(
  sentence: DraftSentence,
  draft: DraftSection,
  context: Verification,
): string | undefined {
  const { text, citations, isVerbatim } = sentence;
  for (const citation of citations) {
    const reason = quoteObjection(citation, context);
    if (reason !== undefined) return reason;
  }
  const figures = draft.figures.filter(({ id }) => text.includes(`[[${id}]]`));
  const tables = draft.tables.filter(({ id }) => text.includes(`[[${id}]]`));
  if (citations.length + figures.length + tables.length === 0) return "it names no source";
  // Double brackets of a source would be filled like our own.
  if (isVerbatim && text.includes("[[")) return "it holds double brackets";
  if (isVerbatim)
    return isToTheLetter(text, citations, context) ? undefined : "it is not the source's own words";
  const speakers = citations.map((citation) => passageOf(citation, context)?.place.speaker ?? "");
  const own = [
    ...citations.map(({ quote }) => quote),
    ...speakers,
    ...figures.map(({ name }) => name),
    ...tables.map(({ caption }) => caption),
  ].join(". ");
  const said = saidBy(draft.section, context);
  const facts = factObjection(text, own, `${own}. ${said}`, context);
  if (facts !== undefined || citations.length > 0) return facts;
  // Beside a figure alone there is nothing that could carry a further claim.
  return tokenOverlap(
    bareOf(text),
    `${own}. ${said}. is are was were amounts comes total value table shows see`,
  ) < 0.7
    ? "its words rest on nothing but a number"
    : undefined;
}

function quoteObjection(citation: Citation, context: Verification): string | undefined {
  const passage = passageOf(citation, context);
  if (passage === undefined) return `${citation.source} has no passage ${citation.passage}`;
  if (!/\p{L}|\p{N}/u.test(citation.quote)) return "its quote is empty";
  return standsIn(citation.quote, passage.text) ? undefined : "its quote does not stand in the source";
}

/** To the letter, and no word or number of the source is cut. */
function standsIn(quote: string, text: string): boolean {
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    const around = `${text.slice(0, at).slice(-2)}\n${text.slice(at + quote.length, at + quote.length + 2)}`;
    const cutsFront = /[\p{L}\p{N}]\n/u.test(around) && /^[\p{L}\p{N}]/u.test(quote);
    const cutsBack = /\n[\p{L}\p{N}]/u.test(around) && /[\p{L}\p{N}]$/u.test(quote);
    const cutsNumber = /\d[.,]?\n/u.test(around) && /^[.,]?\d/u.test(quote);
    const cutsNumberBack = /\n[.,]?\d/u.test(around) && /\d[.,]?$/u.test(quote);
    if (!cutsFront && !cutsBack && !cutsNumber && !cutsNumberBack) return true;
  }
  return false;
}

function passageOf({ source, passage }: Citation, { passages }: Verification): Passage | undefined {
  return passages.get(source)?.get(passage);
}

/** The quote itself, the quote with its speaker, or a row of a table as a line of text. */
function isToTheLetter(text: string, citations: readonly Citation[], context: Verification): boolean {
  const [first, second] = citations;
  if (first === undefined) return false;
  const passage = passageOf(first, context);
  const { speaker } = passage?.place ?? {};
  if (citations.some(({ quote }) => quote === text)) return true;
  if (speaker !== undefined && text === `${speaker}: “${first.quote}”`) return true;
  if (passage?.kind !== "row" || first.quote !== passage.text) return false;
  const isHeader = second?.source === first.source && second.passage === passage.header;
  return text === rowText(first.quote, isHeader ? second?.quote : undefined);
}

/** The person's own words on a section; what the outline asks of workbooks is among them. */
function saidBy(
  { heading, purpose, figures, tables, isPlanned }: OutlineSection,
  { prompt, title }: Verification,
): string {
  const asked = [...figures.map(({ name }) => name), ...tables.map(({ caption, range }) => caption ?? range)];
  const outline = isPlanned === true ? [] : [title, heading, purpose];
  return [prompt, ...outline, ...asked].join(".\n");
}

/** Numbers have to stand in `numbers`, names and dates in `names`. */
function factObjection(
  text: string,
  numbers: string,
  names: string,
  { known }: Verification,
): string | undefined {
  const language: Language = languageOf(names);
  const doubtful = doubtfulTokens({ text: bareOf(text), numbers, names, known, language });
  return doubtful.length === 0
    ? undefined
    : `its sources do not say ${doubtful.map((token: Token) => token.text).join(", ")}`;
}
