import { BadRequestError, FileDamagedError, FileUnsupportedError, TandemError } from "../../errors.ts";
// By file: the index would bring in all that is there for Word documents.
import { readDelimited } from "../../files/csv/read-delimited.ts";
import { isZip } from "../../files/opc/is-zip.ts";
import { freeTableName } from "../../files/tables/name-tables.ts";
import {
  type FoundTable,
  type FoundTables,
  type ReadTablesOptions,
  readTables,
} from "../../files/tables/read-tables.ts";
import { openWorkbook } from "../../files/xlsx/open-workbook.ts";

/** A file to ask about: its name as people know it, and its bytes. */
export type SourceFile = { readonly name: string; readonly bytes: Uint8Array };

export type LoadedFiles = {
  /** Each with a name of its own, also across files. */
  readonly tables: readonly FoundTable[];
  /** What was left out or had to be decided, as sentences. */
  readonly notes: readonly string[];
};

export type LoadTablesOptions = Omit<ReadTablesOptions, "file">;

/**
 * The tables of workbooks and delimited text files. Throws `BadRequestError` when there is none in any of them, and the
 * file errors of the readers, which then name the file.
 */
export async function loadTables(
  files: readonly SourceFile[],
  options: LoadTablesOptions = {},
): Promise<LoadedFiles> {
  const found = await findTables(files, options);
  if (found.tables.length === 0) throw noTable(files, found.notes);
  return found;
}

/** As `loadTables`, also where there is no table; `taken` are names that none of them gets. */
export async function findTables(
  files: readonly SourceFile[],
  options: LoadTablesOptions,
  taken: readonly string[] = [],
): Promise<LoadedFiles> {
  const tables: FoundTable[] = [];
  const notes: string[] = [];
  const used = new Set(taken.map((name) => name.toLowerCase()));
  for (const [index, file] of files.entries()) {
    const found = await readSource(file, {
      ...options,
      onProgress: (share) => options.onProgress?.((index + share) / files.length),
    });
    notes.push(...found.notes.map((note) => (files.length > 1 ? `${file.name}: ${note}` : note)));
    if (found.tables.length === 0 && files.length > 1) notes.push(`${file.name}: no table was found in it.`);
    for (const each of found.tables) {
      const name = freeTableName(each.table.name, used);
      tables.push({ ...each, table: { ...each.table, name } });
    }
  }
  return { tables, notes };
}

/** The error where there is nothing to ask about. */
export function noTable(files: readonly SourceFile[], notes: readonly string[]): BadRequestError {
  const names = files.map(({ name }) => name).join(", ");
  const wish = 'A table has a row of headings and values below; name its cells by a range: "Sheet1!A4:F120".';
  return new BadRequestError(`no table was found in ${names}`, { hint: [...notes, wish].join(" ") });
}

/** Runs what reads a file; its errors then name the file and say what to do. */
export async function naming<Result>(name: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof FileDamagedError && error.hint === undefined)
      throw new FileDamagedError(`${name}: ${error.message}`, {
        cause: error,
        hint: "Open it in Excel and save it again, or name cells of another sheet by a range.",
      });
    if (error instanceof TandemError && error.code !== "aborted" && !error.message.includes(name))
      error.message = `${name}: ${error.message}`;
    throw error;
  }
}

function readSource({ name, bytes }: SourceFile, options: LoadTablesOptions): Promise<FoundTables> {
  const { signal, onProgress } = options;
  return naming(name, async () => {
    const source = isDelimited(name, bytes)
      ? await readDelimited(bytes, {
          ...(signal !== undefined && { signal }),
          ...(onProgress !== undefined && { onProgress }),
        })
      : openWorkbook(bytes);
    return readTables(source, { ...options, file: name });
  });
}

/** Zip files and old workbooks have signatures of their own, web pages begin with a tag; all else has to be text. */
function isDelimited(name: string, bytes: Uint8Array): boolean {
  const isCompound = bytes[0] === 0xd0 && bytes[1] === 0xcf;
  if (isZip(bytes) || isCompound || /\.(xlsx|xlsm|xltx|xltm|xlsb|ods)$/i.test(name)) return false;
  // Many programs write text or a web page and call it .xls.
  if (isMarkup(bytes)) return false;
  if (/\.xls$/i.test(name)) return isText(bytes);
  if (!isText(bytes))
    throw new FileUnsupportedError("this is neither a workbook nor text", {
      hint: "tables are read from .xlsx, .xlsm, .csv, .tsv and .parquet; where LibreOffice is installed, also from .xls, .xlsb and .ods",
    });
  return true;
}

function isMarkup(bytes: Uint8Array): boolean {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 200)).replaceAll("\0", "");
  return /^[^\w<]{0,8}<(\?xml|!doctype|html|head|meta|table|office:)/i.test(start);
}

/** Text has hardly any control characters but for tabs and line ends; in UTF-16 every other byte is zero. */
function isText(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 4096);
  let controls = 0;
  for (const byte of sample) if ((byte > 0 && byte < 9) || (byte > 13 && byte < 32)) controls++;
  return controls * 50 <= sample.length;
}
