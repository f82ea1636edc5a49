import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { SpeechRecogniser } from "../../../models/speech/speech-recogniser.ts";
import type { TranslationEngine } from "../../../models/translation/translation-engine.ts";
import type { OpenLiveRoom } from "../../../tasks/translate/live/types.ts";
import { refuse } from "../answer-errors.ts";
import type { Mount, MountContext } from "../mount.ts";
import { addPageFiles } from "../page-files.ts";
import type { RoomKey } from "../room-key.ts";
import { serveConnection } from "./connection.ts";
import { engineShelf } from "./engine-shelf.ts";
import { LIVE_LIMITS, type LiveLimits } from "./live-limits.ts";
import type { LivePorts, ProposeSlots } from "./live-ports.ts";
import { openRoomDirectory } from "./room-directory.ts";
import { addRoomRoutes } from "./room-routes.ts";
import { openRoomStore } from "./room-store.ts";
import { addSideRoutes } from "./side-routes.ts";

export type LiveMountOptions = {
  /** Where the rooms are kept; made where it is missing. */
  readonly dataFolder: string;
  readonly roomKey: RoomKey;
  readonly openLiveRoom: OpenLiveRoom;
  /** Asked once for each spec. */
  readonly openEngine: (spec: string) => Promise<TranslationEngine>;
  /** Throws for a spec that names no engine. */
  readonly checkEngine: (spec: string) => void;
  /** Asked once, when the server starts. Defaults to nothing that hears. */
  readonly openRecogniser?: () => Promise<SpeechRecogniser | undefined>;
  /** Defaults to no proposals. */
  readonly proposeSlots?: ProposeSlots;
  /** Where the built page is. Defaults to no page. */
  readonly webFolder?: string;
  /** Other origins whose pages may connect, such as `https://intranet.example`. */
  readonly allowedOrigins?: readonly string[];
  readonly limits?: Partial<LiveLimits>;
  /** Defaults to the machine's clock. */
  readonly now?: () => Date;
};

const TIDY_EVERY = 60_000;

/** Rooms for live translation: their page, their socket, and what may be asked about them. */
export function liveMount(options: LiveMountOptions): Mount {
  return async (app, context) => {
    const { ports, close } = openPorts(app, options);
    const { roomKey, checkEngine, webFolder } = options;
    addRoomRoutes(app, { ports, roomKey, publicUrl: context.publicUrl, checkEngine });
    addSideRoutes(app, ports);
    addSocket(app, ports, originsOf(options, context));
    if (webFolder !== undefined)
      await addPageFiles(app, { folder: webFolder, prefix: "/live/", buildCommand: "npm run build" });
    const tidy = (): void => {
      ports.directory.tidy().then(
        () => app.log.debug("the rooms are tidied"),
        (error) => app.log.error({ err: error }, "the rooms could not be tidied"),
      );
    };
    const timer = setInterval(tidy, TIDY_EVERY).unref();
    app.addHook("onReady", async () => {
      tidy();
      void ports.recogniser();
    });
    app.addHook("preClose", async () => {
      clearInterval(timer);
      await ports.directory.shutdown();
    });
    app.addHook("onClose", close);
  };
}

function openPorts(
  app: FastifyInstance,
  options: LiveMountOptions,
): { readonly ports: LivePorts; readonly close: () => Promise<void> } {
  const { dataFolder, openLiveRoom, openRecogniser, proposeSlots, now = () => new Date() } = options;
  const limits = { ...LIVE_LIMITS, ...options.limits };
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const store = openRoomStore(join(dataFolder, "rooms.sqlite"));
  const engines = engineShelf(options.openEngine);
  const warn = (room: string, sentence: string, error?: unknown): void =>
    app.log.warn({ room, ...(error !== undefined && { err: error }) }, sentence);
  const directory = openRoomDirectory({ store, engines, openLiveRoom, limits, now, warn });
  let opening: Promise<SpeechRecogniser | undefined> | undefined;
  const recogniser = (): Promise<SpeechRecogniser | undefined> => {
    opening ??= (openRecogniser?.() ?? Promise.resolve(undefined)).catch((error: unknown) => {
      app.log.warn({ err: error }, "nothing recognises speech");
      return undefined;
    });
    return opening;
  };
  const ports = { store, directory, engines, recogniser, limits, now, log: app.log };
  return {
    ports: proposeSlots === undefined ? ports : { ...ports, proposeSlots },
    close: async () => {
      store.close();
      await engines.close();
      await (await opening)?.[Symbol.asyncDispose]();
    },
  };
}

function addSocket(
  app: FastifyInstance,
  ports: LivePorts,
  isOurs: (request: FastifyRequest) => boolean,
): void {
  const onRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (!isOurs(request))
      await refuse(reply, 403, { code: "bad-origin", message: "a page from elsewhere may not connect" });
    else if (app.websocketServer.clients.size >= ports.limits.connections)
      await refuse(reply, 503, {
        code: "server-full",
        message: "this server has as many connections as it may",
      });
  };
  app.get("/api/live/socket", { websocket: true, onRequest }, (socket) => serveConnection(socket, ports));
}

/** Browsers say which page connects; other programs need not. */
function originsOf(
  { allowedOrigins = [] }: LiveMountOptions,
  { publicUrl }: MountContext,
): (request: FastifyRequest) => boolean {
  return ({ headers: { origin, host } }) => {
    if (origin === undefined) return true;
    if (allowedOrigins.includes(origin) || origin === new URL(publicUrl()).origin) return true;
    return origin === `http://${host}` || origin === `https://${host}`;
  };
}
