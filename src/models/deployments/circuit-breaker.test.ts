import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { circuitBreaker } from "./circuit-breaker.ts";

const fail = (breaker: ReturnType<typeof circuitBreaker>, now: number): void => {
  breaker.begin(now);
  breaker.end(now, "fault");
};

describe("the circuit breaker", () => {
  it("opens after faults in a row, lets one probe through, and doubles its pause when that fails", () => {
    const breaker = circuitBreaker({ faultsInARow: 3, openMs: 1_000, longestOpenMs: 3_000 });
    fail(breaker, 0);
    fail(breaker, 0);
    expect(breaker.admits(0)).toBe(true);
    fail(breaker, 0);
    expect(breaker.admits(0)).toBe(false);
    expect(breaker.state(0)).toMatchObject({ kind: "open", retryAt: 1_000, faultsInARow: 3 });
    expect(breaker.admits(999)).toBe(false);
    expect(breaker.state(1_000).kind).toBe("half-open");
    expect(breaker.admits(1_000)).toBe(true);
    breaker.begin(1_000);
    expect(breaker.admits(1_000)).toBe(false);
    breaker.end(1_100, "fault");
    expect(breaker.state(1_100)).toMatchObject({ kind: "open", retryAt: 3_100 });
    fail(breaker, 3_100);
    expect(breaker.state(3_100).retryAt).toBe(6_100);
    breaker.begin(6_100);
    breaker.end(6_200, "answers");
    expect(breaker.state(6_200)).toEqual({ kind: "closed", faultsInARow: 0 });
    fail(breaker, 6_200);
    fail(breaker, 6_200);
    fail(breaker, 6_200);
    expect(breaker.state(6_200).retryAt).toBe(7_200);
  });

  it("opens at a rate of faults even when answers come between", () => {
    const breaker = circuitBreaker({ faultsInARow: 100, leastCalls: 10, faultRate: 0.5, windowMs: 6_000 });
    for (let index = 0; index < 9; index += 1) {
      breaker.begin(index);
      breaker.end(index, index % 2 === 0 ? "answers" : "fault");
    }
    expect(breaker.state(9).kind).toBe("closed");
    fail(breaker, 10);
    expect(breaker.state(10).kind).toBe("open");
  });

  it("forgets faults that are older than the window", () => {
    const breaker = circuitBreaker({ faultsInARow: 100, leastCalls: 4, windowMs: 6_000 });
    for (const time of [0, 7_000, 14_000, 21_000, 28_000]) fail(breaker, time);
    expect(breaker.state(28_000).kind).toBe("closed");
  });

  it("gives a probe back that taught nothing, and one that nobody reported on", () => {
    const breaker = circuitBreaker({ faultsInARow: 1, openMs: 10, probeTimeoutMs: 1_000 });
    fail(breaker, 0);
    breaker.begin(10);
    breaker.end(11, "nothing");
    expect(breaker.admits(11)).toBe(true);
    breaker.begin(11);
    expect(breaker.admits(500)).toBe(false);
    expect(breaker.admits(1_011)).toBe(true);
  });

  it("is not moved by calls that began before it opened", () => {
    const breaker = circuitBreaker({ faultsInARow: 1, openMs: 100 });
    breaker.begin(0);
    fail(breaker, 0);
    breaker.end(50, "answers");
    expect(breaker.state(50).kind).toBe("open");
    breaker.end(60, "fault");
    expect(breaker.state(60).retryAt).toBe(100);
  });

  it("waits as long as the server asked, closed or not", () => {
    const breaker = circuitBreaker();
    breaker.pauseUntil(5_000);
    expect(breaker.admits(4_999)).toBe(false);
    expect(breaker.state(0)).toMatchObject({ kind: "open", retryAt: 5_000 });
    expect(breaker.state(5_000)).toEqual({ kind: "closed", faultsInARow: 0 });
  });

  it("never has more than its probes in flight while half-open, whatever happens", () => {
    const event = fc.record({
      wait: fc.nat(300),
      action: fc.constantFrom("begin", "answers", "fault", "nothing") as fc.Arbitrary<
        "begin" | "answers" | "fault" | "nothing"
      >,
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 200 }), fc.integer({ min: 1, max: 3 }), (events, probes) => {
        const breaker = circuitBreaker({ faultsInARow: 2, openMs: 100, probes, probeTimeoutMs: 1e9 });
        let now = 0;
        let probesInFlight = 0;
        let others = 0;
        for (const { wait, action } of events) {
          now += wait;
          const { kind } = breaker.state(now);
          if (action === "begin") {
            if (!breaker.admits(now)) continue;
            expect(kind).not.toBe("open");
            breaker.begin(now);
            if (kind === "half-open") probesInFlight += 1;
            else others += 1;
            expect(probesInFlight).toBeLessThanOrEqual(probes);
          } else if (others > 0 || probesInFlight > 0) {
            if (kind === "half-open" && probesInFlight > 0) probesInFlight -= 1;
            else if (others > 0) others -= 1;
            else continue;
            breaker.end(now, action);
            // Opening and closing both end the round of probes.
            if (breaker.state(now).kind !== "half-open") {
              others += probesInFlight;
              probesInFlight = 0;
            }
          }
        }
      }),
    );
  });
});
