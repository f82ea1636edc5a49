import { type Paragraph, paragraphText, type WordDocument } from "../../files/index.ts";
import { wordCount } from "./check-form.ts";
import type { RewriteKind } from "./rewrite-kind.ts";

const FIXED_STYLE =
  /^(?:toc|table of|caption|title|subtitle|header|footer|footnote|endnote|html|code|source|macro|quote|intense quote|bibliography|index|signature|envelope|date$|closing|salutation)|code|listing|verzeichnis|beschriftung|légende|legenda/iu;
const LEAST_WORDS: Readonly<Record<RewriteKind, number>> = {
  shorten: 25,
  simplify: 25,
  grammar: 4,
  formal: 8,
  friendly: 8,
  free: 1,
};

/**
 * Whether a paragraph is running text that a rewrite of this kind may touch. Headings, captions, tables of contents,
 * code, quotations, text boxes and cells of figures are left as they are; so are short paragraphs where length is the aim.
 */
export function isRewritable(paragraph: Paragraph, kind: RewriteKind): boolean {
  const text = paragraphText(paragraph);
  if (paragraph.story.kind !== "body" || paragraph.isInTextBox || paragraph.markDeleted !== undefined)
    return false;
  if (wordCount(text) < LEAST_WORDS[kind]) return false;
  if (FIXED_STYLE.test(paragraph.styleName ?? paragraph.styleId ?? "") && kind !== "free") return false;
  if (/^toc/iu.test(paragraph.styleName ?? paragraph.styleId ?? "")) return false;
  if (paragraph.headingLevel !== undefined && kind !== "free" && kind !== "grammar") return false;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return letters >= text.replace(/\s/gu, "").length / 2;
}

/** Lower-case words that the document writes with a capital in mid-sentence and never without: its names. */
export function namesIn(document: WordDocument): ReadonlySet<string> {
  const capital = new Set<string>();
  const small = new Set<string>();
  for (const paragraph of document.paragraphs) {
    if (paragraph.headingLevel !== undefined) continue;
    for (const match of paragraphText(paragraph).matchAll(
      /(?<start>^|[.!?:•"“(]\s*)?(?<word>[\p{L}][\p{L}\p{N}]+)/gu,
    )) {
      const { start, word = "" } = match.groups ?? {};
      if (/^\p{Ll}/u.test(word)) small.add(word);
      else if (start === undefined) capital.add(word.toLowerCase());
    }
  }
  return new Set([...capital].filter((word) => !small.has(word)));
}

/** Terms that the document defines, as `the “Services”` or `("Confidential Information")`. */
export function definedTermsIn(document: WordDocument): readonly string[] {
  const terms = new Set<string>();
  for (const paragraph of document.paragraphs) {
    for (const match of paragraphText(paragraph).matchAll(
      /["“„«](\p{Lu}[\p{L}\p{N}]*(?:[ -]\p{Lu}[\p{L}\p{N}]*){0,4})["”“»]/gu,
    )) {
      if (match[1] !== undefined) terms.add(match[1]);
    }
  }
  return [...terms];
}
