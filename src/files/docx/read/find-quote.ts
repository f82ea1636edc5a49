import { TargetAmbiguousError, TargetNotFoundError } from "../../../errors.ts";
import type { Anchor, Paragraph, WordDocument } from "../types.ts";
import { sourceOf } from "./read-paragraphs.ts";

export type FindQuoteOptions = {
  /** Which of several occurrences is meant, from 1 in reading order. Without it the quote must occur exactly once. */
  readonly occurrence?: number;
  /** Ids of the paragraphs to look in. Defaults to all. */
  readonly within?: readonly string[];
};

/**
 * Where a quote stands in the document's final text, in any story. When it is nowhere to the letter, quotation marks,
 * dashes and spaces are taken as alike. Throws `TargetNotFoundError` or `TargetAmbiguousError`.
 */
export function findQuote(document: WordDocument, quote: string, options: FindQuoteOptions = {}): Anchor {
  if (quote.trim() === "") {
    throw new TargetNotFoundError("the quote is empty", {
      hint: "Quote some words of the text that is meant.",
    });
  }
  const wanted = options.within && new Set(options.within);
  const paragraphs = wanted ? document.paragraphs.filter(({ id }) => wanted.has(id)) : document.paragraphs;
  const exact = occurrences(paragraphs, quote, (text) => text);
  const found = exact.length > 0 ? exact : occurrences(paragraphs, quote, fold);
  if (options.occurrence !== undefined) {
    const chosen = found[options.occurrence - 1];
    if (chosen !== undefined) return chosen;
    throw new TargetNotFoundError(
      `${shorten(quote)} occurs ${times(found.length)}, not ${options.occurrence}`,
    );
  }
  if (found.length === 1) return found[0]!;
  if (found.length === 0) throw notFound(paragraphs, quote);
  throw new TargetAmbiguousError(`${shorten(quote)} occurs ${times(found.length)}`, {
    hint: `Quote more of the text around it, or say which one by "occurrence" (1 to ${found.length}).`,
  });
}

/** An anchor that covers a paragraph's whole final text. */
export function wholeParagraph(paragraph: Paragraph): Anchor {
  const quote = sourceOf(paragraph).inline.finalText;
  return { paragraph: paragraph.id, start: 0, end: quote.length, quote };
}

function occurrences(
  paragraphs: readonly Paragraph[],
  quote: string,
  normalise: (text: string) => string,
): Anchor[] {
  const needle = normalise(quote);
  const found: Anchor[] = [];
  for (const paragraph of paragraphs) {
    const text = sourceOf(paragraph).inline.finalText;
    const haystack = normalise(text);
    for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + needle.length)) {
      const end = at + needle.length;
      found.push({ paragraph: paragraph.id, start: at, end, quote: text.slice(at, end) });
    }
  }
  return found;
}

/** One character for each, so that offsets stay true. */
function fold(text: string): string {
  return text
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000\t\n]/g, " ")
    .replace(/[\u2018\u2019\u201a\u201b\u2032]/g, "'")
    .replace(/[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, "-");
}

function notFound(paragraphs: readonly Paragraph[], quote: string): TargetNotFoundError {
  const joined = fold(paragraphs.map((each) => sourceOf(each).inline.finalText).join("\n"));
  const pieces = quote.split("\n").length;
  if (joined.includes(fold(quote).trim())) {
    return new TargetNotFoundError(
      `${shorten(quote)} runs over ${pieces > 1 ? pieces : "several"} paragraphs`,
      {
        hint: "Make one change for each paragraph.",
      },
    );
  }
  return new TargetNotFoundError(`${shorten(quote)} is not in the document`, {
    hint: "Copy the words as they stand, without the numbering; text that is already deleted by a tracked change does not count.",
  });
}

function times(count: number): string {
  return count === 1 ? "once" : count === 0 ? "nowhere" : `${count} times`;
}

function shorten(quote: string): string {
  return JSON.stringify(quote.length > 60 ? `${quote.slice(0, 57)}…` : quote);
}
