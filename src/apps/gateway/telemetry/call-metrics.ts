import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Router } from "../../../models/deployments/types.ts";
import type { CallEnded } from "./call-ended.ts";

export type CallMetrics = {
  readonly count: (ended: CallEnded) => void;
  /** In Prometheus's text form. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
};

const SECONDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];
const BREAKER = { closed: 0, "half-open": 1, open: 2 } as const;

/** Counts calls, tokens and times by deployment and target. Names of people, keys and texts are no labels. */
export function callMetrics(router: Router): CallMetrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  const calls = new Counter({
    name: "tandem_calls_total",
    help: "Calls to models, by the status that the caller got.",
    labelNames: ["deployment", "target", "operation", "status"],
    registers,
  });
  const tokens = new Counter({
    name: "tandem_tokens_total",
    help: "Tokens as providers counted them.",
    labelNames: ["deployment", "target", "direction"],
    registers,
  });
  const duration = new Histogram({
    name: "tandem_call_duration_seconds",
    help: "From the request to the end of its answer.",
    labelNames: ["deployment", "operation"],
    buckets: SECONDS,
    registers,
  });
  const firstByte = new Histogram({
    name: "tandem_first_byte_seconds",
    help: "From the request to the first byte of its answer.",
    labelNames: ["deployment", "target"],
    buckets: SECONDS,
    registers,
  });
  addBreakerGauge(router, registers);
  return {
    count: (ended) => {
      const { call, target, usage, status } = ended;
      const deployment = router.find(call.deployment) === undefined ? "unknown" : call.deployment;
      const at = { deployment, target: target?.id ?? "none" };
      calls.inc({ ...at, operation: call.operation, status: String(status) });
      duration.observe({ deployment, operation: call.operation }, ended.milliseconds / 1_000);
      if (ended.firstByteMs !== undefined) firstByte.observe(at, ended.firstByteMs / 1_000);
      if (usage === undefined) return;
      tokens.inc({ ...at, direction: "input" }, usage.inputTokens);
      tokens.inc({ ...at, direction: "output" }, usage.outputTokens);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function addBreakerGauge(router: Router, registers: Registry[]): void {
  new Gauge({
    name: "tandem_breaker_state",
    help: "0 closed, 1 half open, 2 open.",
    labelNames: ["deployment", "target"],
    registers,
    collect() {
      this.reset();
      for (const { name } of router.deployments) {
        for (const { target, breaker } of router.states(name)) {
          this.set({ deployment: name, target }, BREAKER[breaker]);
        }
      }
    },
  });
}
