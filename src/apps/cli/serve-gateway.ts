import { stat } from "node:fs/promises";
import os from "node:os";
import type { MissingKey } from "../../models/deployments/parse-deployments.ts";
import { isLocalTarget } from "../../models/deployments/permitted-targets.ts";
import type { Deployment, Target } from "../../models/deployments/types.ts";
import { readOrigins } from "../gateway/cross-origin.ts";
import type { OpenGateway } from "../gateway/open-gateway.ts";
import type { TargetProblem } from "../gateway/status/status-report.ts";
import type { Store } from "../store/open-store.ts";
import type { CliIo } from "./cli-io.ts";
import type { Terminal } from "./terminal.ts";
import { toolVersion } from "./tool-version.ts";

export type ServedGateway = {
  readonly gateway: OpenGateway;
  readonly deployments: readonly Deployment[];
  readonly problemOf: TargetProblem;
  /** True when no key was made yet, so that nobody can call. */
  readonly isKeyless: boolean;
};

export type ServeGatewayOptions = {
  readonly io: CliIo;
  readonly terminal: Terminal;
  readonly store: Store;
  /** Where a proxy stands in front. */
  readonly publicUrl?: string;
};

/** Opens the gateway of `tandem serve` over the deployments of config and environment, and says what is amiss. */
export async function serveGateway(options: ServeGatewayOptions): Promise<ServedGateway> {
  const { io, terminal, store, publicUrl } = options;
  const [
    { gatherDeployments },
    { openGateway },
    { listKeys },
    { readModelConfigs },
    { targetOpener },
    { defaultCacheFolder },
    { readMoney },
    { readFilters },
  ] = await Promise.all([
    import("../gateway/gather-deployments.ts"),
    import("../gateway/open-gateway.ts"),
    import("../gateway/keys/keys.ts"),
    import("../model-config.ts"),
    import("../deployments-config.ts"),
    import("../../models/llama/cache-folder.ts"),
    import("../gateway/money-settings.ts"),
    import("../filters-config.ts"),
  ]);
  const { env } = io;
  const cacheFolder = defaultCacheFolder(env, process.platform, os.homedir());
  const configs = await readModelConfigs(io.cwd, env);
  const gathered = await gatherDeployments({ configs, env, cacheFolder });
  for (const note of gathered.notes) terminal.complain(note);
  const { origins, wrong } = readOrigins(env.TANDEM_CORS_ORIGINS);
  for (const each of wrong)
    terminal.complain(`TANDEM_CORS_ORIGINS: "${each}" is no origin; write it as https://docs.acme.example`);
  const { deployments, ...money } = readMoney(gathered.deployments, env);
  const problems = await findProblems(deployments, gathered.missingKeys, cacheFolder);
  const problemOf: TargetProblem = (deployment, target) =>
    problems.get(`${deployment}\u0000${target}`)?.short;
  for (const { full } of problems.values()) terminal.complain(full);
  const openFilters = readFilters(configs, env);
  const gateway = await openGateway({
    ...(openFilters !== undefined && { openFilters }),
    ...{ store, deployments, money, problemOf, origins, env },
    openTarget: targetOpener(cacheFolder),
    version: toolVersion(),
    isBehindProxy: publicUrl !== undefined,
    isStatusPrivate: env.TANDEM_STATUS === "private",
  });
  const keys = await listKeys(store);
  return { gateway, deployments, problemOf, isKeyless: keys.every((key) => key.revokedAt !== undefined) };
}

/** What nobody who reads the status page need know is in `full` only. */
type Problem = { readonly short: string; readonly full: string };

async function findProblems(
  deployments: readonly Deployment[],
  missingKeys: readonly MissingKey[],
  cacheFolder: string,
): Promise<ReadonlyMap<string, Problem>> {
  const problems = new Map<string, Problem>();
  for (const { deployment, target, variable } of missingKeys) {
    const full = `${deployment} / ${target} can't be asked: ${variable} is not set`;
    problems.set(`${deployment}\u0000${target}`, { short: "its key is not set", full });
  }
  for (const { name, targets } of deployments) {
    for (const target of targets) {
      if (target.provider !== "embedded" || (await hasFile(target, cacheFolder))) continue;
      const full = `${name} / ${target.id} can't be asked: its model is not on this machine (tandem models pull ${target.model})`;
      problems.set(`${name}\u0000${target.id}`, { short: "its model is not on this machine", full });
    }
  }
  return problems;
}

async function hasFile({ model }: Target, cacheFolder: string): Promise<boolean> {
  const [{ findEntry }, { cachedModelPath }] = await Promise.all([
    import("../../models/catalogue.ts"),
    import("../../models/llama/cache-folder.ts"),
  ]);
  const entry = findEntry(model);
  if (entry !== undefined) return (await cachedModelPath(entry, cacheFolder)) !== undefined;
  return (await stat(model).catch(() => undefined))?.isFile() ?? false;
}

/** Says what is served, and what is still to be done before anybody can call. */
export function reportGateway(
  terminal: Terminal,
  { deployments, isKeyless }: ServedGateway,
  { url, makeKey }: { readonly url: string; readonly makeKey: string },
): void {
  if (deployments.length === 0) {
    terminal.say(
      "no deployment: calls to models are answered with 404. Fetch a small model (tandem models pull), set OPENAI_API_KEY, or write a config: docs/deployments.md",
    );
  } else {
    terminal.say(`models at ${url}/v1 (OpenAI) and ${url}/openai (Azure):`);
    for (const { name, targets, operations } of deployments) {
      const places = targets.map((target) => {
        const place = isLocalTarget(target) ? "local" : (target.region ?? "remote");
        return `${target.provider} (${place})`;
      });
      terminal.say(`  ${name}: ${[...new Set(places)].join(", ")}; ${operations.join(", ")}`);
    }
  }
  if (isKeyless) terminal.say(`nobody can call yet: every call needs a key. Make one: ${makeKey}`);
  terminal.say(`how it is: ${url}/status, how to connect: ${url}/docs`);
}
