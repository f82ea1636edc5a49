import { placeLabel } from "../../../files/passages/place-label.ts";
import type { LanguageModel } from "../../../models/index.ts";
import type { DraftBlock, OutlineSection, SectionRequest } from "../types.ts";
import type { PromptPassage, SectionPrompt } from "./prompt.ts";
import { runningText, termsDefined } from "./running-text.ts";
import type { CitedPassage } from "./settle-sentence.ts";

/** One call's share of a section. */
export type PromptStretch = {
  readonly group: readonly CitedPassage[];
  readonly words: number;
  /** Of this section, so far. */
  readonly blocks: readonly DraftBlock[];
  /** House rules that the wording has to keep. Defaults to none. */
  readonly styleNotes?: readonly string[];
};

/** Of a model's context. */
const answerShare = 0.35;
const mostHeadings = 40;

/** What a model is told for one stretch of a section. */
export function sectionPrompt(
  { prompt, outline, section, written, figures, tables }: SectionRequest,
  { group, words, blocks, styleNotes = [] }: PromptStretch,
  refused: SectionPrompt["refused"] = [],
): SectionPrompt {
  const soFar = [...written, { section, blocks, figures, tables, refused: [] }];
  return {
    prompt,
    section,
    language: outline.language,
    words,
    styleNotes,
    headings: nearHeadings(outline, section),
    terms: termsDefined(soFar),
    before: runningText(soFar),
    passages: group.map(promptPassage),
    figures,
    tables,
    marker: crypto.randomUUID().slice(0, 8),
    refused,
  };
}

/** Enough of the outline to know one's place in it; all of it would fill a small context in a long document. */
function nearHeadings({ sections }: SectionRequest["outline"], section: OutlineSection): readonly string[] {
  const at = sections.findIndex(({ id }) => id === section.id);
  return sections
    .filter(({ level }, index) => level === 1 || Math.abs(index - at) <= 3)
    .slice(0, mostHeadings)
    .map(({ heading, level }) => `${"  ".repeat(level - 1)}${heading}`);
}

/** Tokens that an answer of so many words may take, its quotes and its form with it. */
export function answerTokens({ contextTokens }: LanguageModel, words: number): number {
  return Math.min(Math.floor(contextTokens * answerShare), 600 + words * 8);
}

/** A passage as it stands in a prompt. */
export function promptPassage({ id, source, passage, text }: CitedPassage): PromptPassage {
  return { id, place: placeLabel(source, passage), text };
}
