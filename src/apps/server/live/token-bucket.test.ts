import fc from "fast-check";
import { expect, it } from "vitest";
import { tokenBucket } from "./token-bucket.ts";

it("lets through a burst and then no more than its rate, whatever is spent when", () => {
  const spending = fc.array(fc.record({ amount: fc.nat(50), after: fc.nat(2_000) }), { maxLength: 60 });
  fc.assert(
    fc.property(spending, fc.integer({ min: 1, max: 100 }), fc.nat(100), (steps, perSecond, burst) => {
      let time = 0;
      let total = 0;
      const spend = tokenBucket({ perSecond, burst }, () => time);
      for (const { amount, after } of steps) {
        time += after;
        total += amount;
        // Whoever waits as long as they are told has never had more than the burst and what the rate gave since.
        time += spend(amount);
        expect(total).toBeLessThanOrEqual(burst + (time / 1_000) * perSecond + 1e-6);
      }
    }),
  );
});

it("asks nobody to wait who stays below the rate", () => {
  let time = 0;
  const spend = tokenBucket({ perSecond: 10, burst: 1 }, () => time);
  for (let index = 0; index < 100; index++, time += 100) expect(spend(1)).toBeLessThan(1e-6);
});
