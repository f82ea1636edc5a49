import { pictureText } from "./known-pictures.ts";
import type { Edge, Hunk, IssuedToken, Loop, Mode, Node, Reading } from "./lattice.ts";

const costs = {
  /** What is marked as ours is ours. */
  pending: -0.05,
  both: 0.5,
  none: 0.9,
  edited: 0.3,
  bothEdited: 0.6,
  /** Words of a person's own are a little likelier in place of ours than beside them. */
  other: -0.2,
} as const;

/** A token of an issued paragraph, and the suggestion and side it is on. */
export type Item = {
  readonly token: IssuedToken;
  readonly of?: number;
  readonly side?: "old" | "new";
  /** The table row that comes or goes with it. */
  readonly row?: string;
};

/** A lattice that is being built: nodes are added at its end. */
export type Builder = {
  readonly nodes: Node[];
  readonly hunks: Hunk[];
  readonly withoutOther: ReadonlySet<number>;
};

/** Adds a node; gives its index. */
export function addNode(builder: Builder, loop: Loop, edges: Edge[], of?: number): number {
  builder.nodes.push({ edges, loop, ...(of !== undefined && { of }) });
  return builder.nodes.length - 1;
}

/** What may stand between the words of a path. */
const loops: Readonly<Record<Mode, Loop>> = {
  context: "context",
  edited: "edited",
  exact: "spaces",
  verbatim: "nothing",
  marked: "spaces",
  joint: "spaces",
};

/** Adds the ways through one place of a suggestion: one for each reading. */
export function addHunk(builder: Builder, items: readonly Item[]): void {
  const of = items[0]!.of!;
  addStretchBeside(builder);
  const entry = builder.nodes.length - 1;
  const readings = new Map<Reading, { node: number; cost: number }>();
  const ends: number[] = [];
  for (const { reading, tokens, mode, cost } of waysThrough(items)) {
    let node = addNode(builder, "nothing", [{ from: entry, cost, mode }], of);
    readings.set(reading, { node, cost });
    tokens.forEach((token, index) => {
      const loop = index === tokens.length - 1 ? "nothing" : loops[mode];
      node = addNode(builder, loop, [{ from: node, cost: 0, mode, token, of }], of);
    });
    ends.push(node);
  }
  // A row with other words in all its cells is another row, and words are no other picture.
  const isRow = items[0]!.row !== undefined && items.filter(({ token }) => isEnd(token)).length > 1;
  const isPicture = items.every(({ token }) => isEnd(token) || token.text.startsWith(pictureText));
  const hasOther =
    !isRow && !(isPicture && items.length > 1) && !builder.withoutOther.has(builder.hunks.length);
  if (hasOther) ends.push(addOther(builder, entry, of, readings, items));
  const exit = addNode(
    builder,
    "context",
    ends.map((from) => ({ from, cost: 0, mode: "context" as const })),
  );
  addStretchBeside(builder);
  const lastParagraph = items.at(-1)!.token.paragraph;
  // What begins with a paragraph's end is among the words of the next one.
  const paragraph = isEnd(items[0]!.token) ? lastParagraph : items[0]!.token.paragraph;
  const [old, fresh] = [sideOf(items, "old"), sideOf(items, "new")];
  builder.hunks.push({ of, entry, exit, old, new: fresh, readings, paragraph, lastParagraph });
}

/** Issued tokens that explain what came back, and how strictly they must be found. */
type Way = {
  readonly reading: Reading;
  readonly tokens: readonly IssuedToken[];
  readonly mode: Mode;
  readonly cost: number;
};

function waysThrough(items: readonly Item[]): Way[] {
  const [old, fresh] = [sideOf(items, "old"), sideOf(items, "new")];
  const all = items.map(({ token }) => token);
  const pending: Way = { reading: "pending", tokens: all, mode: "marked", cost: costs.pending };
  const plain = (tokens: readonly IssuedToken[]): string => tokens.map((token) => token.plain).join("");
  // Two paragraphs become one: the end that goes tells, the space that is put in for it may be there or not.
  if (old.length > 0 && old.every(isEnd) && fresh.every(({ kind }) => kind === "space"))
    return [
      pending,
      { reading: "old", tokens: old, mode: "verbatim", cost: 0 },
      { reading: "new", tokens: fresh, mode: "joint", cost: 0 },
    ];
  // Where only a paragraph's end comes, or the words differ by their signs, nothing less will do.
  const mode = plain(old) === plain(fresh) || all.every(isEnd) ? "verbatim" : "exact";
  const ways: Way[] = [
    pending,
    { reading: "old", tokens: old, mode, cost: 0 },
    { reading: "new", tokens: fresh, mode, cost: 0 },
  ];
  if (old.length > 0 && fresh.length > 0)
    ways.push(
      { reading: "both", tokens: all, mode, cost: costs.both },
      { reading: "none", tokens: [], mode, cost: costs.none },
      { reading: "both-edited", tokens: all, mode: "edited", cost: costs.bothEdited },
    );
  if (old.length > 1) ways.push({ reading: "old-edited", tokens: old, mode: "edited", cost: costs.edited });
  if (fresh.length > 1)
    ways.push({ reading: "new-edited", tokens: fresh, mode: "edited", cost: costs.edited });
  return ways;
}

function sideOf(items: readonly Item[], wanted: "old" | "new"): IssuedToken[] {
  return items.filter(({ side }) => side === wanted).map(({ token }) => token);
}

function isEnd({ kind }: IssuedToken): boolean {
  return kind === "mark";
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
