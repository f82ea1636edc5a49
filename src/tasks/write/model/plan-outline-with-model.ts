import { generateJson, type LanguageModel } from "../../../models/index.ts";
import { checkFacts } from "../../edit/check-facts.ts";
import { languageOf } from "../../edit/language-of.ts";
import { tokensOf } from "../../edit/text-tokens.ts";
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

const sourcesShare = 0.4;
const longestAnswer = 2_500;
/** Characters of a source that show what it is about where it has no headings. */
const excerpt = 120;

/**
 * Asks a model for the outline of a document. Headings and purposes that bring in a name or a number of their own
 * are left out; a title that does is replaced by the first words of the request. Rejects with a `ModelError` when no
 * answer could be used.
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
  return {
    title: bringsInFacts(answer.title, known) ? firstWords(prompt) : oneLine(answer.title),
    sections: answer.sections
      .map((section) => ({ ...section, heading: oneLine(section.heading).replace(/^[\d.]+\s+/u, "") }))
      .filter(({ heading }) => heading !== "" && !bringsInFacts(heading, known))
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

function firstWords(prompt: string): string {
  return oneLine(prompt).split(" ").slice(0, 8).join(" ");
}
