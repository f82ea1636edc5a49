import { defaultLimits } from "../../src/files/opc/limits.ts";
import { hasPart, type OpcPackage, openPackage, readPart } from "../../src/files/opc/opc-package.ts";
import { decodePart } from "../../src/files/opc/part-text.ts";
import type { TextUnit, UnitTarget } from "../../src/files/units/types.ts";
import { scanXml, type XmlTree } from "../../src/files/xml/scan-xml.ts";
import { attributesOf, nameOf } from "../../src/files/xml/xml-tree.ts";
import { randomFrom } from "./draw-edit.ts";

/** The target that says what the source says. */
export function echoOf(unit: TextUnit): UnitTarget {
  const { id, text, spans, atoms } = unit;
  return {
    unit: id,
    text,
    spans: spans.map((span) => ({ id: span.id, start: span.start, end: span.end })),
    atoms: atoms.map((atom) => ({ id: atom.id, offset: atom.offset })),
  };
}

/** Each word turned round with accents, longer than it was; codes moved in proportion, some of them elsewhere. */
export function pseudoOf(unit: TextUnit, seed: number): UnitTarget {
  const text = pseudoText(unit.text);
  const random = randomFrom(seed);
  const stretch = text.length / unit.text.length;
  const place = (offset: number): number => Math.round(offset * stretch);
  const damaged = random() < 0.3;
  const spans = unit.spans.map(({ id, start, end }) => {
    const from = damaged ? Math.floor(random() * text.length) : Math.min(place(start), text.length - 1);
    return { id, start: from, end: Math.max(from + 1, Math.min(text.length, from + place(end - start))) };
  });
  const atoms = unit.atoms.map(({ id, offset }) => ({
    id,
    offset: damaged ? Math.floor(random() * (text.length + 1)) : place(offset),
  }));
  return { unit: unit.id, text, spans, atoms: atoms.toSorted((a, b) => a.offset - b.offset) };
}

/** The words of a text turned round, each with an accent more. */
export function pseudoText(text: string): string {
  const turned = text.replace(/[\p{L}\p{M}]+/gu, (word) => `${[...word].reverse().join("")}é`);
  return turned;
}

/** Every XML part's text by name in lower case. */
export function xmlParts(opc: OpcPackage): Map<string, string> {
  const parts = new Map<string, string>();
  for (const name of opc.entries.keys()) {
    if (!/\.(xml|rels|vml)$/.test(name) || !hasPart(opc, name)) continue;
    try {
      parts.set(name, decodePart(readPart(opc, name), name).text);
    } catch {
      parts.set(name, "");
    }
  }
  return parts;
}

const textual = new Set([
  "w:r",
  "w:t",
  "w:rPr",
  "w:lang",
  "w:proofErr",
  "w:hyperlink",
  "w:smartTag",
  "w:smartTagPr",
  "w:ins",
  "w:attr",
  "w:dir",
  "w:bdo",
]);

/**
 * How often each element stands in a part. Runs, their properties and the elements that may be split with them are not
 * counted: of links the targets are kept as a set, of insertions the authors.
 */
export function elementCounts(xml: string): Map<string, number> {
  const counts = new Map<string, number>();
  if (xml === "") return counts;
  const tree = scanXml(xml, defaultLimits.depth);
  const add = (key: string, much = 1): void => void counts.set(key, (counts.get(key) ?? 0) + much);
  for (let index = 0; index < tree.count; index++) {
    const name = nameOf(tree, index);
    if (isInProperties(tree, index)) continue;
    if (name === "w:hyperlink" || name === "w:ins") {
      const key = attributesOf(tree, index)
        .filter((each) => !/^w:(id|rsid|tooltip)/.test(each.name))
        .map((each) => `${each.name}=${each.value}`)
        .join(" ");
      counts.set(`${name} ${key}`, 1);
    } else if (name === "w:smartTag" || name === "w:dir" || name === "w:bdo") counts.set(name, 1);
    else if (!textual.has(name)) add(name);
    if (/(Start|End|Reference)$/.test(name))
      add(
        `${name} ${attributesOf(tree, index)
          .map((each) => each.value)
          .join(" ")}`,
      );
  }
  return counts;
}

function isInProperties(tree: XmlTree, index: number): boolean {
  for (let at = index; at >= 0; at = tree.parent[at]!) {
    const name = nameOf(tree, at);
    if (name === "w:r" || name === "w:p") return false;
    if (name === "w:rPr") return nameOf(tree, tree.parent[at]!) === "w:r";
  }
  return false;
}

/** The keys whose counts differ, with both counts. */
export function differences(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): string[] {
  const keys = new Set([...a.keys(), ...b.keys()]);
  return [...keys]
    .filter((key) => (a.get(key) ?? 0) !== (b.get(key) ?? 0))
    .map((key) => `${key}: ${a.get(key) ?? 0} became ${b.get(key) ?? 0}`);
}

/** A part's text without the language it names. */
export function withoutLanguage(xml: string): string {
  return xml
    .replace(/<(\w+:)?(lang|themeFontLang)\b[^>]*\/>/g, "")
    .replace(/\s(?:\w+:)?lang="[^"]*"/g, "")
    .replace(/<dc:language>[^<]*<\/dc:language>/g, "");
}

export function openParts(bytes: Uint8Array): Map<string, string> {
  return xmlParts(openPackage(bytes));
}
