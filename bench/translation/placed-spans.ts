import { linkWords } from "../../src/tasks/translate/alignment/link-words.ts";
import { placeSpans } from "../../src/tasks/translate/alignment/place-spans.ts";
import { type Aligner, trainAligner } from "../../src/tasks/translate/alignment/train-aligner.ts";

/** Two texts and where the spans of the one are in the other, as a person placed them: `[start, end, start, end]`. */
export type GoldPair = {
  readonly s: string;
  readonly t: string;
  readonly spans: readonly (readonly [number, number, number, number])[];
};

export type PlacementScore = {
  readonly segments: number;
  readonly spans: number;
  /** Shares, 0 to 1: spans placed to the letter, and F1 over their characters. */
  readonly exact: number;
  readonly characterF1: number;
  /** Milliseconds of processor time. */
  readonly training: number;
  readonly placing: number;
};

/**
 * Trains on the pairs without looking at their spans and places the spans, as the product does with a document's own
 * pairs. Spans that read the same in both texts are left out with `onlyTranslated`.
 */
export function scorePlacement(pairs: readonly GoldPair[], onlyTranslated = false): PlacementScore {
  const began = process.cpuUsage();
  const aligner = trainAligner(pairs.map(({ s, t }) => ({ source: s, target: t })));
  const trained = process.cpuUsage(began).user;
  const total = { segments: 0, spans: 0, exact: 0, overlap: 0, length: 0 };
  for (const pair of pairs) {
    if (pair.spans.length === 0) continue;
    total.segments++;
    for (const { gold, found } of placed(aligner, pair)) {
      const [from, to, start, end] = gold;
      if (onlyTranslated && pair.s.slice(from, to) === pair.t.slice(start, end)) continue;
      total.spans++;
      if (found.start === start && found.end === end) total.exact++;
      total.overlap += Math.max(0, Math.min(end, found.end) - Math.max(start, found.start));
      total.length += end - start + found.end - found.start;
    }
  }
  return {
    segments: total.segments,
    spans: total.spans,
    exact: total.exact / total.spans,
    characterF1: (2 * total.overlap) / total.length,
    training: trained / 1000,
    placing: (process.cpuUsage(began).user - trained) / 1000,
  };
}

type Found = { readonly gold: GoldPair["spans"][number]; readonly found: { start: number; end: number } };

function placed(aligner: Aligner, { s, t, spans }: GoldPair): Found[] {
  const inOrder = spans.toSorted((a, b) => a[0] - b[0] || b[1] - a[1]);
  const wanted = inOrder.map(([start, end]) => ({ start, end }));
  const found = placeSpans(linkWords(aligner, s, t), aligner, s, t, wanted);
  return inOrder.map((gold, index) => ({ gold, found: found[index] ?? { start: 0, end: 0 } }));
}
