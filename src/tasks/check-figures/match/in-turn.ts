import type { Token } from "../read/tokens.ts";
import { type Element, isConcept, isMark } from "./elements.ts";

/** The elements of a sentence as they are read for some of its figures; all of them where `figure` is absent. */
export type Version = { readonly elements: readonly Element[]; readonly figure?: number };

const marker =
  /^(respectively|respektive|resp|beziehungsweise|bzw|jeweils|respectivement|respectivamente|respetivamente)$/;
const joiner = /^(respektive|resp|beziehungsweise|bzw)$/;

/**
 * `The North and the South sold 5 and 6`: lists that belong together pairwise. Each figure of such a list gets a version of
 * the sentence with only itself and its partner; other figures, and sentences without such lists, keep all elements.
 */
export function inTurnVersions(elements: readonly Element[], tokens: readonly Token[]): Version[] {
  const words = (element: Element): string => tokens[element.from]!.plain;
  const isMarker = (element: Element): boolean =>
    (element.kind === "word" || element.kind === "concept") && marker.test(words(element));
  const isJoin = (element: Element): boolean =>
    isConcept(element, "and") ||
    isMark(element, ",") ||
    ((element.kind === "word" || element.kind === "concept") && joiner.test(words(element)));
  const figures = listsOf(elements, isJoin, tokens, (each) => each.kind === "figure");
  for (const figure of figures) {
    const partners = [
      ...listsOf(elements, isJoin, tokens, isTime),
      ...listsOf(elements, isJoin, tokens, (each) => each.kind === "value"),
    ].filter((list) => list.length === figure.length && isAlike(elements, list));
    const [partner, other] = partners;
    if (partner === undefined || other !== undefined) continue;
    return versionsOf(elements, figure, partner, (each) => isMarker(each));
  }
  return [{ elements }];
}

function versionsOf(
  elements: readonly Element[],
  figures: readonly number[],
  partners: readonly number[],
  isMarker: (element: Element) => boolean,
): Version[] {
  const inLists = (list: readonly number[], index: number): boolean =>
    index > list[0]! && index <= list.at(-1)!;
  const single = (at: number): Element[] =>
    elements.flatMap((element, index) => {
      if (index === figures[0]) return [elements[figures[at]!]!];
      if (index === partners[0]) return [elements[partners[at]!]!];
      return inLists(figures, index) || inLists(partners, index) || isMarker(element) ? [] : [element];
    });
  const paired = figures.map((index, at): Version => {
    const element = elements[index]!;
    return { elements: single(at), ...(element.kind === "figure" && { figure: element.figure.start }) };
  });
  const others = elements.flatMap((element, index) =>
    element.kind === "figure" && !figures.includes(index) ? [element.figure.start] : [],
  );
  return [...paired, ...others.map((figure): Version => ({ elements, figure }))];
}

function isTime(element: Element): boolean {
  return element.kind === "period";
}

/** Stretches of two or more elements of a kind with nothing but joints and small words between; the last joint is no comma alone. */
function listsOf(
  elements: readonly Element[],
  isJoin: (element: Element) => boolean,
  tokens: readonly Token[],
  isOf: (element: Element) => boolean,
): number[][] {
  const lists: number[][] = [];
  let current: number[] = [];
  let joints: Element[] = [];
  const close = (): void => {
    if (current.length > 1) lists.push(current);
    current = [];
    joints = [];
  };
  elements.forEach((element, index) => {
    if (isOf(element)) {
      const isJoined = joints.some(isJoin) && joints.every((each) => isJoin(each) || isLittle(each, tokens));
      if (current.length > 0 && !isJoined) close();
      current.push(index);
      joints = [];
    } else joints.push(element);
  });
  close();
  return lists;
}

/** `5 € and of 6 €`, `the North and in the South`, `bzw.`. */
function isLittle(element: Element, tokens: readonly Token[]): boolean {
  if (isMark(element, ".")) return /^(bzw|resp)$/.test(tokens[element.from - 1]?.plain ?? "");
  return isConcept(element, "small", "of", "in", "to", "mild");
}

/** Values of a list are of one column, and no two the same; so are times. */
function isAlike(elements: readonly Element[], list: readonly number[]): boolean {
  const own = list.map((index) => elements[index]!);
  if (own.every((each) => each.kind === "period"))
    return (
      new Set(own.map((each) => JSON.stringify(each.kind === "period" && each.period))).size === own.length
    );
  const [first] = own;
  if (first?.kind !== "value") return false;
  return first.choices.some(({ column }) =>
    own.every((each) => each.kind === "value" && each.choices.some((choice) => choice.column === column)),
  );
}
