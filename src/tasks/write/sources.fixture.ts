import type { Passage, SourceText } from "../../files/passages/passage.ts";
import type { TaskContext } from "../task.ts";
import type { Outline, OutlineSection, PassageReference, SectionRequest, Sources } from "./types.ts";

/**
 * A text source from lines: `# Heading`, `## Inner heading`, `- point`, `| a | b` a row, `Anna: words` a cue where the
 * name ends in `.vtt`, all else paragraphs. The first row of a table names its columns.
 */
export function textSource(name: string, lines: readonly string[]): SourceText {
  const isCall = name.endsWith(".vtt");
  const above: { readonly level: number; readonly text: string }[] = [];
  let header: number | undefined;
  const passages = lines.map((line, index): Passage => {
    const number = index + 1;
    const heading = /^(#+) (.*)$/u.exec(line);
    if (heading !== null) {
      const level = heading[1]!.length;
      while ((above.at(-1)?.level ?? 0) >= level) above.pop();
      const headings = above.map(({ text }) => text);
      above.push({ level, text: heading[2]! });
      return { number, kind: "heading", text: heading[2]!, level, headings, place: {} };
    }
    const headings = above.map(({ text }) => text);
    if (line.startsWith("| ")) {
      header ??= number;
      return { number, kind: "row", text: line.slice(2), header, headings, place: {} };
    }
    header = undefined;
    const cue = isCall ? /^(\w+): (.*)$/u.exec(line) : null;
    if (cue !== null)
      return { number, kind: "cue", text: cue[2]!, headings, place: { time: index * 10, speaker: cue[1]! } };
    if (line.startsWith("- ")) return { number, kind: "list-item", text: line.slice(2), headings, place: {} };
    return { number, kind: "paragraph", text: line, headings, place: {} };
  });
  return { name, format: isCall ? "transcript" : "docx", passages, warnings: [] };
}

export function sourcesOf(...texts: readonly SourceText[]): Sources {
  return { texts, workbooks: [] };
}

/** A small proposal and the call about it. */
export const PROPOSAL: SourceText = textSource("proposal.docx", [
  "# Harbour pilot",
  "# Background",
  "Bookings reach the Harbour Desk by telephone. This costs the desk about 30 hours a week.",
  "# Scope",
  "## What we deliver",
  "- A booking form for the 40 regular carriers, in English and Portuguese.",
  "- A daily report of berths and waiting times for the Harbour Desk.",
  "## What is not included",
  "- Changes to the customs system of the port.",
  "# Price",
  "The pilot costs EUR 18,500 without VAT. One half is due on 3 May 2027.",
  "| Position | Days | EUR",
  "| Booking form | 12 | 11,500",
  "| Total without VAT | 19 | 18,500",
  "# Risks",
  "The port authority may not grant access to the berth data before June. However, this is unlikely.",
]);
export const CALL: SourceText = textSource("call.vtt", [
  "Anna: Good morning, can you hear me?",
  "Bruno: Loud and clear.",
  "Anna: Agreed, the pilot starts on 10 May 2027 with six carriers.",
  "Bruno: I'll send the berth data to Carla by Friday.",
  "Bruno: What does the desk say about it?",
  "Anna: The biggest risk is that the carriers do not use the form at all.",
]);

export const SMALL: Sources = sourcesOf(PROPOSAL, CALL);

export function sectionOf(heading: string, more: Partial<OutlineSection> = {}): OutlineSection {
  return { id: "1", level: 1, heading, purpose: "", words: 80, uses: [], tables: [], figures: [], ...more };
}

/** References to passages of a source by number. */
export function uses(source: string, ...numbers: readonly number[]): PassageReference[] {
  return numbers.map((passage) => ({ source, passage }));
}

export function requestFor(section: OutlineSection, more: Partial<SectionRequest> = {}): SectionRequest {
  const outline: Outline = { title: "Harbour pilot", language: "en-GB", sections: [section] };
  return {
    prompt: "Write a brief.",
    outline,
    section,
    sources: SMALL,
    figures: [],
    tables: [],
    written: [],
    ...more,
  };
}

/** A context without a model. */
export function contextOf(more: Partial<TaskContext> = {}): TaskContext {
  return { now: new Date("2027-02-01T12:00:00Z"), timeZone: "Europe/Lisbon", emit: () => {}, ...more };
}
