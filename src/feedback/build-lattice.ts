import { pictureToken } from "./known-pictures.ts";
import type { Edge, IssuedToken, Lattice } from "./lattice.ts";
import { addHunk, addNode, type Builder, type Item } from "./lattice-hunk.ts";
import type { IssuedParagraph, IssuedSegment, IssuedText } from "./ledger-types.ts";
import { cutsWord, type Grain, paragraphEnd, type Token, tokenise } from "./tokens.ts";

const foreignParagraph = 2.6;

/** Words, unless a suggestion begins or ends inside one. */
export function grainOf(paragraphs: readonly IssuedParagraph[]): Grain {
  const cuts = paragraphs.some((each, index) => {
    if (typeof each === "string") return false;
    return hasCut(each) || joinsWords(each, paragraphs[index + 1]);
  });
  return cuts ? "characters" : "words";
}

/** True when words become one in the view in which the end between two paragraphs is gone. */
function joinsWords({ segments, mark, row }: IssuedText, next: IssuedParagraph | undefined): boolean {
  if (mark === undefined || row !== undefined || next === undefined || typeof next === "string") return false;
  const isShown = ({ side, text }: IssuedSegment): boolean => side !== mark.side && text !== "";
  const [left, right] = [segments.findLast(isShown), next.segments.find(isShown)];
  return left !== undefined && right !== undefined && cutsWord(left.text, right.text);
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
    for (const items of byParagraph(open)) addHunk(builder, items);
    open = [];
  };
  paragraphs.forEach((paragraph, index) => {
    if (typeof paragraph === "string") {
      close();
      addUnknown(builder, index, paragraph);
      return;
    }
    const items = itemsOf(paragraph, index, grain);
    if (open.length > 0 && items[0]!.of !== open[0]!.of) close();
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

/** Whole paragraphs that come or go are settled and reworded one by one, table rows as a whole. */
function byParagraph(items: readonly Item[]): Item[][] {
  const isOneSided = items.every(({ side }) => side === items[0]!.side);
  if (!isOneSided || !items.some(isEnd)) return items.length === 0 ? [] : [[...items]];
  const rows: Item[][] = [];
  items.forEach((item, index) => {
    if (index > 0 && items[index - 1]!.row === item.row) rows.at(-1)!.push(item);
    else rows.push([item]);
  });
  return rows.flatMap((row) => (row[0]!.row === undefined ? paragraphsOf(row) : [row]));
}

function isEnd({ token }: Item): boolean {
  return token.kind === "mark";
}

/** New paragraphs after the last one of a cell have their ends before their words. */
function paragraphsOf(items: readonly Item[]): Item[][] {
  const isEndFirst = isEnd(items[0]!);
  const pieces: Item[][] = [[]];
  items.forEach((item, index) => {
    const isStart = isEndFirst ? isEnd(item) : index > 0 && isEnd(items[index - 1]!);
    if (isStart && index > 0) pieces.push([]);
    pieces.at(-1)!.push(item);
  });
  return pieces;
}

function itemsOf({ segments, mark, row }: IssuedText, paragraph: number, grain: Grain): Item[] {
  const items = joinedSegments(segments).flatMap((group): Item[] => {
    const { side, of, isLoose = false, picture } = group[0]!;
    const tokens = picture === undefined ? formattedTokens(group, grain) : [pictureToken(picture)];
    return tokens.map((token) => ({
      token: { ...token, isLoose, paragraph, ...(side && { side }) },
      ...(of !== undefined && { of }),
      ...(side && { side }),
      ...(row !== undefined && { row }),
    }));
  });
  const end = { ...paragraphEnd, isLoose: false, paragraph };
  if (mark === undefined) return [...items, { token: end }];
  return [
    ...items,
    { token: { ...end, side: mark.side }, of: mark.of, side: mark.side, ...(row !== undefined && { row }) },
  ];
}

/** Segments that differ in formatting alone: no word ends between them. */
function joinedSegments(segments: readonly IssuedSegment[]): IssuedSegment[][] {
  const groups: IssuedSegment[][] = [];
  for (const segment of segments) {
    const last = groups.at(-1)?.at(-1);
    const isSame =
      last !== undefined &&
      last.of === segment.of &&
      last.side === segment.side &&
      last.isLoose === segment.isLoose &&
      last.picture === undefined &&
      segment.picture === undefined;
    if (isSame) groups.at(-1)!.push(segment);
    else groups.push([segment]);
  }
  return groups;
}

function formattedTokens(
  segments: readonly IssuedSegment[],
  grain: Grain,
): (Token & Pick<IssuedToken, "looks">)[] {
  const tokens = tokenise(segments.map(({ text }) => text).join(""), grain);
  if (segments.every(({ looks }) => looks === undefined)) return tokens;
  let end = 0;
  const ranges = segments.map(({ text, looks = [] }) => {
    end += text.length;
    return { start: end - text.length, end, looks };
  });
  let offset = 0;
  return tokens.map((token) => {
    const [from, to] = [offset, offset + token.text.length];
    offset = to;
    const looks = ranges
      .filter((range) => range.start < to && from < range.end)
      .flatMap((range) => range.looks.map((look) => ({ look, at: Math.max(0, range.start - from) })));
    return looks.length === 0 ? token : { ...token, looks };
  });
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
  const inside = addNode(builder, "paragraph", [{ from, cost: foreignParagraph, mode: "context" }]);
  const end: Edge = { from: inside, cost: 0, mode: "context", paragraphEnd: true };
  addNode(builder, "context", [{ from, cost: 0, mode: "context" }, end]);
}
