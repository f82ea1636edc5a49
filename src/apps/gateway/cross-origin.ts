import type { FastifyInstance } from "fastify";

const EXPOSED = [
  "apim-request-id",
  "openai-processing-ms",
  "retry-after",
  "retry-after-ms",
  "x-ratelimit-limit-requests",
  "x-ratelimit-limit-tokens",
  "x-ratelimit-remaining-requests",
  "x-ratelimit-remaining-tokens",
  "x-ratelimit-reset-requests",
  "x-ratelimit-reset-tokens",
  "x-request-id",
].join(", ");

/** Names of headers, as a browser lists them. */
const HEADER_LIST = /^[\w!#$%&'*+.^`|~-]+(\s*,\s*[\w!#$%&'*+.^`|~-]+)*$/;

/**
 * Lets pages of these origins call the API (`*`: of every origin); the key in the request still decides. Nothing is allowed
 * with cookies. An `OPTIONS` is always answered with 204, because some clients stop at anything else.
 */
export function addCrossOrigin(
  app: FastifyInstance,
  origins: readonly string[],
  urls: readonly string[],
): void {
  const allowed = (origin: string | undefined): string | undefined => {
    if (origin === undefined) return undefined;
    if (origins.includes("*")) return "*";
    return origins.includes(origin) ? origin : undefined;
  };
  app.addHook("onRequest", async ({ headers }, { raw }) => {
    if (origins.length > 0 && !origins.includes("*")) raw.setHeader("vary", "Origin");
    const origin = allowed(headers.origin);
    if (origin === undefined) return;
    raw.setHeader("access-control-allow-origin", origin);
    raw.setHeader("access-control-expose-headers", EXPOSED);
  });
  for (const url of urls) {
    app.options(url, async ({ headers }, reply) => {
      reply.hijack();
      const { "access-control-request-headers": asked = "" } = headers;
      const isList = asked.length < 2_000 && HEADER_LIST.test(asked);
      const preflight = {
        "access-control-allow-methods": "GET, POST, DELETE",
        "access-control-allow-headers": isList ? asked : "authorization, api-key, content-type",
        "access-control-max-age": "600",
      };
      const isAllowed = allowed(headers.origin) !== undefined;
      reply.raw.writeHead(204, { allow: "GET, POST, DELETE, OPTIONS", ...(isAllowed ? preflight : {}) });
      reply.raw.end();
    });
  }
}

/** Reads TANDEM_CORS_ORIGINS: origins with commas or spaces between them, such as `https://docs.acme.example`. */
export function readOrigins(text: string | undefined): {
  readonly origins: readonly string[];
  readonly wrong: readonly string[];
} {
  const all = (text ?? "").split(/[\s,]+/).filter((each) => each !== "");
  const isOrigin = (each: string): boolean =>
    each === "*" ||
    each === "null" ||
    (!each.includes("*") && URL.canParse(each) && new URL(each).origin === each.replace(/\/$/, ""));
  return {
    origins: all.filter(isOrigin).map((each) => each.replace(/\/$/, "")),
    wrong: all.filter((each) => !isOrigin(each)),
  };
}
