import type { Passage } from "../../../files/passages/passage.ts";
import type { IndexedPassage, PassageIndex } from "../rank/passage-index.ts";
import { wordCount } from "../rank/stems.ts";
import type { Citation } from "../types.ts";

/** The line that says what the points below it are. */
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
const longestFragment = 25;

/** A paragraph that is a line of a list, only not set as one: a few words without a full stop. */
export function isFragment({ kind, text }: Passage): boolean {
  return kind === "paragraph" && !/[.!?:…]["”»’')\]]*$/u.test(text) && wordCount(text) <= longestFragment;
}

/** The paragraph ending in a colon, or else the heading, above a list item, a row, or prose under a heading that turns it. */
export function findLeadIn(from: IndexedPassage, index: PassageIndex): LeadIn | undefined {
  const { kind } = from.passage;
  const isListed = kind === "list-item" || kind === "row" || isFragment(from.passage);
  if (kind === "cue" || kind === "note") return undefined;
  const { source, passage } = from.reference;
  for (let number = passage - 1; number >= 1 && number > passage - mostBack; number--) {
    const above = index.at({ source, passage: number })?.passage;
    if (above === undefined) return undefined;
    if (above.kind === "heading") return leadIn(source, number, above.text, isListed);
    if (
      !isListed ||
      above.kind === "list-item" ||
      above.kind === "row" ||
      above.kind === "note" ||
      isFragment(above)
    )
      continue;
    if (/:$/u.test(above.text) && above.text.length <= 200) return leadIn(source, number, above.text, true);
  }
  return undefined;
}

function leadIn(source: string, passage: number, text: string, isListed: boolean): LeadIn | undefined {
  // The old document's number says nothing in the new one.
  const quote = text.replace(/^(?:\d+(?:\.\d+)*\.?)\s+(?=\p{L})/u, "");
  if (/:$/u.test(quote) || DENIES.test(quote)) return { source, passage, quote, need: "always" };
  if (QUALIFIES.test(quote)) return { source, passage, quote, need: "unless-said" };
  return isListed ? { source, passage, quote, need: "between" } : undefined;
}
