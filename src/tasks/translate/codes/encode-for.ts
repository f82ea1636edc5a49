import type { AtomCode, CodedText } from "../../../files/units/types.ts";
import type { TagSupport } from "../../../models/translation/translation-engine.ts";
import { escapeMarkup } from "./entities.ts";

/** What the engine is sent, and where in it the atoms are that go as the text they show (for `none` only). */
export type EncodedSegment = {
  readonly text: string;
  readonly shown: readonly { readonly id: string; readonly start: number; readonly end: number }[];
};

/**
 * A segment in the form an engine takes. `xml`: `<g1>…</g1>` and `<x2/>`; `html`: `<span id="g1">…</span>` and
 * `<img id="x2"/>`; an atom that shows text goes as an element that says "don't translate" and holds it, so that the
 * sentence reads well; its content is dropped again. `none`: plain text; an atom that shows a number goes as that number.
 */
export function encodeFor(tags: TagSupport, segment: CodedText): EncodedSegment {
  if (tags === "none") return encodePlain(segment);
  let text = "";
  let at = 0;
  for (const event of eventsOf(segment)) {
    text += escapeMarkup(segment.text.slice(at, event.at));
    at = event.at;
    if (event.kind === "atom") text += atomTag(tags, segment, event.atom);
    else if (tags === "xml") text += event.kind === "open" ? `<g${event.id}>` : `</g${event.id}>`;
    else text += event.kind === "open" ? `<span id="g${event.id}">` : "</span>";
  }
  return { text: text + escapeMarkup(segment.text.slice(at)), shown: [] };
}

function atomTag(tags: "html" | "xml", segment: CodedText, atom: AtomCode): string {
  const space = needsSpace(segment, atom) ? " " : "";
  return `${space}${tags === "xml" ? `<x${atom.id}/>` : htmlAtom(atom)}${space}`;
}

function htmlAtom({ id, shows }: AtomCode): string {
  if (shows === undefined || shows.trim() === "") return `<img id="x${id}"/>`;
  return `<span id="x${id}" class="notranslate" translate="no">${escapeMarkup(shows)}</span>`;
}

/** True for a tab or break right between two words: without a space the engine would read one word. */
export function needsSpace({ text }: CodedText, { kind, offset }: AtomCode): boolean {
  if (kind !== "tab" && kind !== "break") return false;
  return offset > 0 && offset < text.length && /\S/.test(text[offset - 1]!) && /\S/.test(text[offset]!);
}

function encodePlain(segment: CodedText): EncodedSegment {
  const shown: { id: string; start: number; end: number }[] = [];
  let text = "";
  let at = 0;
  for (const atom of segment.atoms) {
    text += segment.text.slice(at, atom.offset);
    at = atom.offset;
    if (needsSpace(segment, atom) && !text.endsWith(" ")) text += " ";
    if (!showsNumber(atom)) continue;
    shown.push({ id: atom.id, start: text.length, end: text.length + atom.shows.length });
    text += atom.shows;
  }
  return { text: text + segment.text.slice(at), shown };
}

function showsNumber(atom: AtomCode): atom is AtomCode & { readonly shows: string } {
  return atom.kind !== "note" && atom.shows !== undefined && /^\d[\d.,:/-]*$/.test(atom.shows);
}

type CodeEvent =
  | { readonly kind: "open" | "close"; readonly at: number; readonly id: string }
  | { readonly kind: "atom"; readonly at: number; readonly atom: AtomCode };

/**
 * Where codes begin, end and stand: at one place first what ends there, the inner before the outer, then atoms, then what
 * begins; an atom stands inside the span that holds it.
 */
function eventsOf({ spans, atoms }: CodedText): CodeEvent[] {
  const places = new Map(spans.map(({ id }, index) => [id, index]));
  const events: { event: CodeEvent; group: number; rank: number }[] = [];
  for (const [index, { id, start, end }] of spans.entries()) {
    events.push({ event: { kind: "open", at: start, id }, group: 2, rank: index });
    events.push({ event: { kind: "close", at: end, id }, group: 0, rank: -index });
  }
  for (const atom of atoms) {
    const index = places.get(atom.within ?? "") ?? -1;
    const holder = spans[index];
    const event: CodeEvent = { kind: "atom", at: atom.offset, atom };
    if (holder?.end === atom.offset) events.push({ event, group: 0, rank: -index - 0.5 });
    else if (holder?.start === atom.offset) events.push({ event, group: 2, rank: index + 0.5 });
    else events.push({ event, group: 1, rank: 0 });
  }
  return events
    .sort((a, b) => a.event.at - b.event.at || a.group - b.group || a.rank - b.rank)
    .map(({ event }) => event);
}
