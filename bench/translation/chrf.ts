const ORDERS = 6;
const BETA = 2;

/** What of the n-grams of one length two texts have, and have in common. */
type Counts = { readonly hypothesis: number; readonly reference: number; readonly common: number };

/**
 * chrF2 of a whole set of translations, 0 to 100 (Popović 2015): letter n-grams of 1 to 6 without white space, recall
 * weighted twice, counted over all lines before the score is taken, as sacreBLEU does.
 */
export function chrf(hypotheses: readonly string[], references: readonly string[]): number {
  if (hypotheses.length !== references.length) throw new RangeError("as many translations as references");
  const totals = Array.from({ length: ORDERS }, (): Counts => ({ hypothesis: 0, reference: 0, common: 0 }));
  hypotheses.forEach((hypothesis, line) => {
    for (let order = 1; order <= ORDERS; order += 1) {
      const counts = countLine(letters(hypothesis), letters(references[line]!), order);
      const total = totals[order - 1]!;
      totals[order - 1] = {
        hypothesis: total.hypothesis + counts.hypothesis,
        reference: total.reference + counts.reference,
        common: total.common + counts.common,
      };
    }
  });
  // Lengths that neither side reaches say nothing.
  const used = totals.filter(({ hypothesis, reference }) => hypothesis > 0 && reference > 0);
  if (used.length === 0) return 0;
  const mean = (part: (counts: Counts) => number): number =>
    used.reduce((sum, counts) => sum + part(counts), 0) / used.length;
  const precision = mean(({ common, hypothesis }) => common / hypothesis);
  const recall = mean(({ common, reference }) => common / reference);
  const weight = BETA ** 2;
  return precision + recall === 0
    ? 0
    : (100 * (1 + weight) * precision * recall) / (weight * precision + recall);
}

function letters(text: string): string[] {
  return [...text.replace(/\s+/gu, "")];
}

function countLine(hypothesis: readonly string[], reference: readonly string[], order: number): Counts {
  const known = grams(reference, order);
  let common = 0;
  for (const [gram, count] of grams(hypothesis, order)) common += Math.min(count, known.get(gram) ?? 0);
  return {
    hypothesis: Math.max(0, hypothesis.length - order + 1),
    reference: Math.max(0, reference.length - order + 1),
    common,
  };
}

function grams(signs: readonly string[], order: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let start = 0; start + order <= signs.length; start += 1) {
    const gram = signs.slice(start, start + order).join("");
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}
