import { decodeDelimited } from "./decode-delimited.ts";
import { detectDialect } from "./detect-dialect.ts";
import { splitRecords, splitter } from "./split-records.ts";

/**
 * The fields of delimited text as they are written (`$1,407`, `(13)`, `4.70`), where `readDelimited` gives what they
 * mean. Outer index is the row from 1, inner index the column from 0; empty fields may be absent.
 */
export function writtenCells(file: Uint8Array, lastRow: number): readonly (readonly string[])[] {
  const { bytes } = decodeDelimited(file);
  const split = splitter(bytes, detectDialect(bytes));
  const decoder = new TextDecoder();
  const rows: string[][] = [];
  const separator = /^sep=.\r?\n/i.exec(decoder.decode(bytes.subarray(0, 8)))?.[0].length ?? 0;
  splitRecords(
    split,
    { at: separator, record: 0 },
    bytes.length,
    (record, column, field, start, end) => {
      const row = rows[record] ?? [];
      row[column] = decoder.decode(field.subarray(start, end)).trim();
      rows[record] = row;
    },
    lastRow,
  );
  return rows;
}
