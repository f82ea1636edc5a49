import type { Look } from "../files/docx/read/look.ts";
import type { Anchor, Change } from "../files/index.ts";
import type { LookReading } from "./read-looks.ts";
import type { Irreversible, Reversal } from "./undo-reversal.ts";

type FormatChange = Extract<Change, { readonly kind: "format" | "format-paragraph" }>;
type CharacterFormat = Extract<FormatChange, { readonly kind: "format" }>["set"];
type ParagraphFormat = Extract<FormatChange, { readonly kind: "format-paragraph" }>["set"];
type Stand = NonNullable<LookReading["stand"]>;

/** Accepted formatting given back: what the suggestion changed, where it still looks that way. */
export function reverseLooks(kind: string, looks: readonly LookReading[]): Reversal | Irreversible {
  const found = looks.flatMap(({ state, stand, issued }) =>
    state === "new" && stand !== undefined ? [{ before: issued.before, stand }] : [],
  );
  const changes = kind === "format" ? joined(found).map(textChange) : found.map(paragraphChange);
  if (changes.length === 0) return { reason: "what it formatted is not found" };
  const known = changes.filter((change) => change !== undefined);
  if (known.length < changes.length)
    return { reason: "formatting of that kind has to be given back by hand" };
  return { changes: known, cuts: [], removed: [] };
}

type Formatted = { readonly before: Look; readonly stand: Stand };

/** Words side by side that looked alike before, as one. */
function joined(found: readonly Formatted[]): Formatted[] {
  const all: Formatted[] = [];
  for (const { before, stand } of found) {
    const last = all.at(-1);
    const isNext =
      last?.stand.paragraph === stand.paragraph &&
      last.stand.end === stand.start &&
      JSON.stringify(last.before) === JSON.stringify(before);
    if (isNext) all[all.length - 1] = { before, stand: { ...stand, start: last.stand.start } };
    else all.push({ before, stand });
  }
  return all;
}

function textChange({ before, stand }: Formatted): FormatChange | undefined {
  const set = characterFormat(before);
  return set === undefined ? undefined : { kind: "format", at: anchorOver(stand), set };
}

function paragraphChange({ before, stand }: Formatted): FormatChange | undefined {
  const set = paragraphFormat(before);
  const at = anchorOver({ ...stand, end: stand.start });
  return set === undefined ? undefined : { kind: "format-paragraph", at, set };
}

/** The anchor for offsets that count deleted text too. */
function anchorOver({ paragraph, start: from, end: to }: Stand): Anchor {
  let [at, start, quote] = [0, 0, ""];
  for (const { text, deleted } of paragraph.spans) {
    const [left, right] = [at, at + text.length];
    at = right;
    if (deleted !== undefined) continue;
    if (left < from) start += Math.min(right, from) - left;
    quote += text.slice(Math.max(from - left, 0), Math.max(to - left, 0));
  }
  return { paragraph: paragraph.id, start, end: start + quote.length, quote };
}

/** A change that gives this look; undefined where Tandem has none for it. A style brings its own values with it. */
function characterFormat(look: Look): CharacterFormat | undefined {
  if (look.style !== undefined) return { style: look.style === "" ? "Default Paragraph Font" : look.style };
  const set: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(look)) {
    const wanted = characterValue(name, value);
    if (wanted === undefined) return undefined;
    set[name] = wanted;
  }
  return set;
}

function characterValue(name: string, value: string): string | number | boolean | undefined {
  switch (name) {
    case "bold":
    case "italic":
    case "strike":
      return /^(true|false)$/.test(value) ? value === "true" : undefined;
    case "underline":
      return /^(none|single)$/.test(value) ? value === "single" : undefined;
    case "size":
      return Number.isNaN(Number(value)) || value === "" ? undefined : Number(value);
    case "vertical":
    case "highlight":
    case "color":
    case "font":
      // What differs from script to script, or comes from the theme, has no such form.
      return /\/|^theme$|^$|^undefined$/.test(value) ? undefined : value;
    default:
      return undefined;
  }
}

const lengths: Readonly<Record<string, "spaceBefore" | "spaceAfter" | "indentLeft" | "indentRight">> = {
  "spacing before": "spaceBefore",
  "spacing after": "spaceAfter",
  "indent left": "indentLeft",
  "indent right": "indentRight",
};

function paragraphFormat(look: Look): ParagraphFormat | undefined {
  if (look.style !== undefined) return { style: look.style };
  let set: ParagraphFormat = {};
  for (const [name, value] of Object.entries(look)) {
    const wanted = paragraphValue(name, value, look);
    if (wanted === undefined) return undefined;
    set = { ...set, ...wanted };
  }
  return set;
}

/** Lengths of a look are in twentieths of a point, lines in parts of 240. */
function paragraphValue(name: string, value: string, look: Look): ParagraphFormat | undefined {
  const length = lengths[name];
  if (length !== undefined) return { [length]: Number(value) / 20 };
  switch (name) {
    case "alignment":
      return isAlignment(value) ? { alignment: value } : undefined;
    case "spacing of lines":
      return { lineSpacing: Number(value) / 240 };
    case "indent first line":
    case "indent hanging": {
      const hanging = Number(look["indent hanging"] ?? 0);
      return { indentFirstLine: (hanging > 0 ? -hanging : Number(look["indent first line"] ?? 0)) / 20 };
    }
    case "keep with next":
      return { keepWithNext: value === "on" };
    case "page break before":
      return { pageBreakBefore: value === "on" };
    default:
      return undefined;
  }
}

function isAlignment(value: string): value is "left" | "center" | "right" | "justify" {
  return /^(left|center|right|justify)$/.test(value);
}
