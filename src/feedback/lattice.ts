import type { IssuedParagraph, IssuedText } from "./ledger-types.ts";
import { cutsWord, type Grain, paragraphEnd, type Token, tokenise } from "./tokens.ts";

/** What may have become of one place: the words it had, the new ones, both, neither, others; or its paragraph is gone. */
export type Reading =
  | "old"
  | "new"
  | "both"
  | "none"
  | "old-edited"
  | "new-edited"
  | "both-edited"
  | "other"
  | "gone";

/** How strictly a token of a path has to be found in the returned text. */
export type Mode = "context" | "exact" | "verbatim" | "edited";

/** A token as issued. */
export type IssuedToken = Token & {
  readonly isLoose: boolean;
  /** Index of its paragraph among those of the lattice. */
  readonly paragraph: number;
  readonly side?: "old" | "new";
  /** Its node; of a token of the text, not of a suggestion. */
  readonly position?: number;
};

/** A step between nodes: `token` is to be found, `any` stands for any word, without either it takes nothing. */
export type Edge = {
  readonly from: number;
  readonly cost: number;
  readonly mode: Mode;
  readonly token?: IssuedToken;
  readonly any?: true;
  /** Stands for the end of some paragraph. */
  readonly paragraphEnd?: true;
  /** Stands for a whole paragraph with one of these hashes. */
  readonly hashes?: readonly string[];
  /** The suggestion whose path the step is in. */
  readonly of?: number;
};

/** What may stand at a node besides: words inserted in the text, inside a suggestion, or a paragraph of unknown words. */
export type Loop =
  | "nothing"
  | "spaces"
  | "context"
  | "edited"
  | "other"
  | "stretch"
  | "stretches"
  | "paragraph"
  | "unknown";

export type Node = { readonly edges: Edge[]; readonly loop: Loop; readonly of?: number };

/** One place where a suggestion changes words: its ways through the lattice begin at `entry` and end at `exit`. */
export type Hunk = {
  readonly of: number;
  readonly entry: number;
  readonly exit: number;
  readonly old: readonly IssuedToken[];
  readonly new: readonly IssuedToken[];
  /** First node of each reading, and what it costs to choose it. */
  readonly readings: ReadonlyMap<Reading, { readonly node: number; readonly cost: number }>;
  /** Indexes of the first and the last paragraph it is in. */
  readonly paragraph: number;
  readonly lastParagraph: number;
  /** The step past the whole paragraph, where nothing of it is left. */
  gone?: { readonly from: number; readonly to: number; readonly cost: number };
};

/** All texts that the issued paragraphs may have become, as paths from the first node to the last. */
export type Lattice = { readonly nodes: readonly Node[]; readonly hunks: readonly Hunk[] };

const costs = {
  both: 0.5,
  none: 0.6,
  edited: 0.3,
  bothEdited: 0.6,
  /** Words of a person's own are a little likelier in place of ours than beside them. */
  other: -0.2,
  foreignParagraph: 2.6,
} as const;

type Item = { readonly token: IssuedToken; readonly of?: number; readonly side?: "old" | "new" };

type Builder = { readonly nodes: Node[]; readonly hunks: Hunk[]; readonly withoutOther: ReadonlySet<number> };

/** Words, unless a suggestion begins or ends inside one. */
export function grainOf(paragraphs: readonly IssuedParagraph[]): Grain {
  const cuts = paragraphs.some((each) => typeof each !== "string" && hasCut(each));
  return cuts ? "characters" : "words";
}

function hasCut({ segments }: IssuedText): boolean {
  return ["old", "new"].some((side) => {
    const shown = segments.filter((each) => each.side === undefined || each.side === side);
    return shown.some((each, index) => {
      const next = shown[index + 1];
      if (next === undefined || (each.of === undefined && next.of === undefined)) return false;
      return cutsWord(each.text, next.text);
    });
  });
}

/**
 * Builds the lattice of neighbouring issued paragraphs. The hunks with the indexes `withoutOther` can't have become
 * words of a person's own.
 */
