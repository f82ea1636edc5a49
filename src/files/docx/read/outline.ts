import { TargetAmbiguousError, TargetNotFoundError } from "../../../errors.ts";
import type { OutlineEntry, Paragraph, WordDocument } from "../types.ts";
import { paragraphText } from "./paragraph-text.ts";

/** The headings of the body, in order, with the numbers that Word prints. */
export function outline(document: WordDocument): OutlineEntry[] {
  return bodyParagraphs(document).flatMap((paragraph) => {
    const text = paragraphText(paragraph).trim();
    if (paragraph.headingLevel === undefined || text === "") return [];
    const { id, headingLevel: level, numbering } = paragraph;
    return [{ paragraph: id, level, text, ...(numbering !== undefined && { numbering }) }];
  });
}

export type Section = {
  readonly heading: OutlineEntry;
  /** The paragraphs below the heading, up to the next heading of its level or above; the heading itself is left out. */
  readonly paragraphs: readonly Paragraph[];
};

/**
 * The section a person means by its number ("4", "4.2"), its title, or part of its title.
 * Throws `TargetNotFoundError` with the headings there are, or `TargetAmbiguousError`.
 */
export function findSection(document: WordDocument, wanted: string): Section {
  const entries = outline(document);
  const heading = matchHeading(entries, wanted);
  const body = bodyParagraphs(document);
  const from = body.findIndex((each) => each.id === heading.paragraph);
  const length = body
    .slice(from + 1)
    .findIndex((each) => each.headingLevel !== undefined && each.headingLevel <= heading.level);
  return { heading, paragraphs: body.slice(from + 1, length < 0 ? undefined : from + 1 + length) };
}

function matchHeading(entries: readonly OutlineEntry[], wanted: string): OutlineEntry {
  const key = normalise(wanted);
  const label = (entry: OutlineEntry): string => normalise(entry.numbering ?? "");
  const full = (entry: OutlineEntry): string => `${label(entry)} ${normalise(entry.text)}`.trim();
  const rules: readonly ((entry: OutlineEntry) => boolean)[] = [
    (entry) => label(entry) === key || full(entry) === key || normalise(entry.text) === key,
    (entry) => normalise(entry.text).startsWith(`${key} `) || full(entry).startsWith(`${key} `),
    (entry) => normalise(entry.text).includes(key),
  ];
  for (const rule of rules) {
    const found = entries.filter(rule);
    if (found.length === 1) return found[0]!;
    if (found.length > 1) {
      throw new TargetAmbiguousError(`"${wanted}" fits ${found.length} headings`, {
        hint: listHeadings(found),
      });
    }
  }
  throw new TargetNotFoundError(`section "${wanted}" not found`, {
    hint: entries.length === 0 ? "The document has no headings: use a quote." : listHeadings(entries),
  });
}

function listHeadings(entries: readonly OutlineEntry[]): string {
  const shown = entries.slice(0, 30).map((entry) => `${entry.numbering ?? ""} ${entry.text}`.trim());
  const more = entries.length > 30 ? `, and ${entries.length - 30} more` : "";
  return `the document has: ${shown.join(", ")}${more}`;
}

function normalise(text: string): string {
  return text
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/[.:]+$/, "")
    .trim();
}

function bodyParagraphs(document: WordDocument): Paragraph[] {
  return document.paragraphs.filter((each) => each.story.kind === "body" && !each.isInTextBox);
}
