import type { SourceText } from "../../../files/passages/passage.ts";
import { detectLanguage } from "../../minutes/detect-language.ts";
import { candidateSentences } from "../extract/candidate-sentences.ts";
import { chooseSentences } from "../extract/choose-sentences.ts";
import { indexPassages } from "../rank/passage-index.ts";
import { sectionQuery } from "../rank/section-query.ts";
import type {
  FigureReference,
  Outline,
  OutlineSection,
  PassageReference,
  Sources,
  TableReference,
} from "../types.ts";
import { assignPassages } from "./assign-passages.ts";
import { assignComputedTables, assignFigures, assignTables, isGrouped } from "./assign-tables.ts";
import type { DocumentKind } from "./document-kinds.ts";
import { documentTitle, subjectOf } from "./document-title.ts";
import { type ProposedSection, planSeeds } from "./plan-seeds.ts";
import { type PromptReading, readPrompt } from "./read-prompt.ts";
import { type SectionSeed, sectionIds } from "./section-seed.ts";

export type PlanOutlineInput = {
  readonly prompt: string;
  readonly sources: Sources;
  /** An approved document: its headings become the sections, its lengths theirs. */
  readonly like?: SourceText | undefined;
  readonly title?: string | undefined;
  /** BCP 47. Defaults to the language of the sources. */
  readonly language?: string | undefined;
  /** Of the whole document. Defaults to what the prompt asks for, or what is usual. */
  readonly words?: number | undefined;
  /** What a model proposed; code still decides what each section rests on. */
  readonly proposed?: { readonly title: string; readonly sections: readonly ProposedSection[] } | undefined;
};

const usualWords: Readonly<Record<DocumentKind["id"], number>> = {
  brief: 600,
  report: 1400,
  proposal: 1200,
  minutes: 600,
  memo: 350,
  plan: 1000,
};

const aboutOneThing = 400;

/** An outline by rules: what is asked for, what the sources hold, and which of their passages serve which section. */
export function planOutline(input: PlanOutlineInput): Outline {
  const { prompt, sources, like, proposed } = input;
  const reading = readPrompt(prompt);
  const language = input.language ?? languageOfSources(prompt, sources);
  const words = wordsWanted(input, reading);
  const seeds = planSeeds({
    prompt,
    reading,
    texts: sources.texts,
    language,
    words,
    subject: subjectOf(prompt, reading),
    ...(like !== undefined && { like }),
    ...(proposed !== undefined && { proposed: proposed.sections }),
  });
  const outline = fillSeeds(seeds, { input, reading, words });
  const title = input.title ?? reading.title ?? proposed?.title;
  return {
    title: title?.trim() || documentTitle(prompt, reading, sources),
    language,
    sections: outline,
  };
}

/** How long the document is to be: said, asked in the prompt, as the document it is like, or usual. */
export function wordsWanted(
  { words, like, prompt }: Pick<PlanOutlineInput, "words" | "like" | "prompt">,
  reading: PromptReading,
): number {
  const known = words ?? reading.words;
  if (known !== undefined) return known;
  if (like !== undefined) return Math.max(100, planLength(like));
  if (reading.sections.length > 0 && reading.kind === undefined) return reading.sections.length * 150;
  if (reading.kind === undefined && subjectOf(prompt, reading) !== undefined) return aboutOneThing;
  return usualWords[reading.kind?.id ?? "report"];
}

function planLength({ passages }: SourceText): number {
  return passages.reduce((sum, { text }) => sum + text.split(/\s+/u).length, 0);
}

function languageOfSources(prompt: string, { texts }: Sources): string {
  const sample = texts.flatMap(({ passages }) => passages.slice(0, 200).map(({ text }) => text));
  const found = detectLanguage(sample.length > 0 ? sample : [prompt]);
  return found === "en" ? "en-GB" : found;
}

type Filling = {
  readonly input: PlanOutlineInput;
  readonly reading: PromptReading;
  readonly words: number;
};

function fillSeeds(seeds: readonly SectionSeed[], { input, reading, words }: Filling): OutlineSection[] {
  const { prompt, sources } = input;
  const subject = subjectOf(prompt, reading) ?? "";
  const lengths = sectionLengths(seeds, words);
  const uses = assignPassages(seeds, sources, { subject, words: lengths });
  const { tables, figures } = assignNumbers(seeds, input, reading);
  const isFilled = (at: number): boolean =>
    seeds[at]!.isAsked ||
    tables[at]!.length + figures[at]!.length > 0 ||
    hasSomethingToQuote(seeds[at]!, uses[at]!, sources);
  const kept = keptSections(seeds, isFilled);
  // What empty sections would have taken goes to the others.
  const finalLengths = sectionLengths(
    seeds.map((seed, at) => (kept.includes(at) ? seed : { ...seed, share: 0 })),
    words,
  );
  const ids = sectionIds(kept.map((at) => seeds[at]!.level));
  return kept.map((at, place): OutlineSection => {
    const { level, heading, purpose } = seeds[at]!;
    return {
      id: ids[place]!,
      level,
      heading,
      purpose,
      words: finalLengths[at]!,
      uses: uses[at] as readonly PassageReference[],
      tables: tables[at]!,
      figures: figures[at]!,
    };
  });
}

type Numbers = {
  readonly tables: readonly (readonly TableReference[])[];
  readonly figures: readonly (readonly FigureReference[])[];
};

function assignNumbers(
  seeds: readonly SectionSeed[],
  { prompt, sources: { texts, workbooks } }: PlanOutlineInput,
  reading: PromptReading,
): Numbers {
  const ranges = assignTables(seeds, workbooks);
  const figures = assignFigures(
    seeds,
    reading.figures.filter((figure) => !isGrouped(figure)),
    workbooks,
  );
  const shown = new Set([...ranges, ...figures].flat().map(({ workbook }) => workbook));
  const computed = assignComputedTables(seeds, reading.figures.filter(isGrouped), workbooks, {
    prompt,
    shown,
    hasTexts: texts.length > 0,
  });
  return { tables: ranges.map((own, at) => [...own, ...computed[at]!]), figures };
}

/** A usual section that not one sentence serves would only say that it is missing. */
function hasSomethingToQuote(
  seed: SectionSeed,
  uses: readonly PassageReference[],
  sources: Sources,
): boolean {
  const query = sectionQuery(seed, uses, sources);
  const candidates = candidateSentences(uses, query, indexPassages(sources));
  return chooseSentences(candidates, { words: 100, said: [], isSummary: query.isSummary }).length > 0;
}

/** Sections with something to say or asked for, and the headings above them; all of them when nothing was found at all. */
function keptSections(seeds: readonly SectionSeed[], isFilled: (at: number) => boolean): number[] {
  const kept = new Set<number>();
  for (const [at, seed] of seeds.entries()) {
    if (!isFilled(at)) continue;
    kept.add(at);
    let level: number = seed.level;
    for (let above = at - 1; above >= 0 && level > 1; above--)
      if (seeds[above]!.level < level) {
        kept.add(above);
        level = seeds[above]!.level;
      }
  }
  return kept.size === 0 ? seeds.map((_, at) => at) : [...kept].sort((a, b) => a - b);
}

/** Words for each section, to the ten; 0 where the share is 0. */
function sectionLengths(seeds: readonly SectionSeed[], words: number): number[] {
  const all = seeds.reduce((sum, { share }) => sum + share, 0);
  return seeds.map(({ share }) =>
    share === 0 ? 0 : Math.max(30, Math.round((words * share) / Math.max(all, 0.001) / 10) * 10),
  );
}
