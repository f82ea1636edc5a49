import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  chatAnswer,
  sendJson,
  startUpstream,
  type Upstream,
} from "../../src/apps/gateway/gateway.fixture.ts";
import { operationWords } from "../../src/apps/gateway/wire/read-path.ts";
import { OPERATIONS } from "../../src/models/deployments/operations.ts";
import { openaiProblems } from "./openai-schemas.ts";
import { type ServedGateway, serveGateway } from "./served-gateway.fixture.ts";

/** Stands in every text that is sent; nothing that is logged may hold it. */
const CANARY = "canary-5c1d77";
const PROVIDER_KEY = "provider-key-9a31";

let upstream: Upstream;
let gateway: ServedGateway;
let secret: string;

beforeAll(async () => {
  const length = { "content-length": JSON.stringify(chatAnswer("Hi")).length };
  upstream = await startUpstream((request, response) => {
    if (!/"stream"\s*:\s*true/.test(request.body)) sendJson(response, 200, chatAnswer("Hi"), length);
    else {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(`data: ${JSON.stringify({ choices: [] })}\n\ndata: [DONE]\n\n`);
    }
  });
  gateway = await serveGateway([
    {
      name: "gpt",
      operations: OPERATIONS,
      targets: [
        {
          id: "a",
          provider: "openai-compatible",
          model: "m",
          baseUrl: `${upstream.url}/v1`,
          apiKey: PROVIDER_KEY,
        },
      ],
    },
  ]);
  secret = await gateway.newKey();
});

afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await upstream.close();
});

