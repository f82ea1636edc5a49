import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { resolveModel } from "../model-settings.ts";
import { type TestWorld, testWorld } from "./cli-io.fixture.ts";
import { runCli } from "./main.ts";

describe("tandem deployments", () => {
  const servers: Server[] = [];
  const worlds: TestWorld[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    for (const world of worlds.splice(0)) await rm(world.folder, { recursive: true, force: true });
  });

  const serve = async (status: number): Promise<string> => {
    const server = createServer((incoming, response) => {
      incoming.resume().on("end", () => {
        response.writeHead(status, { "content-type": "application/json", connection: "close" });
        const choice = { index: 0, message: { role: "assistant", content: "OK" }, finish_reason: "stop" };
        response.end(
          status === 200
            ? JSON.stringify({
                id: "c",
                object: "chat.completion",
                created: 1,
                model: "m",
                choices: [choice],
              })
            : JSON.stringify({ error: { message: "down", type: "x", param: null, code: null } }),
        );
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  };

  const world = async (config: object, env: Record<string, string> = {}): Promise<TestWorld> => {
    const made = await testWorld({ env: { TANDEM_CONFIG: "/nowhere/config.json", ...env } });
    worlds.push(made);
    await made.put("tandem.config.json", JSON.stringify(config));
    return made;
  };

  it("lists targets, states unknown, and keys that are missing", async () => {
    const { io, out } = await world({
      deployments: { writer: { targets: ["openai:gpt-5-mini"], dataPolicy: "redact" } },
    });
    expect(await runCli(["deployments"], io)).toBe(0);
    expect(out()).toMatch(/writer +chat, responses, completions; 1 target, data policy redact/);
    expect(out()).toMatch(/openai:gpt-5-mini +order 0, weight 1 +OPENAI_API_KEY is not set/);
  });

  it("says where to find an example when there is none", async () => {
    const { io, out } = await world({});
    expect(await runCli(["deployments"], io)).toBe(0);
    expect(out()).toContain("docs/deployments.md");
  });

  it("calls each target with --check, and fails when one does", async () => {
    const targets = [
      `${await serve(200)}#m`,
      { id: "down", provider: "vllm", model: "m", baseUrl: await serve(500) },
    ];
    const { io, out } = await world({ deployments: { writer: { targets } } });
    expect(await runCli(["deployments", "--check", "--json"], io)).toBe(4);
    const printed = JSON.parse(out()) as {
      deployments: { targets: { id: string; state: string; problem?: string }[] }[];
    };
    expect(printed.deployments[0]?.targets).toMatchObject([
      { id: "openai-compatible", state: "answers", isLocal: true },
      { id: "down", state: "fails", problem: expect.stringContaining("down") },
    ]);
  });

  it("lets TANDEM_DEPLOYMENTS win over the config, and refuses what it cannot read", async () => {
    const own = JSON.stringify({ writer: { targets: ["embedded:smollm2-135m-instruct"] } });
    const config = { deployments: { writer: { targets: ["openai:a"] }, other: { targets: ["openai:b"] } } };
    const { io, out } = await world(config, { TANDEM_DEPLOYMENTS: own });
    expect(await runCli(["deployments", "--json"], io)).toBe(0);
    const { deployments } = JSON.parse(out()) as { deployments: { name: string; targets: object[] }[] };
    expect(deployments.map(({ name }) => name)).toEqual(["writer", "other"]);
    expect(deployments[0]?.targets).toMatchObject([{ provider: "embedded" }]);
    const wrong = await world(config, { TANDEM_DEPLOYMENTS: "/nowhere/at/all.json" });
    expect(await runCli(["deployments"], wrong.io)).toBe(2);
  });

  it("opens a deployment for --model deployment:NAME, failing over inside a call", async () => {
    const down = { id: "down", provider: "vllm", model: "m", baseUrl: await serve(500) };
    const up = { id: "up", provider: "vllm", model: "m", baseUrl: await serve(200), order: 1 };
    const config = { deployments: { writer: { targets: [down, up] } } };
    const options = {
      env: {},
      configs: [{ from: "c", config }],
      cacheFolder: "/nowhere",
      flag: "deployment:writer",
    };
    const { model, reason } = await resolveModel(options);
    expect(reason).toBe("writer (vllm, on this machine), chosen by --model");
    expect((await model!.generate({ messages: [{ role: "user", content: "x" }] })).text).toBe("OK");
    const elsewhere = { ...options, flag: "openai:gpt-5-mini", env: { OPENAI_API_KEY: "k" } };
    const { model: refusing } = await resolveModel({ ...elsewhere, dataPolicy: "local-only" });
    await expect(refusing!.generate({ messages: [] })).rejects.toMatchObject({ code: "refused" });
    const unknown = await resolveModel({ ...options, flag: "deployment:painter" });
    expect(unknown.reason).toMatch(/no deployment "painter".*writer/);
  });
});
