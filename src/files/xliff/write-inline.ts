import { BadRequestError } from "../../errors.ts";
import type { AtomCode, CodedTarget, CodedText, SpanCode } from "../units/types.ts";
import { escapeAttribute, escapeText, isXmlCharacter } from "../xml/xml-text.ts";
import { type InlineStretch, inlineEvents } from "./inline-events.ts";

/** The original data of a unit's codes, by what it says, and how often each id was written. */
export type UnitCodes = { readonly data: Map<string, string>; readonly written: Map<string, number> };

/**
 * Text with codes as XLIFF 2.1 writes it (4.2.3): `pc` where stretches nest, `sc` and `ec` where they cross, `ph` for atoms.
 * A code that a unit holds more than once is a copy of the first.
 */
export function writeInline(source: CodedText, target: CodedTarget, codes: UnitCodes): string {
  const spans = new Map(source.spans.map((span) => [span.id, span]));
  const atoms = new Map(source.atoms.map((atom) => [atom.id, atom]));
  const within = new Map(
    source.atoms.flatMap(({ id, within }) => (within === undefined ? [] : [[id, within] as const])),
  );
  const stretches = inOrder(source, target);
  const crossing = crossingStretches(stretches);
  const ids = new Map<InlineStretch, string>();
  let xml = "";
  let at = 0;
  for (const event of inlineEvents(stretches, target.atoms, within)) {
    xml += writeCharacters(target.text.slice(at, event.offset));
    at = event.offset;
    if (event.kind === "atom") {
      const atom = atoms.get(event.id);
      if (atom !== undefined) xml += writeAtom(atom, codes);
      continue;
    }
    const { stretch } = event;
    const span = spans.get(stretch.id);
    if (span === undefined) continue;
    if (event.kind === "open") {
      const [id, attributes] = spanAttributes(span, codes, crossing.has(stretch));
      ids.set(stretch, id);
      xml += crossing.has(stretch) ? `<sc ${attributes}/>` : `<pc ${attributes}>`;
    } else {
      xml += crossing.has(stretch) ? `<ec startRef="${ids.get(stretch)}"/>` : "</pc>";
    }
  }
  return xml + writeCharacters(target.text.slice(at));
}

/** Stretches that hold text, an outer one first. */
function inOrder(source: CodedText, target: CodedTarget): InlineStretch[] {
  const order = new Map(source.spans.map(({ id }, index) => [id, index]));
  return target.spans
    .filter(({ start, end }) => start < end)
    .toSorted(
      (a, b) => a.start - b.start || b.end - a.end || (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0),
    );
}

function crossingStretches(stretches: readonly InlineStretch[]): ReadonlySet<InlineStretch> {
  const crossing = new Set<InlineStretch>();
  let open: InlineStretch[] = [];
  for (const stretch of stretches) {
    open = open.filter(({ end }) => end > stretch.start);
    if (open.some(({ end }) => end < stretch.end)) crossing.add(stretch);
    else open.push(stretch);
  }
  return crossing;
}

const types: Readonly<Record<string, string>> = { format: "fmt", link: "link", picture: "image" };

function spanAttributes(
  span: SpanCode,
  codes: UnitCodes,
  isCrossing: boolean,
): [id: string, attributes: string] {
  const { id, kind, canCopy } = span;
  const data = dataRef({ kind, canCopy }, codes);
  const [own, copy] = ownId(id, codes);
  const reference = isCrossing ? "dataRef" : "dataRefStart";
  const legal = `canCopy="${canCopy ? "yes" : "no"}" canDelete="${kind === "format" ? "yes" : "no"}"`;
  return [own, `id="${own}"${copy} type="${types[kind] ?? "other"}" ${legal} ${reference}="${data}"`];
}

function writeAtom(atom: AtomCode, codes: UnitCodes): string {
  const { kind, shows, closedBy, within } = atom;
  const data = dataRef({ kind, shows, closedBy, within }, codes);
  const [own, copy] = ownId(atom.id, codes);
  const disp = shows === undefined ? "" : ` disp="${writeAttribute(shows)}"`;
  return `<ph id="${own}"${copy} type="${types[kind] ?? "other"}" canCopy="no" canDelete="no"${disp} dataRef="${data}"/>`;
}

function dataRef(facts: object, { data }: UnitCodes): string {
  const text = JSON.stringify(facts);
  const id = data.get(text) ?? `d${data.size + 1}`;
  data.set(text, id);
  return id;
}

/** An id that the unit's text doesn't hold yet, and which code it is a copy of. */
function ownId(id: string, { written }: UnitCodes): [id: string, copy: string] {
  if (!/^[\w.-]+$/.test(id))
    throw new BadRequestError(`a code's id is "${id}"; XLIFF allows letters and digits only`);
  const count = (written.get(id) ?? 0) + 1;
  written.set(id, count);
  return count === 1 ? [id, ""] : [`${id}_${count}`, ` copyOf="${id}"`];
}

/** Characters that XML may not allow; whole surrogate pairs, which it allows, among them. */
const suspect = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/;

/** Character data; what XML doesn't allow becomes `cp` elements (XLIFF 2.1, 4.2.3.1). */
export function writeCharacters(text: string): string {
  if (!suspect.test(text)) return escapeText(text).replaceAll("\r", "&#13;");
  let xml = "";
  for (const character of text) {
    const code = character.codePointAt(0)!;
    xml += isXmlCharacter(code)
      ? escapeText(character).replace("\r", "&#13;")
      : `<cp hex="${code.toString(16).toUpperCase().padStart(4, "0")}"/>`;
  }
  return xml;
}

/** An attribute's value; characters that XML doesn't allow are left out. */
export function writeAttribute(text: string): string {
  return escapeAttribute(withoutOdd(text));
}

/** The text without the characters that XML doesn't allow. */
export function withoutOdd(text: string): string {
  if (!suspect.test(text)) return text;
  return [...text].filter((character) => isXmlCharacter(character.codePointAt(0)!)).join("");
}
