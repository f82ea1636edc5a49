import { TargetNotFoundError } from "../../errors.ts";
import {
  findQuote,
  findSection,
  type OutlineEntry,
  outline,
  type Paragraph,
  paragraphText,
  type WordDocument,
} from "../../files/index.ts";

/** The paragraphs an instruction is about, and what to call them. */
export type Target = { readonly paragraphs: readonly Paragraph[]; readonly label: string };

const SECTION_WORD =
  "(?:sections?|chapters?|clauses?|abschnitte?|kapitel|secções|secção|seções|seção|secciones|sección|capítulos?|chapitres?)";
const NUMBER = "\\d+(?:\\.\\d+)*\\.?(?![\\p{L}\\p{N}%])";
const NUMBERED = new RegExp(
  `(?<![\\p{L}])(${SECTION_WORD})\\s+(${NUMBER}(?:\\s*(?:,|and|&|und|et|y|e|to|-|–)\\s*${NUMBER})*)`,
  "iu",
);
const NAMED = [
  /\bthe ([\p{L}\p{N}][\p{L}\p{N} &'’/-]{1,60}?) (?:section|chapter|part|clause)\b/iu,
  /\b(?:section|chapter|part|clause)s? (?:on|about|called|titled|named|headed|dealing with|covering) (?:the )?([\p{L}\p{N}][\p{L}\p{N} &'’/-]{1,60}?)(?=$|[.,;:]| (?:to|by|so|and (?:make|keep|add|use))\b)/iu,
  /\bthe ((?:executive |management )?summary|introduction|conclusions?|background|abstract|preface|appendix)\b/iu,
] as const;

/** The target that `--section` and `--quote` name. Throws `TargetNotFoundError` or `TargetAmbiguousError`. */
export function targetOf(
  document: WordDocument,
  options: { readonly section?: string | undefined; readonly quote?: string | undefined },
): Target | undefined {
  const section = options.section === undefined ? undefined : sectionTarget(document, options.section);
  if (options.quote === undefined) return section;
  const within = section === undefined ? {} : { within: section.paragraphs.map((each) => each.id) };
  const anchor = findQuote(document, options.quote, within);
  return {
    paragraphs: document.paragraphs.filter((each) => each.id === anchor.paragraph),
    label: `the paragraph with "${options.quote}"`,
  };
}

/**
 * The target that the words of an instruction name: numbers of sections, quoted words, titles of headings.
 * Undefined when it names none. Throws `TargetNotFoundError` for a section that the document does not have.
 */
export function targetInInstruction(document: WordDocument, instruction: string): Target | undefined {
  return (
    numberedTarget(document, instruction) ??
    quotedTarget(document, instruction) ??
    titledTarget(document, instruction) ??
    namedTarget(document, instruction)
  );
}

function numberedTarget(document: WordDocument, instruction: string): Target | undefined {
  const match = NUMBERED.exec(instruction);
  if (match === null) return undefined;
  const [, word = "", list = ""] = match;
  // In "shorten section 2 to 100 words" only the 2 is a section.
  const isPlural = /(?:s|e|en|es|ões)$/iu.test(word);
  const text = isPlural ? list : (list.split(/\s(?:to|-|–)\s/u)[0] ?? list);
  const range = /^(\d+)\s*(?:to|-|–)\s*(\d+)$/u.exec(text.trim());
  const numbers =
    range === null
      ? (text.match(/\d+(?:\.\d+)*/gu) ?? [])
      : Array.from({ length: Math.max(0, Number(range[2]) - Number(range[1]) + 1) }, (_, index) =>
          String(Number(range[1]) + index),
        );
  return joined(numbers.map((number) => sectionTarget(document, number)));
}

function quotedTarget(document: WordDocument, instruction: string): Target | undefined {
  const entries = outline(document);
  for (const [, words = ""] of instruction.matchAll(/["“„«]([^"”“»]{2,200})["”“»]/gu)) {
    const heading = entries.find((entry) => plain(entry.text) === plain(words));
    if (heading !== undefined) return sectionTarget(document, heading.text);
    const paragraphs = document.paragraphs.filter((each) =>
      plain(paragraphText(each)).includes(plain(words)),
    );
    if (paragraphs.length > 0) return { paragraphs, label: `the text with "${words}"` };
  }
  return undefined;
}

/** A heading whose whole title stands in the instruction; the longest one, so that a part of it does not win. */
function titledTarget(document: WordDocument, instruction: string): Target | undefined {
  const words = ` ${plain(instruction)} `;
  const found = outline(document)
    .filter((entry) => plain(entry.text).length >= 4 && words.includes(` ${plain(entry.text)} `))
    .toSorted((a, b) => b.text.length - a.text.length)[0];
  return found && entryTarget(document, found);
}

function namedTarget(document: WordDocument, instruction: string): Target | undefined {
  for (const pattern of NAMED) {
    const name = pattern.exec(instruction)?.[1]?.trim();
    if (
      name === undefined ||
      /^(?:whole|entire|first|last|next|second|third|following|same|main|other)$/iu.test(name)
    )
      continue;
    return sectionTarget(document, name);
  }
  return undefined;
}

/** A section by number or title; where headings have no numbers, the number counts the main headings. */
export function sectionTarget(document: WordDocument, wanted: string): Target {
  const entries = outline(document);
  const number = /^\d+(?:\.\d+)*\.?$/u.test(wanted.trim()) ? wanted.trim().replace(/\.$/u, "") : undefined;
  if (number === undefined) {
    const { heading, paragraphs } = findSection(document, wanted);
    return { paragraphs, label: labelOf(heading) };
  }
  const label = (entry: OutlineEntry): string =>
    (entry.numbering ?? /^\d+(?:\.\d+)*/u.exec(entry.text)?.[0] ?? "").replace(/^\D+|\.$/gu, "");
  const numbered = entries.find((entry) => label(entry) === number);
  if (numbered !== undefined) return entryTarget(document, numbered);
  const top = Math.min(...entries.map((entry) => entry.level));
  const counted = entries.every((entry) => label(entry) === "")
    ? entries.filter((entry) => entry.level === top)[Number(number) - 1]
    : undefined;
  if (counted !== undefined) return entryTarget(document, counted);
  throw new TargetNotFoundError(`section "${wanted}" not found`, {
    hint:
      entries.length === 0
        ? "the document has no headings: use --quote"
        : `the document has: ${entries.slice(0, 30).map(labelOf).join(", ")}`,
  });
}

/** The paragraphs under one heading, down to the next heading of its level or above. */
export function entryTarget(document: WordDocument, entry: OutlineEntry): Target {
  const body = document.paragraphs.filter((each) => each.story.kind === "body" && !each.isInTextBox);
  const from = body.findIndex((each) => each.id === entry.paragraph) + 1;
  const length = body
    .slice(from)
    .findIndex((each) => each.headingLevel !== undefined && each.headingLevel <= entry.level);
  return { paragraphs: body.slice(from, length < 0 ? undefined : from + length), label: labelOf(entry) };
}

/** Several targets as one, each paragraph once, in reading order of the first. */
export function joined(targets: readonly Target[]): Target | undefined {
  if (targets.length === 0) return undefined;
  const paragraphs = new Map(targets.flatMap((target) => target.paragraphs).map((each) => [each.id, each]));
  return { paragraphs: [...paragraphs.values()], label: targets.map((target) => target.label).join(", ") };
}

function labelOf(entry: OutlineEntry): string {
  return `${entry.numbering ?? ""} ${entry.text}`.trim();
}

function plain(text: string): string {
  return (
    text
      .toLowerCase()
      .replaceAll("’", "'")
      .match(/[\p{L}\p{N}']+/gu) ?? []
  ).join(" ");
}
