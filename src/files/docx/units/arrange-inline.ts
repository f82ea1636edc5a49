import { groupFields, type OpenField, type ProseField, type Range } from "./group-fields.ts";
import type { Container, Inline, Token } from "./inline-token.ts";

/** A paragraph's content settled into text, atoms of one or more tokens, and containers that hold text. */
export type Arranged = {
  readonly items: readonly ArrangedItem[];
  readonly containers: readonly Container[];
  /** Containers with text of their own, by index. */
  readonly live: ReadonlySet<number>;
  readonly riders: readonly Token[];
  readonly open: readonly OpenField[];
};

export type ArrangedItem =
  | { readonly kind: "text"; readonly token: Token }
  /** `container`: the innermost one that holds all of the atom, or -1. */
  | {
      readonly kind: "atom";
      readonly tokens: readonly Token[];
      readonly container: number;
      readonly part: AtomPart;
    };

/** Of a complex field that goes on in other paragraphs an atom is one end; else it is whole. */
export type AtomPart = "whole" | "field-end";

/** Works out what moves as one: whole fields, and containers without any text. */
export function arrangeInline(inline: Inline, open: readonly OpenField[]): Arranged {
  const containers = inline.containers.map((each) => ({ ...each }));
  const tokens = freeSpaces(
    inline.tokens.filter(({ kind }) => kind !== "noise"),
    containers,
  );
  const groups = groupFields(tokens, containers, open);
  const roles = new Map<Token, number>();
  const fieldEnds = new Set(groups.ranges.map(({ start }) => tokens[start]!));
  const whole: Range[] = [...groups.ranges];
  const prose: ProseField[] = [];
  for (const field of groups.prose) {
    if (isInside(field, whole, prose)) continue;
    if (hasLetters(tokens, field)) prose.push(field);
    else whole.push({ start: field.begin, end: field.end });
  }
  for (const field of prose) makeContainer(field, tokens, containers, roles);
  const extents = extentsOf(tokens, containers, roles);
  const ranges = settleRanges(whole, tokens, extents);
  const inRange = rangeByToken(ranges, tokens.length);
  const live = new Set<number>();
  const items: ArrangedItem[] = [];
  const riders: Token[] = [];
  tokens.forEach((token, index) => {
    const range = inRange[index];
    if (range !== undefined) {
      if (range.start === index) items.push(atomOf(range, tokens, containers, { extents, fieldEnds }));
    } else if (roles.has(token)) return;
    else if (token.kind === "rider" && token.container < 0) riders.push(token);
    else if (token.kind === "text") {
      items.push({ kind: "text", token });
      for (let at = token.container; at >= 0; at = containers[at]!.parent) live.add(at);
    } else items.push({ kind: "atom", tokens: [token], container: token.container, part: "whole" });
  });
  return { items, containers, live, riders, open: groups.open };
}

/** White space alone in a container stands behind it: nothing that a translator writes can be like it. */
function freeSpaces(tokens: readonly Token[], containers: readonly Container[]): Token[] {
  const texts = new Map<number, string>();
  for (const { kind, text, container } of tokens)
    if (kind === "text")
      for (let at = container; at >= 0; at = containers[at]!.parent)
        texts.set(at, (texts.get(at) ?? "") + text);
  const spaceAround = (token: Token): number =>
    pathOf(containers, token.container).find((index) => texts.get(index)?.trim() === "") ?? -1;
  const freed: Token[] = [];
  let waiting: Token[] = [];
  let holder = -1;
  for (const token of tokens) {
    const around = spaceAround(token);
    if (around !== holder) {
      freed.push(...waiting);
      waiting = [];
      holder = around;
    }
    if (around < 0 || token.kind !== "text") freed.push(token);
    else {
      freed.push({ ...token, kind: "mark", element: -1, run: -1, text: "", look: "" });
      waiting.push({ ...token, container: containers[around]!.parent });
    }
  }
  return [...freed, ...waiting];
}

function hasLetters(tokens: readonly Token[], { separate, end }: ProseField): boolean {
  return tokens.slice(separate + 1, end).some(({ kind, text }) => kind === "text" && /\p{L}/u.test(text));
}

/** True for a field inside what is moved as one, or in the code of another field. */
function isInside(
  { begin, end }: ProseField,
  ranges: readonly Range[],
  prose: readonly ProseField[],
): boolean {
  return (
    ranges.some((range) => range.start <= begin && end <= range.end) ||
    prose.some((other) => other.begin < begin && begin < other.separate)
  );
}

