import { type Element, isConcept, isMark, isName, isNumber } from "./elements.ts";

/** A stretch of a sentence that says one thing, or two of one (`from 5 to 7`). */
export type Chunk = {
  readonly elements: readonly Element[];
  /** How many elements at its start are set off by a comma and hold for what follows: `In March, …`. */
  readonly leading: number;
};

/** Cuts a sentence so that each figure stands with the words that are said of it. */
export function chunksOf(elements: readonly Element[]): Chunk[] {
  const anchors = anchorsOf(elements);
  const cuts = new Set<number>();
  for (let index = 1; index < anchors.length; index++) {
    const cut = cutBetween(elements, anchors[index - 1]!, anchors[index]!);
    if (cut !== undefined) cuts.add(cut);
  }
  const chunks: Element[][] = [[]];
  elements.forEach((element, index) => {
    if (cuts.has(index)) chunks.push([]);
    chunks.at(-1)!.push(element);
  });
  return chunks.map((own) => ({ elements: own, leading: leadingOf(own) }));
}

const isCut = (element: Element | undefined): boolean => isStrong(element) || isWeak(element);
const isStrong = (element: Element | undefined): boolean =>
  isConcept(element, "clause") || isMark(element, ";:–—");
const isWeak = (element: Element | undefined): boolean =>
  isMark(element, ",") || isConcept(element, "and", "where");

/** Figures, and words that claim something where no figure stands with them. */
function anchorsOf(elements: readonly Element[]): number[] {
  const anchors: number[] = [];
  let start = 0;
  let isAwaiting = false;
  for (let end = 0; end <= elements.length; end++) {
    if (end < elements.length && !isCut(elements[end])) continue;
    const own = elements.slice(start, end);
    const numbers = own.flatMap((element, index) => (isNumber(element) ? [start + index] : []));
    const claim = own.findIndex((each) => isConcept(each, "up", "down", "highest", "lowest"));
    if (numbers.length > 0) anchors.push(...numbers);
    // `At 5 %, the increase in revenue was …`: the claim is that of the number before.
    else if (claim >= 0 && own.some(isName) && !isAwaiting) anchors.push(start + claim);
    isAwaiting =
      numbers.length === 1 &&
      isMark(elements[end], ",") &&
      !own.some((each) => isName(each) || each.kind === "period");
    start = end + 1;
  }
  return anchors;
}

/** Where between two figures the second one's words begin. */
function cutBetween(elements: readonly Element[], one: number, two: number): number | undefined {
  const between = Array.from({ length: two - one - 1 }, (_, index) => one + 1 + index);
  // `13 % compared with 18 % for 2018`: two values, each with its own time.
  const compared = between.findLast((index) => isConcept(elements[index], "versus", "than"));
  if (
    compared !== undefined &&
    elements.slice(compared + 1, two).every((each) => isConcept(each, "small", "of", "in"))
  )
    return compared;
  const strong = between.findLast((index) => isStrong(elements[index]));
  if (strong !== undefined) return strong;
  const comma = between.findLast((index) => isMark(elements[index], ","));
  if (comma !== undefined) return comma;
  const joined = between.findLast((index) => isConcept(elements[index], "and", "where"));
  if (joined !== undefined) return joined;
  const closed = between.find((index) => isMark(elements[index], ")"));
  if (closed !== undefined) return closed;
  return between.findLast((index) => isMark(elements[index], "("));
}

function leadingOf(elements: readonly Element[]): number {
  const figure = elements.findIndex(isNumber);
  const comma = elements.findIndex((each) => isMark(each, ","));
  if (comma < 0 || (figure >= 0 && comma > figure)) return 0;
  const before = elements.slice(0, comma);
  const isContext = before.every((each) => !isConcept(each, "up", "down", "be"));
  return isContext ? comma : 0;
}
