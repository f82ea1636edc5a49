import { openPackage, readPart } from "../../opc/opc-package.ts";
import { addPart, declareType, encodeParts, type PartBench, relate } from "../../opc/part-bench.ts";
import { decodePart } from "../../opc/part-text.ts";
import { savePackage } from "../../opc/save-package.ts";
import type { CodedText, TextUnit, UnitTarget } from "../../units/types.ts";
import { type WordParts, wordFile } from "../word.fixture.ts";

const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const word = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/** Namespaces for the root of a part made here. */
export const namespaces: string = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  `xmlns:r="${office}"`,
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
].join(" ");

/** One more part: its path below the main part's folder, the word of its relationship, its XML. */
export type ExtraPart = {
  readonly name: string;
  readonly word: string;
  readonly xml: string;
  readonly type?: string;
  /** The part that relates to it; `/` for the package. Defaults to the main part. */
  readonly from?: string;
};

/** A Word file with that body and those parts; the body may use all the namespaces of drawings. */
export function unitFile(body: string, parts: WordParts = {}, extra: readonly ExtraPart[] = []): Uint8Array {
  const documentXml = `<w:document ${namespaces}><w:body>${body}<w:sectPr/></w:body></w:document>`;
  const opc = openPackage(wordFile("", { documentXml, ...parts }));
  const bench: PartBench = { package: opc, replaced: new Map(), added: new Map() };
  for (const { name, word: kind, xml, type, from } of extra) {
    addPart(bench, name, xml);
    declareType(bench, name, type ?? `${word}.${kind}+xml`);
    const base =
      kind === "core-properties"
        ? "http://schemas.openxmlformats.org/package/2006/relationships/metadata"
        : office;
    relate(bench, from ?? "/word/document.xml", { type: `${base}/${kind}`, target: name });
  }
  return savePackage(opc, encodeParts(bench.replaced), encodeParts(bench.added));
}

/** The text of a part. */
export function partText(bytes: Uint8Array, name = "/word/document.xml"): string {
  return decodePart(readPart(openPackage(bytes), name), name).text;
}

/** `See <1l>the <2f>bold</2> link</1><3:note/>`: spans by the first letter of their kind, `!` where they can't be copied. */
export function shown({ text, spans, atoms }: CodedText): string {
  let out = "";
  for (let at = 0; at <= text.length; at++) {
    for (const span of spans.toReversed()) if (span.end === at) out += `</${span.id}>`;
    const opening = spans
      .filter(({ start }) => start === at)
      .map((span) => ({
        id: Number(span.id),
        mark: `<${span.id}${span.kind[0]}${span.canCopy ? "" : "!"}>`,
      }));
    const standing = atoms
      .filter(({ offset }) => offset === at)
      .map((atom) => ({
        id: Number(atom.id),
        mark: `<${atom.id}:${atom.kind}${atom.shows === undefined ? "" : `=${atom.shows}`}/>`,
      }));
    out += [...opening, ...standing]
      .sort((a, b) => a.id - b.id)
      .map(({ mark }) => mark)
      .join("");
    out += text[at] ?? "";
  }
  return out;
}

/** The target that says what the source says, with another text where given; codes stay where they are, if they can. */
export function echo(unit: TextUnit, text: string = unit.text): UnitTarget {
  const within = (offset: number): number => Math.min(offset, text.length);
  return {
    unit: unit.id,
    text,
    spans: unit.spans.map(({ id, start, end }) => ({ id, start: within(start), end: within(end) })),
    atoms: unit.atoms.map(({ id, offset }) => ({ id, offset: within(offset) })),
  };
}

/** A complex field over runs. */
export function field(code: string, result: string): string {
  const character = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
  return `${character("begin")}<w:r><w:instrText xml:space="preserve"> ${code} </w:instrText></w:r>${character("separate")}${result}${character("end")}`;
}
