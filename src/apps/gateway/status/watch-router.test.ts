import { describe, expect, it } from "vitest";
import { createRouter } from "../../../models/deployments/router.ts";
import type { AttemptOutcome, Deployment } from "../../../models/deployments/types.ts";
import type { CallEnded } from "../telemetry/call-ended.ts";
import { callCounts } from "./call-counts.ts";
import { watchRouter } from "./watch-router.ts";

const deployment: Deployment = {
  name: "gpt",
  operations: ["chat"],
  targets: [{ id: "a", provider: "openai", model: "m" }],
};
const fault: AttemptOutcome = { kind: "failed", status: 503, isTargetFault: true };
const limited: AttemptOutcome = { kind: "failed", status: 429, isTargetFault: false, retryAfterMs: 3_000 };
const good: AttemptOutcome = { kind: "answered", milliseconds: 5 };

describe("watchRouter", () => {
  it("remembers when a target failed and when it worked again, and no pause that was asked for", () => {
    let time = 0;
    const inner = createRouter([deployment], { now: () => time });
    const { router, incidents } = watchRouter(inner, () => new Date(time));
    const tryOnce = (outcome: AttemptOutcome): void => {
      for (const { id } of router.choose(deployment, {})) {
        router.report("gpt", id, outcome);
        return;
      }
    };
    tryOnce(limited);
    time = 4_000;
    expect(incidents()).toEqual([]);
    for (let call = 0; call < 5; call++) tryOnce(fault);
    const began = { deployment: "gpt", target: "a", began: new Date(4_000), reason: "HTTP 503" };
    expect(incidents()).toEqual([began]);
    time = 10_000;
    tryOnce(fault);
    expect(incidents()).toEqual([began]);
    time = 30_000;
    tryOnce(good);
    expect(incidents()).toEqual([{ ...began, ended: new Date(30_000) }]);
    expect(router.states("gpt")[0]?.breaker).toBe("closed");
  });
});

describe("callCounts", () => {
  it("counts an hour by deployment and target, and nothing for names that are no deployment", () => {
    let time = 0;
    const counts = callCounts(
      (name) => name === "gpt",
      () => time,
    );
    const ended = (more: Partial<CallEnded>): CallEnded => ({
      call: { id: "1", operation: "chat", deployment: "gpt", isStream: false },
      status: 200,
      started: new Date(0),
      milliseconds: 1,
      isWhole: true,
      ...more,
    });
    const target = { id: "a", provider: "openai", model: "m" };
    const usage = { inputTokens: 10, outputTokens: 2 };
    counts.count(ended({ target, usage }));
    time = 30 * 60_000;
    counts.count(ended({ target, isWhole: false }));
    counts.count(ended({ status: 502, isWhole: false }));
    counts.count(ended({ status: 429, isWhole: false }));
    counts.count(ended({ call: { id: "1", operation: "chat", deployment: "other", isStream: false } }));
    expect(counts.of("gpt")).toEqual({
      calls: 4,
      refused: 1,
      failed: 1,
      cut: 1,
      inputTokens: 10,
      outputTokens: 2,
    });
    expect(counts.of("gpt", "a")).toMatchObject({ calls: 2, cut: 1, failed: 0 });
    expect(counts.of("other").calls).toBe(0);
    time = 60 * 60_000;
    expect(counts.of("gpt")).toMatchObject({ calls: 3, inputTokens: 0 });
    counts.count(ended({ target, usage }));
    expect(counts.of("gpt").calls).toBe(4);
    time = 200 * 60_000;
    expect(counts.of("gpt").calls).toBe(0);
  });
});
