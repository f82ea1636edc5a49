import { countWords, joinLines } from "./heal-hyphen.ts";
import { afterListLabel, numberedHeadingLevel } from "./list-label.ts";
import type { SourceText } from "./passage.ts";
import { createPassageList, type PassageList } from "./passage-list.ts";

type Line = { readonly text: string; readonly number: number };

/**
 * Plain text: paragraphs end at blank lines, lines broken by hand are joined. Headings are lines that are underlined,
 * numbered or in capitals and stand alone; lines with the same bullets or numbers are lists.
 */
export function textPassages(text: string, name: string): SourceText {
  const list = createPassageList();
  const lines = text.split(/\n|\f/).map((each, index): Line => ({ text: each, number: index + 1 }));
  const words = countWords(lines.map((line) => line.text));
  for (const block of blocksOf(lines)) addBlock(list, block, words);
  return { name, format: "text", passages: list.passages, warnings: [] };
}

function blocksOf(lines: readonly Line[]): Line[][] {
  const blocks: Line[][] = [];
  let block: Line[] = [];
  for (const line of lines) {
    if (line.text.trim() !== "") block.push(line);
    else if (block.length > 0) {
      blocks.push(block);
      block = [];
    }
  }
  return block.length > 0 ? [...blocks, block] : blocks;
}

const underline = /^\s*(={3,}|-{3,}|~{3,}|\*{3,}|_{3,}|#{3,})\s*$/;

function addBlock(list: PassageList, block: readonly Line[], words: ReadonlyMap<string, number>): void {
  let rest = block.filter((line, index) => index > 0 || !underline.test(line.text));
  const rule = rest[1] === undefined ? null : underline.exec(rest[1].text);
  if (rule !== null && rest[0]!.text.trim().length <= 120) {
    const [heading] = rest;
    addHeading(list, heading!, /^[=#*]/.test(rule[1]!) ? 1 : 2);
    rest = rest.slice(2);
  }
  rest = rest.filter((line) => !underline.test(line.text));
  if (rest.length === 0) return;
  const level = rest.length === 1 ? headingLevel(rest[0]!.text.trim()) : undefined;
  if (level !== undefined) addHeading(list, rest[0]!, level);
  else if (isTable(rest)) addRows(list, rest);
  else for (const lines of paragraphsOf(rest)) addParagraph(list, lines, words);
}

function addHeading(list: PassageList, line: Line, level: number): void {
  list.add({ kind: "heading", text: line.text, level, place: { line: line.number } });
}

/** A line alone that is numbered, or all in capitals and no sentence. */
function headingLevel(text: string): number | undefined {
  const numbered = numberedHeadingLevel(text);
  if (numbered !== undefined) return numbered;
  const isShouted = text === text.toUpperCase() && /\p{Lu}.*\p{Lu}.*\p{Lu}/u.test(text);
  return isShouted && text.length <= 80 && !/[.,;:!?|\t]$/.test(text) ? 1 : undefined;
}

function isTable(lines: readonly Line[]): boolean {
  return lines.length > 1 && lines.every((line) => /\S\t+\s*\S/.test(line.text));
}

function addRows(list: PassageList, lines: readonly Line[]): void {
  list.addTable(lines.map(({ text, number }) => ({ cells: text.split("\t"), place: { line: number } })));
}

/** Where the lines of a block belong together: to one paragraph, to list items, or each to itself. */
function paragraphsOf(lines: readonly Line[]): Line[][] {
  const isItem = lines.map((line) => afterListLabel(line.text.trim()) !== undefined);
  const isWrapped = isHardWrapped(lines, isItem);
  const isList = isItem.includes(true);
  const paragraphs: Line[][] = [];
  lines.forEach((line, index) => {
    const last = paragraphs.at(-1);
    const follows = isWrapped || (isList && /^\s+\S/.test(line.text));
    if (last === undefined || isItem[index] || !follows) paragraphs.push([line]);
    else last.push(line);
  });
  return paragraphs;
}

/** True when line ends carry no meaning: each line but a paragraph's last is about as long as the longest. */
function isHardWrapped(lines: readonly Line[], isItem: readonly boolean[]): boolean {
  const lengths = lines.map((line) => line.text.trimEnd().length);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  if (longest > 200) return false;
  const broken = lengths.filter((_, index) => index + 1 < lines.length && !isItem[index + 1]);
  // Verses, addresses and "Name: value" lines are short and uneven.
  return broken.length > 0 && broken.every((length) => length >= Math.max(30, longest * 0.6));
}

function addParagraph(list: PassageList, lines: readonly Line[], words: ReadonlyMap<string, number>): void {
  const text = joinLines(
    lines.map((line) => line.text),
    words,
  );
  const item = afterListLabel(text);
  const place = { line: lines[0]!.number };
  list.add(
    item === undefined ? { kind: "paragraph", text, place } : { kind: "list-item", text: item, place },
  );
}