/** Still serves, and has logged nothing that is somebody's. */
async function stillServes(): Promise<void> {
  const answer = await fetch(`${gateway.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify({ model: "gpt", messages: [{ role: "user", content: CANARY }] }),
  });
  expect(answer.status).toBe(200);
  await answer.arrayBuffer();
  const log = gateway.logged();
  expect(log.length).toBeGreaterThan(0);
  for (const each of [CANARY, secret, secret.slice(4, 30), PROVIDER_KEY]) expect(log).not.toContain(each);
}

/** What no request may get. */
function checkAnswer(status: number, body: string, told: string): void {
  if (status >= 500 && !(status === 501 && body.includes("not_implemented")))
    throw new Error(`${status} for ${told}: ${body.slice(0, 300)}`);
  expect(body).not.toContain(PROVIDER_KEY);
  if (status < 400) return;
  const { error } = JSON.parse(body) as { error: Record<string, unknown> };
  expect(openaiProblems("ErrorResponse", { error }), `${status} for ${told}: ${body.slice(0, 300)}`).toEqual(
    [],
  );
}

const shapes = ["/v1/", "/openai/v1/", "/openai/deployments/gpt/", "/openai/"] as const;
const words = [
  ...OPERATIONS.map(operationWords),
  "models",
  "models/gpt",
  "files",
  "files/file-1",
  "files/file-1/content",
  "batches",
  "batches/batch_1",
  "batches/batch_1/cancel",
  "fine_tuning/jobs",
  "organization/usage/completions",
  "organization/costs",
] as const;

const queries = fc.constantFrom(
  "",
  "?api-version=2024-10-21",
  "?api-version=2024-10-21&api-version=x",
  "?api-version=",
  "?limit=0&order=up&after=x",
  "?limit=1e9&purpose=%00",
  "?start_time=-1&end_time=abc&bucket_width=2y&limit=x",
  "?start_time=99999999999999999999",
  "?start_time=1&page=zz&group_by[]=x&group_by=model",
  "?a=%ff&%=?&&=",
);
const addresses = fc
  .tuple(fc.constantFrom(...shapes), fc.constantFrom<string>(...words), queries)
  .map((parts) => parts.join(""));

const strings = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom(
    "",
    "gpt",
    "__proto__",
    "\u0000",
    "\ud800",
    "data:,x",
    CANARY,
    "../../etc",
    "9".repeat(400),
  ),
  fc.constant("long ".repeat(20_000)),
);
const leaves = fc.oneof(
  strings,
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.double(),
  fc.constantFrom(-1, 0, 1e308, 9_007_199_254_740_991, 1e-9),
);
const { value: values } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaves,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string({ maxLength: 12 }), tie("value"), { maxKeys: 4 }),
  ),
}));

const fields = [
  ...[
    "model",
    "messages",
    "input",
    "prompt",
    "stream",
    "stream_options",
    "max_tokens",
    "max_completion_tokens",
  ],
  ...["n", "best_of", "tools", "tool_choice", "response_format", "instructions", "metadata", "temperature"],
  ...["user", "file", "image", "voice", "text", "encoding_format", "dimensions", "logit_bias", "stop"],
  ...["input_file_id", "endpoint", "completion_window", "purpose", "__proto__", "constructor", "unknown"],
] as const;
const goodBody = {
  model: "gpt",
  messages: [{ role: "user", content: CANARY }],
  input: CANARY,
  prompt: CANARY,
};
const nested = (depth: number): string =>
  `{"model":"gpt","messages":${"[".repeat(depth)}${"]".repeat(depth)}}`;
const jsonBodies = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .dictionary(fc.constantFrom(...fields), values, { maxKeys: 6 })
      .map((some) => JSON.stringify({ ...goodBody, ...some })),
  },
  { weight: 2, arbitrary: values.map((value) => JSON.stringify(value)) },
  fc.constantFrom(
    "",
    "{",
    "[]",
    '{"model":"gpt"',
    '{"model":"gpt"}x',
    "\ufeff{}",
    '{"model":"gpt","model":"other"}',
  ),
  fc.constantFrom(nested(100), nested(10_000), nested(200_000)),
);

const types = fc.constantFrom(
  "application/json",
  "application/json; charset=latin-1",
  "text/plain",
  "multipart/form-data",
  "multipart/form-data; boundary=",
  "multipart/form-data; boundary=x",
  'multipart/form-data; boundary="x',
  "application/x-www-form-urlencoded",
  "nonsense",
  "",
  "a/b; c=\u00e9",
);
const formBodies = fc
  .array(
    fc.constantFrom(
      "--x\r\n",
      "--x--\r\n",
      "--x",
      'content-disposition: form-data; name="model"\r\n\r\ngpt\r\n',
      'content-disposition: form-data; name="purpose"\r\n\r\nbatch\r\n',
      `content-disposition: form-data; name="file"; filename="${CANARY}.wav"\r\n\r\n${CANARY}\r\n`,
      "content-disposition: form-data; name=\"file\"; filename*=UTF-8''%ff\r\n\r\n\r\n",
      'content-disposition: form-data; name="stream"\r\n\r\ntrue\r\n',
      "content-disposition: \r\n\r\n",
      "\r\n\r\n",
      "\u0000\u0001",
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

const bodies = fc.oneof(
  { weight: 5, arbitrary: jsonBodies.map((text) => Buffer.from(text)) },
  { weight: 2, arbitrary: formBodies.map((text) => Buffer.from(text, "latin1")) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(Buffer.from(`{"model":"gpt","input":"${CANARY} \xff\xc3"}`, "latin1")),
  },
);

const keys = fc.constantFrom<Readonly<Record<string, string>>>(
  {},
  { authorization: "Bearer SECRET" },
  { authorization: "bearer   SECRET" },
  { "api-key": "SECRET" },
  { "api-key": "wrong", authorization: "Bearer SECRET" },
  { authorization: "Basic SECRET" },
  { authorization: `Bearer tdm_${"A".repeat(43)}` },
  { "api-key": "x".repeat(8_000) },
);
const oddHeaders = fc.dictionary(
  fc.constantFrom(
    "x-tandem-job",
    "x-tandem-data-policy",
    "accept",
    "origin",

    "cookie",
    "x-request-id",
    "range",
    "host",
  ),
  fc.constantFrom(
    "",
    "x",
    "*",
    "local-only",
    "100-continue",
    "bytes=0-",
    "a".repeat(500),
    "\u00e9",
    `${CANARY}`,
    "gzip, deflate",
  ),
  { maxKeys: 3 },
);
const methods = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("POST") },
  { weight: 3, arbitrary: fc.constantFrom("GET", "DELETE", "HEAD", "PUT", "PATCH", "OPTIONS") },
);

/** Sends bytes as they are and gives back what comes, as far as it comes. */
function exchange(bytes: Buffer, isOver: (got: string) => boolean): Promise<string> {
  return new Promise((resolve) => {
    const { port, hostname } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    let got = "";
    const end = (): void => {
      socket.destroy();
      resolve(got);
    };
    socket.setTimeout(5_000, end).on("error", end).on("close", end);
    socket.on("data", (piece) => {
      got += piece.toString("latin1");
      if (isOver(got)) end();
    });
    socket.write(bytes);
  });
}

type Answer = { readonly status: number; readonly body: string };

/** The answers in what a connection gave; a body is as long as its header says or ends with the connection. */
function answersIn(got: string): readonly Answer[] {
  const found: Answer[] = [];
  for (let rest = got; ; ) {
    const head = /^HTTP\/1\.1 (\d{3}) [^\r]*\r\n([\s\S]*?)\r\n\r\n/.exec(rest);
    if (head === null) return found;
    const [whole, status = "", headers = ""] = head;
    const length = /^content-length: (\d+)\r?$/im.exec(headers)?.[1];
    const size = length === undefined ? Number.POSITIVE_INFINITY : Number(length);
    const body = Buffer.from(rest.slice(whole.length, whole.length + size), "latin1").toString("utf8");
    if (status !== "100") found.push({ status: Number(status), body });
    if (length === undefined && status !== "204" && status !== "100") return found;
    rest = rest.slice(whole.length + (length === undefined ? 0 : size));
  }
}

function requestBytes(
  method: string,
  target: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): Buffer {
  const all = { host: "localhost", connection: "close", ...headers, "content-length": String(body.length) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([
    Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join("")}\r\n`, "latin1"),
    body,
  ]);
}

