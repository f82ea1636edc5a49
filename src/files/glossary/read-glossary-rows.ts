import { FileDamagedError } from "../../errors.ts";
import { decodeDelimited } from "../csv/decode-delimited.ts";
import { detectDialect } from "../csv/detect-dialect.ts";
import { splitRecords, splitter } from "../csv/split-records.ts";

export type GlossaryRow = { readonly line: number; readonly cells: readonly string[] };

/** Most rows. */
const maxRows = 500_000;
/** Longest cell; a longer one is the rest of the file behind a quotation mark that nothing closes. */
const maxCell = 20_000;

/** The rows of a delimited file that hold something, with the line on which each begins. */
export function readGlossaryRows(input: Uint8Array | string, format: "csv" | "tsv"): GlossaryRow[] {
  const { bytes } = decodeDelimited(typeof input === "string" ? new TextEncoder().encode(input) : input);
  const dialect = detectDialect(bytes, format === "tsv" ? { delimiter: "\t" } : {});
  const rows: GlossaryRow[] = [];
  const decoder = new TextDecoder();
  const split = splitter(bytes, dialect);
  const separator = /^sep=.\r?\n/i.exec(decoder.decode(bytes.subarray(0, 8)))?.[0].length ?? 0;
  const cursor = { at: separator, record: 0 };
  let line = separator > 0 ? 2 : 1;
  while (cursor.at < bytes.length) {
    const start = cursor.at;
    const cells: string[] = [];
    splitRecords(
      split,
      cursor,
      bytes.length,
      (_, column, from, begin, end) => {
        if (end - begin > maxCell)
          throw new FileDamagedError(`a cell on line ${line} goes on for ${end - begin} characters`, {
            hint: "A quotation mark on that line may have no partner.",
          });
        while (cells.length < column) cells.push("");
        cells[column] = decoder.decode(from.subarray(begin, end)).trim();
      },
      1,
    );
    if (cells.some((cell) => cell !== "")) rows.push({ line, cells });
    if (rows.length > maxRows)
      throw new FileDamagedError(`the glossary holds more than ${maxRows} rows (line ${line})`);
    line += lineEnds(bytes, start, cursor.at);
  }
  return rows;
}

function lineEnds(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++)
    if (bytes[at] === 10 || (bytes[at] === 13 && bytes[at + 1] !== 10)) count++;
  return count;
}
