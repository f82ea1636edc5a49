import { BadRequestError, ServerError, TandemError } from "../../../errors.ts";

/** A join link, taken apart. */
export type LiveLink = {
  /** The part after the `#`: whoever has it is a participant of that side. */
  readonly token: string;
  readonly socketUrl: string;
  /** The address of something under `/api/live/`. */
  readonly apiUrl: (path: string) => string;
};

/** Reads `https://host/live/#TOKEN`. Throws `BadRequestError` for anything else. */
export function parseLiveLink(text: string): LiveLink {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const token = url?.hash.slice(1) ?? "";
  if (url === undefined || !/^https?:$/.test(url.protocol) || !/^[\w.~-]{8,200}$/.test(token)) {
    throw new BadRequestError(`"${text.replace(/#.*/s, "#…")}" is not a join link`, {
      hint: "give the whole link in quotes, with the part after the #: https://host/live/#TOKEN",
    });
  }
  url.hash = "";
  const base = new URL(url.pathname.endsWith("/") ? "../" : "./", url);
  const socket = new URL("api/live/socket", base);
  socket.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return {
    token,
    socketUrl: socket.href,
    apiUrl: (path) => new URL(`api/live/${path}`, base).href,
  };
}

export type LiveCall = {
  readonly url: string;
  /** Sent as `Authorization: Bearer`. */
  readonly secret: string;
  /** Sent as JSON by POST; without it the call is a GET. */
  readonly json?: object;
  readonly signal: AbortSignal;
};

/** Calls the server; a refusal becomes an error with the server's own words and hint. */
export async function callLiveServer({ url, secret, json, signal }: LiveCall): Promise<Response> {
  const { origin } = new URL(url);
  let response: Response;
  try {
    response = await fetch(url, {
      method: json === undefined ? "GET" : "POST",
      headers: {
        authorization: `Bearer ${secret}`,
        ...(json !== undefined && { "content-type": "application/json" }),
      },
      redirect: "error",
      signal,
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
  } catch (cause) {
    signal.throwIfAborted();
    throw new ServerError(`the server at ${origin} cannot be reached`, {
      hint: "check the address, and that it runs: tandem serve",
      cause,
    });
  }
  if (response.ok) return response;
  throw await refusal(response, origin);
}

async function refusal(response: Response, origin: string): Promise<TandemError> {
  const body = (await response.json().catch(() => ({}))) as { error?: { message?: unknown; hint?: unknown } };
  const said =
    typeof body.error?.message === "string" ? body.error.message : `it answered ${response.status}`;
  const hint = typeof body.error?.hint === "string" ? body.error.hint : undefined;
  const code = response.status === 404 ? "not-found" : response.status < 500 ? "refused" : "server-failed";
  return new TandemError(
    code,
    `the server at ${origin} refused: ${said}`,
    hint === undefined ? {} : { hint },
  );
}
