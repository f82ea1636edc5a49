import { type ContentBlock, type ContentRun, createDocument } from "../../../files/index.ts";
import { languageName } from "../language-tag.ts";
import type { TranslatedSegment } from "../result-types.ts";

export type BilingualOptions = {
  readonly title: string;
  readonly author: string;
  /** BCP 47 tags. */
  readonly from: string;
  readonly to: string;
  readonly created: Date;
};

/** A Word document with every sentence beside its translation, and what a person should look at, for review on paper. */
export function bilingualTable(
  segments: readonly TranslatedSegment[],
  options: BilingualOptions,
): Uint8Array {
  const { title, author, from, to, created } = options;
  const counts = (rating: TranslatedSegment["rating"]): number =>
    segments.filter((segment) => segment.rating === rating).length;
  const blocks: ContentBlock[] = [
    { kind: "heading", level: 1, runs: [{ text: title }] },
    {
      kind: "paragraph",
      runs: [
        {
          text: `${segments.length} sentences, ${languageName(from)} to ${languageName(to)}: ${counts("red")} to be read (red), ${counts("amber")} worth a look (amber), ${counts("green")} without a finding.`,
        },
      ],
    },
  ];
  let place = "";
  let rows: (readonly (readonly ContentRun[])[])[] = [];
  const flush = (): void => {
    if (rows.length > 0) blocks.push(tableOf(rows, from, to));
    rows = [];
  };
  for (const [index, segment] of segments.entries()) {
    const part = partOf(segment.place);
    if (part !== place) {
      flush();
      blocks.push({ kind: "heading", level: 2, runs: [{ text: part }] });
      place = part;
    }
    rows.push(rowOf(segment, index + 1));
  }
  flush();
  return createDocument(blocks, { title, author, language: "en-GB", created });
}

/** The part of the file that a place is in, one table for each: a slide, a sheet, all of a document's text. */
function partOf(place: string): string {
  const first = /^(.*?)(?:[!,:]|$)/.exec(place)?.[1]?.trim() ?? "";
  return /^(?:(?:paragraph|table|picture|line|cue) \d+|picture|)$/.test(first) ? "Text" : first;
}

function tableOf(
  rows: readonly (readonly (readonly ContentRun[])[])[],
  from: string,
  to: string,
): ContentBlock {
  const header = ["", languageName(from), languageName(to), "Look at"].map((text) => [{ text, bold: true }]);
  return { kind: "table", widths: [6, 38, 38, 18], header, rows };
}

function rowOf(segment: TranslatedSegment, number: number): (readonly ContentRun[])[] {
  const { source, target, findings, rating } = segment;
  const kept = segment.origin === "source" && findings.length > 0;
  const notes = findings.map(({ text }) => text).join("; ");
  return [
    [{ text: String(number) }],
    [{ text: source.text }],
    [{ text: kept ? "" : target.text }],
    [{ text: rating === "green" ? "" : `${rating}: `, bold: true }, { text: notes }],
  ];
}
