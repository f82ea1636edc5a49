import type { ContentBlock, ContentRun } from "../../../../files/docx/create/content.ts";
import { createDocument } from "../../../../files/docx/create/create-document.ts";
import { listWordUnits } from "../../../../files/docx/units/list-word-units.ts";
import { writeWordUnits } from "../../../../files/docx/units/write-word-units.ts";
import { targetLanguage } from "../../../../files/units/target-language.ts";
import type { TranscriptLabels } from "./transcript-labels.ts";
import type { LanguageText, TranscriptLine } from "./transcript-lines.ts";
import { dayInWords, timeOf } from "./transcript-times.ts";

export type TranscriptDocumentOptions = {
  readonly title: string;
  readonly language: string;
  readonly timeZone: string;
  readonly start: Date;
  readonly labels: TranscriptLabels;
};

/** A Word document with title, date, who took part, and a table of what was said beside its translation. */
export function transcriptDocument(
  lines: readonly TranscriptLine[],
  options: TranscriptDocumentOptions,
): Uint8Array {
  const { title, language, start } = options;
  const texts: LanguageText[] = [];
  const languages = lines.flatMap(({ said, translation }) => [
    said.language,
    translation?.language ?? language,
  ]);
  // Without any text from right to left, the document is born in its language and only the others are put in.
  const isPlain = ![language, ...languages].some((each) => targetLanguage(each).isRightToLeft);
  const place = (text: string, of: string = plainLanguage(text, language)): readonly ContentRun[] => {
    if (text === "") return [];
    if (isPlain && of === language) return [{ text }];
    texts.push({ text, language: of });
    return [{ text: placeholder(texts.length - 1) }];
  };
  const bytes = createDocument(blocksOf(lines, options, place), { title, language, created: start });
  return writeTexts(bytes, texts, language);
}

type Place = (text: string, language?: string) => readonly ContentRun[];

function blocksOf(
  lines: readonly TranscriptLine[],
  { title, language, timeZone, start, labels }: TranscriptDocumentOptions,
  place: Place,
): ContentBlock[] {
  const people = new Map(lines.map((line) => [`${line.name}\0${line.organisation}`, line]));
  const rows = lines.map((line) => [
    place(timeOf(line.at, timeZone)),
    place(line.name),
    place(line.said.text, line.said.language),
    line.translation ? place(line.translation.text, line.translation.language) : [],
  ]);
  const list = [...people.values()].map(({ name, organisation, domain }): ContentBlock => {
    const text = `${name}, ${organisation}${domain === undefined ? "" : ` (${domain})`}`;
    return { kind: "list-item", ordered: false, runs: place(text) };
  });
  const header = [labels.time, labels.speaker, labels.said, labels.translation].map((label) => place(label));
  return [
    { kind: "paragraph", style: "Title", runs: place(title) },
    {
      kind: "paragraph",
      style: "Subtitle",
      runs: place(`${dayInWords(start, timeZone, language)}, ${timeZone}`),
    },
    ...(list.length === 0
      ? []
      : [{ kind: "heading" as const, level: 1 as const, runs: place(labels.participants) }, ...list]),
    { kind: "heading", level: 1, runs: place(labels.transcript) },
    { kind: "table", widths: [11, 17, 36, 36], header, rows },
  ];
}

/** `inOneLine` leaves nothing like it in what people said. */
const placeholder = (index: number): string => `\ue000text${index}`;

/**
 * Puts the texts in their places as translations are put into a file, which marks each with its language and sets its
 * direction. The transcript's own language comes last, so that the page and the table run in its direction.
 */
function writeTexts(bytes: Uint8Array, texts: readonly LanguageText[], language: string): Uint8Array {
  const byPlace = new Map(texts.map((text, index) => [placeholder(index), text]));
  const isLast = (each: string): number => (each === language ? 1 : 0);
  const languages = [...new Set(texts.map((text) => text.language))];
  let written = bytes;
  for (const each of languages.toSorted((one, other) => isLast(one) - isLast(other))) {
    const targets = listWordUnits(written, { properties: false }).flatMap(({ id, text }) => {
      const own = byPlace.get(text);
      return own?.language === each ? [{ unit: id, text: own.text, spans: [], atoms: [] }] : [];
    });
    written = writeWordUnits(written, targets, { language: each, properties: false }).bytes;
  }
  return written;
}

const rightToLeftLetter =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** What names, labels and times are written as: Latin ones stay Latin among Arabic text. */
function plainLanguage(text: string, language: string): string {
  const { isRightToLeft } = targetLanguage(language);
  if (isRightToLeft === rightToLeftLetter.test(text)) return language;
  return isRightToLeft ? "en" : "ar";
}
