import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Router } from "../../../models/deployments/types.ts";
import type { CallEnded } from "./call-ended.ts";
import { bucketSeries, countSeries } from "./metric-series.ts";

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
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const calls = countSeries(
    registry,
    "tandem_calls_total",
    "Calls to models, by the status that the caller got.",
  );
  const tokens = countSeries(registry, "tandem_tokens_total", "Tokens as providers counted them.");
  const duration = bucketSeries(
    registry,
    "tandem_call_duration_seconds",
    "From the request to the end of its answer.",
    SECONDS,
  );
  const firstByte = bucketSeries(
    registry,
    "tandem_first_byte_seconds",
    "From the request to the first byte of its answer.",
    SECONDS,
  );
  addBreakerGauge(router, registry);
  return {
    count: (ended) => {
      const { call, usage, status } = ended;
      const { operation } = call;
      const deployment = router.find(call.deployment) === undefined ? "unknown" : call.deployment;
      const target = ended.target?.id ?? "none";
      const place = `${deployment}\0${target}`;
      const at = (): { deployment: string; target: string } => ({ deployment, target });
      calls.add(`${place}\0${operation}\0${status}`, () => ({ ...at(), operation, status: String(status) }));
      const asked = (): { deployment: string; operation: string } => ({ deployment, operation });
      duration.observe(`${deployment}\0${operation}`, asked, ended.milliseconds / 1_000);
      if (ended.firstByteMs !== undefined) firstByte.observe(place, at, ended.firstByteMs / 1_000);
      if (usage === undefined) return;
      tokens.add(`${place}\0in`, () => ({ ...at(), direction: "input" }), usage.inputTokens);
      tokens.add(`${place}\0out`, () => ({ ...at(), direction: "output" }), usage.outputTokens);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function addBreakerGauge(router: Router, registry: Registry): void {
  new Gauge({
    name: "tandem_breaker_state",
    help: "0 closed, 1 half open, 2 open.",
    labelNames: ["deployment", "target"],
    registers: [registry],
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
