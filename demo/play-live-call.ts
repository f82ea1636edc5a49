// A call in two languages as a live room: a server, two links, both sides at speed, and the transcript that each side keeps.
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import type { CliIo } from "../src/apps/cli/cli-io.ts";
import { parseEngineSpec } from "../src/apps/cli/engine-spec.ts";
import { openEngine } from "../src/apps/cli/open-engine.ts";
import type { Terminal } from "../src/apps/cli/terminal.ts";
import { liveMount } from "../src/apps/server/live/live-mount.ts";
import { openServer, type Server } from "../src/apps/server/open-server.ts";
import { openRoomKey } from "../src/apps/server/room-key.ts";
import { openFile, paragraphText, readTranscript } from "../src/files/index.ts";
import { openLiveRoom } from "../src/tasks/index.ts";
import type { RunCommand } from "./round-trip.ts";

const call = "demo/live-call.txt";
const out = (name: string): string => path.join("demo/out", name);
const speed = 30;

export type LiveCallOptions = {
  readonly tandem: RunCommand;
  readonly say: (text: string) => void;
  readonly io: CliIo;
  readonly terminal: Terminal;
};

/** Plays the call; true when each side has every line of it in its own language, and minutes were made of it. */
export async function playLiveCall({ tandem, say, io, terminal }: LiveCallOptions): Promise<boolean> {
  say("\n8. A call in Portuguese and English as a live room, thirty times as fast as it was");
  for (const pair of ["en-pt", "pt-en"]) {
    if ((await tandem(["models", "pull", `translation:${pair}`])) !== 0) {
      say("  left out: a model could not be fetched; everything else works without it");
      return true;
    }
  }
  const dataFolder = path.resolve(out("live"));
  await rm(dataFolder, { recursive: true, force: true });
  const roomKey = await openRoomKey(dataFolder, undefined);
  const server = await serveRooms(dataFolder, roomKey, io, terminal);
  // Where commands keep what they have seen of a call: nothing is written outside of the demo's folder.
  process.env.TANDEM_DATA = dataFolder;
  try {
    return await playAndRead(tandem, say, server, roomKey.made ?? "");
  } finally {
    delete process.env.TANDEM_DATA;
    await server.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

async function serveRooms(
  dataFolder: string,
  roomKey: Awaited<ReturnType<typeof openRoomKey>>,
  io: CliIo,
  terminal: Terminal,
): Promise<Server> {
  const mount = liveMount({
    dataFolder,
    roomKey,
    openLiveRoom,
    openEngine: (spec) => openEngine(spec, { io, terminal }),
    checkEngine: parseEngineSpec,
  });
  return openServer({ mounts: [mount] });
}

async function playAndRead(
  tandem: RunCommand,
  say: (text: string) => void,
  server: Server,
  key: string,
): Promise<boolean> {
  const opened = out("live-room.json");
  const sides = ["--side", "Nordfrakt:nordfrakt.example:pt", "--side", "Parcelwise:parcelwise.example:en"];
  const title = "Customs status in the booking portal";
  const open = ["live", "open", "--title", title, ...sides, "--server", server.url, "--key", key];
  if ((await tandem([...open, "--json"], opened)) !== 0) return false;
  const { links } = JSON.parse(await readFile(opened, "utf8")) as { links: { side: string; url: string }[] };
  await rm(opened);
  const [portuguese, english] = links.map(({ url }) => url) as [string, string];
  const started = performance.now();
  const play = ["live", "play", call, portuguese, english, "--speed", String(speed), "--partials"];
  if ((await tandem(play)) !== 0) return false;
  const seconds = ((performance.now() - started) / 1_000).toFixed(0);
  for (const [link, name] of [
    [portuguese, "live-call.pt.docx"],
    [english, "live-call.en.docx"],
    [english, "live-call.en.vtt"],
    [english, "live-call.tmx"],
    [english, "live-call.en.txt"],
  ] as const) {
    if ((await tandem(["live", "transcript", link, "-o", out(name)])) !== 0) return false;
  }
  const lines = readTranscript(new Uint8Array(await readFile(call))).cues.length;
  const heard = readTranscript(new Uint8Array(await readFile(out("live-call.en.txt")))).cues;
  const isWhole = heard.length === lines && (await hasRows(out("live-call.pt.docx"), lines));
  say(`  made     ${heard.length} of ${lines} lines on both sides, in ${seconds} s`);
  const first = heard[0];
  say(`  heard    ${first?.speaker?.name}: ${first?.text}`);
  const minutes = [
    "minutes",
    out("live-call.en.txt"),
    "-o",
    out("live-minutes.docx"),
    "--date",
    "2026-11-17",
  ];
  return (await tandem([...minutes, "--time-zone", "Europe/Stockholm"])) === 0 && isWhole;
}

/** Whether the transcript has a row for each line. */
async function hasRows(file: string, lines: number): Promise<boolean> {
  const document = openFile(new Uint8Array(await readFile(file)));
  const times = document.paragraphs.filter((each) => /^\d\d:\d\d:\d\d$/.test(paragraphText(each).trim()));
  return times.length >= lines;
}
