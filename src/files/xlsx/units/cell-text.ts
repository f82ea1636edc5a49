import { paint } from "../../units/paint.ts";
import type { CodedTarget, CodedText, SpanCode } from "../../units/types.ts";
import { isEcho, type SiteWrite } from "../../units/unit-site.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { escapeText, isXmlText } from "../../xml/xml-text.ts";
import { attributesOf, childNamed, childrenOf, nameOf, outerXml, textOf } from "../../xml/xml-tree.ts";
import { decodeEscapes, encodeEscapes } from "../read/escapes.ts";

type Run = {
  /** Its `rPr`, or -1. */
  readonly properties: number;
  readonly start: number;
  readonly end: number;
  readonly look: string;
};

/** The text of a shared string, an inline string or a comment (ECMA-376-1, 18.4.8), looks as spans. */
export type CellText = CodedText & {
  /** The `si`, `is` or `text` element. */
  readonly element: number;
  readonly runs: readonly Run[];
  readonly baseLook: string;
};

/** Longest text that a cell takes, in UTF-16 units. */
export const maxCellText = 32_767;

/** Reads plain and rich text; phonetic runs are left out. */
export function readCellText(tree: XmlTree, element: number): CellText {
  const runs: Run[] = [];
  let text = "";
  for (const child of childrenOf(tree, element)) {
    const name = nameOf(tree, child);
    const holder = name === "x:t" ? child : name === "x:r" ? childNamed(tree, child, "x:t") : -1;
    if (holder < 0) continue;
    const start = text.length;
    text += decodeEscapes(textOf(tree, holder));
    const properties = name === "x:r" ? childNamed(tree, child, "x:rPr") : -1;
    runs.push({ properties, start, end: text.length, look: lookOf(tree, properties) });
  }
  const counts = new Map<string, number>();
  for (const { look, start, end } of runs) counts.set(look, (counts.get(look) ?? 0) + end - start);
  const baseLook = [...counts].reduce((best, each) => (each[1] > best[1] ? each : best), ["", -1])[0];
  return { element, text, runs, baseLook, spans: spansOf(runs, baseLook), atoms: [] };
}

function lookOf(tree: XmlTree, properties: number): string {
  if (properties < 0) return "";
  return childrenOf(tree, properties)
    .map((child) => {
      const values = attributesOf(tree, child).map(({ name, value }) => `${name}=${value}`);
      return [nameOf(tree, child), ...values].join(" ");
    })
    .sort()
    .join("\n");
}

function spansOf(runs: readonly Run[], baseLook: string): SpanCode[] {
  const spans: (SpanCode & { end: number })[] = [];
  let before = baseLook;
  for (const { look, start, end } of runs) {
    if (start === end) continue;
    const last = spans.at(-1);
    if (look !== baseLook && look === before && last !== undefined) last.end = end;
    else if (look !== baseLook)
      spans.push({ id: String(spans.length + 1), kind: "format", start, end, canCopy: true });
    before = look;
  }
  return spans;
}

/** Splices that give the text its target; the reading aid of East Asian text (`rPh`) goes with the text it was for. */
export function writeCellText(tree: XmlTree, source: CellText, target: CodedTarget): SiteWrite {
  if (isEcho(source, target)) return { kind: "written", splices: [] };
  if (!isXmlText(encodeEscapes(target.text)))
    return { kind: "refused", reason: "the translation holds half a character, which the file can't store" };
  if (target.text.length > maxCellText)
    return { kind: "refused", reason: `the translation is longer than ${maxCellText} characters` };
  const { pieces, flagged } = paint(source, target);
  const name = nameLike(tree, source.element);
  const texts = pieces.flatMap((piece) => (piece.kind === "text" ? [piece] : []));
  const isPlain = source.runs.length === 1 && source.runs[0]!.properties < 0 && texts.length <= 1;
  const xml = isPlain
    ? textXml(name("t"), texts[0]?.text ?? "")
    : texts
        .map((piece) => {
          const properties = propertiesFor(source, piece.spans);
          const look = properties < 0 ? "" : outerXml(tree, properties);
          return `<${name("r")}>${look}${textXml(name("t"), piece.text)}</${name("r")}>`;
        })
        .join("");
  const splice = { start: tree.openEnd[source.element]!, end: tree.closeStart[source.element]!, text: xml };
  return { kind: "written", splices: [splice], ...(flagged === undefined ? {} : { flagged }) };
}

function propertiesFor(source: CellText, spans: readonly string[]): number {
  const span = source.spans.find(({ id }) => id === spans.at(-1));
  const run = source.runs.find((each) =>
    span === undefined
      ? each.look === source.baseLook && each.end > each.start
      : each.start >= span.start && each.end <= span.end && each.end > each.start,
  );
  return run?.properties ?? -1;
}

function textXml(name: string, text: string): string {
  const space = /^\s|\s$|[\n\t]|\s\s/.test(text) ? ' xml:space="preserve"' : "";
  return `<${name}${space}>${escapeText(encodeEscapes(text))}</${name}>`;
}

/** Names in the prefix that the element has. */
export function nameLike(tree: XmlTree, element: number): (local: string) => string {
  const own = tree.source.slice(tree.start[element]! + 1, tree.nameEnd[element]!);
  const prefix = own.includes(":") ? own.slice(0, own.indexOf(":") + 1) : "";
  return (local) => prefix + local;
}
