import type { DraftBlock, DraftSection } from "../types.ts";

const mostCharacters = 800;
/** As long as `runningText` gets: for reckoning what a prompt takes. */
export const longestRunningText: string = "written ".repeat(mostCharacters / 8);
const mostTerms = 20;
// `the Pilot ("Pilot")`, `Service Level Agreement (SLA)`: where a document defines a word.
const DEFINED = /\(\s*["“]?((?:\p{Lu}[\p{L}\p{N}-]*)(?:\s\p{Lu}[\p{L}\p{N}-]*){0,3})["”]?\s*\)/gu;

/** The end of what is written so far, whole words, figures as their texts. */
export function runningText(sections: readonly DraftSection[]): string {
  const text = textOf(sections.slice(-2));
  if (text.length <= mostCharacters) return text;
  const tail = text.slice(-mostCharacters);
  return `… ${tail.slice(tail.indexOf(" ") + 1)}`;
}

/** Words that the text so far defines in brackets, so that a later section uses them without defining them again. */
export function termsDefined(sections: readonly DraftSection[]): readonly string[] {
  const terms = [...textOf(sections).matchAll(DEFINED)].map(([, term]) => term!);
  return [...new Set(terms)].slice(-mostTerms);
}

function textOf(sections: readonly DraftSection[]): string {
  return sections
    .flatMap(({ blocks, figures }) => {
      const values = new Map(figures.map(({ id, text }) => [id, text]));
      return blocks
        .flatMap(sentencesOf)
        .map((text) => text.replace(/\[\[(f\d+)\]\]/gu, (whole, id: string) => values.get(id) ?? whole));
    })
    .join(" ");
}

function sentencesOf(block: DraftBlock): readonly string[] {
  return block.kind === "table" ? [] : block.sentences.map(({ text }) => text);
}
