import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Agent } from "undici";
import { OPERATIONS } from "../../models/deployments/operations.ts";
import { createRouter } from "../../models/deployments/router.ts";
import type { Deployment, Target } from "../../models/deployments/types.ts";
import { openServer } from "../server/open-server.ts";
import type { LogTarget } from "../server/server-log.ts";
import type { Gateway } from "./gateway.ts";
import { type ApiParts, gatewayMount } from "./gateway-mount.ts";
import type { AdmissionRequest, Admissions, UsedCall } from "./types.ts";

/** A request as a provider saw it. */
export type SeenRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
};

export type Upstream = {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** Answers the next requests; set it anew at will. */
  answer: (request: SeenRequest, response: ServerResponse) => void;
  readonly close: () => Promise<void>;
};

/** A provider on this machine that answers as a test says. */
export async function startUpstream(answer: Upstream["answer"]): Promise<Upstream> {
  const seen: SeenRequest[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("latin1");
      const { method = "", url = "", headers } = request;
      const one = { method, url, headers, body };
      seen.push(one);
      upstream.answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const upstream: Upstream = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answer,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return upstream;
}

/** Answers JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: object = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

export const chatAnswer = (text: string): object => ({
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1_700_000_000,
  model: "upstream-model",
  choices: [
    {
      index: 0,
      message: { role: "assistant", content: text, refusal: null },
      finish_reason: "stop",
      logprobs: null,
    },
  ],
  usage: { prompt_tokens: 11, completion_tokens: 3, total_tokens: 14 },
});

export type TestGateway = {
  readonly url: string;
  readonly admitted: AdmissionRequest[];
  readonly settled: UsedCall[];
  readonly released: number[];
  readonly gateway: Gateway;
  readonly close: () => Promise<void>;
};

/** A gateway over these targets that admits the key `good`; counts what it settles and releases. */
export async function startGateway(
  targets: readonly Target[],
  options: {
    readonly deployment?: Partial<Deployment>;
    readonly gateway?: Partial<Gateway>;
    /** Where the server's log goes. Defaults to nowhere. */
    readonly log?: LogTarget;
    readonly parts?: ApiParts | ((gateway: Gateway) => ApiParts);
  } = {},
): Promise<TestGateway> {
  const [admitted, settled, released]: [AdmissionRequest[], UsedCall[], number[]] = [[], [], []];
  const admissions: Admissions = {
    admit: (request) => {
      admitted.push(request);
      if (request.secret !== "good" && request.keyId !== "key-1") {
        const message = "Incorrect API key provided.";
        return { kind: "refused", status: 401, code: "invalid_api_key", message, rate: {} };
      }
      let isOver = false;
      const once = (run: () => void): void => {
        if (!isOver) run();
        isOver = true;
      };
      return {
        kind: "admitted",
        caller: { keyId: "key-1", projectId: "project-1", scopes: [] },
        rate: { limitRequests: 10, remainingRequests: 9, resetRequestsMs: 12 },
        reservation: {
          settle: (used) => once(() => settled.push(used)),
          release: () => once(() => released.push(1)),
        },
      };
    },
  };
  const deployment: Deployment = { name: "gpt", operations: OPERATIONS, targets, ...options.deployment };
  const dispatcher = new Agent({ keepAliveTimeout: 1_000 });
  const gateway: Gateway = {
    router: createRouter([deployment], { now: Date.now, random: () => 0 }),
    admissions,
    dispatcher,
    answerHere: () => Promise.reject(new Error("nothing is embedded here")),
    patienceMs: 200,
    firstByteTimeoutMs: 5_000,
    idleTimeoutMs: 5_000,
    ...options.gateway,
  };
  const { parts = {} } = options;
  const mount = gatewayMount(gateway, typeof parts === "function" ? parts(gateway) : parts);
  const server = await openServer({
    mounts: [mount],
    patience: 100,
    ...(options.log !== undefined && { log: options.log }),
  });
  return {
    url: server.url,
    admitted,
    settled,
    released,
    gateway,
    close: async () => {
      await server.close();
      await dispatcher.close();
    },
  };
}
