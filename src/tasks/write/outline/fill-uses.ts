import type { Outline, Sources } from "../types.ts";
import { assignPassages } from "./assign-passages.ts";
import { subjectOf } from "./document-title.ts";
import { readPrompt } from "./read-prompt.ts";

/** Finds passages for the sections of an edited outline that name nothing to write from, as those that a person added. */
export function fillUses(outline: Outline, sources: Sources, prompt: string): Outline {
  const isBare = outline.sections.map(
    ({ uses, tables, figures, words }) => words > 0 && uses.length + tables.length + figures.length === 0,
  );
  if (!isBare.includes(true)) return outline;
  const seeds = outline.sections.map(({ level, heading, purpose, words }) => ({
    ...{ level, heading, purpose },
    share: words,
    isAsked: true,
  }));
  const found = assignPassages(seeds, sources, {
    subject: subjectOf(prompt, readPrompt(prompt)) ?? "",
    words: outline.sections.map(({ words }) => words),
  });
  const sections = outline.sections.map((section, index) =>
    isBare[index] ? { ...section, uses: found[index] ?? [] } : section,
  );
  return { ...outline, sections };
}
