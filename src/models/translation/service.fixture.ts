import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export type ServiceRequest = {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON or form fields. */
  readonly body: unknown;
};

export type ServiceAnswer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, a text as it is. */
  readonly body?: unknown;
  /** Breaks the connection off after half of the body. */
  readonly cut?: boolean;
};

/** A small server that answers as a test says, and what it was asked. */
export type TestService = AsyncDisposable & {
  readonly url: string;
  readonly requests: readonly ServiceRequest[];
};

export async function testService(
  answer: (request: ServiceRequest, index: number) => ServiceAnswer | undefined,
): Promise<TestService> {
  const requests: ServiceRequest[] = [];
  const server: Server = createServer((incoming, response) => {
    const pieces: Uint8Array[] = [];
    incoming.on("data", (piece: Uint8Array) => pieces.push(piece));
    incoming.on("end", () => {
      const text = Buffer.concat(pieces).toString("utf8");
      const isForm = incoming.headers["content-type"]?.includes("urlencoded") === true;
      const body: unknown = isForm
        ? Object.fromEntries(new URLSearchParams(text))
        : text === ""
          ? undefined
          : JSON.parse(text);
      const request = {
        method: incoming.method ?? "",
        path: incoming.url ?? "",
        headers: incoming.headers,
        body,
      };
      const said = answer(request, requests.push(request) - 1);
      // Nothing said: the server does not answer at all.
      if (said === undefined) return;
      const out = typeof said.body === "string" ? said.body : JSON.stringify(said.body ?? null);
      const length = Buffer.byteLength(out);
      response.writeHead(said.status ?? 200, { "content-length": length, ...said.headers });
      if (said.cut === true) response.write(out.slice(0, out.length / 2), () => response.destroy());
      else response.end(out);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
