import type { AtomCode, CodedText, SpanCode } from "../units/types.ts";

/** Inline content as a reader of a format finds it, before ids are given. */
export type InlineNode =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "atom";
      readonly atom: AtomCode["kind"];
      readonly source: SourceOf;
      readonly shows?: string;
    }
  | {
      readonly kind: "span";
      readonly span: "format" | "link" | "container";
      readonly canCopy: boolean;
      readonly open: SourceOf;
      readonly close: SourceOf;
      /** All of it, marks included. */
      readonly whole: SourceOf;
      /** What it is, whatever marks say it: `strong`. */
      readonly name: string;
      readonly children: readonly InlineNode[];
    };

/** A stretch of the file, or text in its place. */
export type SourceOf = { readonly start: number; readonly end: number } | string;

export type SpanMarks = { readonly open: SourceOf; readonly close: SourceOf; readonly name: string };

/** Coded text and what its codes look like in the file. */
export type CodedSource = {
  readonly coded: CodedText;
  readonly spans: ReadonlyMap<string, SpanMarks>;
  readonly atoms: ReadonlyMap<string, { readonly kind: AtomCode["kind"]; readonly source: SourceOf }>;
};

type Building = {
  text: string;
  count: number;
  readonly spans: SpanCode[];
  readonly atoms: AtomCode[];
  readonly spanMarks: Map<string, SpanMarks>;
  readonly atomSources: Map<string, { kind: AtomCode["kind"]; source: SourceOf }>;
};

/** Gives ids in source order. A span without text becomes an atom, formatting around formatting a container. */
export function buildCoded(nodes: readonly InlineNode[]): CodedSource {
  const building: Building = {
    text: "",
    count: 0,
    spans: [],
    atoms: [],
    spanMarks: new Map(),
    atomSources: new Map(),
  };
  addNodes(building, nodes, undefined);
  const { text, atoms } = building;
  return {
    coded: { text, spans: building.spans, atoms },
    spans: building.spanMarks,
    atoms: building.atomSources,
  };
}

function addNodes(building: Building, nodes: readonly InlineNode[], within: string | undefined): void {
  for (const node of nodes) {
    if (node.kind === "text") building.text += node.text;
    else if (node.kind === "atom") addAtom(building, node.atom, node.source, node.shows, within);
    else if (!hasText(node)) addAtom(building, "object", node.whole, undefined, within);
    else addSpan(building, node, within);
  }
}

function addAtom(
  building: Building,
  kind: AtomCode["kind"],
  source: SourceOf,
  shows: string | undefined,
  within: string | undefined,
): void {
  const id = String(++building.count);
  building.atoms.push({
    id,
    kind,
    offset: building.text.length,
    ...(shows === undefined ? {} : { shows }),
    ...(within === undefined ? {} : { within }),
  });
  building.atomSources.set(id, { kind, source });
}

function addSpan(
  building: Building,
  node: Extract<InlineNode, { kind: "span" }>,
  within: string | undefined,
): void {
  const id = String(++building.count);
  const kind = node.span === "format" && holdsFormat(node.children) ? "container" : node.span;
  const start = building.text.length;
  const span = { id, kind, start, end: start, canCopy: node.canCopy };
  building.spans.push(span);
  building.spanMarks.set(id, { open: node.open, close: node.close, name: node.name });
  addNodes(building, node.children, kind === "format" ? within : id);
  span.end = building.text.length;
}

function holdsFormat(nodes: readonly InlineNode[]): boolean {
  return nodes.some(
    (node) => node.kind === "span" && hasText(node) && (node.span === "format" || holdsFormat(node.children)),
  );
}

function hasText(node: InlineNode): boolean {
  if (node.kind === "text") return node.text.trim() !== "";
  return node.kind === "span" && node.children.some(hasText);
}
