/** One property of a component, unfolded, as the file has it. */
export type ContentLine = { readonly name: string; readonly text: string; readonly line: number };

/** A part between BEGIN and END: only the properties and parts that were asked for. */
export type CalendarPart = {
  /** In capitals: `VEVENT`. */
  readonly name: string;
  /** Line of its BEGIN in the file, from 1. */
  readonly line: number;
  readonly lines: readonly ContentLine[];
  readonly parts: readonly CalendarPart[];
  /** False where the file ends, or an outer part does, before its END. */
  readonly isClosed: boolean;
};

type OpenPart = {
  readonly name: string;
  readonly line: number;
  readonly lines: ContentLine[];
  readonly parts: CalendarPart[];
};

const NAME = /^([A-Za-z0-9-]+)\s*[;:]/u;
/** Real files nest three deep; deeper parts are read past. */
const DEEPEST = 8;

/**
 * The parts of an iCalendar text with the properties named in `wanted`, found line by line so that one broken part
 * spoils no other. Lines may be folded (RFC 5545, 3.1) and end in CRLF, LF or CR.
 */
export function readParts(ics: string, wanted: ReadonlySet<string>): CalendarPart[] {
  const root: OpenPart = { name: "", line: 1, lines: [], parts: [] };
  const open: OpenPart[] = [root];
  let skipped = 0;
  for (const { text, line } of unfolded(ics)) {
    const name = NAME.exec(text)?.[1]?.toUpperCase();
    if (name === "BEGIN") {
      if (open.length > DEEPEST) skipped++;
      else open.push({ name: partName(text), line, lines: [], parts: [] });
    } else if (name === "END") {
      if (skipped > 0) skipped--;
      else close(open, partName(text));
    } else if (name !== undefined && skipped === 0 && wanted.has(name)) {
      open.at(-1)?.lines.push({ name, text, line });
    }
  }
  while (open.length > 1) closeLast(open, false);
  return root.parts;
}

const partName = (text: string): string =>
  text
    .slice(text.indexOf(":") + 1)
    .trim()
    .toUpperCase();

/** Closes the part of this name and, as broken, what is still open in it. An END that nothing began is read past. */
function close(open: OpenPart[], name: string): void {
  const at = open.findLastIndex((part, index) => index > 0 && part.name === name);
  if (at < 0) return;
  while (open.length - 1 > at) closeLast(open, false);
  closeLast(open, true);
}

function closeLast(open: OpenPart[], isClosed: boolean): void {
  const part = open.pop();
  if (part !== undefined) open.at(-1)?.parts.push({ ...part, isClosed });
}

function* unfolded(ics: string): Generator<{ readonly text: string; readonly line: number }> {
  const raw = (ics.startsWith("\uFEFF") ? ics.slice(1) : ics).split(/\r\n|\n|\r/u);
  let pieces: string[] = [];
  let first = 1;
  for (const [index, line] of raw.entries()) {
    if (line.startsWith(" ") || line.startsWith("\t")) {
      pieces.push(line.slice(1));
      continue;
    }
    if (pieces.length > 0) yield { text: pieces.join(""), line: first };
    pieces = [line];
    first = index + 1;
  }
  yield { text: pieces.join(""), line: first };
}
