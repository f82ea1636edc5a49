import { isKey } from "../../ask/profile.ts";
import type { Token } from "../read/tokens.ts";
import { type Element, isConcept, isMark } from "./elements.ts";
import type { Version } from "./in-turn.ts";

/** The starts of two figures, one a part of the other: `50 out of 193 orders`. */
export type PartOf = { readonly part: number; readonly whole: number };

const joints = /^(?:out of|of|von|sur|de|das|dos|out of the|of the|von den|der|des|de los|de las|dentre)$/;

/**
 * `50 out of 193 orders came from the East`, `of the 193 orders, 50 were for the East`: each figure gets a version of the
 * sentence as if it were the only one. Nothing where the sentence says no such thing of rows.
 */
export function outOfVersions(
  elements: readonly Element[],
  tokens: readonly Token[],
): { readonly versions: readonly Version[]; readonly pair: PartOf } | undefined {
  const figures = elements.flatMap((element, index) =>
    element.kind === "figure" && element.figure.form === "number" && element.figure.currency === undefined
      ? [index]
      : [],
  );
  const [one, two] = figures;
  if (one === undefined || two === undefined || figures.length > 2) return undefined;
  if (elements.filter(({ kind }) => kind === "figure").length > 2) return undefined;
  const isNoun = (index: number): boolean => isRows(elements[index]);
  const between = elements.slice(one + 1, two);
  const said = between
    .filter((each) => !isRows(each))
    .map(({ from, to }) =>
      tokens
        .slice(from, to)
        .map(({ plain }) => plain)
        .join(" "),
    )
    .join(" ");
  const isDirect = joints.test(said) && (isNoun(two + 1) || isNoun(one + 1));
  if (isDirect) {
    const noun = elements[isNoun(two + 1) ? two + 1 : one + 1]!;
    const rest = elements.slice(two + 1).filter((each) => each !== noun);
    const before = elements.slice(0, one);
    return made(elements, one, two, [...before, elements[one]!, noun, ...rest], wholeOf(noun, rest));
  }
  const isLed =
    isConcept(elements[0], "of") &&
    elements.slice(1, one).every((each) => isConcept(each, "small")) &&
    isNoun(one + 1) &&
    isMark(elements[two - 1], ",");
  if (!isLed) return undefined;
  const whole = elements.slice(one + 1, two - 1);
  return made(elements, two, one, [elements[two]!, ...whole, ...elements.slice(two + 1)], whole);
}

/** Rows may go by the name of the column that numbers them. */
function isRows(element: Element | undefined): boolean {
  return element?.kind === "noun" || (element?.kind === "column" && element.columns.every(isKey));
}

/** The whole's noun with the names that follow at once, and all times. */
function wholeOf(noun: Element, rest: readonly Element[]): Element[] {
  const end = rest.findIndex(
    (each) => !/^(value|column|period)$/.test(each.kind) && !isConcept(each, "in", "of", "small"),
  );
  const chain = end < 0 ? rest : rest.slice(0, end);
  const times = rest.slice(chain.length).filter(({ kind }) => kind === "period");
  return [noun, ...chain, ...times];
}

function made(
  elements: readonly Element[],
  part: number,
  whole: number,
  ofPart: readonly Element[],
  ofWhole: readonly Element[],
): { versions: Version[]; pair: PartOf } | undefined {
  const [one, two] = [elements[part]!, elements[whole]!];
  if (one.kind !== "figure" || two.kind !== "figure") return undefined;
  const isNamed = ofPart.some((each) => each.kind === "value" && !ofWhole.includes(each));
  return {
    versions: [
      // Where no name says which part, nothing computes it.
      { elements: isNamed ? ofPart : [one], figure: one.figure.start },
      { elements: [two, ...ofWhole], figure: two.figure.start },
    ],
    pair: { part: one.figure.start, whole: two.figure.start },
  };
}
