import { rm } from "node:fs/promises";
import { afterEach, describe, expect, it } from "vitest";
import { openEgressLog } from "../gateway/policy/egress-log.ts";
import { openStore } from "../store/open-store.ts";
import { testWorld } from "./cli-io.fixture.ts";
import { runCli } from "./main.ts";

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function ledgerOf(jobs: readonly (string | undefined)[]): Promise<string> {
  const { folder } = await testWorld();
  folders.push(folder);
  await using store = await openStore(`${folder}/store.sqlite`);
  let day = 1;
  const log = openEgressLog(store, { now: () => new Date(Date.UTC(2026, 0, day++)) });
  for (const job of jobs) {
    log.record({
      call: {
        id: "request-1",
        path: { shape: "openai", operation: "chat", rest: [] },
        operation: "chat",
        deployment: "=writer",
        contentType: "application/json",
        body: Buffer.from("canary"),
        isStream: false,
        wantsUsage: false,
        ...(job !== undefined && { job }),
      },
      caller: { keyId: "key_1", projectId: "proj_1", scopes: [] },
      target: { id: "eu", provider: "openai", region: "westeurope" },
      body: Buffer.from("canary"),
      policy: "redact",
      masked: 2,
    });
  }
  await log.close();
  return folder;
}

async function run(folder: string, ...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const world = await testWorld({ env: { TANDEM_DATA: folder } });
  folders.push(world.folder);
  const code = await runCli(["egress", ...argv], world.io);
  return { code, out: world.out(), err: world.err() };
}

describe("tandem egress", () => {
  it("prints what left as a table, JSON and CSV, never the text", async () => {
    const folder = await ledgerOf(["job-1", undefined]);
    const table = await run(folder);
    expect(table.code).toBe(0);
    expect(table.out).toContain("openai:eu (westeurope)");
    expect(table.out.trim().split("\n")).toHaveLength(3);
    const json = await run(folder, "--json", "--job", "job-1");
    expect(JSON.parse(json.out).egress).toMatchObject([
      { at: "2026-01-01T00:00:00.000Z", job: "job-1", bytes: 6, policy: "redact", masked: 2 },
    ]);
    const csv = await run(folder, "--csv", "--since", "2026-01-02");
    expect(csv.out.split("\r\n")).toHaveLength(3);
    expect(csv.out).toContain(
      "2026-01-02T00:00:00.000Z,request-1,,key_1,proj_1,'=writer,chat,openai,eu,westeurope,6,",
    );
    expect(table.out + json.out + csv.out).not.toContain("canary");
  });

  it("says when nothing left, and refuses what it can't read", async () => {
    const folder = await ledgerOf([]);
    const nothing = await run(folder);
    expect([nothing.code, nothing.out]).toEqual([0, ""]);
    expect(nothing.err).toContain("nothing left");
    expect((await run(folder, "--since", "yesterday")).code).not.toBe(0);
    expect((await run(folder, "--csv", "--json")).code).not.toBe(0);
  });
});
