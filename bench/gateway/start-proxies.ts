import { type ChildProcess, execFile, fork, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import type { LoadTarget } from "./load.ts";

const run = promisify(execFile);

export type RunningProxy = LoadTarget & { readonly name: string; readonly pid: number };

export type StartedProxies = AsyncDisposable & {
  /** The provider itself comes first, our control second. */
  readonly proxies: readonly RunningProxy[];
  readonly skipped: readonly string[];
};

const json = { "content-type": "application/json" };
// npm gives this gateway a newer server beside it, with which every stream is answered with 500.
const portkeyServer = "1.13.5";
const portkeyPackages = ["@portkey-ai/gateway@1.15.2", "hono@4.9.7", `@hono/node-server@${portkeyServer}`];

/** Starts the provider and every proxy before it. One that can't be had is skipped, with the reason. */
export async function startProxies(): Promise<StartedProxies> {
  const work = mkdtempSync(join(tmpdir(), "tandem-bench-gateway-"));
  const children: ChildProcess[] = [];
  const dispose = async (): Promise<void> => {
    for (const child of children) {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      if (child.exitCode === null && child.kill("SIGKILL")) await ended;
    }
    rmSync(work, { recursive: true, force: true });
  };
  try {
    const scripts = await compiled(work);
    const upstream = await forked(children, join(scripts, "upstream.js"));
    const origin = upstream.said;
    const bare = await forked(children, join(scripts, "bare-proxy.js"), origin);
    const open = await forked(children, join(scripts, "tandem-proxy.js"), origin);
    const real = await forked(children, join(scripts, "tandem-proxy.js"), origin, join(work, "store.sqlite"));
    const own = (name: string, { pid, said }: Forked): RunningProxy => {
      const [url = "", secret = "any"] = said.split(" ");
      return { name, pid, origin: url, headers: { ...json, authorization: `Bearer ${secret}` } };
    };
    const proxies = [
      own("direct", upstream),
      own("node:http and undici alone", bare),
      own("Tandem: every call let in, nothing kept", open),
      own("Tandem whole: keys, limits, budgets, SQLite", real),
    ];
    const skipped: string[] = [];
    for (const [name, start] of peers) {
      try {
        const peer = await start(work, origin, children);
        if (peer !== undefined) proxies.push({ name, ...peer });
      } catch (error) {
        skipped.push(
          `${name}: ${String((error as Error).message)
            .split("\n")[0]!
            .slice(0, 160)}`,
        );
      }
    }
    return { proxies, skipped, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** As JavaScript, which is what is installed: the stripping of types alone takes 20 MB. Returns the scripts' folder. */
async function compiled(work: string): Promise<string> {
  const root = join(import.meta.dirname, "../..");
  const config = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: {
      noEmit: false,
      noCheck: true,
      declaration: false,
      isolatedDeclarations: false,
      allowImportingTsExtensions: false,
      rewriteRelativeImportExtensions: true,
      typeRoots: [join(root, "node_modules/@types")],
      rootDir: root,
      outDir: join(work, "built"),
    },
    include: [],
    files: ["upstream", "bare-proxy", "tandem-proxy"].map((name) => join(import.meta.dirname, `${name}.ts`)),
  };
  writeFileSync(join(work, "tsconfig.json"), JSON.stringify(config));
  symlinkSync(join(root, "node_modules"), join(work, "node_modules"), "junction");
  writeFileSync(join(work, "package.json"), '{"type":"module"}');
  await run(process.execPath, [
    join(root, "node_modules/typescript/bin/tsc"),
    "-p",
    join(work, "tsconfig.json"),
  ]);
  return join(work, "built/bench/gateway");
}

type Forked = { readonly pid: number; readonly said: string };

async function forked(children: ChildProcess[], script: string, ...rest: string[]): Promise<Forked> {
  const child = fork(script, rest);
  children.push(child);
  const said = await new Promise<string>((resolve, reject) => {
    child.once("message", (message) => resolve(String(message)));
    child.once("exit", (code) => reject(new Error(`${script} ended with ${code}`)));
  });
  return { pid: child.pid!, said };
}

type Peer = (
  work: string,
  origin: string,
  children: ChildProcess[],
) => Promise<Omit<RunningProxy, "name"> | undefined>;

const peers: readonly (readonly [name: string, start: Peer])[] = [
  ["Portkey 1.15.2", startPortkey],
  ["LiteLLM", startLiteLlm],
];

async function startPortkey(...[work, origin, children]: Parameters<Peer>): ReturnType<Peer> {
  const folder = join(work, "portkey");
  mkdirSync(folder);
  const overrides = { "@hono/node-server": "$@hono/node-server" };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module", overrides }));
  const flags = ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...portkeyPackages];
  await run("npm", flags, { cwd: folder, timeout: 120_000 });
  const port = await freePort();
  const script = join(folder, "node_modules/@portkey-ai/gateway/build/start-server.js");
  const command = [process.execPath, script, "--headless", `--port=${port}`];
  const child = spawned(children, command, { ...process.env, TRUSTED_CUSTOM_HOSTS: "127.0.0.1" });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, child);
  const headers = {
    ...json,
    authorization: "Bearer any",
    "x-portkey-provider": "openai",
    "x-portkey-custom-host": `${origin}/v1`,
  };
  return { pid: child.pid!, origin: url, headers };
}

/** Only with a Python that has `litellm[proxy]`: its path is given as `TANDEM_BENCH_LITELLM`. */
async function startLiteLlm(...[work, origin, children]: Parameters<Peer>): ReturnType<Peer> {
  const python = process.env.TANDEM_BENCH_LITELLM;
  if (python === undefined) return undefined;
  const entry = (name: string): object => ({
    model_name: name,
    litellm_params: { model: `openai/${name}`, api_base: `${origin}/v1`, api_key: "any" },
  });
  const config = join(work, "litellm.yaml");
  // JSON is YAML too.
  writeFileSync(config, JSON.stringify({ model_list: [entry("m"), entry("paced")] }));
  const port = await freePort();
  const code = "from litellm import run_server; run_server()";
  const command = [python, "-c", code, "--config", config, "--port", String(port), "--host", "127.0.0.1"];
  const child = spawned(children, command, { ...process.env, LITELLM_LOCAL_MODEL_COST_MAP: "True" });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(`${url}/health/liveliness`, child);
  return { pid: child.pid!, origin: url, headers: { ...json, authorization: "Bearer any" } };
}

function spawned(
  children: ChildProcess[],
  [program, ...rest]: readonly string[],
  env: NodeJS.ProcessEnv,
): ChildProcess {
  const child = spawn(program!, rest, { env, stdio: "ignore" });
  children.push(child);
  return child;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600 && child.exitCode === null; tries++) {
    try {
      await fetch(url);
      return;
    } catch {
      await pause(100);
    }
  }
  throw new Error("it did not begin to listen");
}
