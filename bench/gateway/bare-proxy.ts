import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Agent, type Dispatcher } from "undici";

// The least that a proxy on Node can be: node:http in front, undici behind, no key, no count. Argument: the provider.
const [origin = ""] = process.argv.slice(2);
const agent = new Agent();

class Pass implements Dispatcher.DispatchHandler {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  onRequestStart(): void {}

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    { "content-type": type, "content-length": length }: Record<string, string | string[] | undefined>,
  ): void {
    const headers: Record<string, string | string[]> = {};
    if (type !== undefined) headers["content-type"] = type;
    if (length !== undefined) headers["content-length"] = length;
    this.#response.writeHead(status, headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, bytes: Buffer): void {
    if (this.#response.write(bytes)) return;
    controller.pause();
    this.#response.once("drain", () => controller.resume());
  }

  onResponseEnd(): void {
    this.#response.end();
  }

  onResponseError(): void {
    this.#response.destroy();
  }
}

const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on("data", (piece: Buffer) => pieces.push(piece));
  request.on("end", () => {
    const body = Buffer.concat(pieces);
    const headers = { "content-type": "application/json", "content-length": String(body.length) };
    agent.dispatch({ origin, path: request.url ?? "/", method: "POST", headers, body }, new Pass(response));
  });
});
server.listen(0, "127.0.0.1", () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.on("disconnect", () => process.exit());
