import type { IndexedPassage, PassageIndex } from "../rank/passage-index.ts";
import type { Citation } from "../types.ts";
import { isFragment } from "./source-list.ts";

/** The heading that says what the points or the text below it are. */
export type LeadIn = Citation & {
  /**
   * `always`: without it the points would be read as saying something else (`What is not included`); `unless-said`:
   * not where the section's own heading says it; `between`: only to part one list from another.
   */
  readonly need: "always" | "unless-said" | "between";
};

/** Says the contrary of what the heading of the new section says. */
const DENIES =
  /(?:^|[^\p{L}])(?:not|no|nor|never|without|exclu\p{L}*|out of scope|beyond|except\p{L}*|reject\p{L}*|discard\p{L}*|instead|against|nicht|kein\p{L}*|ohne|außerhalb|hors|sans|exclus?|fuera|sin|excluid\p{L}*|não|fora|sem)(?!\p{L})/iu;
/** Holds only under a condition, or held once. */
const QUALIFIES =
  /(?:^|[^\p{L}])(?:old|former|previous|alternatives?|options?|assum\p{L}*|if|open|unresolved|examples?|annahmen?|offene?|hypothèses?|supuestos?)(?!\p{L})/iu;
const mostBack = 60;

/** Whether points below such a line would be read as saying something else without it. */
export function turnsMeaning(text: string): boolean {
  return DENIES.test(text) || QUALIFIES.test(text);
}

/** The heading above a list item, a row, or prose under a heading that turns it. */
export function findLeadIn(from: IndexedPassage, index: PassageIndex): LeadIn | undefined {
  const { kind } = from.passage;
  if (kind === "cue" || kind === "note") return undefined;
  const isListed = kind === "list-item" || kind === "row" || isFragment(from.passage);
  const { source, passage } = from.reference;
  for (let number = passage - 1; number >= 1 && number > passage - mostBack; number--) {
    const above = index.at({ source, passage: number })?.passage;
    if (above === undefined) return undefined;
    if (above.kind === "heading") return leadIn(source, number, above.text, isListed);
  }
  return undefined;
}

function leadIn(source: string, passage: number, text: string, isListed: boolean): LeadIn | undefined {
  // The old document's number says nothing in the new one.
  const quote = text.replace(/^(?:\d+(?:\.\d+)*\.?)\s+(?=\p{L})/u, "");
  if (DENIES.test(quote)) return { source, passage, quote, need: "always" };
  if (QUALIFIES.test(quote)) return { source, passage, quote, need: "unless-said" };
  return isListed ? { source, passage, quote, need: "between" } : undefined;
}
