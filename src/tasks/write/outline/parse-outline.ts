import { BadRequestError } from "../../../errors.ts";
import type { FigureReference, Outline, OutlineSection, Sources, TableReference } from "../types.ts";
import { lengthAsked } from "./length-asked.ts";
import { checkReferences, parseFigure, parseTable, parseUses } from "./parse-references.ts";
import { sectionIds, tidyLevels } from "./section-seed.ts";

export type ParseOutlineOptions = {
  /** Holds the files and passages that the outline names against what there is. */
  readonly sources?: Sources | undefined;
  /** Where the text says none. Defaults to `en-GB`. */
  readonly language?: string | undefined;
};

/** Where nothing is said, and there are passages to write from. */
const usualLength = 150;

type Reading = {
  readonly level: number;
  readonly heading: string;
  /** Of the text, from 1. */
  readonly line: number;
  purpose: string;
  words?: number;
  readonly uses: { readonly source: string; readonly passage: number }[];
  readonly tables: TableReference[];
  readonly figures: FigureReference[];
};

/**
 * Reads an outline as `printOutline` writes it and people change it: numbers of sections are counted anew, keys may be
 * in any order and in list items, a paragraph without a key is the purpose. Throws `BadRequestError` that names the line
 * and says what to do.
 */
export function parseOutline(text: string, options: ParseOutlineOptions = {}): Outline {
  const lines = text.replace(/^\uFEFF/u, "").split(/\r?\n/u);
  const sections: Reading[] = [];
  let title: string | undefined;
  let language = options.language ?? "en-GB";
  let isComment = false;
  for (const [index, raw] of lines.entries()) {
    const line = index + 1;
    const trimmed = raw.trim();
    if (isComment || trimmed.startsWith("<!--")) {
      isComment = !trimmed.includes("-->");
      continue;
    }
    const heading = /^(#{1,6})(?!#)\s*(.*?)(?:\s+#+)?$/u.exec(trimmed);
    if (heading !== null && heading[1]!.length === 1) {
      if (title !== undefined)
        throw atLine(line, "there are two titles", 'begin a section with "##" and keep one line with "#"');
      if (heading[2] === "") throw atLine(line, "the title is empty", 'write it behind "#"');
      title = heading[2];
    } else if (heading !== null) sections.push(startSection(heading[1]!.length - 1, heading[2] ?? "", line));
    else if (trimmed !== "") {
      const current = sections.at(-1);
      const said = /^(?:language|sprache|langue|idioma)\s*:\s*(\S+)$/iu.exec(trimmed)?.[1];
      if (current !== undefined) readLine(trimmed, current, line, options);
      else if (said !== undefined) language = checkLanguage(said, line);
    }
  }
  return finish(title, language, sections);
}

function finish(title: string | undefined, language: string, sections: readonly Reading[]): Outline {
  if (title === undefined) throw atLine(1, "the outline has no title", 'begin with a line "# Title"');
  if (sections.length === 0)
    throw atLine(1, "the outline has no section", 'add lines such as "## Scope", one for each section');
  const tidy = tidyLevels(sections);
  const ids = sectionIds(tidy.map(({ level }) => level));
  return {
    title,
    language,
    sections: tidy.map((section, index): OutlineSection => {
      const { level, heading, purpose, uses, tables, figures } = section;
      const holdsOthers = (tidy[index + 1]?.level ?? 0) > level;
      const isBare = uses.length + tables.length + figures.length === 0;
      const words = section.words ?? (holdsOthers && isBare ? 0 : usualLength);
      return { id: ids[index]!, level, heading, purpose, words, uses, tables, figures };
    }),
  };
}

function startSection(level: number, text: string, line: number): Reading {
  // The number is only for reading; a year or an amount in front is part of the heading.
  const heading = text.replace(/^\d{1,3}(?:\.\d{1,3})*[.)]?\s+(?=\S)/u, "").trim();
  if (heading === "") throw atLine(line, "a section has no heading", 'write it behind "##"');
  return { level, heading, line, purpose: "", uses: [], tables: [], figures: [] };
}

const keys: readonly (readonly [RegExp, "purpose" | "length" | "uses" | "table" | "figure"])[] = [
  [/^(?:purpose|zweck|but|objetivo)$/iu, "purpose"],
  [/^(?:length|words|länge|longueur|extensión)$/iu, "length"],
  [/^(?:uses?|passages?|sources?|quellen)$/iu, "uses"],
  [/^(?:tables?|tabellen?)$/iu, "table"],
  [/^(?:figures?|numbers?|zahl(?:en)?)$/iu, "figure"],
];
const known = ["purpose", "length", "uses", "table", "figure"];

function readLine(text: string, section: Reading, line: number, { sources }: ParseOutlineOptions): void {
  const bare = text.replace(/^[-*•]\s+/u, "").replace(/^\*\*(\w+):?\*\*:?/u, "$1:");
  const match = /^(\p{L}+)\s*:\s*(.*)$/su.exec(bare);
  const key = keys.find(([pattern]) => pattern.test(match?.[1] ?? ""))?.[1];
  const value = match?.[2]?.trim() ?? "";
  if (key === undefined) {
    const meant = match === null ? undefined : nearestKey(match[1]!.toLowerCase());
    if (meant !== undefined) throw atLine(line, `"${match![1]}" is not known`, `did you mean "${meant}:"?`);
    section.purpose = `${section.purpose} ${bare}`.trim();
    return;
  }
  if (value === "") return;
  const problem = (message: string, hint: string): BadRequestError => atLine(line, message, hint);
  if (key === "purpose") section.purpose = `${section.purpose} ${value}`.trim();
  else if (key === "length") section.words = readLength(value, problem);
  else if (key === "uses") section.uses.push(...checkReferences(parseUses(value, problem), sources, problem));
  else if (key === "table") section.tables.push(parseTable(value, sources, problem));
  else section.figures.push(parseFigure(value, sources, problem));
}

function readLength(value: string, problem: (message: string, hint: string) => BadRequestError): number {
  if (/^(?:0|none|no text|-)\b/iu.test(value) && !/^0[.,]/u.test(value)) return 0;
  const plain = /^(?:about |ca\.? |~|≈)?(\d{1,6})(?:\s*(?:words?|wörter|mots|palabras))?$/iu.exec(value);
  const words = plain === null ? lengthAsked(value) : Number(plain[1]);
  if (words === undefined)
    throw problem(`"${value}" is no length`, 'write it like "150 words" or "half a page"');
  return words;
}

function checkLanguage(tag: string, line: number): string {
  try {
    return new Intl.Locale(tag).toString() && tag;
  } catch {
    throw atLine(line, `"${tag}" is no language`, 'write a tag such as "en-GB" or "de"');
  }
}

/** The key one slip of a finger away. */
function nearestKey(word: string): string | undefined {
  return known.find((key) => word !== key && isOneSlipAway(word, key));
}

function isOneSlipAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const isSwap = left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
  return isSwap || (left.length <= 1 && right.length <= 1);
}

function atLine(line: number, message: string, hint: string): BadRequestError {
  return new BadRequestError(`line ${line} of the outline: ${message}`, { hint });
}
