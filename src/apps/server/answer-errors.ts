import type { FastifyInstance, FastifyReply } from "fastify";
import { type ErrorCode, TandemError } from "../../errors.ts";

/** What every refused or failed request gets. */
export type ErrorAnswer = {
  readonly error: { readonly code: string; readonly message: string; readonly hint?: string };
};

const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  "bad-request": 400,
  "not-found": 404,
  ambiguous: 409,
  refused: 409,
  "file-too-large": 413,
  "file-unsupported": 415,
  "no-model": 503,
  aborted: 503,
};

const SENTENCES: Readonly<Record<number, string>> = {
  400: "the request can't be read",
  413: "the request is too large",
  415: "this kind of content isn't taken here",
};

/** Answers with an error of this kind. */
export function refuse(reply: FastifyReply, status: number, error: ErrorAnswer["error"]): FastifyReply {
  return reply.code(status).send({ error } satisfies ErrorAnswer);
}

/** Answers failures in one form. Unforeseen ones are logged and tell nothing but the request's id. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof TandemError) {
      const status = STATUS[error.code] ?? 500;
      if (status === 500) request.log.error({ err: error }, "failed");
      const { code, message, hint } = error;
      return refuse(reply, status, { code, message, ...(hint !== undefined && { hint }) });
    }
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    const sentence = SENTENCES[status];
    if (status < 500)
      return refuse(reply, status, { code: "bad-request", message: sentence ?? "the request is refused" });
    request.log.error({ err: error }, "failed");
    return refuse(reply, 500, {
      code: "failed",
      message: "this failed for a reason inside the server",
      hint: `its log has more under ${request.id}`,
    });
  });
  app.setNotFoundHandler((_, reply) =>
    refuse(reply, 404, { code: "not-found", message: "there is nothing at this address" }),
  );
}
