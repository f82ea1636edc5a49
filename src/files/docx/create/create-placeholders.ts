import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { escapeText } from "../../xml/xml-text.ts";
import { descendantsNamed, nameOf, textOf } from "../../xml/xml-tree.ts";

/** What stands for `{{title}}` and `{{date}}` in a template. */
export type PlaceholderValues = { readonly title: string; readonly date: string };

const pattern = /\{\{\s*(title|date)\s*\}\}/gi;

/**
 * Fills the placeholders of a part, also where Word has cut one into several runs. Paragraphs that overlap
 * `skipped` (source offsets) are left out.
 */
export function placeholderSplices(
  tree: XmlTree,
  values: PlaceholderValues,
  skipped: { readonly start: number; readonly end: number } = { start: 0, end: 0 },
): Splice[] {
  if (!tree.source.includes("{{") && !tree.source.includes("{<")) return [];
  const splices: Splice[] = [];
  for (const paragraph of descendantsNamed(tree, 0, "w:p")) {
    if (tree.start[paragraph]! >= skipped.start && tree.end[paragraph]! <= skipped.end) continue;
    splices.push(...fill(tree, ownTexts(tree, paragraph), values));
  }
  return splices;
}

function fill(tree: XmlTree, elements: readonly number[], values: PlaceholderValues): Splice[] {
  const texts = elements.map((element) => textOf(tree, element));
  const whole = texts.join("");
  const matches = [...whole.matchAll(pattern)];
  if (matches.length === 0) return [];
  let offset = 0;
  return elements.flatMap((element, index) => {
    const [from, to] = [offset, offset + texts[index]!.length];
    offset = to;
    const text = piece(whole, from, to, matches, values);
    if (text === texts[index]) return [];
    const name = tree.source.slice(tree.start[element]! + 1, tree.nameEnd[element]!);
    const xml = `<${name} xml:space="preserve">${escapeText(text)}</${name}>`;
    return [{ start: tree.start[element]!, end: tree.end[element]!, text: xml }];
  });
}

/** The text from..to with each placeholder's value where it begins and nothing where it goes on. */
function piece(
  whole: string,
  from: number,
  to: number,
  matches: readonly RegExpExecArray[],
  values: PlaceholderValues,
): string {
  let text = "";
  let at = from;
  for (const match of matches) {
    const [start, end] = [match.index, match.index + match[0].length];
    if (end <= from || start >= to) continue;
    text += whole.slice(at, Math.max(at, start));
    if (start >= from) text += values[match[1]!.toLowerCase() as keyof PlaceholderValues];
    at = Math.min(to, end);
  }
  return text + whole.slice(at, to);
}

/** The text elements of a paragraph itself; those of text boxes in it belong to other paragraphs. */
export function ownTexts(tree: XmlTree, paragraph: number): number[] {
  return descendantsNamed(tree, paragraph, "w:t").filter((element) => {
    let at = tree.parent[element]!;
    while (nameOf(tree, at) !== "w:p") at = tree.parent[at]!;
    return at === paragraph;
  });
}

export function paragraphText(tree: XmlTree, texts: readonly number[]): string {
  return texts.map((element) => textOf(tree, element)).join("");
}
