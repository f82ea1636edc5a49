import { writeSync } from "node:fs";
import { openStore } from "../../store/open-store.ts";
import { deploymentsOf, free, paid, used } from "./admissions.fixture.ts";
import { openAdmissions } from "./open-admissions.ts";

/** What a test tells a gateway in a process of its own; it asks as fast as it can. */
export type LimitWorkerOrder = {
  readonly store: string;
  readonly secret: string;
  readonly seconds: number;
  readonly estimate: number;
  readonly actual: number;
  /** Calls at once. */
  readonly lanes: number;
  /** Milliseconds that a call takes, at most. */
  readonly longest: number;
};

const order = JSON.parse(process.argv[2] ?? "{}") as LimitWorkerOrder;
const store = await openStore(order.store);
const admissions = await openAdmissions(store, { deployments: deploymentsOf(paid, free) });
const end = Date.now() + order.seconds * 1_000;

async function lane(): Promise<void> {
  while (Date.now() < end) {
    const verdict = await admissions.admit({
      secret: order.secret,
      operation: "chat",
      deployment: "paid",
      estimate: { inputTokens: 0, outputTokens: order.estimate },
    });
    if (verdict.kind === "refused") {
      await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 20));
      continue;
    }
    // Written at once, so that a test knows of it even if this process is killed now.
    writeSync(1, `${Date.now()}\n`);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * order.longest));
    verdict.reservation.settle(used(0, order.actual));
  }
}
await Promise.all(Array.from({ length: order.lanes }, lane));
await admissions.close();
await store.close();
