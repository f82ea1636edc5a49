import type { XmlTree } from "../xml/scan-xml.ts";
import { attribute, attributesOf, childrenOf, outerXml, textOf } from "../xml/xml-tree.ts";
import { drawingChild, drawingName } from "./drawing-text-names.ts";
import type { AtomCode, CodedText, SpanCode } from "./types.ts";

/** A run of a DrawingML paragraph (ECMA-376-1, 21.1.2.3.8). */
export type DrawingRun = {
  readonly element: number;
  /** Its `a:rPr`, or -1. */
  readonly properties: number;
  readonly start: number;
  readonly end: number;
  /** Source of its `a:hlinkClick`, empty without one. */
  readonly link: string;
  /** What it looks like, language and the marks of the spelling check left out; equal for runs that look the same. */
  readonly look: string;
};

/** A DrawingML paragraph as text with codes, and where those are in its XML. */
export type DrawingParagraph = CodedText & {
  readonly element: number;
  readonly runs: readonly DrawingRun[];
  /** The look that most characters have; it is no span. */
  readonly baseLook: string;
  /** Ids of the spans over a run, by its index. */
  readonly spansOfRuns: readonly (readonly string[])[];
  /** Elements of the atoms. */
  readonly atomElements: ReadonlyMap<string, number>;
  /** Source range of runs, breaks and fields; what stands before and behind it stays. */
  readonly content: { readonly start: number; readonly end: number };
};

/** Attributes of `a:rPr` that say nothing about the look (21.1.2.3.9). */
const invisible: ReadonlySet<string> = new Set([
  "lang",
  "altLang",
  "dirty",
  "err",
  "smtClean",
  "smtId",
  "bmk",
]);

type Inline =
  | { readonly kind: "run"; readonly run: DrawingRun }
  | { readonly kind: "atom"; readonly atom: Omit<AtomCode, "id">; readonly element: number };

/**
 * Reads an `a:p`: runs that look the same are one text, another look than that of most characters is a span, a link is a
 * span, a break, a field and anything unknown is an atom. Tabs are text.
 */
export function readDrawingParagraph(tree: XmlTree, element: number): DrawingParagraph {
  const inlines = readInlines(tree, element);
  const runs = inlines.flatMap((each) => (each.kind === "run" ? [each.run] : []));
  const baseLook = mostUsedLook(runs);
  const codes = numberCodes(inlines, baseLook);
  const elements = inlines.map((each) => (each.kind === "run" ? each.run.element : each.element));
  const [first, last] = [elements[0], elements.at(-1)];
  const end = first === undefined ? tree.closeStart[element]! : tree.start[first]!;
  return {
    element,
    text: runs.map((run) => runText(tree, run.element)).join(""),
    runs,
    baseLook,
    ...codes,
    content: { start: end, end: last === undefined ? end : tree.end[last]! },
  };
}

function readInlines(tree: XmlTree, element: number): Inline[] {
  const inlines: Inline[] = [];
  let offset = 0;
  for (const child of childrenOf(tree, element)) {
    const name = drawingName(tree, child);
    if (name === "a:pPr" || name === "a:endParaRPr") continue;
    if (name === "a:r") {
      const run = readRun(tree, child, offset);
      // A run that shows nothing but holds a link keeps its place.
      if (isPicture(tree, run)) {
        const atom = { kind: "object", offset, shows: runText(tree, child) } as const;
        inlines.push({ kind: "atom", atom, element: child });
        continue;
      }
      if (run.end > run.start || run.link === "") inlines.push({ kind: "run", run });
      else inlines.push({ kind: "atom", atom: { kind: "mark", offset }, element: child });
      offset = run.end;
    } else inlines.push({ kind: "atom", atom: readAtom(tree, child, name, offset), element: child });
  }
  return inlines;
}

/** True for a run in a font whose letters are pictures. */
function isPicture(tree: XmlTree, { properties }: DrawingRun): boolean {
  const font = properties < 0 ? -1 : drawingChild(tree, properties, "a:latin");
  const typeface = font < 0 ? "" : (attribute(tree, font, "typeface") ?? "");
  return /^(symbol|wingdings|webdings|zapf ?dingbats)/i.test(typeface);
}

function readAtom(tree: XmlTree, element: number, name: string, offset: number): Omit<AtomCode, "id"> {
  if (name === "a:br") return { kind: "break", offset, shows: "\n" };
  if (name !== "a:fld") return { kind: "object", offset };
  const text = drawingChild(tree, element, "a:t");
  return { kind: "field", offset, ...(text < 0 ? {} : { shows: textOf(tree, text) }) };
}

function runText(tree: XmlTree, run: number): string {
  const text = drawingChild(tree, run, "a:t");
  return text < 0 ? "" : textOf(tree, text);
}

function readRun(tree: XmlTree, element: number, start: number): DrawingRun {
  const properties = drawingChild(tree, element, "a:rPr");
  const end = start + runText(tree, element).length;
  if (properties < 0) return { element, properties, start, end, link: "", look: "" };
  const marks = attributesOf(tree, properties)
    .filter(({ name }) => !invisible.has(name) && !name.startsWith("xmlns"))
    .map(({ name, value }) => `${name}=${value}`)
    .sort();
  let link = "";
  const parts = childrenOf(tree, properties).flatMap((child) => {
    if (drawingName(tree, child) !== "a:hlinkClick") return [outerXml(tree, child)];
    link = outerXml(tree, child);
    return [];
  });
  return { element, properties, start, end, link, look: [...marks, ...parts].join("\n") };
}

function mostUsedLook(runs: readonly DrawingRun[]): string {
  const counts = new Map<string, number>();
  for (const { look, start, end } of runs) counts.set(look, (counts.get(look) ?? 0) + end - start);
  let [best, most] = ["", -1];
  for (const [look, count] of counts) if (count > most) [best, most] = [look, count];
  return best;
}

type Codes = Pick<DrawingParagraph, "spans" | "atoms" | "spansOfRuns" | "atomElements">;

/** Numbers the codes in source order. Runs side by side share a span, also where an atom stands between them. */
function numberCodes(inlines: readonly Inline[], baseLook: string): Codes {
  const spans: (SpanCode & { end: number })[] = [];
  const atoms: AtomCode[] = [];
  const spansOfRuns: string[][] = [];
  const atomElements = new Map<string, number>();
  let count = 0;
  let link: { code: SpanCode & { end: number }; key: string } | undefined;
  let format: { code: SpanCode & { end: number }; key: string } | undefined;
  const open = (kind: "link" | "format", run: DrawingRun): SpanCode & { end: number } => {
    const code = { id: String(++count), kind, start: run.start, end: run.end, canCopy: true };
    spans.push(code);
    return code;
  };
  for (const inline of inlines) {
    if (inline.kind === "atom") {
      const id = String(++count);
      atoms.push({ id, ...inline.atom });
      atomElements.set(id, inline.element);
      continue;
    }
    const { run } = inline;
    if (run.end === run.start) {
      spansOfRuns.push([]);
      continue;
    }
    if ((link?.key ?? "") !== run.link) {
      link = run.link === "" ? undefined : { code: open("link", run), key: run.link };
      format = undefined;
    }
    if (format?.key !== run.look)
      format = run.look === baseLook ? undefined : { code: open("format", run), key: run.look };
    const over = [link, format].flatMap((each) => (each === undefined ? [] : [each.code]));
    for (const code of over) code.end = run.end;
    spansOfRuns.push(over.map(({ id }) => id));
  }
  return { spans, atoms, spansOfRuns, atomElements };
}
