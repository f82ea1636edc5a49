import type { IncomingHttpHeaders } from "node:http";

/** The key of a request: `api-key` as at Azure or `Authorization: Bearer`, whichever is there, on every address. */
export function presentedKey(headers: IncomingHttpHeaders): string | undefined {
  const own = headers["api-key"];
  if (typeof own === "string" && own !== "") return own;
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "");
  return bearer?.[1];
}
