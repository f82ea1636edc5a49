import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sql } from "kysely";
import { refuse } from "../server/answer-errors.ts";
import type { Mount } from "../server/mount.ts";
import { addPageParts } from "../server/pages/page.ts";
import { schemaVersion } from "../store/migrate.ts";
import { migrations } from "../store/migrations.ts";
import type { Store } from "../store/open-store.ts";
import { apiDocument } from "./openapi/api-document.ts";
import { docsPage } from "./reference/docs-page.ts";
import { statusPage } from "./status/status-page.ts";
import { type StatusReport, type StatusSources, statusReport } from "./status/status-report.ts";
import type { CallMetrics } from "./telemetry/call-metrics.ts";
import type { Admissions } from "./types.ts";
import { presentedKey } from "./wire/presented-key.ts";

export type OperationsOptions = {
  readonly store: Store;
  readonly admissions: Admissions;
  readonly status: StatusSources;
  readonly metrics: CallMetrics;
  /** True where a proxy stands in front, so that what comes from this machine may come from anywhere. */
  readonly isBehindProxy: boolean;
  /** True when the status pages are for those alone who may read the metrics. */
  readonly isStatusPrivate: boolean;
};

/** One thing that must hold for calls to be answered. */
export type ReadinessCheck = { readonly name: string; readonly ok: boolean; readonly reason?: string };

const STORE_TIMEOUT_MS = 2_000;

/** What is there for those who run the server and those who connect to it: `/readyz`, `/metrics`, `/status`, `/docs`. */
export function operationsMount(options: OperationsOptions): Mount {
  return async (app, { publicUrl }) => {
    let isClosing = false;
    app.addHook("preClose", async () => {
      isClosing = true;
    });
    app.addHook("onSend", async (_, reply) => {
      if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
    });
    app.get("/readyz", { logLevel: "warn" }, async (_, reply) => {
      const checks = [...(await readiness(options)), { name: "running", ok: !isClosing }];
      const isReady = checks.every(({ ok }) => ok);
      return reply.code(isReady ? 200 : 503).send({ status: isReady ? "ready" : "not ready", checks });
    });
    const closed = guard(options);
    app.get("/metrics", { logLevel: "warn", onRequest: closed }, async (_, reply) =>
      reply.type(options.metrics.contentType).send(await options.metrics.text()),
    );
    addStatus(app, options, options.isStatusPrivate ? { onRequest: closed } : {});
    addPageParts(app);
    app.get("/openapi.json", () => apiDocument(publicUrl()));
    app.get("/docs", (_, reply) =>
      reply.type("text/html; charset=utf-8").send(docsPage(apiDocument(publicUrl()))),
    );
  };
}

function addStatus(app: FastifyInstance, options: OperationsOptions, more: { onRequest?: Guard }): void {
  const report = (): StatusReport => statusReport(options.status);
  app.get("/status.json", more, report);
  app.get("/status", more, (_, reply) => reply.type("text/html; charset=utf-8").send(statusPage(report())));
}

async function readiness({ store, status }: OperationsOptions): Promise<ReadinessCheck[]> {
  const { deployments } = statusReport(status);
  const models: ReadinessCheck =
    deployments.length === 0
      ? { name: "deployments", ok: false, reason: "none is configured" }
      : deployments.some(({ isAvailable }) => isAvailable)
        ? { name: "deployments", ok: true }
        : { name: "deployments", ok: false, reason: "none can be asked now: /status says why" };
  return [...(await storeChecks(store)), models];
}

async function storeChecks(store: Store): Promise<ReadinessCheck[]> {
  const ask = async (): Promise<ReadinessCheck[]> => {
    await sql`select 1`.execute(store.db);
    const version = await schemaVersion(store.db, store.kind);
    const isCurrent = version === migrations.length;
    const reason = `the schema is at ${version}, this program is at ${migrations.length}`;
    return [
      { name: "store", ok: true },
      { name: "migrations", ok: isCurrent, ...(isCurrent ? {} : { reason }) },
    ];
  };
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("late")), STORE_TIMEOUT_MS);
  try {
    return await Promise.race([ask(), late]);
  } catch {
    return [{ name: "store", ok: false, reason: "it does not answer" }];
  } finally {
    clearTimeout(timer);
  }
}

type Guard = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/** Lets in keys with the `admin` scope, and whoever is on this machine where no proxy stands in front. */
function guard({ admissions, isBehindProxy }: OperationsOptions): Guard {
  return async (request, reply) => {
    const secret = presentedKey(request.headers);
    if (secret === undefined && !isBehindProxy && isFromHere(request)) return;
    const verdict = await admissions.admit({ secret, operation: "usage" });
    if (verdict.kind === "admitted") {
      verdict.reservation.release();
      if (verdict.caller.scopes.includes("admin")) return;
    }
    const isKnown = verdict.kind === "admitted" || verdict.status !== 401;
    if (!isKnown) reply.header("www-authenticate", "Bearer");
    await refuse(reply, isKnown ? 403 : 401, {
      code: isKnown ? "not-permitted" : "bad-key",
      message: "this needs a key with the admin scope",
      hint: "make one: tandem keys create metrics --scope admin; send it as Authorization: Bearer KEY",
    });
  };
}

/** From a loopback address, for a loopback name (a page elsewhere can't pass for it), and not passed on by a proxy. */
function isFromHere({ socket, headers }: FastifyRequest): boolean {
  const address = (socket.remoteAddress ?? "").replace(/^::ffff:/, "");
  const name = (headers.host ?? "").replace(/:\d+$/, "");
  const isPassedOn = ["forwarded", "via", "x-forwarded-for", "x-real-ip"].some((each) => each in headers);
  return (
    !isPassedOn &&
    (address.startsWith("127.") || address === "::1") &&
    /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i.test(name)
  );
}
