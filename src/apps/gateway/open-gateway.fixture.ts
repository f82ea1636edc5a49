import type { Deployment, Target } from "../../models/deployments/types.ts";
import { openServer } from "../server/open-server.ts";
import { openStore, type Store } from "../store/open-store.ts";
import { createKey } from "./keys/keys.ts";
import { createProject } from "./keys/projects.ts";
import { type OpenGatewayOptions, openGateway } from "./open-gateway.ts";

export type TestService = {
  readonly url: string;
  readonly store: Store;
  /** The log's lines. */
  readonly log: () => string;
  /** A key's secret with these scopes, in the project `default`. */
  readonly newKey: (scopes?: readonly string[]) => Promise<string>;
  /** Ends the server, then the gateway; the store stays open. */
  readonly stop: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export const targetAt = (url: string, more: Partial<Target> = {}): Target => ({
  id: "a",
  provider: "openai-compatible",
  model: "m",
  baseUrl: `${url}/v1`,
  ...more,
});

export const deploymentOf = (...targets: readonly Target[]): Deployment => ({
  name: "gpt",
  operations: ["chat", "responses", "completions", "embeddings"],
  targets,
});

/** A whole gateway on a port of its own, over a store in memory unless one is given. */
export async function startService(
  deployments: readonly Deployment[],
  more: Partial<OpenGatewayOptions> & { readonly patience?: number } = {},
): Promise<TestService> {
  const store = more.store ?? (await openStore(":memory:"));
  const gateway = await openGateway({
    deployments,
    openTarget: () => Promise.reject(new Error("nothing is embedded here")),
    version: "1.2.3",
    ...more,
    store,
  });
  let log = "";
  const server = await openServer({
    mounts: gateway.mounts,
    patience: more.patience ?? 300,
    log: {
      write: (line) => {
        log += line;
      },
    },
    logLevel: "debug",
  });
  const now = new Date();
  await createProject(store, { name: "default", now }).catch(() => {});
  const stop = async (): Promise<void> => {
    await server.close();
    await gateway[Symbol.asyncDispose]();
  };
  return {
    url: server.url,
    store,
    log: () => log,
    newKey: async (scopes) => {
      const made = await createKey(store, {
        project: "default",
        name: "test",
        now,
        ...(scopes && { scopes }),
      });
      return made.secret;
    },
    stop,
    close: async () => {
      await stop();
      if (more.store === undefined) await store.close();
    },
  };
}
