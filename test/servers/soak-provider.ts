import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** What a caller does, and what the provider does to its call; both read it from the call itself. */
export type SoakKind =
  | "stream"
  | "whole"
  | "slow reader"
  | "thrifty"
  | "leaves early"
  | "leaves midway"
  | "reset early"
  | "reset midway"
  | "malformed"
  | "limited"
  | "failing";

export type SoakPlan = {
  readonly id: number;
  readonly kind: SoakKind;
  readonly frames: number;
};

/** What the provider says that it served. */
export type ServedCall = SoakPlan & { readonly inputTokens: number; readonly outputTokens: number };

export type SoakProvider = {
  readonly url: string;
  /** Calls whose answer was sent to its end with a count of tokens. */
  readonly served: ServedCall[];
  /** How often each call came. */
  readonly came: Map<number, number>;
  /** Frames that were written for each call. */
  readonly written: Map<number, number>;
  readonly close: () => Promise<void>;
};

/** A count that no other call has, so that one that is billed twice or under another's number is seen. */
export function tokensOf({ id, kind, frames }: SoakPlan): { inputTokens: number; outputTokens: number } {
  return { inputTokens: kind === "thrifty" ? 400 : 100 + id, outputTokens: frames };
}

/** A provider that answers each call as the plan in its message says. */
export async function startSoakProvider(random: () => number): Promise<SoakProvider> {
  const served: ServedCall[] = [];
  const [came, written] = [new Map<number, number>(), new Map<number, number>()];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (piece: string) => {
      body += piece;
    });
    request.on("end", () => {
      const { messages } = JSON.parse(body) as { messages: { content: string }[] };
      const plan = JSON.parse(messages[0]!.content.split("|")[0]!) as SoakPlan;
      came.set(plan.id, (came.get(plan.id) ?? 0) + 1);
      const onFrame = (): void => void written.set(plan.id, (written.get(plan.id) ?? 0) + 1);
      const onServed = (): void => void served.push({ ...plan, ...tokensOf(plan) });
      void answer(plan, response, { random, onFrame, onServed });
    });
  });
  server.keepAliveTimeout = 1_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", 4_096, resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    served,
    came,
    written,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Watch = {
  readonly random: () => number;
  readonly onFrame: () => void;
  readonly onServed: () => void;
};

async function answer(plan: SoakPlan, response: ServerResponse, watch: Watch): Promise<void> {
  const { kind } = plan;
  const error = (status: number, headers: object): void => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end('{"error":{"message":"no","type":"server_error","param":null,"code":null}}');
  };
  if (kind === "limited") error(429, { "retry-after-ms": "20" });
  else if (kind === "failing") error(500, {});
  else if (kind === "reset early") {
    await pause(watch.random() * 20);
    response.destroy();
  } else if (kind === "leaves early") {
    // Longer than the caller waits.
    await Promise.race([pause(20_000, undefined, { ref: false }), closed(response)]);
    response.destroy();
  } else if (kind === "whole") {
    await pause(watch.random() * 8_000);
    const body = { ...head, object: "chat.completion", choices: [choice({ message: text(plan) })] };
    response.writeHead(200, { "content-type": "application/json" });
    watch.onServed();
    response.end(JSON.stringify({ ...body, usage: usageOf(plan) }));
  } else if (kind === "malformed") await sendMalformed(plan, response, watch);
  else await sendStream(plan, response, watch);
}

async function sendStream(plan: SoakPlan, response: ServerResponse, watch: Watch): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  const filler = plan.kind === "slow reader" ? "x".repeat(16_000) : "x";
  for (let at = 0; at < plan.frames; at++) {
    await pause(watch.random() * 700);
    if (response.destroyed) return;
    if (plan.kind === "reset midway" && at >= plan.frames / 2) {
      response.destroy();
      return;
    }
    watch.onFrame();
    response.write(frame({ ...head, choices: [choice({ delta: { content: `${filler}${at}` } })] }));
  }
  if (response.destroyed) return;
  watch.onServed();
  // In pieces that are cut anywhere.
  const rest = `${frame({ ...head, choices: [], usage: usageOf(plan) })}data: [DONE]\n\n`;
  const cut = Math.floor(watch.random() * rest.length);
  response.write(rest.slice(0, cut));
  await pause(1);
  response.end(rest.slice(cut));
}

const nonsense = [
  "data: {not json\n\n",
  ": a comment\n\n",
  "event: ping\nretry: 3\n\n",
  "data: null\r\n\r\n",
  'data: {"usage":"many"}\n\n',
  'data: {"choices":[],"usage":{"prompt_tokens":-1}}\n\n',
  "data:\n\n\n\n",
  "\u0000\u0001 no field at all\n\n",
  `data: ${"y".repeat(70_000)}\n\n`,
];

/** Ends without a count and without saying that it ends, in the middle of a frame. */
async function sendMalformed(plan: SoakPlan, response: ServerResponse, watch: Watch): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (let at = 0; at < plan.frames; at++) {
    await pause(watch.random() * 500);
    watch.onFrame();
    response.write(nonsense[Math.floor(watch.random() * nonsense.length)]);
  }
  response.end('data: {"choices":[{"delta":{"content":"cut');
}

const head = { id: "c", object: "chat.completion.chunk", created: 1, model: "m" };
const choice = (more: object): object => ({ index: 0, finish_reason: null, ...more });
const text = ({ id }: SoakPlan): object => ({ role: "assistant", content: `answer ${id}` });
const frame = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;

function usageOf(plan: SoakPlan): object {
  const { inputTokens, outputTokens } = tokensOf(plan);
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
}

function closed(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => response.once("close", () => resolve()));
}
