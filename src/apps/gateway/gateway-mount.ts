import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { OPERATIONS } from "../../models/deployments/operations.ts";
import type { DataPolicy, Operation } from "../../models/deployments/types.ts";
import type { Mount } from "../server/mount.ts";
import type { Gateway } from "./gateway.ts";
import { readCallHeaders } from "./policy/call-policy.ts";
import { readCall } from "./read-call.ts";
import { serveCall } from "./serve-call.ts";
import type { Admission, AdmissionRequest } from "./types.ts";
import { presentedKey } from "./wire/presented-key.ts";
import { rateHeaders } from "./wire/rate-headers.ts";
import { type CalledPath, readPath } from "./wire/read-path.ts";
import { sendWireError } from "./wire/send-wire-error.ts";
import { WireError } from "./wire/wire-error.ts";

/** What a part of the API that is not a call to a model answers. */
export type ApiAnswer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A JSON value, bytes as they are, or nothing. */
  readonly body?: unknown;
};

export type ApiRequest = {
  readonly method: string;
  readonly path: CalledPath;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: Buffer;
  readonly admission: Admission;
  /** What the caller asks for with it, for work that goes on later. */
  readonly dataPolicy?: DataPolicy;
  /** Address of this server, for `Location`. */
  readonly publicUrl: string;
};

/** Parts of the API besides calls, by their operation: files, batches, usage. */
export type ApiParts = Readonly<
  Partial<Record<"files" | "batches" | "usage" | "models", (request: ApiRequest) => Promise<ApiAnswer>>>
>;

const CALLS: ReadonlySet<string> = new Set(OPERATIONS);

/** Batches and recordings are sent whole. */
const BODY_LIMIT = 200 * 1024 * 1024;
/** So much is read before the key is looked at. */
const SMALL_BODY = 1024 * 1024;

/** Serves OpenAI's and Azure's addresses: `/v1/…`, `/openai/v1/…`, `/openai/deployments/…`. */
export function gatewayMount(gateway: Gateway, parts: ApiParts): Mount {
  return async (app: FastifyInstance, { publicUrl }) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    app.setErrorHandler((error, request, reply) => {
      reply.hijack();
      sendWireError(asWireError(error), request, reply.raw);
    });
    app.addHook("onRequest", (request) => admitLargeBody(request, gateway));
    const serve = (request: FastifyRequest, reply: FastifyReply): Promise<void> =>
      answer(request, reply, gateway, parts, publicUrl());
    // Methods that nothing is served for are refused in the same shape.
    const method = ["GET", "POST", "DELETE", "PUT", "PATCH"];
    for (const url of ["/v1/*", "/openai/*"]) {
      app.route({ method, url, bodyLimit: BODY_LIMIT, handler: serve });
    }
  };
}

/** Nobody without a key has this server read what is large or of unknown length. */
async function admitLargeBody({ method, headers }: FastifyRequest, { admissions }: Gateway): Promise<void> {
  const isShort = Number(headers["content-length"] ?? Number.POSITIVE_INFINITY) <= SMALL_BODY;
  const hasBody = method === "POST" || method === "PUT" || method === "PATCH";
  if (!hasBody || isShort) return;
  const verdict = await admissions.admit({ secret: presentedKey(headers), operation: "models" });
  if (verdict.kind === "refused") throw new WireError({ ...verdict, headers: { connection: "close" } });
  verdict.reservation.release();
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  gateway: Gateway,
  parts: ApiParts,
  publicUrl: string,
): Promise<void> {
  reply.hijack();
  try {
    const path = readPath(request.raw.url ?? "");
    if (path === undefined) throw notFound(request);
    if (path.shape === "azure-dated" && path.apiVersion === undefined) throw missingVersion();
    const secret = presentedKey(request.headers);
    if (isCall(path)) {
      if (request.method !== "POST" || path.rest.length > 0) throw notFound(request);
      const read = readCall(request.id, path, request.headers["content-type"] ?? "", bodyOf(request));
      const call = { ...read, ...readCallHeaders(request.headers) };
      await serveCall(call, { secret }, reply.raw, gateway);
    } else await answerPart(request, reply, path, secret, gateway, parts, publicUrl);
  } catch (error) {
    sendWireError(asWireError(error), request, reply.raw);
  }
}

async function answerPart(
  request: FastifyRequest,
  reply: FastifyReply,
  path: CalledPath,
  secret: string | undefined,
  { admissions }: Gateway,
  parts: ApiParts,
  publicUrl: string,
): Promise<void> {
  const { operation, shape } = path;
  const { dataPolicy } = readCallHeaders(request.headers);
  const asked = operation === "fine-tuning" ? "models" : operation;
  const verdict = await admissions.admit({ secret, operation: asked as AdmissionRequest["operation"] });
  const headers = rateHeaders(verdict.rate, shape);
  if (verdict.kind === "refused") throw new WireError({ ...verdict, headers });
  verdict.reservation.release();
  const part = parts[operation as keyof ApiParts];
  if (part === undefined) throw notServed(operation);
  const {
    status = 200,
    headers: own = {},
    body,
  } = await part({
    method: request.method,
    path,
    query: new URL(request.raw.url ?? "", "http://localhost").searchParams,
    contentType: request.headers["content-type"] ?? "",
    body: bodyOf(request),
    admission: verdict,
    publicUrl,
    ...(dataPolicy !== undefined && { dataPolicy }),
  });
  const bytes = body === undefined || body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
  const type = body === undefined || body instanceof Uint8Array ? {} : { "content-type": "application/json" };
  reply.raw.writeHead(status, {
    ...type,
    ...(bytes === undefined ? {} : { "content-length": String(bytes.length) }),
    ...headers,
    "x-request-id": request.id,
    "apim-request-id": request.id,
    ...own,
  });
  reply.raw.end(bytes);
}

function isCall(path: CalledPath): path is CalledPath & { readonly operation: Operation } {
  return CALLS.has(path.operation);
}

function bodyOf({ body }: FastifyRequest): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

function asWireError(error: unknown): WireError {
  if (error instanceof WireError) return error;
  const { statusCode } = error as { readonly statusCode?: number };
  if (statusCode === 413) {
    return new WireError({ status: 413, code: "request_too_large", message: "The request is too large." });
  }
  if (statusCode !== undefined && statusCode < 500) {
    return new WireError({ status: statusCode, code: "bad_request", message: "The request can't be read." });
  }
  return new WireError({
    status: 500,
    code: "internal_error",
    message: "The server had an error while processing your request.",
    cause: error,
  });
}

function notFound({ method }: FastifyRequest): WireError {
  return new WireError({
    status: 404,
    code: "unknown_url",
    message: `Nothing is served for this ${method} at this address.`,
  });
}

function missingVersion(): WireError {
  return new WireError({
    status: 404,
    code: "ResourceNotFound",
    message: "The query parameter api-version is missing.",
    param: "api-version",
  });
}

function notServed(operation: string): WireError {
  const isTuning = operation === "fine-tuning";
  return new WireError({
    status: 501,
    code: "not_implemented",
    message: isTuning ? "Fine-tuning jobs are not served yet." : `${operation} are not served here.`,
  });
}
