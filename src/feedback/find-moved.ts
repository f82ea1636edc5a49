import { type Paragraph, paragraphText } from "../files/index.ts";
import type { IssuedText } from "./ledger-types.ts";
import { hashText } from "./normalise-text.ts";
import { tokenise } from "./tokens.ts";

// A paragraph with few words of its own is another one unless nearly all of them are there, and few others.
const fewWords = 5;

/**
 * Index of the returned paragraph that is most like the issued one; undefined when none is. `taken` ones hold others;
 * `edited` ones seem to, so they must be the very same.
 */
export function findMoved(
  issued: IssuedText,
  returned: readonly Paragraph[],
  taken: ReadonlySet<number>,
  edited: ReadonlySet<number>,
): number | undefined {
  const same = returned.findIndex((each, index) => !taken.has(index) && isSame(issued, each));
  if (same >= 0) return same;
  const own = wordsOf(issued.segments.filter((each) => each.of === undefined));
  const needed = own.size >= 2 ? own : wordsOf(issued.segments);
  if (needed.size < 2) return undefined;
  const [leastThere, leastOwn] = own.size < 2 ? [0.9, 0.8] : own.size < fewWords ? [0.9, 0.5] : [0.6, 0.2];
  let best: number | undefined;
  let bestScore = 0;
  returned.forEach((paragraph, index) => {
    if (taken.has(index) || edited.has(index) || paragraphText(paragraph).trim() === "") return;
    const there = wordsOf(paragraph.spans);
    const common = [...needed].filter((word) => there.has(word)).length;
    const [shareThere, shareOwn] = [common / needed.size, common / Math.max(there.size, 1)];
    const score = shareThere + 0.2 * shareOwn;
    if (shareThere < leastThere || shareOwn < leastOwn || score <= bestScore) return;
    [best, bestScore] = [index, score];
  });
  return best;
}

/** True when the paragraph reads like the issued one with all changes refused or with all accepted. */
function isSame({ hash }: IssuedText, paragraph: Paragraph): boolean {
  const text = hashText(paragraphText(paragraph));
  return text !== "" && hash.split("/").includes(text);
}

function wordsOf(spans: readonly { readonly text: string }[]): Set<string> {
  const text = spans.map((span) => span.text).join("");
  const words = tokenise(text, "words").filter(({ kind }) => kind === "word");
  return new Set(words.map(({ plain }) => plain.toLowerCase()));
}
