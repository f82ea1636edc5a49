import type { Rate } from "./live-limits.ts";

/** Says for each amount that is spent how many milliseconds to wait before going on: 0 while there is a rest. */
export type TokenBucket = (amount: number) => number;

/** A full bucket. An amount above its size is paid for by waiting longer. */
export function tokenBucket(
  { perSecond, burst }: Rate,
  now: () => number = () => performance.now(),
): TokenBucket {
  let level = burst;
  let at = now();
  return (amount) => {
    const time = now();
    level = Math.min(burst, level + ((time - at) / 1_000) * perSecond) - amount;
    at = time;
    return level >= 0 ? 0 : (-level / perSecond) * 1_000;
  };
}