function makeContainer(
  { begin, separate, end }: ProseField,
  tokens: readonly Token[],
  containers: Container[],
  roles: Map<Token, number>,
): void {
  const parent = tokens[begin]!.container;
  const index = containers.length;
  const open = tokens.slice(begin, separate + 1);
  const close = [tokens[end]!];
  for (const token of [...open, ...close]) roles.set(token, index);
  for (const token of tokens.slice(separate + 1, end)) {
    let at = token.container;
    if (at === parent) token.container = index;
    while (at !== parent && at >= 0 && at !== index) {
      const outer = containers[at]!.parent;
      if (outer === parent) containers[at]!.parent = index;
      at = outer;
    }
  }
  containers.push({
    kind: "container",
    canCopy: false,
    parent,
    element: -1,
    contentStart: -1,
    contentEnd: -1,
    field: { open, close },
  });
}

/** Ranges that overlap made one, containers without text added, until none is cut by another. */
function settleRanges(
  ranges: readonly Range[],
  tokens: readonly Token[],
  extents: readonly (Range | undefined)[],
): readonly Range[] {
  let settled = mergeRanges(ranges);
  for (;;) {
    const inRange = rangeByToken(settled, tokens.length);
    const added: Range[] = [];
    for (const extent of extents) {
      if (extent === undefined) continue;
      const { start, end } = extent;
      const [first, last] = [inRange[start], inRange[end]];
      if (first !== undefined && first === last) continue;
      const isCut = [first, last].some(
        (each) => each !== undefined && (each.start < start || each.end > end),
      );
      let hasText = false;
      for (let at = start; at <= end && !hasText; at++)
        hasText = inRange[at] === undefined && tokens[at]!.kind === "text";
      if (isCut || !hasText) added.push(extent);
    }
    if (added.length === 0) return settled;
    settled = mergeRanges([...settled, ...added]);
  }
}

/** First and last token in each container, a field's own ones included. */
function extentsOf(
  tokens: readonly Token[],
  containers: readonly Container[],
  roles: ReadonlyMap<Token, number>,
): (Range | undefined)[] {
  const extents: (Range | undefined)[] = containers.map(() => undefined);
  tokens.forEach((token, index) => {
    for (let at = roles.get(token) ?? token.container; at >= 0; at = containers[at]!.parent)
      extents[at] = { start: extents[at]?.start ?? index, end: index };
  });
  return extents;
}

function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last === undefined || range.start > last.end) merged.push(range);
    else if (range.end > last.end) merged[merged.length - 1] = { start: last.start, end: range.end };
  }
  return merged;
}

function rangeByToken(ranges: readonly Range[], count: number): (Range | undefined)[] {
  const found: (Range | undefined)[] = new Array(count).fill(undefined);
  for (const range of ranges) found.fill(range, range.start, range.end + 1);
  return found;
}

function atomOf(
  range: Range,
  tokens: readonly Token[],
  containers: readonly Container[],
  known: { readonly extents: readonly (Range | undefined)[]; readonly fieldEnds: ReadonlySet<Token> },
): ArrangedItem {
  const own = tokens.slice(range.start, range.end + 1);
  const common = own.map((token) => pathOf(containers, token.container)).reduce(sharedPath);
  // A container that lies whole in the range is part of the atom.
  const kept = common.filter((container) => {
    const { start, end } = known.extents[container]!;
    return start < range.start || end > range.end;
  });
  const isEnd = known.fieldEnds.has(own[0]!) && !isBalanced(own);
  return { kind: "atom", tokens: own, container: kept.at(-1) ?? -1, part: isEnd ? "field-end" : "whole" };
}

function isBalanced(tokens: readonly Token[]): boolean {
  let depth = 0;
  for (const { kind } of tokens.flatMap(({ events }) => events)) {
    if (kind === "begin") depth++;
    if (kind === "end" && --depth < 0) return false;
  }
  return depth === 0;
}

/** A container's own index and those around it, the outermost first. */
export function pathOf(containers: readonly Container[], container: number): number[] {
  const path: number[] = [];
  for (let at = container; at >= 0; at = containers[at]!.parent) path.unshift(at);
  return path;
}

function sharedPath(a: readonly number[], b: readonly number[]): number[] {
  const end = a.findIndex((each, index) => b[index] !== each);
  return end < 0 ? [...a] : a.slice(0, end);
}
