import { generateJson, type LanguageModel } from "../../../models/index.ts";
import { checkFacts } from "../../edit/check-facts.ts";
import { languageOf } from "../../edit/language-of.ts";
import { tokensOf } from "../../edit/text-tokens.ts";
import { isFunctionWord, stemOf } from "../../edit/word-stems.ts";
import { DOCUMENT_KINDS, usualSections } from "../outline/document-kinds.ts";
import type { Sources } from "../types.ts";
import { type OutlineAnswer, outlineMessages, outlineSchema } from "./prompt.ts";

export type PlanOutlineRequest = {
  readonly prompt: string;
  readonly sources: Sources;
  /** BCP 47. */
  readonly language: string;
  /** Of the whole document. */
  readonly words: number;
  /** Headings of a document whose structure is wanted. Defaults to none. */
  readonly like?: readonly string[];
  readonly signal?: AbortSignal;
};

/** Headings, purposes and lengths in order; code decides which passages, tables and figures serve which. */
export type OutlineProposal = OutlineAnswer;

const WORD = /\p{L}[\p{L}\p{N}]*/gu;
// What people call parts of documents, besides the usual headings of each kind.
const HEADING_WORDS: ReadonlySet<string> = new Set(
  (
    "abstract action addition agreement alternative analysis annex answer appendix approach appraisal area argument aspect assessment " +
    "assumption author background basis benefit budget case cause challenge change choice circumstance comment communication comparison " +
    "conclusion condition consequence consideration constraint contact contents context contribution control cost criteria current data " +
    "date decision definition deliverable demand dependency description design detail development difference discussion effect effort " +
    "evaluation evidence example executive expectation experience explanation fact feature feedback figure finance financial finding " +
    "framework function further future general glossary goal governance history impact implementation implication improvement " +
    "information initial insight introduction issue item key lesson limit limitation main management market matter measure meeting method " +
    "milestone monitoring motivation need next note objective observation operation opinion opportunity option organisation organization " +
    "outcome outlook overall overview part participant people performance period perspective plan point policy position possible " +
    "practice present preparation price principle problem procedure process product progress project proposal purpose quality question " +
    "rationale reaction reason recommendation reference report request requirement research resource response responsibility result " +
    "review risk role schedule scope section service setting situation solution source stage stakeholder standard statement status step " +
    "strategy strength structure study subject suggestion summary support system table target task team technical term theme timeline " +
    "topic trend update use user value view weakness work"
  )
    .split(" ")
    .map(stemOf),
);
const sourcesShare = 0.4;
const longestAnswer = 2_500;
/** Characters of a source that show what it is about where it has no headings. */
const excerpt = 120;

/**
 * Asks a model for the outline of a document. Headings and purposes that bring in a name or a number of their own
 * are left out; a title that does is empty. Rejects with a `ModelError` when no answer could be used.
 */
export async function planOutlineWithModel(
  request: PlanOutlineRequest,
  model: LanguageModel,
): Promise<OutlineProposal> {
  const { prompt, language, words, like = [], signal } = request;
  const sources = await fittingLines(sourceLines(request.sources), model);
  const answer = await generateJson<OutlineAnswer>(model, {
    messages: outlineMessages({
      prompt,
      language,
      words,
      like,
      sources,
      marker: crypto.randomUUID().slice(0, 8),
    }),
    schema: outlineSchema,
    maxTokens: Math.min(longestAnswer, Math.floor(model.contextTokens * 0.4)),
    ...(signal !== undefined && { signal }),
  });
  const known = [prompt, ...like, ...sources].join("\n");
  const vocabulary = knownWords([prompt, ...like], request.sources);
  const isInvented = (text: string): boolean => bringsInFacts(text, known) || bringsInNames(text, vocabulary);
  return {
    title: isInvented(answer.title) ? "" : bareLine(answer.title),
    sections: answer.sections
      .map((section) => ({ ...section, heading: bareLine(section.heading).replace(/^[\d.]+\s+/u, "") }))
      .filter(({ heading }) => heading !== "" && !isInvented(heading))
      .map((section) => ({
        ...section,
        purpose: bringsInFacts(section.purpose, known) ? section.heading : oneLine(section.purpose),
      })),
  };
}

/** A line a source, with its headings, so that a model sees what there is in few tokens. */
function sourceLines({ texts, workbooks }: Sources): readonly string[] {
  return [
    ...texts.map(({ name, passages }) => {
      const headings = passages.filter(({ kind }) => kind === "heading").map(({ text }) => text);
      const shown =
        headings.length > 0 ? headings : passages.slice(0, 3).map(({ text }) => text.slice(0, excerpt));
      return `${name}: ${shown.join(" / ")}`;
    }),
    ...workbooks.flatMap(({ name, tables }) =>
      tables.map(
        (table) => `${name}, table ${table.name}: ${table.columns.map((each) => each.name).join(", ")}`,
      ),
    ),
  ];
}

/** All lines, cut alike when they are more than the model has room for. */
async function fittingLines(lines: readonly string[], model: LanguageModel): Promise<readonly string[]> {
  const budget = model.contextTokens * sourcesShare;
  for (let length = Math.max(0, ...lines.map((line) => line.length)); ; length = Math.floor(length * 0.7)) {
    const cut = lines.map((line) => (line.length > length ? `${line.slice(0, length)} …` : line));
    if (length < 80 || (await model.countTokens(cut.join("\n"))) <= budget) return cut;
  }
}

function bringsInFacts(text: string, known: string): boolean {
  const language = languageOf(known);
  const source = tokensOf(known, language);
  const objections = checkFacts({
    language,
    source,
    tight: source,
    candidate: tokensOf(text, language),
    allowed: [],
    kind: "free",
    isStrict: false,
    // Headings are often in title case: a capital alone makes no name of a common word.
    names: new Set(),
    held: [],
  });
  return objections.some(
    ({ code }) => code === "new-number" || code === "new-address" || code === "new-date",
  );
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

/** Without the markup that models put around headings. */
function bareLine(text: string): string {
  return oneLine(text.replace(/[*_`#<>[\]]+/gu, " "));
}

/** Every word that the person, the sources or the usual headings of documents have, by its stem. */
function knownWords(said: readonly string[], { texts, workbooks }: Sources): ReadonlySet<string> {
  const usual = DOCUMENT_KINDS.flatMap((kind) =>
    ["en", "de", "fr", "es", "pt"].flatMap((language) => usualSections(kind, language)),
  ).flatMap(({ heading, purpose }) => [heading, purpose]);
  const columns = workbooks.flatMap(({ tables }) =>
    tables.flatMap(({ name, columns: all }) => [name, ...all.map((each) => each.name)]),
  );
  const passages = texts.flatMap(({ passages: all }) => all.map(({ text }) => text));
  const stems = new Set(HEADING_WORDS);
  for (const text of [...said, ...usual, ...columns, ...passages])
    for (const [word] of text.matchAll(WORD)) stems.add(stemOf(word.toLowerCase()));
  return stems;
}

/** A heading may have every word in capitals, so a capital makes a name only of a word that nobody has used. */
function bringsInNames(text: string, known: ReadonlySet<string>): boolean {
  return [...text.matchAll(WORD)].some(
    ([word]) =>
      /^\p{Lu}/u.test(word) && !known.has(stemOf(word.toLowerCase())) && !isFunctionWord(word.toLowerCase()),
  );
}
