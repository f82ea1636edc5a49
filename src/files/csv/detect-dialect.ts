import { type Dialect, splitRecords, splitter } from "./split-records.ts";

const SAMPLE = 256 * 1024;
const RECORDS = 500;
/** In the order in which they win when nothing else decides. */
const delimiters = ["\t", ";", ",", "|"] as const;

/**
 * The delimiter under which lines agree best on how many cells they have and cells look least as if another delimiter
 * were meant, and the way quotation marks are escaped that leaves the fewest of them stray.
 */
export function detectDialect(bytes: Uint8Array, given: Partial<Dialect> = {}): Dialect {
  const sample = sampleOf(bytes);
  const named = /^sep=([,;\t|])/i.exec(new TextDecoder().decode(sample.subarray(0, 8)))?.[1];
  const wanted = given.delimiter ?? (named as Dialect["delimiter"] | undefined);
  const escapes = given.escape === undefined ? (["doubled", "backslash"] as const) : [given.escape];
  let best: { dialect: Dialect; score: number } = {
    dialect: { delimiter: wanted ?? ",", escape: given.escape ?? "doubled" },
    score: 0,
  };
  for (const delimiter of wanted === undefined ? delimiters : [wanted]) {
    for (const escaping of escapes) {
      const dialect: Dialect = { delimiter, escape: escaping };
      const score = scoreOf(sample, dialect);
      if (score > best.score) best = { dialect, score };
    }
  }
  return best.dialect;
}

/** The beginning of the file, up to a line's end. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= SAMPLE) return bytes;
  const sample = bytes.subarray(0, SAMPLE);
  const end = Math.max(sample.lastIndexOf(10), sample.lastIndexOf(13));
  return end > 0 ? sample.subarray(0, end + 1) : sample;
}

function scoreOf(sample: Uint8Array, dialect: Dialect): number {
  const split = splitter(sample, dialect);
  const widths = new Map<number, number>();
  const decoder = new TextDecoder();
  let cells = 0;
  let clean = 0;
  const cursor = { at: 0, record: 0 };
  splitRecords(
    split,
    cursor,
    sample.length,
    (record, column, bytes, start, end) => {
      widths.set(record, column + 1);
      cells++;
      if (isClean(decoder.decode(bytes.subarray(start, Math.min(end, start + 200))), dialect.delimiter))
        clean++;
    },
    RECORDS,
  );
  const counts = new Map<number, number>();
  for (const width of widths.values()) counts.set(width, (counts.get(width) ?? 0) + 1);
  const [width, agreeing] = [...counts].reduce(
    (most, each) =>
      each[0] > 1 && each[1] * Math.log2(each[0]) > most[1] * Math.log2(most[0]) ? each : most,
    [1, 0],
  );
  const trust = clean / Math.max(1, cells) / (1 + split.strayQuotes / Math.max(1, widths.size));
  // One column is what remains when no delimiter does better; then only the escapes are compared.
  if (width < 2) return trust * 0.01;
  return (agreeing / widths.size) ** 2 * (1 - 1 / (width + 1)) * trust ** 3;
}

/** False when a cell looks cut in two or holds several: another delimiter in it, or half a quotation. */
function isClean(text: string, delimiter: string): boolean {
  if (/^\s*[-+]?[0-9][0-9.,]*\s*$/.test(text)) return true;
  return !/[;\t|]/.test(text.replaceAll(delimiter, "")) && !/^"|"$/.test(text);
}
