import type { Passage } from "../../../files/passages/passage.ts";
import { splitSentences } from "../../edit/split-sentences.ts";
import type { IndexedPassage, PassageIndex } from "../rank/passage-index.ts";
import { wordCount } from "../rank/stems.ts";
import type { Citation } from "../types.ts";

/** The points of one list, or the rows of one table below its header, as they follow each other in a source. */
export type SourceList = {
  readonly items: readonly IndexedPassage[];
  /** The sentence above that announces them: it ends in a colon, or tells their number. */
  readonly lead?: Citation;
};

const longestFragment = 25;
const longestLead = 200;
const NUMBER_WORDS: readonly (readonly string[])[] = [
  "two zwei deux dos dois duas".split(" "),
  "three drei trois tres três".split(" "),
  "four vier quatre cuatro quatro".split(" "),
  "five fünf cinq cinco".split(" "),
  "six sechs seis".split(" "),
  "seven sieben sept siete sete".split(" "),
  "eight acht huit ocho oito".split(" "),
  "nine neun neuf nueve nove".split(" "),
  "ten zehn dix diez dez".split(" "),
  "eleven elf onze once".split(" "),
  "twelve zwölf douze doce doze".split(" "),
];
const known = new WeakMap<IndexedPassage, SourceList>();

/** A paragraph that is a line of a list, only not set as one: a few words without a full stop. */
export function isFragment({ kind, text }: Passage): boolean {
  return kind === "paragraph" && !/[.!?:…]["”»’')\]]*$/u.test(text) && wordCount(text) <= longestFragment;
}

/** The list or table that a passage is part of; undefined for what stands by itself. */
export function listAround(from: IndexedPassage, index: PassageIndex): SourceList | undefined {
  if (!isListed(from.passage)) return undefined;
  const found = known.get(from);
  if (found !== undefined) return found;
  const members = [...steps(from, index, -1).reverse(), from, ...steps(from, index, 1)];
  const items = members.filter(({ isHeader }) => !isHeader);
  const lead = leadOf(above(members[0]!, index), items.length);
  const list: SourceList = { items, ...(lead !== undefined && { lead }) };
  for (const item of items) known.set(item, list);
  return list;
}

/** The list that stands directly below a paragraph. */
export function listBelow(from: IndexedPassage, index: PassageIndex): SourceList | undefined {
  for (let at = from.reference.passage + 1; ; at++) {
    const next = index.at({ source: from.reference.source, passage: at });
    if (next === undefined) return undefined;
    if (isListed(next.passage)) return next.isHeader ? listBelow(next, index) : listAround(next, index);
    if (next.passage.kind !== "caption" && next.passage.kind !== "note") return undefined;
  }
}

function isListed(passage: Passage): boolean {
  return passage.kind === "list-item" || passage.kind === "row" || isFragment(passage);
}

function steps(from: IndexedPassage, index: PassageIndex, step: 1 | -1): IndexedPassage[] {
  const found: IndexedPassage[] = [];
  const { source } = from.reference;
  for (let passage = from.reference.passage + step; ; passage += step) {
    const next = index.at({ source, passage });
    // A footnote of an item stands behind it.
    if (next?.passage.kind === "note") continue;
    if (next === undefined || !isListed(next.passage)) return found;
    if (next.passage.kind !== from.passage.kind || next.passage.header !== from.passage.header) return found;
    found.push(next);
  }
}

function above(
  { reference: { source, passage } }: IndexedPassage,
  index: PassageIndex,
): IndexedPassage | undefined {
  for (let at = passage - 1; at >= 1; at--) {
    const found = index.at({ source, passage: at });
    if (found?.passage.kind !== "caption" && found?.passage.kind !== "note") return found;
  }
  return undefined;
}

function leadOf(from: IndexedPassage | undefined, count: number): Citation | undefined {
  if (from === undefined || from.passage.kind !== "paragraph") return undefined;
  const sentences = splitSentences(from.passage.text).map(({ text }) => text.trim());
  const last = sentences.at(-1) ?? "";
  const told = sentences.find((text) => tellsCount(text, count));
  const quote = /:$/u.test(last) ? last : told;
  return quote === undefined || quote.length > longestLead ? undefined : { ...from.reference, quote };
}

/** Whether a sentence tells that number of things: `Six people form the team.` */
function tellsCount(text: string, count: number): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}.,]+/gu) ?? [];
  return words.some(
    (word) => NUMBER_WORDS[count - 2]?.includes(word) === true || (count >= 2 && word === String(count)),
  );
}
