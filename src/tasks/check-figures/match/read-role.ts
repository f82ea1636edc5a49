import type { Language } from "../read/language.ts";
import type { FigureRole, WrittenFigure } from "../types.ts";
import { type Element, isConcept } from "./elements.ts";
import type { Scope } from "./scope.ts";

/** What a figure says; `start` is where something came from (`from 5 to 7`). */
export type Role = Exclude<FigureRole, "rank" | "direction"> | "start";

/** What the figure at `at` of a chunk says, by the words around it. */
export function roleOf(
  figure: WrittenFigure,
  elements: readonly Element[],
  at: number,
  scope: Scope,
  language: Language,
): Role | undefined {
  const { concepts } = scope;
  const lead = leadOf(elements, at, language);
  const isChange = concepts.has("up") || concepts.has("down");
  const hasMore = isMoreThan(elements, at, scope) || isExceeded(elements, at, lead, language);
  switch (figure.form) {
    case "multiple":
      return concepts.has("than") || concepts.has("as-much") || scope.values.some(({ isBase }) => isBase)
        ? "comparison"
        : "change";
    case "fraction":
      return "share";
    case "points":
      return hasMore ? "comparison" : "change";
    case "percent": {
      if (hasMore) return "comparison";
      if (lead === "to" || lead === "from") return lead === "to" ? valueOrShare(scope) : "start";
      if ((isChange || isOverTimes(scope)) && !isShareOf(elements, at)) return "change";
      return valueOrShare(scope);
    }
    default: {
      // `3 years` is how long, not how much.
      if (isConcept(elements[at + 1], "year", "month", "quarter")) return undefined;
      if (hasMore || (concepts.has("gap") && scope.values.some(({ isBase }) => isBase))) return "comparison";
      if (lead === "from") return "start";
      if (lead === "by") return isChange || isOverTimes(scope) ? "change" : undefined;
      return isCounted(elements, at) || concepts.has("count") ? "count" : "value";
    }
  }
}

/** Numbers of a column in per cent are said as they are; of others a per cent is a share. */
function valueOrShare({ measures, concepts, values }: Scope): Role {
  const [measure] = measures;
  // `The tax rate was 13 %`: a line of a statement that is in per cent itself.
  const isRateLine = values.some(({ choices }) =>
    choices.some(({ texts }) => texts.some((text) => rateWord.test(text))),
  );
  if (measure === undefined && isRateLine) return "value";
  const isRate = measure !== undefined && (measure.column.unit === "%" || !measure.isAdditive);
  return isRate && !concepts.has("share") ? "value" : "share";
}

/** Words of labels whose numbers are parts of something. */
export const rateWord: RegExp =
  /\b(rates?|margins?|ratios?|percent(age)?|yield|share|quote|marge|taux|tasa|taxa|margem|margen)\b|%|(quote|marge|satz)\b/i;

function isShareOf(elements: readonly Element[], at: number): boolean {
  return (
    isConcept(elements[at + 1], "of") && !elements.slice(0, at).some((each) => isConcept(each, "up", "down"))
  );
}

/** Two times, or one that is compared with: in whatever words, the per cent are those of the change. */
function isOverTimes({ concepts, periods, shift, values }: Scope): boolean {
  if (concepts.has("share") || values.some(({ isBase }) => isBase)) return false;
  return periods.some(({ isBase }) => isBase) || shift !== undefined;
}

/** `12 % more than`, `500 fewer orders than`, `500 orders more than`, `12 % higher than in 2024`, `12 % above 2024`. */
function isMoreThan(elements: readonly Element[], at: number, scope: Scope): boolean {
  const { concepts, periods, values, shift } = scope;
  const behind = elements.slice(at + 1, at + 5);
  const word = behind.findIndex((each) => isConcept(each, "more", "less", "above", "below", "up", "down"));
  const between = behind.slice(0, Math.max(word, 0));
  const isNear = between.every(
    (each) => /^(noun|column)$/.test(each.kind) || isConcept(each, "small", "of", "in"),
  );
  if (word < 0 || !isNear) return false;
  if (isConcept(behind[word], "up", "down") && word > 0) return false;
  if (concepts.has("than") || concepts.has("versus")) return true;
  const hasBase = [...periods, ...values].some(({ isBase }) => isBase) || shift !== undefined;
  return hasBase && isConcept(behind[word], "above", "below");
}

/** `exceeded that of the West by 12 %`. */
function isExceeded(
  elements: readonly Element[],
  at: number,
  lead: "to" | "from" | "by" | undefined,
  language: Language,
): boolean {
  const before = elements.slice(0, at);
  const nearest = before.findLast((each) => !isConcept(each, "small", "mild"));
  const isLed = lead === "by" || (/^(fr|es|pt)$/.test(language) && isConcept(nearest, "of", "in"));
  const verb = before.findLastIndex((each) => isConcept(each, "above", "below"));
  return (
    verb >= 0 && isLed && before.slice(verb).some((each) => each.kind === "value" || each.kind === "period")
  );
}

/** The word that leads to a figure, small words left out. */
function leadOf(
  elements: readonly Element[],
  at: number,
  language: Language,
): "to" | "from" | "by" | undefined {
  let index = at - 1;
  while (isConcept(elements[index], "small", "mild")) index--;
  const element = elements[index];
  if (isConcept(element, "to")) return "to";
  if (isConcept(element, "by", "up", "down")) return "by";
  const mayBeBy =
    isConcept(element, "of", "from") || (isConcept(element, "in") && /^(es|pt)$/.test(language));
  if (!mayBeBy) return undefined;
  if (hasToLater(elements, at)) return "from";
  let before = index - 1;
  while (elements[before]?.kind === "word" || isConcept(elements[before], "mild", "small")) before--;
  return isConcept(elements[before], "up", "down") ? "by" : undefined;
}

function hasToLater(elements: readonly Element[], at: number): boolean {
  for (let index = at + 1; index < elements.length; index++) {
    if (elements[index]!.kind !== "figure") continue;
    let before = index - 1;
    while (isConcept(elements[before], "small")) before--;
    return isConcept(elements[before], "to") && !isConcept(elements[index - 1], "of");
  }
  return false;
}

/** `340 orders`, `12 new customers`: what is counted stands behind the number. */
export function isCounted(elements: readonly Element[], at: number): boolean {
  return countedAt(elements, at) !== undefined;
}

/** The element that a number counts; numbers with a currency count nothing. */
export function countedAt(elements: readonly Element[], at: number): number | undefined {
  const element = elements[at]!;
  if (element.kind !== "figure" || element.figure.currency !== undefined || element.figure.form !== "number")
    return undefined;
  for (let index = at + 1; index <= at + 3; index++) {
    const next = elements[index];
    if (next === undefined) return undefined;
    if (next.kind === "noun" || next.kind === "column") return index;
    const isBetween = next.kind === "value" || next.kind === "word" || isConcept(next, "mild", "of");
    if (!isBetween || (next.kind === "concept" && next.concept === "of" && element.figure.scale === 1))
      return undefined;
  }
  return undefined;
}
