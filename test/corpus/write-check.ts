import type { SourceFile } from "../../src/tasks/write/read-sources.ts";
import {
  ownCells,
  ownDocxParagraphs,
  plain,
  readWritten,
  type WrittenFile,
  type WrittenPiece,
} from "./write-own-reading.ts";

/** What may be relied on in a document: the person's words, the sources, and what must not be in it. */
export type CheckInput = {
  readonly prompt: string;
  /** What the person wrote into the outline; empty when nobody did. */
  readonly outline?: string;
  readonly sources: readonly SourceFile[];
  /** Texts that must stand nowhere in the file. */
  readonly forbidden: readonly string[];
};

export type CheckedFile = {
  readonly quotes: number;
  readonly numbers: number;
  readonly figures: number;
  readonly tableCells: number;
  /** Sentences without a note that are no gap and no figure: the person's own words. */
  readonly unnoted: number;
  readonly gaps: number;
  readonly violations: readonly string[];
};

const NUMBER = /\p{N}+(?:[.,'’\u00a0\u202f]?\p{N}+)*/gu;

type OwnSource = {
  readonly name: string;
  readonly paragraphs: readonly string[];
  readonly squeezed: readonly string[];
};

/** Holds a written file against its sources with a reading of its own; empty `violations` is the proof. */
export function checkWritten(bytes: Uint8Array, input: CheckInput): CheckedFile {
  const file = readWritten(bytes);
  const sources = input.sources.filter(({ name }) => !name.endsWith(".csv")).map(ownSource);
  const violations: string[] = [];
  const counts = { quotes: 0, numbers: 0, figures: 0, tableCells: 0, unnoted: 0, gaps: 0 };
  const said = `${input.prompt}\n${input.outline ?? ""}`;
  for (const note of file.notes.values())
    for (const { source, quotes } of noteParts(note, sources)) {
      for (const quote of quotes) {
        counts.quotes++;
        if (source === undefined || paragraphsWith(quote, source).length === 0)
          violations.push(`quote does not stand: ${note}`);
      }
    }
  checkBody(file, { sources, said, counts, violations, all: input.sources });
  checkFigures(file, { input, counts, violations });
  checkForbidden(file, input.forbidden, violations);
  return { ...counts, violations };
}

type Counts = { -readonly [Key in keyof Omit<CheckedFile, "violations">]: number };
type Checking = {
  readonly sources: readonly OwnSource[];
  readonly said: string;
  readonly counts: Counts;
  readonly violations: string[];
  readonly all: readonly SourceFile[];
};

function checkBody({ paragraphs }: WrittenFile, checking: Checking): void {
  const { said, counts, violations, all } = checking;
  const anywhere = `${said}\n${all.map(fullText).join("\n")}`;
  let isSourceList = false;
  for (const { style, isInTable, text, pieces } of paragraphs) {
    if (isInTable || text.trim() === "") continue;
    if (/^Heading/i.test(style)) isSourceList = /^(?:Sources|Quellen|Fuentes|Fontes)$/.test(text.trim());
    if (isSourceList && all.some(({ name }) => text.startsWith(name))) continue;
    if (style !== "" && !/^(?:List|Body|Normal|First)/i.test(style)) {
      // Captions count themselves, entries of the contents show pages.
      const own = /^Caption/i.test(style) ? text.replace(/\d+/, "") : /^TOC/i.test(style) ? "" : text;
      for (const [number] of own.matchAll(NUMBER))
        if (!hasNumber(anywhere, number)) violations.push(`number ${number} from nowhere: ${style}: ${text}`);
      continue;
    }
    for (const piece of pieces) checkPiece(piece, checking);
  }
  counts.gaps = paragraphs.filter(({ text }) => text.includes("[to be supplied")).length;
  if (paragraphs.some(({ text }) => text.includes("[[") || text.includes("]]")))
    violations.push("a placeholder is left");
}

function checkPiece({ text, note }: WrittenPiece, { sources, said, counts, violations }: Checking): void {
  const claim = text.replace(/\[to be supplied[^\]]*\]/g, (gap) => {
    for (const [number] of gap.matchAll(NUMBER))
      if (!hasNumber(said, number)) violations.push(`number in a gap: ${gap}`);
    return "";
  });
  if (note === undefined && /\p{L}/u.test(claim) && !claim.includes("\u0001")) counts.unnoted++;
  const cited = note === undefined ? [] : noteParts(note, sources);
  // Words of a speaker stand in the text itself, between quotation marks.
  const spoken =
    note === undefined
      ? []
      : [...claim.matchAll(/“([^“”]*(?:“[^”]*”[^“”]*)*)”/gu)].map(([, quote]) => quote!);
  const hasQuotes = cited.some(({ quotes }) => quotes.length > 0);
  const places = cited.flatMap(({ source, quotes }) =>
    source === undefined
      ? []
      : (quotes.length > 0 ? quotes : spoken).flatMap((quote) => paragraphsWith(quote, source)),
  );
  if (note !== undefined && !hasQuotes && places.length === 0)
    violations.push(`nothing quoted: ${claim} (${note})`);
  const full = cited.flatMap(({ quotes }) => quotes).join("\n");
  for (const [number] of claim.matchAll(NUMBER)) {
    counts.numbers++;
    const isQuoted = hasNumber(full, number);
    const isClipped = full.includes("…") || full === "" || spoken.length > 0;
    const isInPlace = isClipped && places.some((place) => hasNumber(place, number));
    const isSaid = note === undefined && hasNumber(said, number);
    if (!isQuoted && !isInPlace && !isSaid)
      violations.push(`number ${number} without a source: ${claim} (${note ?? "no note"})`);
  }
}

/** A number as a whole: `20` is not in `2026`, nor in `20.5`. */
function hasNumber(text: string, number: string): boolean {
  return [...text.matchAll(NUMBER)].some(([other]) => other === number);
}

function ownSource({ name, bytes }: SourceFile): OwnSource {
  const text = new TextDecoder().decode(bytes);
  const paragraphs = /\.docx$/i.test(name)
    ? (ownDocxParagraphs(bytes) ?? [])
    : text.split(/\n/).map((line) => line.replace(/^#+ /, ""));
  return { name, paragraphs, squeezed: paragraphs.map(squeeze) };
}

function fullText(source: SourceFile): string {
  return /\.docx$/i.test(source.name)
    ? ownSource(source).paragraphs.join("\n")
    : new TextDecoder().decode(source.bytes);
}

/** Without spaces and the bars between cells: line breaks are the reader's business, letters are not. */
function squeeze(text: string): string {
  return text.replace(/[\s|\u00ad]+/gu, "");
}

function paragraphsWith(quote: string, source: OwnSource): readonly string[] {
  const wanted = squeeze(quote.replace(/ …$/u, ""));
  if (wanted === "") return [];
  return source.paragraphs.filter((_, at) => source.squeezed[at]!.includes(wanted));
}

type NotePart = { readonly source: OwnSource | undefined; readonly quotes: readonly string[] };

/** `a.docx, "Costs": “…” … “…”; b.txt, 12:31 Anna.` by its files. */
function noteParts(note: string, sources: readonly OwnSource[]): NotePart[] {
  const names = sources.map(({ name }) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  return note
    .split(new RegExp(`(?:^|; )(?=(?:${names}), )`, "u"))
    .filter((part) => part.trim() !== "")
    .map((part) => ({
      source: sources.find(({ name }) => part.startsWith(`${name}, `)),
      quotes: [...part.matchAll(/“([\s\S]*?)”(?= … “|[.;]?\s*$)/gu)].map(([, quote]) => quote!),
    }));
}

type Recorded = {
  readonly figures: readonly {
    readonly bookmark: string;
    readonly text: string;
    readonly workbook: string;
    readonly cells: readonly string[];
    readonly query?: string;
  }[];
  readonly tables: readonly {
    readonly workbook: string;
    readonly range: string;
    readonly query?: string;
    readonly rows: readonly (readonly string[])[];
  }[];
};

function checkFigures(
  { parts, paragraphs, tables, tableNotes }: WrittenFile,
  {
    input,
    counts,
    violations,
  }: { readonly input: CheckInput; readonly counts: Counts; readonly violations: string[] },
): void {
  const records = [...parts]
    .filter(([name]) => name.startsWith("/customxml/item"))
    .map(([, xml]) => plain(xml))
    .filter((text) => text.includes('"figures"'));
  const record: Recorded =
    records.length > 0 ? (JSON.parse(records[0]!) as Recorded) : { figures: [], tables: [] };
  const cells = (workbook: string): string[][] => {
    const file = input.sources.find(({ name }) => name === workbook);
    return file === undefined ? [] : ownCells(new TextDecoder().decode(file.bytes));
  };
  for (const { figures } of paragraphs)
    for (const { bookmark, text, around } of figures) {
      counts.figures++;
      const recorded = record.figures.find((each) => each.bookmark === bookmark);
      if (recorded?.text !== text)
        violations.push(`figure ${bookmark} shows ${text}, the record ${recorded?.text}`);
      const held = (recorded?.cells ?? []).map((address) => cellAt(cells(recorded!.workbook), address));
      if (recorded?.query === undefined && !held.some((cell) => digits(cell) === digits(text)))
        violations.push(`figure ${bookmark}: ${text} is not in its cell (${held.join(", ")})`);
      if (
        /[\p{N}\p{Sc}%−+-]\|/u.test(around) ||
        /\|(?:[\p{N}%‰\p{Sc}]|[.,]\d|\s*(?:million|billion|thousand|percent|per cent|k\b|m\b|bn))/iu.test(
          around,
        )
      )
        violations.push(`something changes figure ${bookmark}: ${around}`);
    }
  for (const [at, rows] of tables.entries()) {
    const known = record.tables.find(
      (each) =>
        JSON.stringify(each.rows.map((row) => row.map(tidy))) ===
        JSON.stringify(rows.map((row) => row.map(tidy))),
    );
    if (known === undefined && tableNotes[at]!.length > 0) {
      counts.tableCells += rows.flat().length;
      violations.push(...unquotedRows(rows, tableNotes[at]!, input));
      continue;
    }
    if (known === undefined) {
      violations.push(`a table is not in the record: ${JSON.stringify(rows).slice(0, 200)}`);
      continue;
    }
    const own = cells(known.workbook);
    const held = new Set(own.flat().flatMap((cell) => [digits(cell), tidy(cell)]));
    for (const row of rows.slice(1))
      for (const cell of row) {
        counts.tableCells++;
        const isThere = tidy(cell) === "" || held.has(tidy(cell)) || held.has(digits(cell));
        if (!isThere && (known.query === undefined || !isComputed(cell, row, own)))
          violations.push(`table cell ${cell} is in no cell of ${known.workbook}`);
      }
  }
}

/** Rows of a table with a note that are, cell by cell, no whole row of a source that the note names. */
function unquotedRows(
  rows: readonly (readonly string[])[],
  notes: readonly string[],
  { sources }: CheckInput,
): string[] {
  const own = sources.filter(({ name }) => !name.endsWith(".csv")).map(ownSource);
  const named = notes.flatMap((note) => noteParts(note, own)).flatMap(({ source }) => source ?? []);
  const whole = new Set(named.flatMap(({ squeezed }) => squeezed));
  return rows
    .filter((cells) => cells.some((cell) => cell.trim() !== "") && !whole.has(squeeze(cells.join(""))))
    .map((cells) => `a row stands in no source of its note: ${cells.join(" | ").slice(0, 200)}`);
}

/** Computed here once more: sum, mean, least, most or count of a column, in the rows that hold the row's other texts. */
function isComputed(cell: string, row: readonly string[], cells: readonly (readonly string[])[]): boolean {
  const labels = row.filter((text) => text !== cell).map(tidy);
  const rows = cells.filter((own) => labels.every((label) => own.some((text) => tidy(text) === label)));
  const wanted = Number(digits(cell));
  const decimals = digits(cell).split(".")[1]?.length ?? 0;
  const width = Math.max(0, ...cells.map(({ length }) => length));
  return Array.from({ length: width }, (_, column) => column).some((column) => {
    const numbers = rows
      .map((own) => own[column] ?? "")
      .filter((text) => /^[^\p{L}]*\d[^\p{L}]*$/u.test(text))
      .map((text) => Number(digits(text.replace(/^\((.*)\)$/u, "-$1"))));
    const sum = numbers.reduce((total, number) => total + number, 0);
    return [sum, sum / numbers.length, Math.min(...numbers), Math.max(...numbers), rows.length].some(
      (number) => Number(number.toFixed(decimals)) === wanted,
    );
  });
}

function cellAt(rows: readonly (readonly string[])[], address: string): string {
  const [, letter = "A", row = "1"] = /([A-Z])(\d+)$/.exec(address) ?? [];
  return rows[Number(row) - 1]?.[letter.charCodeAt(0) - 65] ?? "";
}

function digits(text: string): string {
  return text
    .replace(/[^\d.-]/g, "")
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");
}

function tidy(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

/** Looks at every part, its text with and without the tags between its pieces. */
function checkForbidden({ parts }: WrittenFile, forbidden: readonly string[], violations: string[]): void {
  for (const [name, xml] of parts) {
    const seen = [tidy(plain(xml)), tidy(plain(xml.replace(/<[^>]*>/g, ""))), xml].map((each) =>
      each.toLowerCase(),
    );
    for (const text of forbidden)
      if (seen.some((each, at) => (at < 2 || !text.includes("<")) && each.includes(tidy(text).toLowerCase())))
        violations.push(`planted text in ${name}: ${text}`);
  }
}
