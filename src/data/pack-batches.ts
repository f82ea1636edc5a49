import { BadRequestError } from "../errors.ts";
import type { TableColumn } from "../table.ts";
import { paddedLength } from "./frames.ts";
import type { BatchColumn, Encoding } from "./messages.ts";
import type { ColumnPlan } from "./plan-columns.ts";

/** Rows sent and inserted at once: one row group of DuckDB. */
export const BATCH_ROWS = 122_880;

export type Batch = {
  readonly rowCount: number;
  readonly columns: readonly BatchColumn[];
  /** The body of the frame, in order. */
  readonly parts: readonly ArrayBufferView[];
};

/** Columns of at most so many texts send them once, with the first batch; others in each batch those that occur in it. */
const MOST_KEPT_TEXTS = 65_536;

type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;
type Body = { readonly parts: ArrayBufferView[]; length: number };

/** The rows of a table as batches of raw numbers, each complete in itself, made one by one as they are sent. */
export function* packBatches(plans: readonly ColumnPlan[], rowCount: number): Generator<Batch> {
  const dictionaries = plans.map(({ column: { strings } }) =>
    strings && strings.length > MOST_KEPT_TEXTS ? new LocalTexts(strings) : undefined,
  );
  for (let from = 0; from < rowCount; from += BATCH_ROWS) {
    const to = Math.min(from + BATCH_ROWS, rowCount);
    const body: Body = { parts: [], length: 0 };
    const columns = plans.map((plan, index) => packColumn(plan, dictionaries[index], from, to, body));
    yield { rowCount: to - from, columns, parts: body.parts };
  }
}

function packColumn(
  plan: ColumnPlan,
  dictionary: LocalTexts | undefined,
  from: number,
  to: number,
  body: Body,
): BatchColumn {
  const valid = packValidity(plan.column.present, from, to);
  const { encoding, numbers, texts } = packValues(plan, dictionary, from, to);
  return {
    encoding,
    at: append(body, numbers),
    ...(valid ? { validAt: append(body, valid) } : {}),
    ...(typeof texts === "object"
      ? { texts: { at: append(body, texts.bytes), length: texts.bytes.length, separator: texts.separator } }
      : texts && { texts }),
  };
}

function append(body: Body, part: ArrayBufferView): number {
  const at = body.length;
  body.parts.push(part);
  body.length += paddedLength(part.byteLength);
  return at;
}

/** Validity bits as DuckDB keeps them, or undefined where every row has a value. */
function packValidity(present: Uint8Array, from: number, to: number): Uint32Array | undefined {
  if (present.subarray(from, to).indexOf(0) === -1) return undefined;
  const bits = new Uint32Array(Math.ceil((to - from) / 64) * 2);
  for (let row = from; row < to; row++) {
    if (present[row] === 1) bits[(row - from) >>> 5]! |= 1 << ((row - from) & 31);
  }
  return bits;
}

type Packed = {
  readonly encoding: Encoding;
  readonly numbers: Numbers;
  readonly texts?: { readonly bytes: Uint8Array; readonly separator: string } | "as-before";
};

function packValues(plan: ColumnPlan, dictionary: LocalTexts | undefined, from: number, to: number): Packed {
  const { values, present, type } = plan.column;
  if (type === "text") {
    if (!dictionary) return packKeptTexts(plan.column, from, to);
    const local = dictionary.pack(values, present, from, to);
    const encoding = local.count <= 65_536 ? "USMALLINT" : "UINTEGER";
    const numbers = encoding === "USMALLINT" ? Uint16Array.from(local.indexes) : local.indexes;
    return { encoding, numbers, texts: joinTexts(local.texts) };
  }
  const numbers = newNumbers(plan.encoding, to - from);
  if (plan.factor === 1) numbers.set(values.subarray(from, to));
  else for (let row = from; row < to; row++) numbers[row - from] = Math.round(values[row]! * plan.factor);
  return { encoding: plan.encoding, numbers };
}

/** Texts keep the numbers that they have in the column. */
function packKeptTexts({ values, present, strings = [] }: TableColumn, from: number, to: number): Packed {
  const numbers = new Uint16Array(to - from);
  for (let row = from; row < to; row++) {
    if (present[row] === 0) continue;
    const number = values[row]!;
    if (!(number < strings.length)) throw missingText(row);
    numbers[row - from] = number;
  }
  return { encoding: "USMALLINT", numbers, texts: from === 0 ? joinTexts(strings) : "as-before" };
}

function missingText(row: number): BadRequestError {
  return new BadRequestError(`row ${row + 1} names a text that its column lacks`);
}

function newNumbers(encoding: Encoding, length: number): Numbers {
  switch (encoding) {
    case "UTINYINT":
      return new Uint8Array(length);
    case "USMALLINT":
      return new Uint16Array(length);
    case "UINTEGER":
      return new Uint32Array(length);
    case "INTEGER":
    case "DATE":
      return new Int32Array(length);
    case "DOUBLE":
      return new Float64Array(length);
    default:
      return encoding satisfies never;
  }
}

/** Numbers the texts of a batch anew, so that each batch carries only the texts that occur in it. */
class LocalTexts {
  readonly #texts: readonly string[];
  /** By number in the column: its number in this batch plus `#base`; below `#base` it belongs to an earlier batch. */
  readonly #numbers: Float64Array;
  #base = 1;

  constructor(texts: readonly string[]) {
    this.#texts = texts;
    this.#numbers = new Float64Array(texts.length);
  }

  pack(
    values: Float64Array,
    present: Uint8Array,
    from: number,
    to: number,
  ): { indexes: Uint32Array; texts: string[]; count: number } {
    const indexes = new Uint32Array(to - from);
    const texts: string[] = [];
    for (let row = from; row < to; row++) {
      if (present[row] === 0) continue;
      const number = values[row]!;
      if (!(this.#numbers[number]! >= this.#base)) {
        const text = this.#texts[number];
        if (text === undefined) throw missingText(row);
        this.#numbers[number] = this.#base + texts.length;
        texts.push(text);
      }
      indexes[row - from] = this.#numbers[number]! - this.#base;
    }
    this.#base += texts.length;
    return { indexes, texts, count: texts.length };
  }
}

/** One text with a separator that occurs in none of them, because splitting it is one call where texts are many. */
function joinTexts(texts: readonly string[]): { bytes: Uint8Array; separator: string } {
  // Unit separator first, as data from old systems is least likely to hold it; then private-use characters.
  for (let code = 0x1f; ; code = code === 0x1f ? 0xe000 : code + 1) {
    const separator = String.fromCharCode(code);
    const joined = texts.join(separator);
    if (countOf(joined, separator) === Math.max(0, texts.length - 1)) {
      return { bytes: new TextEncoder().encode(joined), separator };
    }
  }
}

function countOf(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) count++;
  return count;
}
