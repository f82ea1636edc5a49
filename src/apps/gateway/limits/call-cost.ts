import type { Deployment, Price, TokenUsage } from "../../../models/deployments/types.ts";

/** Money is counted in whole thousand-millionths, so that sums are exact. */
const nanosPerUnit = 1_000_000_000;
/** A price is for a million tokens. */
const nanosPerTokenAtPriceOne = nanosPerUnit / 1_000_000;

export function nanosOf(amount: number): number {
  return Math.round(amount * nanosPerUnit);
}

export function amountOfNanos(nanos: number): number {
  return nanos / nanosPerUnit;
}

/** What a call cost, in thousand-millionths of the deployment's currency. */
export function callCost(usage: TokenUsage, price: Price | undefined): number {
  if (price === undefined) return 0;
  const cached = usage.cachedInputTokens ?? 0;
  const sum =
    (usage.inputTokens - cached) * price.input +
    cached * (price.cachedInput ?? price.input) +
    usage.outputTokens * price.output;
  return Math.round(sum * nanosPerTokenAtPriceOne);
}

/** The price to reckon with before it is known which target answers: the highest of each kind. */
export function highestPrice({ targets }: Deployment): Price {
  return {
    input: Math.max(0, ...targets.map(({ price }) => price?.input ?? 0)),
    output: Math.max(0, ...targets.map(({ price }) => price?.output ?? 0)),
  };
}

/** A provider's count made whole and possible: nothing negative, no more cached than there was. */
export function soundUsage(usage: TokenUsage): Required<TokenUsage> {
  const whole = (value: number | undefined): number =>
    value !== undefined && Number.isFinite(value) ? Math.min(Math.max(0, Math.ceil(value)), 1e12) : 0;
  const inputTokens = whole(usage.inputTokens);
  const outputTokens = whole(usage.outputTokens);
  return {
    inputTokens,
    outputTokens,
    cachedInputTokens: Math.min(whole(usage.cachedInputTokens), inputTokens),
    reasoningTokens: Math.min(whole(usage.reasoningTokens), outputTokens),
  };
}
