import type { AtomCode, SpanCode } from "../units/types.ts";
import type { XmlTree } from "../xml/scan-xml.ts";
import { decodeText } from "../xml/xml-text.ts";
import { attribute, childrenOf, nameOf } from "../xml/xml-tree.ts";
import type { TmxText } from "./types.ts";

type Stretch = { readonly id: string; readonly kind: SpanCode["kind"]; readonly start: number; end: number };

type Reading = {
  readonly tree: XmlTree;
  text: string;
  readonly spans: Stretch[];
  readonly atoms: TmxText["atoms"][number][];
  readonly open: Map<string, Stretch>;
  /** Numbers that codes have, so that one without gets another. */
  readonly used: Set<string>;
};

/**
 * The text of a `seg` (TMX 1.4b, 4): native codes inside `bpt`, `ept`, `ph` and `it` are dropped, the text inside `hi`
 * stays. An `ept` or `it` without its other half reaches to the segment's end or from its beginning.
 */
export function readTmxText(tree: XmlTree, segment: number): TmxText {
  const next = tree.next[segment]!;
  if (next === segment + 1)
    return {
      text: decodeText(tree.source.slice(tree.openEnd[segment], tree.closeStart[segment])),
      spans: [],
      atoms: [],
    };
  const used = new Set<string>();
  for (let at = segment + 1; at < next; at++) {
    const number = attribute(tree, at, "x");
    if (number !== undefined) used.add(number);
  }
  const reading: Reading = { tree, text: "", spans: [], atoms: [], open: new Map(), used };
  readContent(reading, segment);
  for (const stretch of reading.open.values()) stretch.end = reading.text.length;
  return {
    text: reading.text,
    spans: reading.spans.filter(({ start, end }) => start < end),
    atoms: reading.atoms,
  };
}

function readContent(reading: Reading, element: number): void {
  const { tree } = reading;
  let at = tree.openEnd[element]!;
  for (const child of childrenOf(tree, element)) {
    reading.text += decodeText(tree.source.slice(at, tree.start[child]!));
    readElement(reading, child, nameOf(tree, child));
    at = tree.end[child]!;
  }
  reading.text += decodeText(tree.source.slice(at, tree.closeStart[element]!));
}

function readElement(reading: Reading, element: number, name: string): void {
  const { tree, open, spans, atoms } = reading;
  const start = reading.text.length;
  const type = attribute(tree, element, "type");
  const pair = attribute(tree, element, "i") ?? "";
  const begin = (from: number, to: number): Stretch => {
    const stretch = { id: numberOf(reading, element), kind: spanKind(type), start: from, end: to };
    spans.push(stretch);
    return stretch;
  };
  if (name === "bpt") open.set(pair, begin(start, start));
  else if (name === "ept") endPair(reading, pair, start);
  else if (name === "it") {
    if (attribute(tree, element, "pos") === "end") begin(0, start);
    else open.set(`it ${spans.length}`, begin(start, start));
  } else if (name === "hi") {
    const stretch = begin(start, start);
    readContent(reading, element);
    stretch.end = reading.text.length;
  } else if (name === "ph" || name === "ut") {
    atoms.push({ id: numberOf(reading, element), kind: atomKind(type), offset: start });
  } else {
    readContent(reading, element);
  }
}

function endPair({ open }: Reading, pair: string, end: number): void {
  const stretch = open.get(pair);
  if (stretch === undefined) return;
  stretch.end = end;
  open.delete(pair);
}

function numberOf({ tree, used }: Reading, element: number): string {
  const own = attribute(tree, element, "x");
  if (own !== undefined) return own;
  let number = 1;
  while (used.has(String(number))) number++;
  used.add(String(number));
  return String(number);
}

const spanKinds: ReadonlySet<string> = new Set(["format", "link", "container"]);
const atomKinds: ReadonlySet<string> = new Set([
  "field",
  "note",
  "break",
  "tab",
  "picture",
  "mark",
  "object",
]);

function spanKind(type: string | undefined): SpanCode["kind"] {
  if (type !== undefined && spanKinds.has(type)) return type as SpanCode["kind"];
  return type === undefined || /bold|italic|under|ulined|font|color|strike|struct|scap/.test(type)
    ? "format"
    : "container";
}

function atomKind(type: string | undefined): AtomCode["kind"] {
  if (type !== undefined && atomKinds.has(type)) return type as AtomCode["kind"];
  if (type === "fnote" || type === "enote") return "note";
  return type === "image" ? "picture" : type === "lb" ? "break" : "object";
}
