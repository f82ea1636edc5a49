import type { SourceFile } from "../../tasks/ask/load-tables.ts";
import type { CliIo } from "./cli-io.ts";
import { convertWorkbook } from "./convert-workbook.ts";
import { inputName, readInput } from "./read-input.ts";
import type { Terminal } from "./terminal.ts";

/** The files of a question, ready to be read. */
export type Sources = {
  readonly files: readonly SourceFile[];
  /** Which of them were converted, as sentences. */
  readonly notes: readonly string[];
  /** Name of the first file where its bytes are those of a conversion. */
  readonly converted?: string;
};

/** Reads files by their names, `-` for stdin. Workbooks of other formats are converted, one after the other. */
export async function readSources(io: CliIo, terminal: Terminal, names: readonly string[]): Promise<Sources> {
  const files: SourceFile[] = [];
  const notes: string[] = [];
  let converted: string | undefined;
  for (const given of names) {
    const name = inputName(given).replace(/^.*[/\\]/, "");
    const read = await convertWorkbook(io, terminal, { name, bytes: await readInput(io, given) });
    if (read.note !== undefined) notes.push(read.note);
    if (read.note !== undefined && files.length === 0) converted = name;
    files.push({ name, bytes: read.bytes });
  }
  return { files, notes, ...(converted !== undefined && { converted }) };
}
