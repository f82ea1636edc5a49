import { openPackage, readPart } from "../../src/files/opc/opc-package.ts";
import { decodePart } from "../../src/files/opc/part-text.ts";
import { rawData, readZip } from "../../src/files/opc/read-zip.ts";
import type { TextUnit, UnitTarget } from "../../src/files/units/types.ts";
import { assertWellFormed } from "../../src/files/xml/assert-well-formed.ts";
import { rootScope } from "../../src/files/xml/namespaces.ts";
import { type ValidationProblem, validateOffice } from "../validate-office.ts";

/** The target that says again what the source says. */
export const echoTarget = ({ id, text, spans, atoms }: TextUnit): UnitTarget => ({
  unit: id,
  text,
  spans,
  atoms,
});

const accents: Readonly<Record<string, string>> = {
  a: "á",
  e: "é",
  i: "í",
  o: "ó",
  u: "ú",
  A: "Á",
  E: "É",
  O: "Ó",
};

/** A target that reads like the source with accents, a quarter longer where nothing forbids it; codes move along. */
export function pseudoTarget(unit: TextUnit): UnitTarget {
  const { text, maxLength } = unit;
  let out = "";
  const places: number[] = [];
  for (const character of text) {
    for (let unitOf = 0; unitOf < character.length; unitOf++) places.push(out.length);
    out += accents[character] ?? character;
  }
  // Something must differ, also where no vowel stands.
  if (out === text) out = /\p{L}$/u.test(text) ? `${out.slice(0, -1)}ž` : `ž${out.slice(1)}`;
  if (maxLength === undefined) out += ` ${"lorem ".repeat(Math.ceil(text.length / 24))}»`;
  places.push(out.length);
  const at = (offset: number): number => (offset >= text.length ? out.length : places[offset]!);
  return {
    unit: unit.id,
    text: out,
    spans: unit.spans.map(({ id, start, end }) => ({ id, start: at(start), end: at(end) })),
    atoms: unit.atoms.map(({ id, offset }) => ({ id, offset: at(offset) })),
  };
}

/** Names of the entries whose bytes differ, in one file or the other. */
export function changedEntries(before: Uint8Array, after: Uint8Array): string[] {
  const limits = { ...openPackage(before).limits, ratio: Number.POSITIVE_INFINITY };
  const [old, now] = [readZip(before, limits), readZip(after, limits)];
  const byName = new Map(now.entries.map((entry) => [entry.name, entry]));
  const changed = old.entries
    .filter((entry) => {
      const other = byName.get(entry.name);
      return other === undefined || Buffer.compare(rawData(old, entry), rawData(now, other)) !== 0;
    })
    .map(({ name }) => name);
  const known = new Set(old.entries.map(({ name }) => name));
  return [...changed, ...now.entries.map(({ name }) => name).filter((name) => !known.has(name))];
}

export function partText(bytes: Uint8Array, entry: string): string {
  return decodePart(readPart(openPackage(bytes), `/${entry}`), entry).text;
}

/** How often each element stands in the XML, but for those that carry the text and its look. */
export function elementCounts(xml: string, textual: RegExp): Map<string, number> {
  const counts = new Map<string, number>();
  const bare = xml.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>/g, "");
  for (const [, name] of bare.matchAll(/<([^\s/>!?]+)/g))
    if (!textual.test(name!)) counts.set(name!, (counts.get(name!) ?? 0) + 1);
  return counts;
}

/** Throws for a part that is no well-formed XML, prefixes and characters included. */
export function assertPart(xml: string): void {
  assertWellFormed(xml.replace(/^\ufeff?<\?xml[^>]*\?>/, ""), rootScope);
}

/** Complaints of the validator about the output that the input does not get as often. */
export async function newComplaints(
  before: Uint8Array,
  after: Uint8Array,
  kind: "xlsx" | "pptx",
): Promise<string[]> {
  const key = ({ id, description }: ValidationProblem): string => `${id} ${description}`;
  const found = await validateOffice(after, kind);
  if (found.length === 0) return [];
  const counts = new Map<string, number>();
  for (const problem of await validateOffice(before, kind))
    counts.set(key(problem), (counts.get(key(problem)) ?? 0) + 1);
  return found
    .filter((problem) => {
      const left = counts.get(key(problem)) ?? 0;
      counts.set(key(problem), left - 1);
      return left <= 0;
    })
    .map(({ part, path, description }) => `${part} ${path} ${description}`);
}
