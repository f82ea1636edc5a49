import path from "node:path";
import { BadRequestError } from "../../../errors.ts";
import type { LiveTranscriptFormat } from "../../server/live/write-transcript.ts";
import type { CliIo } from "../cli-io.ts";
import { exitCodes } from "../exit-code.ts";
import { namedFile, writeResult } from "../output-file.ts";
import { printableLine } from "../printable.ts";
import type { Terminal } from "../terminal.ts";
import { callLiveServer, parseLiveLink } from "./live-link.ts";

const FORMATS: readonly LiveTranscriptFormat[] = ["docx", "vtt", "tmx", "txt", "json"];

export type TranscriptOptions = {
  readonly json?: boolean;
  readonly output: string;
  readonly format?: string;
};

/** `tandem live transcript LINK -o call.docx`: this side's copy of the call, in the form that the name ends in. */
export async function fetchTranscript(
  io: CliIo,
  terminal: Terminal,
  given: string,
  { json, output, format: asked }: TranscriptOptions,
): Promise<number> {
  const link = parseLiveLink(given);
  const format = asked ?? path.extname(output).slice(1).toLowerCase();
  if (!FORMATS.some((each) => each === format)) {
    throw new BadRequestError(`a transcript cannot be ${format === "" ? "without a form" : `.${format}`}`, {
      hint: `end the name in ${FORMATS.map((each) => `.${each}`).join(", ")}, or say --format`,
    });
  }
  if (output === "-" && json)
    throw new BadRequestError("stdout can hold the transcript or the report, not both", {
      hint: "name a file with -o",
    });
  const url = link.apiUrl(`transcript?format=${format}&timeZone=${encodeURIComponent(io.timeZone)}`);
  const response = await callLiveServer({ url, secret: link.token, signal: io.signal });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const place = output === "-" ? ({ kind: "stdout" } as const) : await namedFile(io, output);
  const { path: written } = await writeResult(io, place, bytes, bytes);
  if (json)
    terminal.printJson({ command: "live transcript", output: written ?? null, format, bytes: bytes.length });
  else if (written !== undefined) terminal.say(`wrote ${printableLine(written)}`);
  return exitCodes.done;
}
