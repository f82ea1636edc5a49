import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testLive } from "../../server/live/live.fixture.ts";
import type { ServerMessage } from "../../server/protocol/live-messages.ts";
import { everything, LIMITS, links, texts, transcript } from "./live-call.fixture.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tandem-call-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("clients that are killed, and a server that restarts", () => {
  const children: ChildProcess[] = [];
  afterAll(() => {
    for (const child of children) child.kill("SIGKILL");
  });

  function start(argv: readonly string[], data: string): ChildProcess {
    const bin = path.join(import.meta.dirname, "../../../../bin/tandem.js");
    const child = spawn(process.execPath, [bin, "live", ...argv], {
      env: { ...process.env, TANDEM_DATA: data },
      stdio: ["ignore", "ignore", "inherit"],
    });
    children.push(child);
    return child;
  }
  const ended = (child: ChildProcess): Promise<number | null> =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
      else child.once("exit", (code) => resolve(code));
    });

  it("lose no line and say or record none twice", async () => {
    const count = 40;
    const vtt = path.join(folder, "long.vtt");
    await writeFile(vtt, transcript(count));
    const data = await mkdtemp(path.join(folder, "killed-"));
    const record = path.join(data, "record.jsonl");
    let live = await testLive({ limits: LIMITS });
    const [acme, beta] = await links(live);
    const port = Number(new URL(live.server.url).port);
    const server = live.folder;
    const recorded = async (): Promise<string[]> =>
      (await readFile(record, "utf8").catch(() => ""))
        .split("\n")
        .filter((line) => line.includes('"line.said"'));

    const play = () => start(["play", vtt, acme, beta, "--speed", "5", "--quiet"], data);
    const listen = () =>
      start(["join", beta, "--name", "Listener", "--record", record, "--stay", "--quiet"], data);
    let player = play();
    let listener = listen();
    // The points do not depend on what the children are doing: they die at any instruction.
    for (const lines of [5, 13, 22]) {
      await expect
        .poll(async () => (await recorded()).length, { timeout: 30_000, interval: 20 })
        .toBeGreaterThanOrEqual(lines);
      const gone = [ended(player), ended(listener)];
      if (lines !== 13) player.kill("SIGKILL");
      listener.kill("SIGKILL");
      if (lines === 13) {
        await live.stop();
        live = await testLive({ limits: LIMITS, folder: server, port });
      } else {
        await gone[0];
        player = play();
      }
      await gone[1];
      // Half a line is what a full disk or a power cut would leave.
      await writeFile(record, '{"type":"line.sa', { flag: "a" });
      listener = listen();
    }
    expect(await ended(player)).toBe(0);
    const whole = await everything(beta);
    const wanted = Array.from({ length: count }, (_, index) => `Line number ${index} of the call.`);
    expect(texts(whole)).toEqual(wanted);
    await expect.poll(async () => (await recorded()).length, { timeout: 10_000 }).toBe(count);
    listener.kill("SIGKILL");
    await ended(listener);

    const messages = (await readFile(record, "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as ServerMessage & { seq: number });
    expect(texts(messages)).toEqual(wanted);
    const seqs = messages.map(({ seq }) => seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    // Those who look come and go while the last of it is written.
    const seen = whole.flatMap((message) => ("at" in message ? [message.seq] : []));
    const last = Math.min(seqs.at(-1)!, seen.at(-1)!);
    expect(seqs.filter((seq) => seq <= last)).toEqual(seen.filter((seq) => seq <= last));
    await live[Symbol.asyncDispose]();
  }, 120_000);
});
