import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { chatAnswer, streamFrames } from "./answers.ts";

// A provider with one fixed answer, in a process of its own. A model named `paced` takes 5 ms for each frame.
const answer = Buffer.from(JSON.stringify(chatAnswer));
const frames = streamFrames.map((frame) => Buffer.from(frame));

const server = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8").on("data", (piece: string) => {
    body += piece;
  });
  request.on("end", () => {
    if (!body.includes('"stream":true')) {
      const headers = { "content-type": "application/json", "content-length": answer.length };
      response.writeHead(200, headers).end(answer);
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    const isPaced = /"model":"paced/.test(body);
    sendFrom(response, 0, isPaced ? (next) => setTimeout(next, 5) : setImmediate);
  });
});
server.listen(0, "127.0.0.1", () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.on("disconnect", () => process.exit());

/** One frame in a turn of the loop, so that each is sent alone. */
function sendFrom(response: ServerResponse, at: number, later: (next: () => void) => unknown): void {
  if (response.destroyed) return;
  const frame = frames[at];
  if (frame === undefined) {
    response.end();
    return;
  }
  response.write(frame);
  later(() => sendFrom(response, at + 1, later));
}
