import type { Paragraph } from "../files/index.ts";
import type { IssuedParagraph } from "./ledger-types.ts";
import { tokenise } from "./tokens.ts";

/** Index of the returned paragraph that is most like the issued one, `taken` ones left out; undefined when none is. */
export function findMoved(
  issued: IssuedParagraph | undefined,
  returned: readonly Paragraph[],
  taken: ReadonlySet<number>,
): number | undefined {
  if (issued === undefined || typeof issued === "string") return undefined;
  const own = wordsOf(issued.segments.filter((each) => each.of === undefined));
  const hasOwnWords = own.size >= 2;
  const needed = hasOwnWords ? own : wordsOf(issued.segments);
  if (needed.size < 2) return undefined;
  // A paragraph that is all suggestion is another one unless nearly all of its words are there, and few others.
  const [leastThere, leastOwn] = hasOwnWords ? [0.6, 0] : [0.9, 0.8];
  let best: number | undefined;
  let bestScore = 0;
  returned.forEach((paragraph, index) => {
    if (taken.has(index)) return;
    const there = wordsOf(paragraph.spans);
    const common = [...needed].filter((word) => there.has(word)).length;
    const [shareThere, shareOwn] = [common / needed.size, common / Math.max(there.size, 1)];
    const score = shareThere + 0.2 * shareOwn;
    if (shareThere < leastThere || shareOwn < leastOwn || score <= bestScore) return;
    [best, bestScore] = [index, score];
  });
  return best;
}

function wordsOf(spans: readonly { readonly text: string }[]): Set<string> {
  const text = spans.map((span) => span.text).join("");
  const words = tokenise(text, "words").filter(({ kind }) => kind === "word");
  return new Set(words.map(({ plain }) => plain.toLowerCase()));
}
