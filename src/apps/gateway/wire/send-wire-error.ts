import type { ServerResponse } from "node:http";
import type { FastifyBaseLogger } from "fastify";
import { type WireError, wireErrorBody, wireErrorHeaders } from "./wire-error.ts";

/** Sends an error to the caller, or ends an answer that has begun. Failures of ours are logged, without any text. */
export function sendWireError(
  error: WireError,
  request: { readonly id: string; readonly log: FastifyBaseLogger },
  response: ServerResponse,
): void {
  if (error.status >= 500) {
    const { code, status } = error;
    request.log.error({ code, status, err: error.cause ?? error }, "failed");
  }
  if (response.destroyed || response.writableEnded) return;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = error.body ?? Buffer.from(JSON.stringify(wireErrorBody(error)));
  response.writeHead(error.status, {
    "content-type": "application/json",
    "content-length": String(body.length),
    "x-request-id": request.id,
    "apim-request-id": request.id,
    "x-content-type-options": "nosniff",
    ...wireErrorHeaders(error),
  });
  response.end(body);
}