export function buildLattice(
  paragraphs: readonly IssuedParagraph[],
  grain: Grain,
  withoutOther: ReadonlySet<number> = new Set(),
): Lattice {
  const builder: Builder = { nodes: [{ edges: [], loop: "context" }], hunks: [], withoutOther };
  addForeignParagraphs(builder);
  let open: Item[] = [];
  const close = (): void => {
    if (open.length > 0) addHunk(builder, open);
    open = [];
  };
  paragraphs.forEach((paragraph, index) => {
    if (typeof paragraph === "string") {
      close();
      addUnknown(builder, index, paragraph);
      return;
    }
    const items = itemsOf(paragraph, index, grain);
    if (items[0]!.of === undefined) close();
    const isWhole = open.length === 0 && items.at(-1)!.of === undefined;
    const start = builder.nodes.length - 1;
    const firstHunk = builder.hunks.length;
    for (const item of items) {
      if (open.length > 0 && open[0]!.of !== item.of) close();
      if (item.of === undefined) addContext(builder, item.token);
      else open.push(item);
    }
    if (isWhole) addShortcut(builder, start, items, firstHunk);
    if (items.at(-1)!.of === undefined) addForeignParagraphs(builder);
  });
  close();
  return builder;
}

function itemsOf({ segments, mark }: IssuedText, paragraph: number, grain: Grain): Item[] {
  const items = segments.flatMap(({ text, side, of, isLoose = false }): Item[] =>
    tokenise(text, grain).map((token) => ({
      token: { ...token, isLoose, paragraph, ...(side && { side }) },
      ...(of !== undefined && { of }),
      ...(side && { side }),
    })),
  );
  const end = { ...paragraphEnd, isLoose: false, paragraph };
  if (mark === undefined) return [...items, { token: end }];
  return [...items, { token: { ...end, side: mark.side }, of: mark.of, side: mark.side }];
}

function addNode(builder: Builder, loop: Loop, edges: Edge[], of?: number): number {
  builder.nodes.push({ edges, loop, ...(of !== undefined && { of }) });
  return builder.nodes.length - 1;
}

function addContext(builder: Builder, token: IssuedToken): void {
  const from = builder.nodes.length - 1;
  addNode(builder, "context", [{ from, cost: 0, mode: "context", token: { ...token, position: from } }]);
}

function addUnknown(builder: Builder, paragraph: number, hash: string): void {
  const start = builder.nodes.length - 1;
  if (hash !== "") {
    const from = builder.nodes.length - 1;
    const inside = addNode(builder, "unknown", [{ from, cost: 0.5, mode: "context" }]);
    addNode(builder, "context", [
      { from: inside, cost: 0, mode: "context" },
      { from, cost: 0.5, mode: "context" },
    ]);
  }
  addContext(builder, { ...paragraphEnd, isLoose: false, paragraph });
  if (hash === "") return;
  const edge: Edge = { from: start, cost: 0, mode: "context", hashes: hash.split("/") };
  builder.nodes.at(-1)!.edges.push(edge);
}

/** A paragraph may be gone: that is likelier than that its words are strewn about. */
function addShortcut(builder: Builder, from: number, items: readonly Item[], firstHunk: number): void {
  const own = items.filter(({ of }) => of === undefined);
  if (!own.some(({ token }) => token.kind === "word") && firstHunk < builder.hunks.length) return;
  const to = builder.nodes.length - 1;
  const cost = 1 + 0.2 * own.reduce((sum, { token }) => sum + token.weight, 0);
  builder.nodes[to]!.edges.push({ from, cost, mode: "context" });
  for (const hunk of builder.hunks.slice(firstHunk)) hunk.gone = { from, to, cost };
}

/** Whole paragraphs that somebody put in between. */
function addForeignParagraphs(builder: Builder): void {
  const from = builder.nodes.length - 1;
  const inside = addNode(builder, "paragraph", [{ from, cost: costs.foreignParagraph, mode: "context" }]);
  const end: Edge = { from: inside, cost: 0, mode: "context", paragraphEnd: true };
  addNode(builder, "context", [{ from, cost: 0, mode: "context" }, end]);
}

/** What may stand between the words of a path. */
const loops: Readonly<Record<Mode, Loop>> = {
  context: "context",
  edited: "edited",
  exact: "spaces",
  verbatim: "nothing",
};

