import {
  ownNamespace,
  type XliffDocument,
  type XliffNote,
  type XliffSegment,
  type XliffUnit,
  xliffNamespace,
} from "./types.ts";
import { type UnitCodes, withoutOdd, writeAttribute, writeCharacters, writeInline } from "./write-inline.ts";

/** An XLIFF 2.1 document (OASIS, 2018) of a translation: one file, its units, their segments with states, codes and notes. */
export function writeXliff(document: XliffDocument): string {
  const { original, sourceHash, source, target, units } = document;
  return `<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="${xliffNamespace}" xmlns:td="${ownNamespace}" version="2.1" srcLang="${writeAttribute(source)}" trgLang="${writeAttribute(target)}">
<file id="f1" original="${writeAttribute(original)}" td:sourceHash="${writeAttribute(sourceHash)}">
<notes><note category="source-hash">${writeText(sourceHash)}</note></notes>
${units.map((unit, index) => writeUnit(unit, index + 1)).join("")}</file>
</xliff>
`;
}

function writeUnit(unit: XliffUnit, number: number): string {
  const sources: UnitCodes = { data: new Map(), written: new Map() };
  const targets: UnitCodes = { data: sources.data, written: new Map() };
  const segments = unit.segments.map((segment, index) => writeSegment(segment, index + 1, sources, targets));
  const notes = [
    ...(unit.notes ?? []).map((note) => writeNote(note, undefined)),
    ...unit.segments.flatMap((segment, index) => segment.notes.map((note) => writeNote(note, index + 1))),
  ];
  const data = [...sources.data].map(([text, id]) => `<data id="${id}">${writeCharacters(text)}</data>\n`);
  return `<unit id="u${number}" name="${writeAttribute(unit.unit)}" canResegment="no" xml:space="preserve">
${notes.length === 0 ? "" : `<notes>\n${notes.join("")}</notes>\n`}${data.length === 0 ? "" : `<originalData>\n${data.join("")}</originalData>\n`}${segments.join("")}</unit>
`;
}

function writeNote({ category, text }: XliffNote, segment: number | undefined): string {
  const place = segment === undefined ? "" : ` td:segment="s${segment}"`;
  return `<note category="${writeAttribute(category)}"${place}>${writeText(text)}</note>\n`;
}

function writeSegment(segment: XliffSegment, number: number, sources: UnitCodes, targets: UnitCodes): string {
  const { source, target, state, after } = segment;
  const translated = target === undefined ? "" : `\n<target>${writeInline(source, target, targets)}</target>`;
  const between =
    after === undefined ? "" : `<ignorable><source>${writeCharacters(after)}</source></ignorable>\n`;
  return `<segment id="s${number}" state="${state}">
<source>${writeInline(source, source, sources)}</source>${translated}
</segment>
${between}`;
}

/** Text where no elements may stand. */
function writeText(text: string): string {
  return writeCharacters(withoutOdd(text));
}
