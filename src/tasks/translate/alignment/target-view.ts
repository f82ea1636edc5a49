import type { Links } from "./link-words.ts";
import { isMark } from "./split-words.ts";
import { openBrackets, quoteCount } from "./text-marks.ts";

/** What can be said of each word of a target before any span is looked at. */
export type TargetView = {
  /** 1 for a word without letters and digits, and for a word that begins with a small letter. */
  readonly isMark: Uint8Array;
  readonly isLower: Uint8Array;
  /** Sums up to each word: brackets opened less closed, and quotation marks. */
  readonly opens: Float64Array;
  readonly quotes: Float64Array;
};

export function viewTarget({ target }: Links, text: string): TargetView {
  const opens = new Float64Array(target.length + 1);
  const quotes = new Float64Array(target.length + 1);
  for (const [at, { whole }] of target.entries()) {
    opens[at + 1] = opens[at]! + openBrackets(whole);
    quotes[at + 1] = quotes[at]! + quoteCount(whole);
  }
  return {
    isMark: Uint8Array.from(target, ({ whole }) => (isMark(whole) ? 1 : 0)),
    isLower: Uint8Array.from(target, ({ start, end }) => (/^\p{Ll}/u.test(text.slice(start, end)) ? 1 : 0)),
    opens,
    quotes,
  };
}
