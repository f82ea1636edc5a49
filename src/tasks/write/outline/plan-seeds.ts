import type { SourceText } from "../../../files/passages/passage.ts";
import { topicsOf } from "../rank/section-topics.ts";
import { DOCUMENT_KINDS, type DocumentKind, type UsualSection, usualSections } from "./document-kinds.ts";
import type { PromptReading } from "./read-prompt.ts";
import { type SectionSeed, tidyLevels } from "./section-seed.ts";
import { headingCount, seedsFromHeadings } from "./seeds-from-headings.ts";
import { titleOf } from "./source-title.ts";

/** Sections that a model proposed for the same prompt and sources. */
export type ProposedSection = {
  readonly level: 1 | 2 | 3;
  readonly heading: string;
  readonly purpose: string;
  readonly words: number;
};

export type SeedInput = {
  readonly prompt: string;
  readonly reading: PromptReading;
  readonly texts: readonly SourceText[];
  /** A document whose structure is wanted. */
  readonly like?: SourceText;
  readonly proposed?: readonly ProposedSection[];
  /** What the document is about, where the prompt says it. */
  readonly subject?: string | undefined;
  readonly language: string;
  /** Of the whole document. */
  readonly words: number;
};

/** A section shorter than this says too little to have a heading. */
const wordsASection = 70;
/** With fewer headings a source has no structure of its own. */
const fewHeadings = 3;
/** From this length on, each source is a chapter of its own. */
const longDocument = 3_000;

/** The sections: those asked for, or the approved document's, a model's, the usual ones of the kind, the sources' own. */
export function planSeeds(input: SeedInput): readonly SectionSeed[] {
  const { reading, like, proposed, texts, words, language } = input;
  const most = Math.max(3, Math.round(words / wordsASection));
  if (reading.sections.length > 0) return askedSeeds(reading, language);
  if (like !== undefined) {
    const seeds = seedsFromHeadings(like, { most: 200, isAsked: true });
    // The old document's passages are no source of the new one.
    if (seeds.length > 0) return seeds.map(({ own: _, ...seed }) => seed);
  }
  if (proposed !== undefined && proposed.length > 0) return proposedSeeds(proposed, input.prompt);
  // "Write about hosting" asks for no particular kind of document: what the sources say of it is one section.
  if (reading.kind === undefined && input.subject !== undefined) return [subjectSeed(input.subject)];
  const asked = textsAskedAbout(input);
  if (words >= longDocument && asked.length > 1) return sourceSeeds(asked, input, most);
  const structured = texts
    .filter((text) => headingCount(text) >= fewHeadings)
    .sort((a, b) => headingCount(b) - headingCount(a));
  const hasUsual = reading.kind !== undefined && reading.kind.id !== "report";
  if (structured.length > 0 && (!hasUsual || words >= longDocument))
    return sourceSeeds(structured, input, most);
  return usualSeeds(reading.kind ?? defaultKind(texts), language);
}

function subjectSeed(subject: string): SectionSeed {
  const heading = subject.charAt(0).toUpperCase() + subject.slice(1);
  return { level: 1, heading, purpose: "", share: 1, isAsked: true };
}

function askedSeeds({ sections }: PromptReading, language: string): SectionSeed[] {
  return tidyLevels(sections).map(({ level, heading, purpose }, index, all) => {
    const holdsOthers = (all[index + 1]?.level ?? 0) > level;
    return {
      level,
      heading,
      purpose: purpose === "" ? (usualPurpose(heading, language) ?? "") : purpose,
      share: holdsOthers ? 0 : 1,
      isAsked: true,
    };
  });
}

function proposedSeeds(proposed: readonly ProposedSection[], prompt: string): SectionSeed[] {
  const asked = prompt.toLowerCase();
  return tidyLevels(proposed).map(({ level, heading, purpose, words }) => ({
    level,
    heading,
    purpose,
    share: Math.max(0, words),
    isAsked: asked.includes(heading.toLowerCase()),
  }));
}

function usualSeeds(kind: DocumentKind, language: string): SectionSeed[] {
  return usualSections(kind, language).map((section) => ({ level: 1, ...section, isAsked: false }));
}

/** The headings of the richest source; in a long document each source asked about is a chapter, in the order given. */
function sourceSeeds(texts: readonly SourceText[], { words }: SeedInput, most: number): SectionSeed[] {
  const [first] = texts;
  if (first === undefined) return [];
  if (texts.length === 1 || words < longDocument) return seedsFromHeadings(first, { most, isAsked: false });
  const each = Math.max(3, Math.floor(most / texts.length) - 1);
  return texts.flatMap((source) => chapterSeeds(source, each, words / texts.length));
}

/** A source as a chapter with its own headings; one without headings, such as a meeting, as a chapter of its own text. */
function chapterSeeds(source: SourceText, most: number, words: number): SectionSeed[] {
  const heading = titleOf(source);
  const chapter = { level: 1 as const, heading, purpose: "", isAsked: false };
  if (headingCount(source) < fewHeadings) {
    const own = source.passages
      .filter(({ kind }) => kind !== "heading")
      .map(({ number }) => ({ source: source.name, passage: number }));
    return [{ ...chapter, share: words, own, isChapter: true }];
  }
  return [
    { ...chapter, share: 0 },
    ...seedsFromHeadings(source, { most, isAsked: false }).map((seed) => ({
      ...seed,
      level: Math.min(3, seed.level + 1) as 2 | 3,
    })),
  ];
}

/** The sources that the prompt names; all of them where it names none. */
function textsAskedAbout({ prompt, texts }: SeedInput): readonly SourceText[] {
  const said = prompt.toLowerCase();
  const named = texts.filter((text) =>
    [text.name, titleOf(text)].some((name) => name.length > 3 && said.includes(name.toLowerCase())),
  );
  return named.length === 0 ? texts : named;
}

function defaultKind(texts: readonly SourceText[]): DocumentKind {
  const isCall = texts.length > 0 && texts.every(({ format }) => format === "transcript");
  return DOCUMENT_KINDS.find(({ id }) => id === (isCall ? "minutes" : "report"))!;
}

/** What a section of that name usually has to do. */
function usualPurpose(heading: string, language: string): string | undefined {
  const all = DOCUMENT_KINDS.flatMap((kind): readonly UsualSection[] => usualSections(kind, language));
  const same = all.find((each) => each.heading.toLowerCase() === heading.toLowerCase());
  const [topic] = topicsOf(heading);
  return (same ?? all.find((each) => topic !== undefined && topicsOf(each.heading).includes(topic)))?.purpose;
}