function addHunk(builder: Builder, items: readonly Item[]): void {
  const of = items[0]!.of!;
  addStretchBeside(builder);
  const entry = builder.nodes.length - 1;
  const side = (wanted: "old" | "new"): IssuedToken[] =>
    items.filter((item) => item.side === wanted).map(({ token }) => token);
  const [old, fresh] = [side("old"), side("new")];
  const plain = (tokens: readonly IssuedToken[]): string => tokens.map((token) => token.plain).join("");
  const mode = plain(old) === plain(fresh) ? "verbatim" : "exact";
  const readings = new Map<Reading, { node: number; cost: number }>();
  const ends: number[] = [];
  const chain = (reading: Reading, tokens: readonly IssuedToken[], how: Mode, cost: number): void => {
    let node = addNode(builder, "nothing", [{ from: entry, cost, mode: how }], of);
    readings.set(reading, { node, cost });
    tokens.forEach((token, index) => {
      const loop = index === tokens.length - 1 ? "nothing" : loops[how];
      node = addNode(builder, loop, [{ from: node, cost: 0, mode: how, token, of }], of);
    });
    ends.push(node);
  };
  chain("old", old, mode, 0);
  chain("new", fresh, mode, 0);
  if (old.length > 0 && fresh.length > 0) {
    chain(
      "both",
      items.map(({ token }) => token),
      mode,
      costs.both,
    );
    chain("none", [], mode, costs.none);
    chain(
      "both-edited",
      items.map(({ token }) => token),
      "edited",
      costs.bothEdited,
    );
  }
  if (old.length > 1) chain("old-edited", old, "edited", costs.edited);
  if (fresh.length > 1) chain("new-edited", fresh, "edited", costs.edited);
  const hasOther = !builder.withoutOther.has(builder.hunks.length);
  if (hasOther) ends.push(addOther(builder, entry, of, readings, items));
  const exit = addNode(
    builder,
    "context",
    ends.map((from) => ({ from, cost: 0, mode: "context" as const })),
  );
  addStretchBeside(builder);
  const [paragraph, lastParagraph] = [items[0]!.token.paragraph, items.at(-1)!.token.paragraph];
  builder.hunks.push({ of, entry, exit, old, new: fresh, readings, paragraph, lastParagraph });
}

/** Words of the person's own in place of ours: at least one. */
function addOther(
  builder: Builder,
  entry: number,
  of: number,
  readings: Map<Reading, { node: number; cost: number }>,
  items: readonly Item[],
): number {
  if (items.some(({ token }) => token.kind === "mark")) {
    // Ours in other words: with a paragraph's end before or after them.
    readings.set("other", { node: builder.nodes.length, cost: costs.other });
    const end = { cost: 0, mode: "context", paragraphEnd: true, of } as const;
    const isOne = items.filter(({ token }) => token.kind === "mark").length === 1;
    const last = isOne ? "stretch" : "stretches";
    if (items[0]!.token.kind === "mark") {
      const before = addNode(builder, "nothing", [{ from: entry, cost: costs.other, mode: "context" }], of);
      const from = addNode(builder, "nothing", [{ from: before, ...end }], of);
      return addStretch(builder, from, 0, of, last).at(-1)!;
    }
    const from = addStretch(builder, entry, costs.other, of, last).at(-1)!;
    return addNode(builder, "nothing", [{ from, ...end }], of);
  }
  readings.set("other", { node: builder.nodes.length, cost: costs.other });
  return addStretch(builder, entry, costs.other, of).at(-1)!;
}

/** New words that a person put in: the first few cost as much as any, those after them less. */
function addStretch(
  builder: Builder,
  entry: number,
  cost: number,
  of?: number,
  last: "stretch" | "stretches" = "stretch",
): number[] {
  const nodes = [addNode(builder, "other", [{ from: entry, cost, mode: "context" }], of)];
  for (const loop of ["other", "other", last] as const) {
    const from = nodes.at(-1)!;
    nodes.push(
      addNode(
        builder,
        loop,
        [{ from, cost: 0, mode: "context", any: true, ...(of !== undefined && { of }) }],
        of,
      ),
    );
  }
  const ends = nodes.slice(1).map((from): Edge => ({ from, cost: 0, mode: "context" }));
  nodes.push(addNode(builder, "nothing", ends, of));
  return nodes;
}

/** A stretch of new words may stand beside a suggestion too. */
function addStretchBeside(builder: Builder): void {
  const from = builder.nodes.length - 1;
  const end = addStretch(builder, from, 0).at(-1)!;
  addNode(builder, "context", [
    { from, cost: 0, mode: "context" },
    { from: end, cost: 0, mode: "context" },
  ]);
}
