import type { AtomCode, CodedTarget, CodedText, SpanCode } from "../units/types.ts";
import type { XmlTree } from "../xml/scan-xml.ts";
import { decodeText } from "../xml/xml-text.ts";
import { attribute, childrenOf, nameOf } from "../xml/xml-tree.ts";

type Found = { readonly id: string; readonly element: number };
type OpenStart = Found & { readonly own: string; readonly start: number; readonly place: number };

type Reading = {
  readonly tree: XmlTree;
  /** Ids that a code of the source has, so that a copy without `copyOf` is known. */
  readonly known: ReadonlySet<string>;
  text: string;
  /** In the order of their start tags; `end` is set when it is found. */
  readonly stretches: (Found & { readonly start: number; end: number })[];
  readonly starts: OpenStart[];
  readonly atoms: (Found & { readonly offset: number })[];
};

/** The codes of `source` or `target` by the elements that they are. */
export type InlineContent = Pick<Reading, "text" | "stretches" | "atoms">;

/**
 * Reads what stands in `source` or `target`. Of elements of other kinds and namespaces only the text counts;
 * a start without its end goes to the end, an end without its start from the beginning.
 */
export function readInline(
  tree: XmlTree,
  element: number,
  known: ReadonlySet<string> = new Set(),
): InlineContent {
  const reading: Reading = { tree, known, text: "", stretches: [], starts: [], atoms: [] };
  readContent(reading, element);
  for (const { place } of reading.starts) reading.stretches[place]!.end = reading.text.length;
  return { ...reading, stretches: reading.stretches.filter(({ start, end }) => start < end) };
}

function readContent(reading: Reading, element: number): void {
  const { tree } = reading;
  let at = tree.openEnd[element]!;
  for (const child of childrenOf(tree, element)) {
    reading.text += decodeText(tree.source.slice(at, tree.start[child]!));
    readElement(reading, child);
    at = tree.end[child]!;
  }
  reading.text += decodeText(tree.source.slice(at, tree.closeStart[element]!));
}

function readElement(reading: Reading, element: number): void {
  const { tree, stretches } = reading;
  const name = localName(tree, element);
  const own = attribute(tree, element, "id") ?? "";
  const start = reading.text.length;
  if (name === "ph") {
    reading.atoms.push({ id: baseId(reading, element, own), element, offset: start });
  } else if (name === "cp") {
    const code = Number.parseInt(attribute(tree, element, "hex") ?? "", 16);
    if (code >= 0 && code <= 0x10ffff) reading.text += String.fromCodePoint(code);
  } else if (name === "sc") {
    const id = baseId(reading, element, own);
    stretches.push({ id, element, start, end: start });
    reading.starts.push({ id, element, own, start, place: stretches.length - 1 });
  } else if (name === "ec") {
    endStart(reading, element, own);
  } else if (name === "pc") {
    const place = stretches.push({ id: baseId(reading, element, own), element, start, end: start }) - 1;
    readContent(reading, element);
    stretches[place]!.end = reading.text.length;
  } else {
    readContent(reading, element);
  }
}

function endStart(reading: Reading, element: number, own: string): void {
  const wanted = attribute(reading.tree, element, "startRef") ?? own;
  const index = reading.starts.findLastIndex((start) => start.own === wanted);
  if (index >= 0) {
    const [start] = reading.starts.splice(index, 1);
    reading.stretches[start!.place]!.end = reading.text.length;
    return;
  }
  const id = baseId(reading, element, wanted);
  reading.stretches.unshift({ id, element, start: 0, end: reading.text.length });
  for (const [place, start] of reading.starts.entries())
    reading.starts[place] = { ...start, place: start.place + 1 };
}

function baseId({ tree, known }: Reading, element: number, own: string): string {
  const copied = attribute(tree, element, "copyOf");
  if (copied !== undefined) return copied;
  const base = /^(.+)_\d+$/.exec(own)?.[1];
  return base !== undefined && !known.has(own) && known.has(base) ? base : own;
}

/** The name without its namespace of an element of XLIFF; undefined for elements of others. */
export function localName(tree: XmlTree, element: number): string | undefined {
  return /^\{urn:oasis:names:tc:xliff:document:2\.\d\}(.+)$/.exec(nameOf(tree, element))?.[1];
}

/** The content as a source, with what the original data says of its codes. */
export function codedSource(
  tree: XmlTree,
  content: InlineContent,
  data: ReadonlyMap<string, string>,
): CodedText {
  const spans: SpanCode[] = [];
  for (const { id, element, start, end } of content.stretches) {
    if (spans.some((span) => span.id === id)) continue;
    const facts = factsOf(tree, element, data);
    const type = attribute(tree, element, "type");
    const kind = type === "fmt" ? "format" : type === "link" ? "link" : "container";
    const canCopy = attribute(tree, element, "canCopy") !== "no";
    const named = spanKinds.find((each) => each === facts.kind);
    spans.push({
      id,
      kind: named ?? kind,
      start,
      end,
      canCopy: typeof facts.canCopy === "boolean" ? facts.canCopy : canCopy,
    });
  }
  return { text: content.text, spans, atoms: content.atoms.map((atom) => atomCode(tree, atom, data)) };
}

function atomCode(
  tree: XmlTree,
  { id, element, offset }: InlineContent["atoms"][number],
  data: ReadonlyMap<string, string>,
): AtomCode {
  const facts = factsOf(tree, element, data);
  const text = (name: string): string | undefined => {
    const value = facts[name];
    return typeof value === "string" ? value : undefined;
  };
  const isPicture = attribute(tree, element, "type") === "image";
  const shows = text("shows") ?? attribute(tree, element, "disp");
  const [closedBy, within] = [text("closedBy"), text("within")];
  return {
    id,
    kind: atomKinds.find((each) => each === facts.kind) ?? (isPicture ? "picture" : "object"),
    offset,
    ...(shows === undefined ? {} : { shows }),
    ...(closedBy === undefined ? {} : { closedBy }),
    ...(within === undefined ? {} : { within }),
  };
}

const spanKinds = ["format", "link", "container"] as const;
const atomKinds = ["field", "note", "break", "tab", "picture", "mark", "object"] as const;

/** What we wrote as original data; of other tools' data nothing. */
function factsOf(
  tree: XmlTree,
  element: number,
  data: ReadonlyMap<string, string>,
): Readonly<Record<string, unknown>> {
  const id = attribute(tree, element, "dataRefStart") ?? attribute(tree, element, "dataRef") ?? "";
  try {
    const facts: unknown = JSON.parse(data.get(id) ?? "{}");
    return typeof facts === "object" && facts !== null ? (facts as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The content as a target: stretches by id in the order of the source's spans. */
export function codedTarget(source: CodedText, { text, stretches, atoms }: InlineContent): CodedTarget {
  const order = new Map(source.spans.map(({ id }, index) => [id, index]));
  const place = (id: string): number => order.get(id) ?? order.size;
  return {
    text,
    spans: stretches
      .map(({ id, start, end }) => ({ id, start, end }))
      .sort((a, b) => place(a.id) - place(b.id) || a.start - b.start),
    atoms: atoms.map(({ id, offset }) => ({ id, offset })),
  };
}
