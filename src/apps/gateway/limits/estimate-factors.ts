/** How far estimates of input are off for each deployment, learnt from what providers counted. */
export type EstimateFactors = {
  readonly of: (deployment: string) => number;
  /** Gives the new factor when it has moved so much that it should be stored. */
  readonly learn: (deployment: string, estimated: number, counted: number) => number | undefined;
};

const smallest = 0.2;
const largest = 5;
/** Estimates of a few tokens say nothing. */
const fewTokens = 20;
const weight = 0.05;

export function estimateFactors(stored: ReadonlyMap<string, number>): EstimateFactors {
  const factors = new Map<string, { value: number; calls: number; stored: number }>();
  for (const [deployment, value] of stored) factors.set(deployment, { value, calls: 100, stored: value });
  return {
    of: (deployment) => factors.get(deployment)?.value ?? 1,
    learn: (deployment, estimated, counted) => {
      if (estimated < fewTokens) return undefined;
      const factor = factors.get(deployment) ?? { value: 1, calls: 0, stored: 1 };
      factors.set(deployment, factor);
      const seen = Math.min(Math.max(counted / estimated, smallest), largest);
      factor.calls++;
      factor.value += (seen - factor.value) * Math.max(weight, 1 / (factor.calls + 1));
      if (Math.abs(factor.value - factor.stored) < factor.stored * 0.02) return undefined;
      factor.stored = factor.value;
      return factor.value;
    },
  };
}
