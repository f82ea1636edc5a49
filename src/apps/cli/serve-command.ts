import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Command, InvalidArgumentError } from "commander";
import { BadRequestError } from "../../errors.ts";
import { defaultDataFolder } from "../data-folder.ts";
import type { LogLevel } from "../server/server-log.ts";
import type { CliIo } from "./cli-io.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { parseEngineSpec } from "./engine-spec.ts";
import { environmentReport, unknownVariables } from "./environment-report.ts";
import { errorReport, exitCodes } from "./exit-code.ts";
import { storePlace } from "./open-cli-store.ts";
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
    .summary("serve models and rooms for live translation, on this machine unless told otherwise")
    .description(
      "Serves language models in the shapes of OpenAI's and Azure's APIs (docs/gateway.md), and rooms in which people of several organisations talk, each reading the others in their own language (docs/live.md). Models are the deployments of the config; without one, providers whose keys are set and models in the cache. At the first start it makes the key that opens rooms and prints it once; TANDEM_ROOM_KEY takes its place. Speech is heard where TANDEM_SPEECH names a recogniser.",
    )
    .option("--port <number>", "port to listen at", readPort, DEFAULT_PORT)
    .option("--host <address>", "address to listen at; 0.0.0.0 for all of the network", "127.0.0.1")
    .option("--public-url <url>", "the address that people use, where a proxy stands in front", readUrl)
    .option("--data <folder>", "where rooms, keys and usage are kept (default: your data folder)");
  addExamples(addCommonOptions(command), [
    ["tandem serve", `http://127.0.0.1:${DEFAULT_PORT}, for this machine`],
    ["tandem keys create my-app", "a key for calls to models; /docs of the server says how to connect"],
    ["tandem serve --host 0.0.0.0 --public-url https://live.acme.example", "behind a proxy with TLS"],
  ]);
  command.action(async (options: ServeOptions) => {
    const terminal = openTerminal(host.io, options);
    host.finish(await serve(host.io, terminal, options));
  });
}

async function serve(io: CliIo, terminal: Terminal, given: ServeOptions): Promise<number> {
  const options = withPublicUrl(given, io.env.TANDEM_PUBLIC_URL);
  const [{ openServer }, { openStore }, { reportGateway, serveGateway }, { startTracing }] =
    await Promise.all([
      import("../server/open-server.ts"),
      import("../store/open-store.ts"),
      import("./serve-gateway.ts"),
      import("../gateway/telemetry/start-tracing.ts"),
    ]);
  reportEnvironment(io, terminal, options);
  const data = path.resolve(
    io.cwd,
    options.data ?? defaultDataFolder(io.env, process.platform, os.homedir()),
  );
  await using store = await openStore(storePlace({ ...io, env: { ...io.env, TANDEM_DATA: data } }));
  const tracing = await startTracing(io.env);
  if (tracing.note !== undefined) terminal.say(tracing.note);
  const { port, host, publicUrl, verbose = false } = options;
  const publicly = publicUrl === undefined ? {} : { publicUrl };
  const served = await serveGateway({ io, terminal, store, ...publicly });
  await using gateway = served.gateway;
  const dataFolder = path.join(data, "live");
  const { mount, isPageBuilt } = await openRooms(io, terminal, dataFolder);
  const logLevel: LogLevel = verbose ? "info" : "warn";
  const server = await openServer({
    ...{ mounts: [mount, ...gateway.mounts], host, port, logLevel, ...publicly },
    log: { write: (line) => terminal.complain(line.trimEnd()) },
  });
  const { url } = server;
  const deployments = served.deployments.map(({ name }) => name);
  if (options.json) terminal.printJson({ command: "serve", url, dataFolder, isPageBuilt, deployments });
  else {
    report(terminal, { url, dataFolder, isPageBuilt, ...options });
    const folder = options.data === undefined ? "" : `TANDEM_DATA=${data} `;
    reportGateway(terminal, served, { url, makeKey: `${folder}tandem keys create NAME` });
    terminal.say("Ctrl-C ends it");
  }
  using ending = endingOf(io.signal);
  await ending.asked;
  terminal.say("closing: answers under way get ten seconds, what was said and used is safe");
  await server.close();
  await gateway[Symbol.asyncDispose]();
  await tracing.stop();
  return exitCodes.done;
}

async function openRooms(io: CliIo, terminal: Terminal, dataFolder: string): ReturnType<typeof liveRooms> {
  const { openRoomKey } = await import("../server/room-key.ts");
  const roomKey = await openRoomKey(dataFolder, io.env.TANDEM_ROOM_KEY);
  // Also with --json and --quiet: it can't be shown again.
  if (roomKey.made !== undefined)
    terminal.complain(
      `room key, shown this once: ${roomKey.made}\nkeep it: it opens, closes and deletes rooms`,
    );
  return liveRooms(io, terminal, { dataFolder, roomKey });
}

function withPublicUrl(options: ServeOptions, fromEnvironment = ""): ServeOptions {
  if (options.publicUrl !== undefined || fromEnvironment === "") return options;
  if (isAddress(fromEnvironment)) return { ...options, publicUrl: fromEnvironment };
  throw new BadRequestError("TANDEM_PUBLIC_URL holds no address", {
    hint: "write it with https://, for example https://ai.acme.example",
  });
}

function reportEnvironment({ env }: CliIo, terminal: Terminal, { verbose }: ServeOptions): void {
  for (const name of unknownVariables(env)) terminal.complain(`${name} is set, but nothing reads it`);
  if (verbose === true) for (const line of environmentReport(env)) terminal.complain(line);
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

type Ending = Disposable & { readonly asked: Promise<void> };

/**
 * Asked for by Ctrl-C, or by what runs servers (SIGTERM; a second one ends at once). It listens until the end: libraries
 * that clean up after themselves (signal-exit, under the embedded engine) end the process when nobody else listens.
 */
function endingOf(signal: AbortSignal): Ending {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isAsked = signal.aborted;
  const stop = (): void => {
    isAsked = true;
    resolve();
  };
  const terminate = (): void => {
    if (isAsked) process.exit(143);
    stop();
  };
  process.on("SIGTERM", terminate);
  if (signal.aborted) resolve();
  else signal.addEventListener("abort", stop, { once: true });
  return { asked: promise, [Symbol.dispose]: () => void process.off("SIGTERM", terminate) };
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError("a port is a number from 0 to 65535; 0 takes a free one.");
}

function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

function readUrl(text: string): string {
  if (isAddress(text)) return text;
  throw new InvalidArgumentError("write it with https://, for example https://live.acme.example.");
}
