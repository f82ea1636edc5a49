import type { ContentRun } from "../../../files/docx/create/content.ts";
import type { DraftSentence, Figure } from "../types.ts";
import { noteText, type PassageFinder } from "./note-text.ts";

/** How the sources of a sentence are shown. */
export type CitationStyle = "footnotes" | "comments" | "none";

export type SentenceContext = {
  readonly citations: CitationStyle;
  readonly find: PassageFinder;
  readonly figures: ReadonlyMap<string, Figure>;
  /** Ids of the tables that stand in the document. */
  readonly tables: ReadonlySet<string>;
  /** Ids of figures whose bookmark stands in the document already. */
  readonly bookmarked: Set<string>;
};

/**
 * Sentences as the runs of one paragraph, each group that rests on the same passages with one note behind it. The first
 * mention of a figure carries its bookmark `tandem_f1`, later ones refer to it.
 */
export function sentenceRuns(sentences: readonly DraftSentence[], context: SentenceContext): ContentRun[] {
  const groups: DraftSentence[][] = [];
  for (const sentence of sentences) {
    const last = groups.at(-1);
    if (last !== undefined && restOnTheSame(last[0]!, sentence)) last.push(sentence);
    else groups.push([sentence]);
  }
  return groups.flatMap((group, index) => {
    const runs = group.flatMap((sentence, place) => [
      ...(index + place > 0 ? [{ text: " " }] : []),
      ...textRuns(sentence, context),
    ]);
    return withNote(runs, group, context);
  });
}

function restOnTheSame(a: DraftSentence, b: DraftSentence): boolean {
  const places = ({ citations }: DraftSentence): string =>
    [...new Set(citations.map(({ source, passage }) => `${passage} ${source}`))].sort().join("\n");
  return a.citations.length > 0 && places(a) === places(b);
}

/** Runs with the note of these sentences behind the last one. */
export function withNote(
  runs: readonly ContentRun[],
  sentences: readonly DraftSentence[],
  { citations, find }: SentenceContext,
): ContentRun[] {
  const note = citations === "none" ? undefined : noteText(sentences, find);
  const last = runs.at(-1);
  if (note === undefined || last === undefined) return [...runs];
  const marked: ContentRun =
    citations === "footnotes" ? { ...last, note: [{ text: note }] } : { ...last, comment: note };
  return [...runs.slice(0, -1), marked];
}

function textRuns({ text, basis }: DraftSentence, context: SentenceContext): ContentRun[] {
  if (basis === "missing") return [{ text, bold: true }];
  return text
    .split(/(\[\[[^\]]*\]\])/u)
    .filter((part) => part !== "")
    .map((part): ContentRun => {
      const id = /^\[\[([^\]]*)\]\]$/u.exec(part)?.[1];
      return id === undefined ? { text: part } : placeholderRun(id, context);
    });
}

/** A reference without a text shows what its bookmark holds: the caption's label and number. */
function placeholderRun(id: string, { figures, tables, bookmarked }: SentenceContext): ContentRun {
  if (tables.has(id)) return { text: "", reference: `tandem_${id}` };
  const text = figures.get(id)?.text ?? "";
  if (bookmarked.has(id)) return { text, reference: `tandem_${id}` };
  bookmarked.add(id);
  return { text, bookmark: `tandem_${id}` };
}
