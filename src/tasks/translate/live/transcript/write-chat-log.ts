import { readText, type TranscriptLine } from "./transcript-lines.ts";
import { dayOf, timeOf } from "./transcript-times.ts";

export type WriteChatLogOptions = { readonly title: string; readonly timeZone: string };

/** `HH:MM:SS Name (domain): text` for each line in the transcript's language, below a title and the date. */
export function writeChatLog(
  lines: readonly TranscriptLine[],
  { title, timeZone }: WriteChatLogOptions,
): string {
  const first = lines[0];
  const head = [`Title: ${title}`, ...(first ? [`Date: ${dayOf(first.at, timeZone)}`] : []), ""];
  const body = lines.map((line) => `${timeOf(line.at, timeZone)} ${labelOf(line)}: ${readText(line)}`);
  return [...head, ...body, ""].join("\n");
}

/** A name that a reader can tell from what stands around it. */
export function labelOf({ name, domain }: TranscriptLine): string {
  const plain = name
    .replace(/[:：()<>[\]|]+/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  return domain === undefined ? plain || "?" : `${plain || "?"} (${domain})`;
}
