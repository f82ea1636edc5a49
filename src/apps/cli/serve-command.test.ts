import { rm } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { TandemError } from "../../errors.ts";
import type { CreateRoomAnswer } from "../server/protocol/live-requests.ts";
import { type TestWorld, testWorld } from "./cli-io.fixture.ts";
import { runCli } from "./main.ts";

type Running = { readonly world: TestWorld; readonly url: string; readonly end: () => Promise<number> };

async function serve(
  args: readonly string[] = [],
  given?: TestWorld,
  more: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const controller = new AbortController();
  const base = given ?? (await testWorld());
  const world = {
    ...base,
    io: { ...base.io, env: { TANDEM_DATA: base.folder, ...more }, signal: controller.signal },
  };
  const start = base.out().length;
  const ending = runCli(["serve", "--port", "0", ...args], world.io);
  await expect.poll(() => world.out().slice(start), { timeout: 20_000 }).toMatch(/http:\/\/[\d.:]+/);
  const [url = ""] = /http:\/\/[\d.:]+\d/.exec(world.out().slice(start)) ?? [];
  const end = (): Promise<number> => {
    controller.abort(new TandemError("aborted", "interrupted"));
    return ending;
  };
  return { world: base, url, end };
}

const keyIn = ({ world }: Running): string | undefined => /shown this once: (\S+)/.exec(world.err())?.[1];

describe("tandem serve", () => {
  it("prints its address, and its key the first time only; Ctrl-C ends it in order", async () => {
    const first = await serve();
    const key = keyIn(first);
    expect(key).toMatch(/^[\w-]{43}$/);
    expect(first.world.err()).toContain("rooms are kept in");
    const body = JSON.stringify({
      title: "T",
      sides: [{ name: "Acme", language: "en", engine: "echo" }],
    });
    const open = (url: string): Promise<Response> =>
      fetch(`${url}/api/live/rooms`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body,
      });
    const answer = (await (await open(first.url)).json()) as CreateRoomAnswer;
    expect(answer.links[0]?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/live\/#/);
    expect(await first.end()).toBe(0);
    await expect(fetch(`${first.url}/healthz`)).rejects.toThrow();

    const errors = first.world.err().length;
    const second = await serve([], first.world);
    expect(first.world.err().slice(errors)).not.toContain("shown this once");
    expect((await open(second.url)).status).toBe(201);
    expect(await second.end()).toBe(0);
    await rm(first.world.folder, { recursive: true, force: true });
  }, 60_000);

  it("says which models there are, what is amiss and what is still to be done", async () => {
    const world = await testWorld();
    const none = { TANDEM_CACHE: world.folder, TANDEM_CONFIG: `${world.folder}/none.json` };
    const empty = await serve([], world, { ...none, TANDEM_STROE: "x", TANDEM_CORS_ORIGINS: "acme.example" });
    expect(world.err()).toContain("TANDEM_STROE is set, but nothing reads it");
    expect(world.err()).toContain('"acme.example" is no origin');
    await expect.poll(world.err).toContain("no deployment: calls to models are answered with 404");
    await expect
      .poll(world.err)
      .toContain("nobody can call yet: every call needs a key. Make one: tandem keys create NAME");
    expect(await empty.end()).toBe(0);
    const start = world.err().length;
    const deployments = JSON.stringify({ writer: { targets: ["openai:gpt-5-mini"] } });
    const one = await serve([], world, { ...none, TANDEM_DEPLOYMENTS: deployments });
    expect(world.err().slice(start)).toContain("writer / openai can't be asked: OPENAI_API_KEY is not set");
    await expect.poll(world.err).toContain("writer: openai (remote); chat, responses, completions");
    expect((await fetch(`${one.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${one.url}/status`)).status).toBe(200);
    expect(await one.end()).toBe(0);
    const wrong = { ...world.io, env: { TANDEM_DATA: world.folder, TANDEM_PUBLIC_URL: "acme.example" } };
    expect(await runCli(["serve", "--port", "0"], wrong)).toBe(2);
    expect(world.err()).toContain("TANDEM_PUBLIC_URL holds no address");
    await rm(world.folder, { recursive: true, force: true });
  }, 60_000);

  it.each([
    [["serve", "--port", "x"], /port/],
    [["serve", "--public-url", "live.acme.example"], /https/],
  ])("refuses what can't be: %j", async (argv, reason) => {
    const world = await testWorld();
    expect(await runCli(argv, world.io)).toBe(2);
    expect(world.err()).toMatch(reason);
    await rm(world.folder, { recursive: true, force: true });
  });
});
