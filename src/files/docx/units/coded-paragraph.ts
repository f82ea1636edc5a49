import type { AtomCode, CodedText, SpanCode } from "../../units/types.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, nameOf } from "../../xml/xml-tree.ts";
import { type Arranged, type ArrangedItem, pathOf } from "./arrange-inline.ts";
import type { Container, Token } from "./inline-token.ts";
import { atomKind } from "./read-tokens.ts";
import type { RunLooks } from "./run-looks.ts";

type AtomItem = Extract<ArrangedItem, { kind: "atom" }>;

/** A paragraph as a translator gets it, and what each code stands for. */
export type CodedParagraph = {
  readonly coded: CodedText;
  readonly containers: readonly Container[];
  readonly riders: readonly Token[];
  /** Index of the container that a span stands for. */
  readonly containerOf: ReadonlyMap<string, number>;
  readonly atomOf: ReadonlyMap<string, AtomItem>;
  /** The run whose formatting a formatting span stands for. */
  readonly formatOf: ReadonlyMap<string, number>;
  /** The run whose formatting text has that stands directly in a container (-1: in none). */
  readonly baseOf: ReadonlyMap<number, number>;
  /** True where hyphens that don't break are elements of their own, as Word writes them. */
  readonly hasHyphenElements: boolean;
};

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Builder = {
  readonly arranged: Arranged;
  readonly bases: ReadonlyMap<number, Base>;
  readonly spans: Mutable<SpanCode>[];
  readonly atoms: Mutable<AtomCode>[];
  readonly spanOf: Map<number, Mutable<SpanCode>>;
  readonly containerOf: Map<string, number>;
  readonly atomOf: Map<string, AtomItem>;
  readonly formatOf: Map<string, number>;
  text: string;
  last: number;
  /** The formatting span that may go on. */
  current: { readonly span: Mutable<SpanCode>; readonly key: string; readonly container: number } | undefined;
};

/** Text with codes for what a paragraph holds. */
export function codeParagraph(tree: XmlTree, arranged: Arranged, looks: RunLooks): CodedParagraph {
  smoothSpaces(arranged, looks);
  const builder: Builder = {
    arranged,
    bases: basesOf(arranged),
    spans: [],
    atoms: [],
    spanOf: new Map(),
    containerOf: new Map(),
    atomOf: new Map(),
    formatOf: new Map(),
    text: "",
    last: 0,
    current: undefined,
  };
  for (const item of arranged.items) {
    if (item.kind === "text") addText(builder, item.token);
    else addAtom(builder, item);
  }
  pairMarks(tree, builder);
  const { text, spans, atoms, containerOf, atomOf, formatOf } = builder;
  const inOrder = spans.toSorted((a, b) => a.start - b.start || b.end - a.end || Number(a.id) - Number(b.id));
  const isHyphen = ({ element }: Token): boolean =>
    element >= 0 && /^w:(noBreak|soft)Hyphen$/.test(nameOf(tree, element));
  return {
    coded: { text, spans: inOrder, atoms },
    containers: arranged.containers,
    riders: arranged.riders,
    containerOf,
    atomOf,
    formatOf,
    baseOf: new Map([...builder.bases].map(([container, { run }]) => [container, run])),
    hasHyphenElements: arranged.items.some((item) => item.kind === "text" && isHyphen(item.token)),
  };
}

/** White space takes the look of the text before it where nobody can see the difference. */
function smoothSpaces({ items }: Arranged, looks: RunLooks): void {
  let before: Token | undefined;
  for (const item of items) {
    if (item.kind !== "text") continue;
    const { token } = item;
    if (before?.container === token.container && token.text.trim() === "" && before.look !== token.look) {
      if (looks(before.run).spaceKey === looks(token.run).spaceKey) token.look = before.look;
    }
    before = token;
  }
}

type Base = { readonly key: string; readonly run: number };

/** The formatting of most of the text that stands directly in each container. */
function basesOf({ items }: Arranged): Map<number, Base> {
  const counts = new Map<number, Map<string, { count: number; run: number }>>();
  for (const item of items) {
    if (item.kind !== "text") continue;
    const { container, look, run, text } = item.token;
    const inContainer = counts.get(container) ?? new Map<string, { count: number; run: number }>();
    counts.set(container, inContainer);
    const known = inContainer.get(look);
    if (known === undefined) inContainer.set(look, { count: text.length, run });
    else known.count += text.length;
  }
  return new Map(
    [...counts].map(([container, looks]) => {
      const [key, { run }] = [...looks].reduce((a, b) => (b[1].count > a[1].count ? b : a));
      return [container, { key, run }];
    }),
  );
}

