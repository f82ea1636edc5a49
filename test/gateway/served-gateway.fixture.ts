import { createKey } from "../../src/apps/gateway/keys/keys.ts";
import { createProject } from "../../src/apps/gateway/keys/projects.ts";
import type { LimitSettings } from "../../src/apps/gateway/limits/limit-settings.ts";
import { openGateway } from "../../src/apps/gateway/open-gateway.ts";
import { openServer } from "../../src/apps/server/open-server.ts";
import { openStore, type Store } from "../../src/apps/store/open-store.ts";
import type { OpenTarget } from "../../src/models/deployments/routed-model.ts";
import type { Deployment } from "../../src/models/deployments/types.ts";

export type ServedGateway = AsyncDisposable & {
  readonly url: string;
  readonly store: Store;
  /** All that was logged so far, debug lines included. */
  readonly logged: () => string;
  readonly newKey: (limits?: LimitSettings, scopes?: readonly string[]) => Promise<string>;
};

/** The whole gateway, as `tandem serve` opens it, over a store of its own. */
export async function serveGateway(
  deployments: readonly Deployment[],
  openTarget: OpenTarget = () => Promise.reject(new Error("nothing is embedded here")),
): Promise<ServedGateway> {
  const store = await openStore(":memory:");
  const now = new Date();
  await createProject(store, { name: "test", now });
  const gateway = await openGateway({ store, deployments, openTarget, version: "0.0.0" });
  let log = "";
  const server = await openServer({
    mounts: gateway.mounts,
    patience: 200,
    logLevel: "debug",
    log: {
      write: (line) => {
        log += line;
      },
    },
  });
  let keys = 0;
  return {
    url: server.url,
    store,
    logged: () => log,
    newKey: async (limits, scopes = []) => {
      const name = `key ${++keys}`;
      const { secret } = await createKey(store, {
        project: "test",
        name,
        now,
        scopes,
        ...(limits && { limits }),
      });
      return secret;
    },
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await gateway[Symbol.asyncDispose]();
      await store.close();
    },
  };
}
