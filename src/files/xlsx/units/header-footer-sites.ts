import { drawingElements } from "../../units/drawing-text-names.ts";
import { paint } from "../../units/paint.ts";
import { xmlText } from "../../units/property-units.ts";
import type { AtomCode, CodedText } from "../../units/types.ts";
import { hasLetters, isEcho, type UnitSite } from "../../units/unit-site.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { decodeText, isXmlText } from "../../xml/xml-text.ts";
import { nameOf } from "../../xml/xml-tree.ts";

/** Longest header or footer, its codes included. */
const maxLength = 255;

const names = ["oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter"];

/**
 * Page headers and footers of a sheet: left, centre and right part are a unit each, codes like `&P` and `&"Arial,Bold"` are
 * atoms (ECMA-376-1, 18.3.1.46).
 */
export function headerFooterSites(tree: XmlTree, part: string, sheet: string): UnitSite[] {
  return drawingElements(tree, 0, ...names.map((name) => `x:${name}`)).flatMap((element) => {
    // Offsets are those of the source, so nothing but the plain spelling of `&` is looked into.
    const source = tree.source.slice(tree.openEnd[element]!, tree.closeStart[element]!);
    if (tree.next[element] !== element + 1 || /<|&#0*38;|&#x0*26;/i.test(source)) return [];
    const sections = splitSections(source);
    const spare = Math.floor(
      Math.max(0, maxLength - decodeText(source).length) / Math.max(1, sections.length),
    );
    const isHeader = nameOf(tree, element).endsWith("Header");
    return sections.flatMap((section, index): UnitSite[] => {
      const coded = readSection(section.source);
      if (!hasLetters(coded.text)) return [];
      return [
        {
          unit: {
            id: `${part}#${element}.${index}`,
            kind: isHeader ? "header" : "footer",
            place: `${sheet}, page ${isHeader ? "header" : "footer"}`,
            ...coded.unit,
            maxLength: coded.unit.text.length + spare,
          },
          part,
          write: (target) =>
            writeSection(coded, target, tree.openEnd[element]! + section.start, section.source, spare),
        },
      ];
    });
  });
}

type Section = { readonly start: number; readonly source: string };

/** Parts between `&L`, `&C` and `&R`; text before the first of them is centred. */
function splitSections(source: string): Section[] {
  const sections: Section[] = [];
  let start = 0;
  for (const match of source.matchAll(code)) {
    if (!/^&amp;[LCR]$/i.test(match[0])) continue;
    if (match.index > start) sections.push({ start, source: source.slice(start, match.index) });
    start = match.index + match[0].length;
  }
  if (start < source.length) sections.push({ start, source: source.slice(start) });
  return sections;
}

/** A code: `&&`, a font, a size, a colour, or one letter. */
const code =
  /&amp;(?:&amp;|(?:"|&quot;)(?:(?!"|&quot;).)*(?:"|&quot;)|\d+|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|[A-Za-z])/gi;

type CodedSection = {
  readonly text: string;
  readonly unit: CodedText;
  readonly sources: ReadonlyMap<string, string>;
};

function readSection(source: string): CodedSection {
  const atoms: AtomCode[] = [];
  const sources = new Map<string, string>();
  let text = "";
  let at = 0;
  for (const match of source.matchAll(code)) {
    text += decodeText(source.slice(at, match.index));
    at = match.index + match[0].length;
    if (/^&amp;&amp;$/i.test(match[0])) {
      text += "&";
      continue;
    }
    const id = String(atoms.length + 1);
    const isField = /^&amp;[PNDTFAZ]$/i.test(match[0]);
    atoms.push({ id, kind: isField ? "field" : "mark", offset: text.length });
    sources.set(id, match[0]);
  }
  text += decodeText(source.slice(at));
  return { text, unit: { text, spans: [], atoms }, sources };
}

function writeSection(
  { unit, sources }: CodedSection,
  target: Parameters<UnitSite["write"]>[0],
  start: number,
  source: string,
  spare: number,
): ReturnType<UnitSite["write"]> {
  if (isEcho(unit, target)) return { kind: "written", splices: [] };
  if (!isXmlText(target.text))
    return { kind: "refused", reason: "the translation holds a character that the file can't store" };
  const { pieces, flagged } = paint(unit, target);
  let text = "";
  let isSize = false;
  for (const piece of pieces) {
    if (piece.kind === "atom") {
      text += sources.get(piece.id)!;
      isSize = /^&amp;\d+$/.test(sources.get(piece.id)!);
      continue;
    }
    // A digit behind a size would belong to it.
    const gap = isSize && /^\d/.test(piece.text) ? " " : "";
    text += gap + xmlText(piece.text.replaceAll("&", "&&"));
    isSize = false;
  }
  if (decodeText(text).length > decodeText(source).length + spare)
    return {
      kind: "refused",
      reason: `a page header or footer takes ${maxLength} characters with its codes`,
    };
  const splices = [{ start, end: start + source.length, text }];
  return { kind: "written", splices, ...(flagged === undefined ? {} : { flagged }) };
}
