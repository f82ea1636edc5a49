import { Agent } from "undici";
import type { Gateway } from "../../src/apps/gateway/gateway.ts";
import { gatewayMount } from "../../src/apps/gateway/gateway-mount.ts";
import { createKey } from "../../src/apps/gateway/keys/keys.ts";
import { createProject } from "../../src/apps/gateway/keys/projects.ts";
import { openGateway } from "../../src/apps/gateway/open-gateway.ts";
import type { Admissions } from "../../src/apps/gateway/types.ts";
import type { Mount } from "../../src/apps/server/mount.ts";
import { openServer } from "../../src/apps/server/open-server.ts";
import { openStore } from "../../src/apps/store/open-store.ts";
import { createRouter } from "../../src/models/deployments/router.ts";
import type { Deployment } from "../../src/models/deployments/types.ts";

// Our gateway in a process of its own. Arguments: the provider, and a store's file; without one every call is let in.
const [origin = "", file] = process.argv.slice(2);
const price = { input: 2, output: 10 };
const deploymentOf = (name: string): Deployment => ({
  name,
  operations: ["chat"],
  targets: [
    { id: "a", provider: "openai-compatible", model: `${name}-model`, baseUrl: `${origin}/v1`, price },
  ],
});
const deployments = ["m", "paced"].map(deploymentOf);

type Opened = { readonly mounts: readonly Mount[]; readonly secret: string };

const openAdmissions: Admissions = {
  admit: () => ({
    kind: "admitted",
    caller: { keyId: "k", projectId: "p", scopes: [] },
    rate: {},
    reservation: { settle: () => {}, release: () => {} },
  }),
};

function passingOn(): Opened {
  const gateway: Gateway = {
    router: createRouter(deployments, { now: Date.now }),
    admissions: openAdmissions,
    dispatcher: new Agent(),
    answerHere: () => Promise.reject(new Error("nothing is embedded here")),
    patienceMs: 1_000,
    firstByteTimeoutMs: 60_000,
    idleTimeoutMs: 60_000,
  };
  return { mounts: [gatewayMount(gateway, {})], secret: "any" };
}

/** As `tandem serve` opens it: two limits and two budgets hold for each call, and what leaves and what was used is kept. */
async function whole(path: string): Promise<Opened> {
  const store = await openStore(path);
  const now = new Date();
  const budgets = { budgetPerMonth: 9_000_000, tokensPerDay: 1e12 };
  await createProject(store, { name: "bench", now, limits: budgets });
  const limits = { requestsPerMinute: 1e9, tokensPerMinute: 1e12 };
  const { secret } = await createKey(store, { project: "bench", name: "bench", now, limits });
  const openTarget = (): Promise<never> => Promise.reject(new Error("nothing is embedded here"));
  const { mounts } = await openGateway({ store, deployments, openTarget, version: "0" });
  return { mounts, secret };
}

const { mounts, secret } = file === undefined ? passingOn() : await whole(file);
const log = { write: (): void => {} };
const server = await openServer({ mounts, log, logLevel: "warn" });
process.send?.(`${server.url} ${secret}`);
process.on("disconnect", () => process.exit());
