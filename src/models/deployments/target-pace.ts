import type { RateLimits } from "./types.ts";

/** Keeps calls to a target under its own limits. Times are milliseconds. */
export type TargetPace = {
  readonly admits: (now: number, tokens: number) => boolean;
  readonly begin: (now: number, tokens: number) => void;
  /** When a call of no tokens may begin; absent when it may now. */
  readonly retryAt: (now: number) => number | undefined;
};

// 60 whole seconds and the one that has just begun: never more than the limit in any 60 seconds.
const SECONDS = 61;

/** Counts requests and tokens by the second, or nothing where no limit is set. */
export function targetPace(limits: RateLimits | undefined): TargetPace {
  const { requestsPerMinute = Number.POSITIVE_INFINITY, tokensPerMinute = Number.POSITIVE_INFINITY } =
    limits ?? {};
  if (requestsPerMinute === Number.POSITIVE_INFINITY && tokensPerMinute === Number.POSITIVE_INFINITY) {
    return { admits: () => true, begin: () => {}, retryAt: () => undefined };
  }
  let seconds: { readonly at: number; requests: number; tokens: number }[] = [];
  const used = (now: number): { requests: number; tokens: number } => {
    const current = Math.floor(now / 1_000);
    if ((seconds[0]?.at ?? current) <= current - SECONDS) {
      seconds = seconds.filter((second) => second.at > current - SECONDS);
    }
    return seconds.reduce(
      (sum, each) => ({ requests: sum.requests + each.requests, tokens: sum.tokens + each.tokens }),
      { requests: 0, tokens: 0 },
    );
  };
  const fits = (now: number, tokens: number): boolean => {
    const sum = used(now);
    // A call larger than a whole minute's tokens goes alone rather than never.
    const roomForTokens = sum.tokens + tokens <= tokensPerMinute || sum.tokens === 0;
    return sum.requests + 1 <= requestsPerMinute && roomForTokens;
  };
  return {
    admits: fits,
    begin: (now, tokens) => {
      const at = Math.floor(now / 1_000);
      const last = seconds.at(-1);
      if (last?.at === at) {
        last.requests += 1;
        last.tokens += tokens;
      } else seconds.push({ at, requests: 1, tokens });
    },
    retryAt: (now) => {
      if (fits(now, 1)) return undefined;
      const [oldest] = seconds;
      return oldest === undefined ? undefined : (oldest.at + SECONDS) * 1_000;
    },
  };
}
