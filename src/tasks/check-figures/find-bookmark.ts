import { paragraphText, type WordDocument } from "../../files/index.ts";
import { decodeText } from "./decode-text.ts";

/** What stands in a bookmark now, and the paragraph around it. */
export type BookmarkedText = {
  readonly text: string;
  readonly paragraph: string;
  /** Of the whole paragraph, tracked changes accepted. */
  readonly paragraphText: string;
  /** Where the text begins in it. */
  readonly start: number;
};

/** The final text of a bookmark (ECMA-376-1, 17.13.6); undefined where it is gone. */
export function findBookmark(document: WordDocument, name: string): BookmarkedText | undefined {
  for (const story of document.stories) {
    const { source } = story.tree;
    const opening = new RegExp(`<w:bookmarkStart\\b[^>]*\\bw:name="${name}"[^>]*>`).exec(source);
    const id = opening === null ? undefined : /\bw:id="([^"]*)"/.exec(opening[0])?.[1];
    if (opening === null || id === undefined) continue;
    const from = opening.index + opening[0].length;
    const closing = new RegExp(`<w:bookmarkEnd\\b[^>]*\\bw:id="${id}"[^>]*>`).exec(source.slice(from));
    const before = [...source.slice(0, opening.index).matchAll(/<w:p(?=[\s>])[^>]*(?<!\/)>/g)];
    const begin = before.at(-1);
    if (closing === null || begin === undefined) return undefined;
    const ordinal = [...source.slice(0, opening.index).matchAll(/<w:p(?=[\s/>])/g)].length - 1;
    const paragraph = document.paragraphs.find(
      (each) => each.part === story.name && each.ordinal === ordinal,
    );
    return {
      text: textOf(source.slice(from, from + closing.index)),
      paragraph: paragraph?.id ?? "",
      paragraphText: paragraph === undefined ? "" : paragraphText(paragraph),
      start: textOf(source.slice(begin.index, opening.index)).length,
    };
  }
  return undefined;
}

/** The text of runs; deleted text stands in `w:delText` and is left out. */
function textOf(xml: string): string {
  return [...xml.matchAll(/<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>|<w:tab\/>/g)]
    .map(([, text]) => (text === undefined ? "\t" : decodeText(text)))
    .join("");
}
