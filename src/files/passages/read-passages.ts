import { TandemError } from "../../errors.ts";
import type { TextEncoding } from "../csv/decode-delimited.ts";
import type { WordDocument } from "../docx/types.ts";
import { isZip } from "../opc/is-zip.ts";
import { openFile } from "../open-file.ts";
import { readTranscript, readTranscriptParagraphs } from "../transcript/read-transcript.ts";
import type { Transcript } from "../transcript/transcript.ts";
import { decodeSource } from "./decode-source.ts";
import { bodyFlow } from "./docx-flow.ts";
import { docxPassages } from "./docx-passages.ts";
import { htmlPassages } from "./html-passages.ts";
import { markdownPassages } from "./markdown-passages.ts";
import type { SourceText } from "./passage.ts";
import { readPdf } from "./pdf/read-pdf.ts";
import { pdfPassages } from "./pdf-passages.ts";
import { refuseOtherFiles } from "./refuse-other-files.ts";
import { textPassages } from "./text-passages.ts";
import { transcriptPassages } from "./transcript-passages.ts";

export type ReadPassagesOptions = {
  /** The file's name. Its ending tells Markdown from plain text; everything else is told by content. */
  readonly name: string;
  /** Stops long reading (PDF) with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called while a PDF is read, in pages. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Milliseconds that a PDF or Markdown may take. Defaults to 120,000. */
  readonly timeLimit?: number;
};

/**
 * Reads a source as passages: Word, PDF, Markdown, plain text, HTML, and transcripts of any kind (also in a Word file).
 * Throws `FileUnsupportedError` for other files and for a password, `BadRequestError` for tables, `FileDamagedError` for
 * a broken file, `FileTooLargeError` past the limits, and the signal's reason.
 */
export async function readPassages(bytes: Uint8Array, options: ReadPassagesOptions): Promise<SourceText> {
  options.signal?.throwIfAborted();
  const name = options.name.slice(
    Math.max(options.name.lastIndexOf("/"), options.name.lastIndexOf("\\")) + 1,
  );
  refuseOtherFiles(bytes, name);
  const source = isZip(bytes)
    ? wordSource(openFile(bytes), name)
    : isPdf(bytes)
      ? pdfPassages(await readPdf(bytes, options), name)
      : textSource(bytes, name, options.timeLimit ?? 120_000);
  const title = source.title ?? onlyTitle(source);
  const warnings =
    source.passages.length === 0 ? [...source.warnings, "no text was found in it"] : source.warnings;
  return { ...source, ...(title !== undefined && { title }), warnings };
}

/** Readers look for the mark in the first 1,024 bytes (ISO 32000-1, annex H, note 13). */
function isPdf(bytes: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(bytes.subarray(0, 1024)).includes("%PDF-");
}

function wordSource(document: WordDocument, name: string): SourceText {
  const flow = bodyFlow(document);
  const hasHeadings = flow.some(({ paragraph }) => paragraph.headingLevel !== undefined);
  const transcript = hasHeadings
    ? undefined
    : transcriptOf(() =>
        readTranscriptParagraphs(
          flow.map(({ text }) => text),
          { name },
        ),
      );
  const length = flow.reduce((sum, { text }) => sum + text.length, 0);
  if (transcript !== undefined && covers(transcript, length)) return transcriptPassages(transcript, name);
  return docxPassages(document, name);
}

function textSource(bytes: Uint8Array, name: string, timeLimit: number): SourceText {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  if (/^(vtt|srt|sbv|json)$/.test(ending)) return transcriptPassages(readTranscript(bytes, { name }), name);
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 2048));
  if (/^html?$|^xhtml$/.test(ending) || isHtml(start)) {
    return htmlPassages(decodeSource(bytes, htmlEncoding(start)), name);
  }
  const text = decodeSource(bytes);
  if (/^(md|markdown|mdown|mkd)$/.test(ending)) return markdownPassages(text, name, timeLimit);
  const transcript = transcriptOf(() => readTranscript(text, { name }));
  if (transcript !== undefined && covers(transcript, text.length))
    return transcriptPassages(transcript, name);
  return textPassages(text, name);
}

function isHtml(start: string): boolean {
  return /^\W{0,3}\s*(<!--[\s\S]*?-->\s*)?(<\?xml[^>]*>\s*)?<(!doctype\s+html|html)\b/i.test(start);
}

/** The encoding that a page names itself, where it is none that finds itself out (HTML, 4.2.5.4). */
function htmlEncoding(start: string): TextEncoding | undefined {
  const named = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(start)?.[1]?.toLowerCase();
  return /^(iso-8859-1|latin1|windows-1252|us-ascii)$/.test(named ?? "") ? "windows-1252" : undefined;
}

/** Undefined where the text is no transcript, or one too odd to be read as such: then it is read as text. */
function transcriptOf(read: () => Transcript): Transcript | undefined {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof TandemError) return undefined;
    throw cause;
  }
}

/** "Note: …" and "To: …" make no call: nearly all of the text is said by somebody, and people speak again and again. */
function covers({ cues, speakers, timeKind, format }: Transcript, length: number): boolean {
  // These have a form of their own that no prose has.
  if (format === "webvtt" || format === "srt" || format === "slack-json") return true;
  if (timeKind === "none" && (speakers.length < 2 || cues.length < speakers.length * 2)) return false;
  const said = cues.reduce((sum, cue) => sum + cue.text.length + (cue.speaker?.name.length ?? 0) + 8, 0);
  return said >= length * 0.7;
}

/** The file's first heading, when it is the only one of the first level. */
function onlyTitle({ passages }: SourceText): string | undefined {
  const tops = passages.filter(({ level }) => level === 1);
  return tops.length === 1 && passages[0] === tops[0] ? tops[0]!.text : undefined;
}
