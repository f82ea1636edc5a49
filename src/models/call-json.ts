/** A call to a service that answers in JSON. */
export type JsonCall = {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON by POST; without it the call is a GET. */
  readonly json?: unknown;
  /** Sent as a form by POST. */
  readonly form?: Readonly<Record<string, string>>;
  /** Sent as a form with files by POST. */
  readonly multipart?: FormData;
  readonly signal?: AbortSignal | undefined;
};

/** A failed answer in the form that the room's judge of failures reads. */
export class CallFailure extends Error {
  readonly url: string;
  readonly statusCode: number | undefined;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string | undefined;

  constructor(message: string, url: string, response?: Response, body?: string, cause?: unknown) {
    super(message, { cause });
    this.url = url;
    this.statusCode = response?.ok === false ? response.status : undefined;
    this.responseHeaders = response === undefined ? {} : Object.fromEntries(response.headers);
    this.responseBody = body;
  }
}

/** Calls once and gives the JSON of the answer. Whatever goes wrong, an abort too, is a `CallFailure` with texts scrubbed. */
export async function callJson(call: JsonCall, scrub: (text: string) => string): Promise<unknown> {
  const { url, signal } = call;
  const { body, headers } = await bodyOf(call);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: body === undefined ? "GET" : "POST",
      headers,
      redirect: "error",
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    });
    text = scrub(await response.text());
  } catch (thrown) {
    const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
    const reason = cause instanceof Error && cause.message !== "" ? cause.message : String(thrown);
    throw new CallFailure(scrub(reason), bare(url));
  }
  if (!response.ok) throw new CallFailure(response.statusText, bare(url), response, text);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new CallFailure("its answer was cut off or is not JSON", bare(url), response, text.slice(0, 200));
  }
}

type Body = {
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
  readonly headers: Readonly<Record<string, string>>;
};

async function bodyOf({ headers = {}, json, form, multipart }: JsonCall): Promise<Body> {
  if (multipart !== undefined) {
    // As bytes: a server that hangs up on a form that is still being made ends Node 24 with an unhandled rejection.
    const encoded = new Response(multipart);
    const body = new Uint8Array(await encoded.arrayBuffer());
    return { body, headers: { "content-type": encoded.headers.get("content-type") ?? "", ...headers } };
  }
  if (json !== undefined)
    return { body: JSON.stringify(json), headers: { "content-type": "application/json", ...headers } };
  if (form === undefined) return { body: undefined, headers };
  const type = "application/x-www-form-urlencoded";
  return { body: new URLSearchParams(form).toString(), headers: { "content-type": type, ...headers } };
}

function bare(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
