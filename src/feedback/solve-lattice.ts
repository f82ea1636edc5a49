import type { Edge, Hunk, IssuedToken, Lattice, Node, Reading } from "./lattice.ts";
import { impossible, insertionCost, matchCost, matchLength, missingCost } from "./lattice-costs.ts";
import type { ReturnedToken } from "./returned-tokens.ts";

/** A token as issued and where it was found: the index among the returned tokens, or -1 when it is missing. */
export type Found = { readonly token: IssuedToken; readonly at: number };

/** What became of one place. */
export type HunkPath = {
  readonly hunk: Hunk;
  readonly reading: Reading;
  /** The returned tokens that stand in the place: from `start` up to `end`. */
  readonly start: number;
  readonly end: number;
  readonly found: readonly Found[];
  /** Least cost of the whole text with each reading. */
  readonly costs: ReadonlyMap<Reading, number>;
};

export type Solution = { readonly hunks: readonly HunkPath[]; readonly context: readonly Found[] };

/** Number of table cells that the lattice and the tokens need; two numbers of 8 bytes each. */
export function tableSize(lattice: Lattice, tokens: readonly ReturnedToken[]): number {
  return lattice.nodes.length * (tokens.length + 1);
}

/** The cheapest way to explain the returned tokens, and for each place what the other readings would cost. */
export function solveLattice(lattice: Lattice, tokens: readonly ReturnedToken[]): Solution {
  const forward = forwardCosts(lattice.nodes, tokens);
  const backward = backwardCosts(lattice.nodes, tokens);
  const steps = traceBack(lattice.nodes, tokens, forward);
  const inHunks = new Set<number>();
  const hunks = lattice.hunks.map((hunk) => {
    for (let node = hunk.entry + 1; node < hunk.exit; node++) inHunks.add(node);
    return pathOf(hunk, steps, tokens.length, forward, backward);
  });
  const context = steps.flatMap(({ node, edge, at, isMatch }): Found[] =>
    edge?.token === undefined || inHunks.has(node) ? [] : [{ token: edge.token, at: isMatch ? at : -1 }],
  );
  return { hunks, context };
}

function forwardCosts(nodes: readonly Node[], tokens: readonly ReturnedToken[]): Float64Array {
  const width = tokens.length + 1;
  const costs = new Float64Array(nodes.length * width).fill(impossible);
  costs[0] = 0;
  nodes.forEach((node, index) => {
    const row = index * width;
    for (const edge of node.edges) {
      const from = edge.from * width;
      const skip = skipCost(edge);
      for (let at = 0; at < width; at++) {
        let best = Math.min(costs[row + at]!, costs[from + at]! + skip);
        if (at > 0) {
          const before = from + at - matchLength(edge, tokens[at - 1]!);
          // No token costs less than nothing.
          if (before >= from && costs[before]! < best)
            best = Math.min(best, costs[before]! + matchCost(edge, tokens[at - 1]!));
        }
        costs[row + at] = best;
      }
    }
    if (node.loop === "nothing") return;
    for (let at = 1; at < width; at++) {
      const longer = costs[row + at - 1]! + insertionCost(node, tokens[at - 1]!);
      if (longer < costs[row + at]!) costs[row + at] = longer;
    }
  });
  return costs;
}

function skipCost(edge: Edge): number {
  if (edge.any || edge.paragraphEnd || edge.hashes) return impossible;
  return edge.token === undefined ? edge.cost : missingCost(edge);
}

function backwardCosts(nodes: readonly Node[], tokens: readonly ReturnedToken[]): Float64Array {
  const width = tokens.length + 1;
  const costs = new Float64Array(nodes.length * width).fill(impossible);
  costs[costs.length - 1] = 0;
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index]!;
    const row = index * width;
    if (node.loop !== "nothing") {
      for (let at = width - 2; at >= 0; at--) {
        const longer = costs[row + at + 1]! + insertionCost(node, tokens[at]!);
        if (longer < costs[row + at]!) costs[row + at] = longer;
      }
    }
    for (const edge of node.edges) {
      const from = edge.from * width;
      const skip = skipCost(edge);
      for (let at = 0; at < width; at++) {
        costs[from + at] = Math.min(costs[from + at]!, costs[row + at]! + skip);
        if (at === 0 || costs[row + at]! === impossible) continue;
        const before = from + at - matchLength(edge, tokens[at - 1]!);
        if (before >= from && costs[row + at]! < costs[before]!)
          costs[before] = Math.min(costs[before]!, costs[row + at]! + matchCost(edge, tokens[at - 1]!));
      }
    }
  }
  return costs;
}

/** A step of the cheapest path, arriving at `node`; `at` is the returned token it took or stands before. */
type Step = {
  readonly node: number;
  readonly edge?: Edge;
  readonly at: number;
  readonly isMatch: boolean;
  /** How many tokens it took, where not one. */
  readonly length?: number;
};

function traceBack(nodes: readonly Node[], tokens: readonly ReturnedToken[], costs: Float64Array): Step[] {
  const width = tokens.length + 1;
  const steps: Step[] = [];
  let node = nodes.length - 1;
  let at = tokens.length;
  while (node > 0 || at > 0) {
    const step = stepTo(nodes, tokens, costs, width, node, at);
    steps.push(step);
    if (step.edge !== undefined) node = step.edge.from;
    if (step.isMatch) at -= step.length ?? 1;
  }
  return steps.reverse();
}

function stepTo(
  nodes: readonly Node[],
  tokens: readonly ReturnedToken[],
  costs: Float64Array,
  width: number,
  node: number,
  at: number,
): Step {
  const cost = costs[node * width + at]!;
  for (const edge of nodes[node]!.edges) {
    const from = edge.from * width;
    const length = at > 0 ? matchLength(edge, tokens[at - 1]!) : 1;
    if (at >= length && costs[from + at - length]! + matchCost(edge, tokens[at - 1]!) === cost)
      return { node, edge, at: at - 1, isMatch: true, length };
    if (costs[from + at]! + skipCost(edge) === cost) return { node, edge, at, isMatch: false };
  }
  return { node, at: at - 1, isMatch: true };
}

function pathOf(
  hunk: Hunk,
  steps: readonly Step[],
  count: number,
  forward: Float64Array,
  backward: Float64Array,
): HunkPath {
  const inside = steps.filter(({ node }) => node > hunk.entry && node < hunk.exit);
  const width = count + 1;
  const costs = new Map<Reading, number>();
  const setCost = (name: Reading, from: number, to: number, cost: number): void => {
    let best = impossible;
    for (let at = 0; at < width; at++)
      best = Math.min(best, forward[from * width + at]! + cost + backward[to * width + at]!);
    costs.set(name, best);
  };
  for (const [name, { node, cost }] of hunk.readings) setCost(name, hunk.entry, node, cost);
  if (hunk.gone !== undefined) setCost("gone", hunk.gone.from, hunk.gone.to, hunk.gone.cost);
  const [first, last] = [inside[0], inside.at(-1)];
  if (first === undefined || last === undefined) {
    const at = steps.find(({ node }) => node >= hunk.exit)?.at ?? count;
    return { hunk, reading: "gone", start: at, end: at, found: [], costs };
  }
  const reading = [...hunk.readings].findLast(([, { node }]) => node <= first.node)![0];
  const found = inside.flatMap(({ edge, at, isMatch }): Found[] =>
    edge?.token === undefined ? [] : [{ token: edge.token, at: isMatch ? at : -1 }],
  );
  return { hunk, reading, start: first.at, end: last.at + (last.isMatch ? 1 : 0), found, costs };
}
