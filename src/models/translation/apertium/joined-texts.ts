import { simplifyReferences } from "../markup-text.ts";
import type { TranslateItem } from "../translation-engine.ts";

/** Several texts as one piece of HTML: a paragraph is where Apertium ends a sentence, whatever stands in it. */
export function joinTexts(items: readonly TranslateItem[]): string {
  return items.map(({ text }, index) => `<p data-i="${index}">${simplifyReferences(text)}</p>`).join("\n");
}

/**
 * The texts of such HTML by their place, `undefined` where one did not come back. Apertium now and then puts spaces before a
 * sentence; the ends of a text are as they were in the source.
 */
export function splitTexts(html: string, items: readonly TranslateItem[]): readonly (string | undefined)[] {
  const found = new Map<number, string>();
  for (const [, place, text] of html.matchAll(/<p data-i="(\d+)">([\s\S]*?)<\/p>/g)) {
    found.set(Number(place), text!);
  }
  return items.map(({ text: source }, index) => {
    const text = found.get(index)?.trim();
    if (text === undefined || (text === "" && source.trim() !== "")) return undefined;
    const before = /^\s*/.exec(source)?.[0] ?? "";
    const after = /\s*$/.exec(source)?.[0] ?? "";
    return `${before}${text.replace(/ {2,}/g, (spaces) => (source.includes(spaces) ? spaces : " "))}${after}`;
  });
}
