import { BadRequestError, TandemError } from "../../errors.ts";
import {
  type FoundTable,
  openWorkbook,
  type ReadTablesOptions,
  readDelimited,
  readTables,
} from "../../files/index.ts";

/** A file to ask about: its name as people know it, and its bytes. */
export type SourceFile = { readonly name: string; readonly bytes: Uint8Array };

export type LoadedFiles = {
  /** Each with a name of its own, also across files. */
  readonly tables: readonly FoundTable[];
  /** What was left out or had to be decided, as sentences. */
  readonly notes: readonly string[];
};

/**
 * The tables of workbooks and delimited text files. Throws `BadRequestError` when there is none in any of them, and the
 * file errors of the readers, which then name the file.
 */
export async function loadTables(
  files: readonly SourceFile[],
  options: Omit<ReadTablesOptions, "file"> = {},
): Promise<LoadedFiles> {
  const tables: FoundTable[] = [];
  const notes: string[] = [];
  const used = new Set<string>();
  for (const file of files) {
    const found = await readFile(file, options);
    notes.push(...found.notes);
    for (const each of found.tables) {
      const name = freeName(each.table.name, used);
      tables.push({ ...each, table: { ...each.table, name } });
    }
  }
  if (tables.length === 0)
    throw new BadRequestError("no table was found", {
      hint: notes[0] ?? 'Name the cells that hold it: --range "Sheet1!A4:F120".',
    });
  return { tables, notes };
}

async function readFile(
  { name, bytes }: SourceFile,
  options: Omit<ReadTablesOptions, "file">,
): Promise<LoadedFiles> {
  const { signal } = options;
  try {
    const source = isDelimited(name, bytes)
      ? await readDelimited(bytes, signal === undefined ? {} : { signal })
      : openWorkbook(bytes);
    return await readTables(source, { ...options, file: name });
  } catch (error) {
    if (error instanceof TandemError && !error.message.includes(name))
      error.message = `${name}: ${error.message}`;
    throw error;
  }
}

/** Zip files and old workbooks have signatures of their own; all else is text. */
function isDelimited(name: string, bytes: Uint8Array): boolean {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const isCompound = bytes[0] === 0xd0 && bytes[1] === 0xcf;
  return !isZip && !isCompound && !/\.(xlsx?|xlsm|xltx|xltm|xlsb|ods)$/i.test(name);
}

function freeName(name: string, used: Set<string>): string {
  let wanted = name;
  for (let number = 2; used.has(wanted.toLowerCase()); number++) wanted = `${name} ${number}`;
  used.add(wanted.toLowerCase());
  return wanted;
}
