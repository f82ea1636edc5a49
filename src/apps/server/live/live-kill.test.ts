import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { CreateRoomAnswer } from "../protocol/live-requests.ts";
import { ROOM_KEY, type TestClient, testClient, testRoom } from "./live.fixture.ts";

let folder = "";
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tandem-kill-"));
});
afterEach(async () => {
  await kill();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<string> {
  const started = fork(join(import.meta.dirname, "kill.fixture.ts"), [folder, ROOM_KEY], { execArgv: [] });
  child = started;
  return new Promise((resolve, reject) => {
    started.once("message", (url) => resolve(String(url)));
    started.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

async function kill(): Promise<void> {
  if (child === undefined) return;
  const gone = new Promise((resolve) => child?.once("exit", resolve));
  child.removeAllListeners("message");
  child.kill("SIGKILL");
  await gone;
  child = undefined;
}

async function room(url: string): Promise<Readonly<Record<string, string>>> {
  const answer = await fetch(`${url}/api/live/rooms`, {
    method: "POST",
    headers: { authorization: `Bearer ${ROOM_KEY}`, "content-type": "application/json" },
    body: JSON.stringify(testRoom),
  });
  const { links } = (await answer.json()) as CreateRoomAnswer;
  return Object.fromEntries(links.map((link) => [link.side, link.url.slice(link.url.indexOf("#") + 1)]));
}

const confirmed = ({ messages, created }: TestClient): string[] =>
  messages.flatMap((each) =>
    each.type === "line.said" && each.speaker === created.participant.id ? [each.line] : [],
  );

it("loses no line that it confirmed when it is killed, and says none twice that is sent again", async () => {
  let url = await start();
  const tokens = await room(url);
  const all = Array.from({ length: 60 }, (_, index) => `line ${index}`);
  const safe = new Set<string>();
  let participantToken: string | undefined;
  let after = 0;
  // Killed in the middle of a burst three times; each time what was not confirmed is sent again.
  for (const stop of [7, 19, 33, undefined]) {
    const ana = await testClient(url, tokens.acme!, { after, ...(participantToken && { participantToken }) });
    participantToken = ana.created.participantToken;
    for (const line of all.filter((each) => !safe.has(each))) ana.say(line, `This is ${line}.`);
    const last = all.filter((each) => !safe.has(each)).at(stop === undefined ? -1 : stop - safe.size);
    await ana.next("line.said", (message) => message.line === last);
    if (stop !== undefined) await kill();
    for (const line of confirmed(ana)) safe.add(line);
    after = Math.max(after, ...ana.messages.map((each) => ("seq" in each ? each.seq : 0)));
    ana.socket.terminate();
    if (stop !== undefined) url = await start();
  }
  // Somebody who comes now reads each line once, in order, with its translation.
  const rui = await testClient(url, tokens.beta!, { name: "Rui" });
  await rui.next("line.said", ({ line }) => line === all.at(-1));
  const said = rui.messages.flatMap((each) => (each.type === "line.said" ? [each] : []));
  expect(said.map(({ line }) => line)).toEqual(all);
  const finals = (): number[] =>
    rui.messages.flatMap((each) => (each.type === "line.final" ? [each.said] : []));
  await expect.poll(() => finals().length, { timeout: 10_000 }).toBe(all.length);
  expect(new Set(finals())).toEqual(new Set(said.map(({ seq }) => seq)));
  rui.socket.terminate();
}, 60_000);
