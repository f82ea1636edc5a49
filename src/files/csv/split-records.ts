/** How the cells of a delimited file are told apart. */
export type Dialect = {
  readonly delimiter: "," | ";" | "\t" | "|";
  /** How a quotation mark inside quotation marks is written: `""` or `\"`. */
  readonly escape: "doubled" | "backslash";
};

/** A place in the text between two records. */
export type RecordCursor = { at: number; record: number };

/** What a record is made of. `bytes[start, end)` is the field's content, escapes already resolved. */
export type FieldReader = (
  record: number,
  column: number,
  bytes: Uint8Array,
  start: number,
  end: number,
) => void;

const [LINE_FEED, RETURN, SPACE, QUOTE, BACKSLASH] = [10, 13, 32, 34, 92];

export type Splitter = {
  readonly bytes: Uint8Array;
  readonly delimiter: number;
  readonly hasBackslash: boolean;
  /** Where the last quotation mark is that can end a field; one that opens a field behind it is a mere character. */
  readonly lastClosing: number;
  /** Room for fields whose escapes are resolved. */
  scratch: Uint8Array;
  /** Quotation marks inside a quoted field that were neither escaped nor at its end. */
  strayQuotes: number;
};

export function splitter(bytes: Uint8Array, dialect: Dialect): Splitter {
  const delimiter = dialect.delimiter.charCodeAt(0);
  const made: Splitter = {
    bytes,
    delimiter,
    hasBackslash: dialect.escape === "backslash",
    lastClosing: 0,
    scratch: new Uint8Array(256),
    strayQuotes: 0,
  };
  let at = bytes.length - 1;
  while (at >= 0 && !(bytes[at] === QUOTE && closesAt(made, at))) at--;
  return { ...made, lastClosing: at };
}

/** True when a field may end with the quotation mark at `at`: a delimiter, line end or end of file follows. */
function closesAt({ bytes, delimiter }: Splitter, at: number): boolean {
  let next = at + 1;
  while (bytes[next] === SPACE) next++;
  const code = bytes[next];
  return code === undefined || code === delimiter || code === LINE_FEED || code === RETURN;
}

/** Reads whole records from `cursor` until one ends at or behind `until` (or `maxRecords` are read). */
export function splitRecords(
  split: Splitter,
  cursor: RecordCursor,
  until: number,
  onField: FieldReader,
  maxRecords: number = Number.POSITIVE_INFINITY,
): void {
  const { bytes, delimiter } = split;
  const length = bytes.length;
  const last = cursor.record + maxRecords;
  let at = cursor.at;
  while (at < length && at < until && cursor.record < last) {
    cursor.record++;
    for (let column = 0; ; column++) {
      if (bytes[at] === QUOTE && at < split.lastClosing) {
        at = quotedField(split, cursor.record, column, at, onField);
      } else {
        const start = at;
        let code = bytes[at];
        while (code !== delimiter && code !== LINE_FEED && code !== RETURN && at < length) code = bytes[++at];
        if (at > start) onField(cursor.record, column, bytes, start, at);
      }
      if (bytes[at] !== delimiter || at >= length) break;
      at++;
    }
    if (bytes[at] === RETURN && bytes[at + 1] === LINE_FEED) at++;
    at++;
  }
  cursor.at = at;
}

/** Reads the field whose opening quotation mark is at `at`; returns where the delimiter or line end behind it is. */
function quotedField(
  split: Splitter,
  record: number,
  column: number,
  at: number,
  onField: FieldReader,
): number {
  const { bytes, hasBackslash } = split;
  let from = at + 1;
  let to = 0;
  let i = from;
  const keep = (end: number): void => {
    if (to + end - from > split.scratch.length) {
      const wider = new Uint8Array((to + end - from) * 2);
      wider.set(split.scratch.subarray(0, to));
      split.scratch = wider;
    }
    split.scratch.set(bytes.subarray(from, end), to);
    to += end - from;
  };
  for (; i < bytes.length; i++) {
    const code = bytes[i];
    const isEscape =
      hasBackslash && code === BACKSLASH && (bytes[i + 1] === QUOTE || bytes[i + 1] === BACKSLASH);
    if (isEscape || (code === QUOTE && bytes[i + 1] === QUOTE && !hasBackslash)) {
      keep(i);
      from = ++i;
    } else if (code === QUOTE) {
      if (closesAt(split, i)) break;
      split.strayQuotes++;
    }
  }
  if (to === 0) onField(record, column, bytes, from, i);
  else {
    keep(i);
    onField(record, column, split.scratch, 0, to);
  }
  i++;
  while (bytes[i] === SPACE) i++;
  return Math.min(i, bytes.length);
}