const runs = { numRuns: 700, seed: 20_261_123 } as const;

describe("requests of every kind", () => {
  it("get an answer, an error in OpenAI's shape at worst, and never one of ours above 500", async () => {
    const seen = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(
        addresses,
        methods,
        keys,
        types,
        oddHeaders,
        bodies,
        async (address, method, key, type, odd, body) => {
          const given = Object.fromEntries(
            Object.entries(key).map(([name, value]) => [name, value.replace("SECRET", secret)]),
          );
          const headers = { ...odd, "content-type": type, ...given };
          const got = await exchange(requestBytes(method, address, headers, body), () => false);
          const told = `${method} ${address} ${JSON.stringify(headers)} ${body.toString("latin1").slice(0, 300)}`;
          const [answer] = answersIn(got);
          if (answer === undefined) throw new Error(`no answer for ${told}: ${got.slice(0, 200)}`);
          seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
          if (method !== "HEAD") checkAnswer(answer.status, answer.body, told);
        },
      ),
      runs,
    );
    // The arbitrary requests reach what they should: some are good, some are refused for each reason.
    for (const status of [200, 400, 401, 404]) expect(seen.get(status) ?? 0, `${status}`).toBeGreaterThan(10);
    await stillServes();
  });
});

const paths = fc.oneof(
  fc.constantFrom(
    ...["/v1", "/v1/", "/v1//chat/completions", "/v1/chat%2Fcompletions", "/v1/../v1/models", "/v1/./models"],
    ...["/openai/deployments//chat/completions", "/openai/deployments/%2F/chat/completions?api-version=1"],
    ...[
      "/openai/deployments/%zz/embeddings",
      "/openai/deployments/gpt",
      "/openai",
      "/v1/models/%E0%A4%A",
      "/v1/%",
    ],
    ...[
      "/v1/models/%2e%2e%2fgpt",
      "/v1/files/../../etc/passwd",
      "/v1/chat/completions/",
      "/v1/chat/completions?a?b#c",
    ],
    ...[
      "/v1/models;x=1",
      "/v1/models/gpt%00",
      `/v1/models/${"a".repeat(3_000)}`,
      "http://elsewhere/v1/models",
    ],
    ...[
      "/V1/models",
      "/v1/models?api-version=%",
      "/openai/v1/deployments/gpt/chat/completions",
      "/v1/files/%20",
    ],
  ),
  fc.webPath().map((path) => `/v1${path}`),
  fc.string({ maxLength: 60 }).map((text) => `/v1/${encodeURI(text.toWellFormed()).replace(/\s/g, "")}`),
);

