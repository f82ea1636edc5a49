import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, homedir, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { WebSocket } from "ws";
import { openLiveRoom } from "../src/tasks/translate/live/live-room.ts";

// Live translation from a sent line to the reader's `line.final`, over real sockets, the server in a process of its own.
// `npx node bench/live.ts [echo|bergamot]`; about a minute each.

type Load = {
  readonly engine: string;
  readonly rooms: number;
  /** Each room says a line every so many milliseconds, its two people in turn. */
  readonly every: number;
  readonly seconds: number;
};
type Usage = { readonly cpuMs: number; readonly rssMb: number };

const LOADS: Readonly<Record<string, Load>> = {
  echo: { engine: "echo", rooms: 200, every: 2_000, seconds: 20 },
  bergamot: { engine: "bergamot", rooms: 10, every: 3_000, seconds: 30 },
};
const KEY = "room-key-of-the-bench";
const SENTENCES = [
  "We meet on Tuesday at ten.",
  "Could you send us the signed contract before the end of the week?",
  "The delivery of the second part will be about three days late because of the strike at the port.",
  "I agree.",
  "Our team has checked the figures twice and we see no reason to change the budget for the next quarter.",
];

if (process.argv[2] === "server") await serve(process.argv[3]!);
else await measure(process.argv.slice(2));

async function serve(dataFolder: string): Promise<void> {
  const [{ openServer }, { openRoomKey }, { liveMount }] = await Promise.all([
    import("../src/apps/server/open-server.ts"),
    import("../src/apps/server/room-key.ts"),
    import("../src/apps/server/live/live-mount.ts"),
  ]);
  const { openEngine } = await import("../src/apps/cli/open-engine.ts");
  const mount = liveMount({
    ...{ dataFolder, openLiveRoom, roomKey: await openRoomKey(dataFolder, KEY), checkEngine: () => {} },
    openEngine: (spec) =>
      openEngine(spec, {
        io: {
          env: process.env,
          cwd: homedir(),
          openModel: async () => undefined,
          signal: new AbortController().signal,
        },
        terminal: { say: () => {} },
      }),
  });
  const { url, close } = await openServer({ mounts: [mount] });
  process.on("message", (message) => {
    if (message === "close") return void close().then(() => process.exit(0));
    const { user, system } = process.cpuUsage();
    process.send?.({
      cpuMs: (user + system) / 1_000,
      rssMb: process.memoryUsage.rss() / 1e6,
    } satisfies Usage);
  });
  process.send?.(url);
}

async function measure(names: readonly string[]): Promise<void> {
  for (const name of names.length > 0 ? names : Object.keys(LOADS)) {
    const load = LOADS[name];
    if (load === undefined)
      throw new Error(`there is no load ${name}, only ${Object.keys(LOADS).join(", ")}`);
    const folder = mkdtempSync(join(tmpdir(), "tandem-bench-"));
    const child = fork(import.meta.filename, ["server", folder], { execArgv: [] });
    try {
      await run(load, child, String(await answer(child)));
    } finally {
      child.send("close");
      await new Promise((resolve) => child.once("exit", resolve));
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

async function run(load: Load, child: ChildProcess, url: string): Promise<void> {
  const rooms = [];
  for (let index = 0; index < load.rooms; index++) rooms.push(await openRoom(url, load.engine, index));
  // The first lines load the engine's model, in each of its workers, and the check of languages.
  await Promise.all(rooms.slice(0, 10).map((room) => room.say(0)));
  const [before, start] = [await usage(child), performance.now()];
  const times: number[] = [];
  const turns = Math.floor((load.seconds * 1_000) / load.every);
  await Promise.all(
    rooms.map(async (room, index) => {
      await wait((index / load.rooms) * load.every);
      for (let turn = 0; turn < turns; turn++) {
        const said = performance.now();
        times.push(await room.say(turn + 1));
        await wait(Math.max(0, load.every - (performance.now() - said)));
      }
    }),
  );
  const [after, wall] = [await usage(child), performance.now() - start];
  for (const room of rooms) room.close();
  times.sort((a, b) => a - b);
  const at = (share: number): string => times[Math.floor(times.length * share)]!.toFixed(1);
  const cpu = (((after.cpuMs - before.cpuMs) / wall) * 100).toFixed(0);
  console.log(
    `${load.engine}: ${load.rooms} rooms of 2, ${times.length} lines, ${(times.length / (wall / 1_000)).toFixed(0)} a second: ` +
      `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${times.at(-1)!.toFixed(1)} ms; ` +
      `server ${cpu}% of a core, ${((after.cpuMs - before.cpuMs) / times.length).toFixed(2)} ms CPU a line, ${after.rssMb.toFixed(0)} MB ` +
      `(${before.rssMb.toFixed(0)} before); ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)}`,
  );
}

type Room = { readonly say: (turn: number) => Promise<number>; readonly close: () => void };

async function openRoom(url: string, engine: string, index: number): Promise<Room> {
  const answered = await fetch(`${url}/api/live/rooms`, {
    method: "POST",
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
    body: JSON.stringify({
      title: `Room ${index}`,
      // Bergamot's pair is en-pt: with it only the first side speaks.
      sides: ["en", "pt"].map((language) => ({
        name: language,
        language,
        engine,
        retention: "until-closed",
      })),
    }),
  });
  const { links } = (await answered.json()) as { links: { url: string }[] };
  const people = await Promise.all(
    links.map((link) => joinRoom(url, link.url.slice(link.url.indexOf("#") + 1))),
  );
  return {
    say: (turn) => {
      const speaker = engine === "echo" ? turn % 2 : 0;
      const text = `${SENTENCES[(turn + index) % SENTENCES.length]}${engine === "echo" ? ` ${turn}` : ""}`;
      const start = performance.now();
      const heard = new Promise<number>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error("no line.final within 30 s")), 30_000);
        people[1 - speaker]!.onFinal = () => {
          clearTimeout(timer);
          resolve(performance.now() - start);
        };
      });
      people[speaker]!.send({ type: "input_text.line", line: `${turn}`, text });
      return heard;
    },
    close: () => {
      for (const { socket } of people) socket.close();
    },
  };
}

type Person = { readonly socket: WebSocket; readonly send: (message: object) => void; onFinal: () => void };

function joinRoom(url: string, token: string): Promise<Person> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/api/live/socket`);
  const send = (message: object): void => socket.send(JSON.stringify(message));
  const person: Person = { socket, send, onFinal: () => {} };
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () => send({ type: "session.join", token, mode: "steady" }));
    socket.on("message", (data) => {
      const { type } = JSON.parse(String(data)) as { type: string };
      if (type === "session.created") resolve(person);
      if (type === "line.final") person.onFinal();
    });
  });
}

function answer(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

function usage(child: ChildProcess): Promise<Usage> {
  const got = answer(child);
  child.send("usage");
  return got as Promise<Usage>;
}