function addText(builder: Builder, token: Token): void {
  openContainers(builder, token.container);
  const start = builder.text.length;
  builder.text += token.text;
  const end = builder.text.length;
  for (let at = token.container; at >= 0; at = builder.arranged.containers[at]!.parent)
    builder.spanOf.get(at)!.end = end;
  if (token.look === builder.bases.get(token.container)!.key) {
    builder.current = undefined;
    return;
  }
  const { current } = builder;
  if (current?.key === token.look && current.container === token.container) {
    current.span.end = end;
    return;
  }
  const span: SpanCode = { id: nextId(builder), kind: "format", start, end, canCopy: true };
  builder.spans.push(span);
  builder.formatOf.set(span.id, token.run);
  builder.current = { span, key: token.look, container: token.container };
}

function addAtom(builder: Builder, item: AtomItem): void {
  openContainers(builder, item.container);
  const within = item.container < 0 ? undefined : builder.spanOf.get(item.container)!.id;
  const shows = shownBy(item);
  const id = nextId(builder);
  builder.atoms.push({
    id,
    kind: kindOf(item),
    offset: builder.text.length,
    ...(shows !== "" && { shows }),
    ...(within !== undefined && { within }),
  });
  builder.atomOf.set(id, item);
}

function kindOf({ tokens }: AtomItem): AtomCode["kind"] {
  const kinds = new Set(tokens.filter(({ element }) => element >= 0).map(atomKind));
  for (const kind of ["field", "picture", "object"] as const) if (kinds.has(kind)) return kind;
  return [...kinds][0] ?? "mark";
}

/** What a reader sees of it: the result of a field, the text of a kept style. */
function shownBy({ tokens }: AtomItem): string {
  return tokens
    .map(({ kind, text }) => (kind === "tab" ? "\t" : text))
    .join("")
    .trim();
}

function openContainers(builder: Builder, container: number): void {
  for (const index of pathOf(builder.arranged.containers, container)) {
    if (builder.spanOf.has(index)) continue;
    const { kind, canCopy } = builder.arranged.containers[index]!;
    const start = builder.text.length;
    const span: Mutable<SpanCode> = { id: nextId(builder), kind, start, end: start, canCopy };
    // What comes before the container's first text is at its start all the same.
    builder.spanOf.set(index, span);
    builder.spans.push(span);
    builder.containerOf.set(span.id, index);
  }
}

function nextId(builder: Builder): string {
  builder.last++;
  return String(builder.last);
}

const pairs: ReadonlyMap<string, string> = new Map(
  ["bookmark", "commentRange", "moveFromRange", "moveToRange", "customXmlInsRange", "customXmlDelRange"]
    .map((stem): [string, string] => [`w:${stem}Start`, `w:${stem}End`])
    .concat([
      ["w:customXmlMoveFromRangeStart", "w:customXmlMoveFromRangeEnd"],
      ["w:customXmlMoveToRangeStart", "w:customXmlMoveToRangeEnd"],
      ["w:permStart", "w:permEnd"],
    ]),
);

/** Halves of range marks by id, also of those that stand inside a field; the ends of fields that go on elsewhere stay in their order too. */
function pairMarks(tree: XmlTree, { atoms, atomOf }: Builder): void {
  const starts = new Map<string, Mutable<AtomCode>>();
  let fieldEnd: Mutable<AtomCode> | undefined;
  for (const atom of atoms) {
    const { tokens, part } = atomOf.get(atom.id)!;
    if (part === "field-end") {
      if (fieldEnd !== undefined) fieldEnd.closedBy = atom.id;
      fieldEnd = atom;
    }
    for (const { element } of tokens) {
      if (element < 0) continue;
      const name = nameOf(tree, element);
      const id = attribute(tree, element, "w:id") ?? "";
      const end = pairs.get(name);
      if (end !== undefined) starts.set(`${end} ${id}`, atom);
      const start = starts.get(`${name} ${id}`);
      if (start !== undefined && start !== atom && start.closedBy === undefined) start.closedBy = atom.id;
    }
  }
}