describe("addresses of every kind", () => {
  it("are refused in OpenAI's shape where nothing is served", async () => {
    await fc.assert(
      fc.asyncProperty(paths, methods, async (path, method) => {
        const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
        const got = await exchange(requestBytes(method, path, headers, Buffer.from("{}")), () => false);
        const [answer] = answersIn(got);
        if (answer === undefined) throw new Error(`no answer for ${method} ${path}: ${got.slice(0, 200)}`);
        const isApi = /^\/(v1|openai)\//.test(path);
        if (method !== "HEAD" && isApi) checkAnswer(answer.status, answer.body, `${method} ${path}`);
        else expect(answer.status).toBeLessThan(500);
      }),
      { ...runs, numRuns: 300 },
    );
    await stillServes();
  });
});

describe("connections of every kind", () => {
  const good = (): string =>
    requestBytes(
      "POST",
      "/v1/chat/completions",
      { connection: "keep-alive", authorization: `Bearer ${secret}`, "content-type": "application/json" },
      Buffer.from(JSON.stringify(goodBody)),
    ).toString("latin1");

  it("give pipelined requests their answers in order", async () => {
    const key = `authorization: Bearer ${secret}\r\nhost: x\r\n`;
    const list = `GET /v1/models HTTP/1.1\r\n${key}\r\n`;
    const unknown = `GET /v1/models/none HTTP/1.1\r\n${key}\r\n`;
    const got = await exchange(
      Buffer.from(good() + unknown + list + good(), "latin1"),
      (text) => answersIn(text).length === 4 && answersIn(text)[3]!.body.endsWith("}"),
    );
    expect(answersIn(got).map(({ status }) => status)).toEqual([200, 404, 200, 200]);
    await stillServes();
  });

  it("that break HTTP are refused or closed, and nothing stops", async () => {
    const broken = [
      "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n{}",
      "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n{}\r\n",
      "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\ncontent-length: 4\r\n\r\n0\r\n\r\n",
      "POST /v1/chat/completions HTTP/1.1\r\ncontent-length: 2\r\n\r\n{}",
      "post /v1/chat/completions HTTP/1.1\r\nhost: x\r\n\r\n",
      "GET /v1/models HTTP/1.0\r\n\r\n",
      "GET /v1/models HTTP/9.9\r\nhost: x\r\n\r\n",
      "GET /v1/models\r\n\r\n",
      `GET /v1/models HTTP/1.1\r\nhost: x\r\n${"a: b\r\n".repeat(3_000)}\r\n`,
      `GET /v1/models HTTP/1.1\r\nhost: x\r\nx: ${"y".repeat(20_000)}\r\n\r\n`,
      `GET /v1/models HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${CANARY}\u0001\r\n\r\n`,
      `GET /v1/${"z".repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
      "\u0016\u0003\u0001\u0002\u0000\u0001",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nexpect: much\r\ncontent-length: 2\r\n\r\n{}",
      `GET /v1/models HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n`,
    ];
    for (const text of broken) {
      const got = await exchange(Buffer.from(text, "latin1"), (each) => /\r\n\r\n/.test(each));
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(got)?.[1] ?? 400);
      expect([status, text.slice(0, 60)]).toEqual([
        expect.toSatisfy((each) => each >= 400 && each < 500),
        text.slice(0, 60),
      ]);
    }
    await stillServes();
  }, 60_000);

  it("that leave in the middle of a request change nothing", async () => {
    const whole = Buffer.from(good(), "latin1");
    for (let cut = 1; cut < whole.length; cut += Math.ceil(whole.length / 25)) {
      const { port, hostname } = new URL(gateway.url);
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), hostname, () => {
          socket.write(whole.subarray(0, cut), () => {
            socket.resetAndDestroy();
            resolve();
          });
        });
        socket.on("error", () => resolve());
      });
    }
    await stillServes();
  });
});
