import { TandemError } from "../../errors.ts";
import { readDelimited } from "../../files/csv/read-delimited.ts";
import type { SourceText } from "../../files/passages/passage.ts";
import { readPassages } from "../../files/passages/read-passages.ts";
import { readTables } from "../../files/tables/read-tables.ts";
import { openWorkbook } from "../../files/xlsx/open-workbook.ts";
import { sha256 } from "../sha256.ts";
import type { Sources, SourceTables } from "./types.ts";

/** A file to write from: its name as people know it, and its bytes. */
export type SourceFile = { readonly name: string; readonly bytes: Uint8Array };

export type ReadSources = {
  readonly sources: Sources;
  /** What could not be read or had to be decided, as sentences that name the file. */
  readonly notes: readonly string[];
};

export type ReadSourcesOptions = {
  readonly signal?: AbortSignal | undefined;
  /** Called after each file. */
  readonly onProgress?: (done: number, total: number) => void;
};

/**
 * Reads everything a document may be made from: workbooks and delimited text as tables, all else as passages. Files of
 * the same name are told apart (`brief.docx`, `brief (2).docx`). Throws the readers' errors with the file's name in them.
 */
export async function readSources(
  files: readonly SourceFile[],
  { signal, onProgress }: ReadSourcesOptions = {},
): Promise<ReadSources> {
  const texts: SourceText[] = [];
  const workbooks: SourceTables[] = [];
  const notes: string[] = [];
  for (const [index, file] of uniqueNames(files).entries()) {
    signal?.throwIfAborted();
    await naming(file.name, async () => {
      if (isTabular(file.name)) {
        const { notes: said, ...tables } = await readWorkbook(file, signal);
        workbooks.push(tables);
        notes.push(...said.map((note) => `${file.name}: ${note}`));
      } else {
        const text = await readPassages(file.bytes, { name: file.name });
        texts.push(text);
        notes.push(...text.warnings.map((warning) => `${file.name}: ${warning}`));
      }
    });
    onProgress?.(index + 1, files.length);
  }
  return { sources: { texts, workbooks }, notes };
}

function isTabular(name: string): boolean {
  return /\.(?:xls[xmb]?|xlt[xm]|csv|tsv|ods)$/i.test(name);
}

async function readWorkbook(
  { name, bytes }: SourceFile,
  signal: AbortSignal | undefined,
): Promise<SourceTables & { readonly notes: readonly string[] }> {
  const stop = signal === undefined ? {} : { signal };
  const cells = /\.(?:csv|tsv)$/i.test(name) ? await readDelimited(bytes, stop) : openWorkbook(bytes);
  const { tables, notes } = await readTables(cells, { file: name, ...stop });
  return { name, bytes, sha256: await sha256(bytes), tables: tables.map(({ table }) => table), notes };
}

async function naming(name: string, read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (error instanceof TandemError && !error.message.includes(name))
      error.message = `${name}: ${error.message}`;
    throw error;
  }
}

/** Names without folders, each of them once, ignoring case. */
function uniqueNames(files: readonly SourceFile[]): SourceFile[] {
  const used = new Set<string>();
  return files.map(({ name, bytes }) => {
    const bare = name.replace(/^.*[/\\]/u, "").trim() || "source";
    const dot = bare.lastIndexOf(".");
    const [stem, ending] = dot > 0 ? [bare.slice(0, dot), bare.slice(dot)] : [bare, ""];
    let wanted = bare;
    for (let number = 2; used.has(wanted.toLowerCase()); number++) wanted = `${stem} (${number})${ending}`;
    used.add(wanted.toLowerCase());
    return { name: wanted, bytes };
  });
}
