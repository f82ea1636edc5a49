import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Command, InvalidArgumentError } from "commander";
import { defaultDataFolder } from "../data-folder.ts";
import type { LogLevel } from "../server/server-log.ts";
import type { CliIo } from "./cli-io.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { parseEngineSpec } from "./engine-spec.ts";
import { errorReport, exitCodes } from "./exit-code.ts";
import { openEngine } from "./open-engine.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

type ServeOptions = CommonOptions & {
  readonly port: number;
  readonly host: string;
  readonly publicUrl?: string;
  readonly data?: string;
};

const DEFAULT_PORT = 8790;

/** Adds `tandem serve`. */
export function addServeCommand(program: Command, host: CommandHost): void {
  const command = program
    .command("serve")
    .summary("serve rooms for live translation, on this machine unless told otherwise")
    .description(
      "Serves rooms in which people of several organisations talk, each reading the others in their own language. At the first start it makes the key that opens rooms and prints it once; TANDEM_ROOM_KEY takes its place. Speech is heard where TANDEM_SPEECH names a recogniser.",
    )
    .option("--port <number>", "port to listen at", readPort, DEFAULT_PORT)
    .option("--host <address>", "address to listen at; 0.0.0.0 for all of the network", "127.0.0.1")
    .option("--public-url <url>", "the address that people use, where a proxy stands in front", readUrl)
    .option("--data <folder>", "where rooms are kept (default: your data folder)");
  addExamples(addCommonOptions(command), [
    ["tandem serve", `http://127.0.0.1:${DEFAULT_PORT}, for this machine`],
    ["tandem serve --host 0.0.0.0 --public-url https://live.acme.example", "behind a proxy with TLS"],
  ]);
  command.action(async (options: ServeOptions) => {
    const terminal = openTerminal(host.io, options);
    host.finish(await serve(host.io, terminal, options));
  });
}

async function serve(io: CliIo, terminal: Terminal, options: ServeOptions): Promise<number> {
  const [{ openServer }, { openRoomKey }] = await Promise.all([
    import("../server/open-server.ts"),
    import("../server/room-key.ts"),
  ]);
  const data = options.data ?? defaultDataFolder(io.env, process.platform, os.homedir());
  const dataFolder = path.resolve(io.cwd, data, "live");
  const roomKey = await openRoomKey(dataFolder, io.env.TANDEM_ROOM_KEY);
  // Also with --json and --quiet: it can't be shown again.
  if (roomKey.made !== undefined)
    terminal.complain(
      `room key, shown this once: ${roomKey.made}\nkeep it: it opens, closes and deletes rooms`,
    );
  const { mount, isPageBuilt } = await liveRooms(io, terminal, { dataFolder, roomKey });
  const { port, host, publicUrl, verbose = false } = options;
  const logLevel: LogLevel = verbose ? "info" : "warn";
  const server = await openServer({
    ...{ mounts: [mount], host, port, logLevel },
    ...(publicUrl !== undefined && { publicUrl }),
    log: { write: (line) => terminal.complain(line.trimEnd()) },
  });
  if (options.json) terminal.printJson({ command: "serve", url: server.url, dataFolder, isPageBuilt });
  else report(terminal, { url: server.url, dataFolder, isPageBuilt, ...options });
  await interrupted(io.signal);
  terminal.say("closing: connections are told, what was said is safe");
  await server.close();
  return exitCodes.done;
}

type Served = {
  readonly url: string;
  readonly dataFolder: string;
  readonly isPageBuilt: boolean;
  readonly host: string;
  readonly publicUrl?: string;
};

function report(terminal: Terminal, { url, dataFolder, isPageBuilt, host, publicUrl }: Served): void {
  terminal.print(`serving ${url}`);
  terminal.say(`rooms are kept in ${dataFolder}`);
  if (!isPageBuilt)
    terminal.say("the page for browsers is not built, only the socket is served: npm run build");
  const isLocal = /^(127\.|localhost$|::1$)/.test(host);
  if (!isLocal && !(publicUrl ?? "").startsWith("https:"))
    terminal.say(
      "others can reach this without encryption: put a proxy with TLS in front and name it with --public-url",
    );
  terminal.say("Ctrl-C ends it");
}

type Rooms = {
  readonly dataFolder: string;
  readonly roomKey: import("../server/room-key.ts").RoomKey;
};

async function liveRooms(
  io: CliIo,
  terminal: Terminal,
  rooms: Rooms,
): Promise<{ readonly mount: import("../server/mount.ts").Mount; readonly isPageBuilt: boolean }> {
  const [
    { liveMount },
    { openLiveRoom },
    { proposeSlots },
    { openRecogniser },
    page,
    { defaultCacheFolder },
  ] = await Promise.all([
    import("../server/live/live-mount.ts"),
    import("../../tasks/translate/live/live-room.ts"),
    import("../../tasks/slots/propose-slots.ts"),
    import("../open-recogniser.ts"),
    import("../server/page-files.ts"),
    import("../../models/llama/cache-folder.ts"),
  ]);
  // The same place for src/ and dist/.
  const webFolder = fileURLToPath(new URL("../../../dist/web/", import.meta.url));
  const cacheFolder = defaultCacheFolder(io.env, process.platform, os.homedir());
  const note = (sentence: string): void => terminal.say(sentence);
  const mount = liveMount({
    ...rooms,
    ...{ openLiveRoom, proposeSlots, webFolder, now: io.now },
    checkEngine: parseEngineSpec,
    openEngine: (spec) => openEngine(spec, { io, terminal }),
    openRecogniser: () =>
      openRecogniser({ env: io.env, cwd: io.cwd, cacheFolder, note }).catch((error: unknown) => {
        const { message, hint } = errorReport(error);
        terminal.complain(
          `nobody is heard, lines can be typed: ${message}${hint === undefined ? "" : ` (${hint})`}`,
        );
        return undefined;
      }),
  });
  return { mount, isPageBuilt: await page.isPageBuilt(webFolder) };
}

/** By Ctrl-C, or by what runs servers. */
async function interrupted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = (): void => resolve();
  process.once("SIGTERM", stop);
  if (signal.aborted) resolve();
  else signal.addEventListener("abort", stop, { once: true });
  await promise;
  process.off("SIGTERM", stop);
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError("a port is a number from 0 to 65535; 0 takes a free one.");
}

function readUrl(text: string): string {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError("write it with https://, for example https://live.acme.example.");
}
