import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestLive } from "../../server/live/live.fixture.ts";
import type { LiveMountOptions } from "../../server/live/live-mount.ts";
import type { ServerMessage } from "../../server/protocol/live-messages.ts";
import { testWorld } from "../cli-io.fixture.ts";
import { runCli } from "../main.ts";

/** More than people say: some tests play a call at many times its speed. */
export const LIMITS: NonNullable<LiveMountOptions["limits"]> = {
  lines: { perSecond: 500, burst: 500 },
  messages: { perSecond: 5_000, burst: 5_000 },
};

/** The links of a new room of Acme (en) and Beta (pt). */
export async function links(live: TestLive): Promise<readonly [acme: string, beta: string]> {
  const { tokens } = await live.room();
  return [`${live.server.url}/live/#${tokens.acme}`, `${live.server.url}/live/#${tokens.beta}`];
}

export type Ran = { readonly code: number; readonly out: string; readonly err: string };

/** Runs a command in this process; each has a data folder of its own unless one is named. */
export async function run(
  argv: readonly string[],
  options: { stdin?: string; data?: string; env?: Record<string, string> } = {},
): Promise<Ran> {
  const { stdin = "", env = {} } = options;
  const data = options.data ?? (await mkdtemp(path.join(tmpdir(), "tandem-data-")));
  const world = await testWorld({ stdin, env: { TANDEM_DATA: data, TANDEM_CACHE: data, ...env } });
  try {
    const code = await runCli(["live", ...argv], world.io);
    return { code, out: world.out(), err: world.err() };
  } finally {
    await rm(world.folder, { recursive: true, force: true });
    if (options.data === undefined) await rm(data, { recursive: true, force: true });
  }
}

/** Everything that one side remembers of the call, as JSON. */
export async function everything(link: string): Promise<ServerMessage[]> {
  const { out } = await run(["join", link, "--json", "--after", "0", "--name", "Checker"]);
  return out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as ServerMessage);
}

/** What was said, in order. */
export const texts = (messages: readonly ServerMessage[]): string[] =>
  messages.flatMap((message) => (message.type === "line.said" ? [message.text] : []));

/** A WebVTT of so many lines, one a second, by two people in turn. */
export function transcript(count: number): string {
  const time = (tenths: number): string =>
    `00:00:${String(Math.floor(tenths / 10)).padStart(2, "0")}.${tenths % 10}00`;
  const cues = Array.from({ length: count }, (_, index) => {
    const speaker = index % 2 === 0 ? "Ada" : "Rui";
    return `${time(index * 10)} --> ${time(index * 10 + 9)}\n<v ${speaker}>Line number ${index} of the call.\n`;
  });
  return `WEBVTT\n\n${cues.join("\n")}`;
}
