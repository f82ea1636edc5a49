import { randomUUID } from "node:crypto";
import websocket from "@fastify/websocket";
import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import { TandemError } from "../../errors.ts";
import { answerErrors } from "./answer-errors.ts";
import type { Mount } from "./mount.ts";
import { addSecurityHeaders, secureReply } from "./security-headers.ts";
import { type LogLevel, type LogTarget, logOptions } from "./server-log.ts";

export type ServerOptions = {
  readonly mounts: readonly Mount[];
  /** Defaults to 127.0.0.1: this machine only. */
  readonly host?: string;
  /** Defaults to a free one. */
  readonly port?: number;
  /** The address that people use, where a proxy stands in front. Defaults to the one that is listened at. */
  readonly publicUrl?: string;
  /** Where the log goes. Defaults to nowhere. */
  readonly log?: LogTarget;
  /** Defaults to `info`: a line for each request. */
  readonly logLevel?: LogLevel;
  /** Milliseconds that requests under way get when the server closes. Defaults to 10,000. */
  readonly patience?: number;
};

export type Server = {
  /** Where people reach it, without a slash at its end. */
  readonly url: string;
  /** Ends connections in order, then all that the mounts hold. */
  readonly close: () => Promise<void>;
};

const BODY_LIMIT = 1024 * 1024;
/** Largest frame of a socket, in bytes: audio and what is around it. */
const FRAME_LIMIT = 600_000;

/** Starts a server with these mounts on one port. `/healthz` says that it serves. */
export async function openServer(options: ServerOptions): Promise<Server> {
  const { host = "127.0.0.1", port = 0, patience = 10_000 } = options;
  const app = createApp(options);
  let url = options.publicUrl?.replace(/\/+$/, "");
  const context = { publicUrl: (): string => url ?? `http://${host}:${port}` };
  try {
    // Mounts end their sockets in order themselves.
    await app.register(websocket, { options: { maxPayload: FRAME_LIMIT }, preClose: (done) => done() });
    for (const mount of options.mounts) await app.register(async (scope) => mount(scope, context));
    const address = await app.listen({ host, port });
    url ??= address.replace("[::1]", "localhost");
  } catch (error) {
    await app.close();
    throw listenError(error, host, port);
  }
  let closing: Promise<void> | undefined;
  return {
    url,
    close: () => {
      closing ??= closeApp(app, patience);
      return closing;
    },
  };
}

function createApp({ log, logLevel = "info" }: ServerOptions): FastifyInstance {
  const app = fastify({
    logger: log === undefined ? false : logOptions(log, logLevel),
    // Fastify's own lines hold whole addresses.
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: (_error, request, reply) => {
      secureReply(request as FastifyRequest, reply as FastifyReply);
      const error = { code: "bad-request", message: "the address can't be read" };
      // No mount is asked before: the API's clients want their fields too.
      void (reply as FastifyReply)
        .code(400)
        .send({ error: { ...error, type: "invalid_request_error", param: null } });
    },
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT,
    requestTimeout: 60_000,
    routerOptions: { maxParamLength: 200 },
  }) as unknown as FastifyInstance;
  addSecurityHeaders(app);
  answerErrors(app);
  // Without promises: this and the headers' hook run for every call that passes through.
  app.addHook("onResponse", (request, reply, done) => {
    const { method, routeOptions } = request;
    const entry = { method, route: routeOptions.url ?? "none", status: reply.statusCode };
    request.log.info({ ...entry, ms: Math.round(reply.elapsedTime) }, "answered");
    done();
  });
  app.get("/healthz", { logLevel: "warn" }, async (_, reply) => {
    reply.header("cache-control", "no-store");
    return { status: "ok" };
  });
  return app;
}

async function closeApp(app: FastifyInstance, patience: number): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), patience);
  // A connection whose last answer ends after the closing began would be kept for another request.
  const sweep = setInterval(() => app.server.closeIdleConnections(), 50);
  try {
    await app.close();
  } finally {
    clearTimeout(timer);
    clearInterval(sweep);
  }
}

function listenError(error: unknown, host: string, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE")
    return new TandemError("refused", `something else listens at ${host}:${port}`, {
      cause: error,
      hint: "name another port with --port",
    });
  if (code === "EACCES" || code === "EADDRNOTAVAIL")
    return new TandemError("refused", `this machine doesn't let us listen at ${host}:${port}`, {
      cause: error,
      hint: "name another address with --host, or a port above 1023",
    });
  return error;
}
