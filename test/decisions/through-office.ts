import { findLedgers } from "../../src/feedback/index.ts";
import type { StyledLook } from "../../src/files/docx/read/look.ts";
import { paragraphLook } from "../../src/files/docx/read/paragraph-look.ts";
import { picturesOf } from "../../src/files/docx/read/pictures.ts";
import { textLooks } from "../../src/files/docx/read/text-looks.ts";
import {
  openFile,
  type Paragraph,
  paragraphText,
  trackedChanges,
  type WordDocument,
} from "../../src/files/index.ts";
import { isOf } from "./find-suggestion.ts";
import { hasOffice, officeResave } from "./office-resave.ts";
import type { Return } from "./simulate-return.ts";

/** What the saves by LibreOffice came to. */
export type OfficeCount = { saved: number; damaged: number; converted: number; ledgersKept: number };

const eachOffice = 5;

/**
 * Every fifth file as LibreOffice saves it, in one of two phases. A file of which it loses words or marks stays as it
 * was: what people then decide on is no longer what was suggested.
 */
export async function throughOffice(
  files: readonly Return[],
  phase: 0 | 1,
  count: OfficeCount,
): Promise<Return[]> {
  if (!hasOffice) return [...files];
  const isChosen = (index: number): boolean => index % (2 * eachOffice) === phase * eachOffice;
  const results = await officeResave(files.filter((_, index) => isChosen(index)).map(({ bytes }) => bytes));
  let next = 0;
  return files.map((file, index) => {
    if (!isChosen(index)) return file;
    const bytes = results[next++];
    if (bytes === undefined) return file;
    const [before, after] = [openFile(file.bytes), openFile(bytes)];
    count.converted++;
    if (findLedgers(after).length > 0) count.ledgersKept++;
    const isSound =
      wordsOf(before) === wordsOf(after) &&
      formattingOf(file, before) === formattingOf(file, after) &&
      (phase === 1 || marksOf(file, before) === marksOf(file, after));
    if (!isSound) {
      count.damaged++;
      return file;
    }
    count.saved++;
    return { ...file, bytes, history: [...file.history, `LibreOffice ${phase === 0 ? "before" : "after"}`] };
  });
}

/** All words in both views, in whatever order the stories come; page numbers and dates are computed anew. */
function wordsOf({ paragraphs }: WordDocument): string {
  const lines = paragraphs
    .filter((each) => isText(each) && each.spans.every(({ lock }) => lock !== "field"))
    .flatMap((each) => [paragraphText(each, "original"), paragraphText(each, "final")]);
  return lines.join("").replace(/\s+/g, "");
}

/** Headers, footers and comments are stored anew, and in another order. */
function isText({ story }: Paragraph): boolean {
  return story.kind === "body" || story.kind === "footnote" || story.kind === "endnote";
}

/** How the text looks by all that suggestions change, where that is not what its styles say. */
function formattingOf({ ledger }: Return, document: WordDocument): string {
  const looks = ledger.stories.flatMap(({ paragraphs }) =>
    paragraphs.flatMap((each) => (typeof each === "string" ? [] : [each, ...each.segments])),
  );
  const names = [
    ...new Set(looks.flatMap((each) => (each.looks ?? []).flatMap(({ after }) => Object.keys(after)))),
  ];
  if (names.length === 0) return "";
  const inWords = ({ look, base }: StyledLook): string =>
    names.map((name) => (look[name] === base[name] ? "" : `${name} ${look[name]}`)).join(";");
  let text = "";
  let last = "";
  const add = (words: string, look: string): void => {
    if (look !== last) text += `<${look}>`;
    last = look;
    text += words;
  };
  for (const paragraph of document.paragraphs) {
    if (!isText(paragraph)) continue;
    const all = paragraph.spans.map((span) => span.text).join("");
    if (all.trim() === "" || paragraph.spans.some(({ lock }) => lock === "field")) continue;
    for (const look of textLooks(document, paragraph)) {
      const words = all.slice(look.start, look.end).replace(/\s+/g, "");
      if (words !== "") add(words, inWords(look));
    }
    add("", inWords(paragraphLook(document, paragraph)));
  }
  return text;
}

/** The words, the pictures and the rest that each suggestion has its mark on. */
function marksOf({ ledger }: Return, document: WordDocument): string {
  const changes = trackedChanges(document);
  return ledger.suggestions
    .map((suggestion) => {
      const own = changes.filter(({ revision }) => isOf(suggestion, revision));
      const texts = own.map(
        ({ kind, text }) => `${kind.replace(/-mark$/, "")} ${text.replace(/[\s¶]/g, "")}`,
      );
      const pictures = document.paragraphs
        .flatMap((each) => picturesOf(document, each))
        .filter(({ inserted }) => isOf(suggestion, inserted))
        .map(({ altText }) => altText);
      if (pictures.length > 0) return pictures.join("\n");
      return [...new Set(texts.filter((each) => !/ $/.test(each)))].sort().join("\n") || `${own.length > 0}`;
    })
    .join("\n\n");
}
