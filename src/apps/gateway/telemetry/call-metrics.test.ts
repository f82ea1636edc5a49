import { describe, expect, it } from "vitest";
import { createRouter } from "../../../models/deployments/router.ts";
import { callMetrics } from "./call-metrics.ts";

const router = createRouter(
  [{ name: "gpt", operations: ["chat"], targets: [{ id: "a", provider: "openai", model: "m" }] }],
  { now: () => 0 },
);
const call = { id: "1", operation: "chat", deployment: "gpt", isStream: false } as const;
const target = { id: "a", provider: "openai", model: "m" };
const ended = { call, target, status: 200, started: new Date(0), milliseconds: 30, isWhole: true };

describe("callMetrics", () => {
  it("counts calls, tokens and times in Prometheus's form", async () => {
    const metrics = callMetrics(router);
    const usage = { inputTokens: 7, outputTokens: 3 };
    metrics.count({ ...ended, usage, firstByteMs: 4 });
    metrics.count({ ...ended, usage, milliseconds: 3_000_000 });
    metrics.count({ ...ended, status: 429, call: { ...call, deployment: 'no"such' } });
    const text = await metrics.text();
    const lines = new Set(text.split("\n"));
    for (const line of [
      'tandem_calls_total{deployment="gpt",target="a",operation="chat",status="200"} 2',
      'tandem_calls_total{deployment="unknown",target="a",operation="chat",status="429"} 1',
      'tandem_tokens_total{deployment="gpt",target="a",direction="input"} 14',
      'tandem_call_duration_seconds_bucket{deployment="gpt",operation="chat",le="0.025"} 0',
      'tandem_call_duration_seconds_bucket{deployment="gpt",operation="chat",le="0.1"} 1',
      'tandem_call_duration_seconds_bucket{deployment="gpt",operation="chat",le="+Inf"} 2',
      'tandem_call_duration_seconds_count{deployment="gpt",operation="chat"} 2',
      'tandem_call_duration_seconds_sum{deployment="gpt",operation="chat"} 3000.03',
      'tandem_first_byte_seconds_bucket{deployment="gpt",target="a",le="0.005"} 1',
      'tandem_breaker_state{deployment="gpt",target="a"} 0',
      "# TYPE tandem_call_duration_seconds histogram",
    ])
      expect(lines).toContain(line);
  });
});
