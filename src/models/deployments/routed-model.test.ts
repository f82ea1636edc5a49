import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { BadRequestError, ModelError } from "../../errors.ts";
import type { LanguageModel, StreamPart } from "../language-model.ts";
import { type Script, scriptedModel } from "../scripted.ts";
import { connectTarget } from "./connect-target.ts";
import { type RoutedAttempt, type RoutedModelOptions, routedModel } from "./routed-model.ts";
import { createRouter } from "./router.ts";
import type { Deployment, Target } from "./types.ts";

const target = (id: string, more: Partial<Target> = {}): Target => ({
  id,
  provider: "openai-compatible",
  model: "m",
  ...more,
});

/** As the AI SDK's connectors fail: a ModelError whose cause carries what the server said. */
const httpFailure = (statusCode: number, more: { code?: string; retryAfterMs?: number } = {}): ModelError =>
  new ModelError("model-failed", `failed ${statusCode}`, {
    cause: {
      statusCode,
      responseBody: JSON.stringify({ error: { code: more.code ?? null, message: "no" } }),
      responseHeaders: more.retryAfterMs === undefined ? {} : { "retry-after-ms": `${more.retryAfterMs}` },
    },
  });

const request = { messages: [{ role: "user", content: "hello there" }] } as const;

type Setup = {
  readonly model: LanguageModel;
  readonly attempts: RoutedAttempt[];
  readonly slept: number[];
  readonly clock: { now: number };
};

/** Targets tried in the order given, each with a script; time passes only by sleeping. */
function setUp(
  scripts: Readonly<Record<string, Script>>,
  more: RoutedModelOptions & { readonly deployment?: Partial<Deployment>; readonly targets?: Target[] } = {},
): Setup {
  const clock = { now: 1_000_000 };
  const attempts: RoutedAttempt[] = [];
  const slept: number[] = [];
  const targets = more.targets ?? Object.keys(scripts).map((id, order) => target(id, { order }));
  const deployment: Deployment = { name: "d", operations: ["chat"], targets, ...more.deployment };
  const now = (): number => clock.now;
  const router = createRouter([deployment], { now });
  const model = routedModel(router, deployment, async ({ id }) => scriptedModel(scripts[id] ?? [], { id }), {
    now,
    onAttempt: (attempt) => attempts.push(attempt),
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      clock.now += milliseconds;
    },
    ...more,
  });
  return { model, attempts, slept, clock };
}

const outcomes = (attempts: readonly RoutedAttempt[]): string[] =>
  attempts.map(({ target: to, outcome }) => `${to.id} ${outcome.kind}`);

async function collect(parts: AsyncIterable<StreamPart>): Promise<StreamPart[]> {
  const collected: StreamPart[] = [];
  for await (const part of parts) collected.push(part);
  return collected;
}

describe("a routed model", () => {
  it("goes on at the next target, and tells what both attempts used", async () => {
    const { model, attempts, slept } = setUp({ a: () => new TypeError("terminated"), b: ["fine"] });
    expect((await model.generate(request)).text).toBe("fine");
    expect(outcomes(attempts)).toEqual(["a failed", "b answered"]);
    expect(attempts[0]).toMatchObject({ isEstimate: true, usage: { outputTokens: 0 } });
    expect(attempts[0]!.usage.inputTokens).toBeGreaterThan(0);
    expect(attempts[1]).toMatchObject({ isEstimate: false });
    expect(slept).toEqual([]);
  });

  it.each([
    [401, undefined],
    [404, undefined],
    [429, "insufficient_quota"],
    [429, undefined],
    [503, undefined],
    [400, "context_length_exceeded"],
  ])("leaves a target that says %s %s for the next, and bills nothing", async (status, code) => {
    const failure = httpFailure(status, code === undefined ? {} : { code });
    const { model, attempts } = setUp({ a: () => failure, b: ["fine"] });
    expect((await model.generate(request)).text).toBe("fine");
    expect(attempts[0]?.usage).toEqual({ inputTokens: 0, outputTokens: 0 });
  });

  it("takes a refused request and a content filter's refusal as final", async () => {
    for (const failure of [
      httpFailure(400),
      httpFailure(400, { code: "content_filter" }),
      new BadRequestError("no"),
    ]) {
      const { model, attempts } = setUp({ a: () => failure, b: ["never"] });
      await expect(model.generate(request)).rejects.toBe(failure);
      expect(outcomes(attempts)).toEqual(["a failed"]);
    }
  });

  it("waits exactly as long as the only target asked, and for a doubling pause otherwise", async () => {
    const limited = setUp({ a: [httpFailure(429, { retryAfterMs: 70 }), "fine"] });
    expect((await limited.model.generate(request)).text).toBe("fine");
    expect(limited.slept).toEqual([70]);
    const failing = setUp({ a: [httpFailure(500), httpFailure(502), "fine"] });
    expect((await failing.model.generate(request)).text).toBe("fine");
    expect(failing.slept).toEqual([500, 1_000]);
  });

  it("gives up with the last failure when attempts are used up, at once where waiting cannot help", async () => {
    const failing = setUp({ a: () => httpFailure(500), b: () => httpFailure(502) });
    await expect(failing.model.generate(request)).rejects.toThrow("failed 502");
    expect(failing.attempts).toHaveLength(4);
    const refused = setUp({ a: () => httpFailure(401) });
    await expect(refused.model.generate(request)).rejects.toThrow("failed 401");
    expect(refused.attempts).toHaveLength(1);
    const asleep = setUp({ a: () => httpFailure(429, { retryAfterMs: 120_000 }) });
    await expect(asleep.model.generate(request)).rejects.toThrow("failed 429");
    expect(asleep.slept).toEqual([]);
  });

  it("says when every target is out of reach instead of calling one", async () => {
    const { model, attempts } = setUp({ a: ["x"] }, { targets: [target("a", { contextTokens: 20 })] });
    await expect(model.generate(request)).rejects.toMatchObject({
      code: "model-failed",
      message: expect.stringContaining("no target of the deployment d"),
    });
    expect(attempts).toEqual([]);
  });

  it("streams from the next target when the first fails before its first part", async () => {
    const { model, attempts } = setUp({ a: () => httpFailure(500), b: ["one two three"] });
    const parts = await collect(model.stream(request));
    expect(parts.flatMap((part) => (part.kind === "text" ? [part.text] : [])).join("")).toBe("one two three");
    expect(parts.at(-1)?.kind).toBe("end");
    expect(outcomes(attempts)).toEqual(["a failed", "b answered"]);
  });

  it("does not go elsewhere after the first part, and counts what had come", async () => {
    const { attempts, model } = setUp({}, { targets: [target("a"), target("b", { order: 1 })] });
    const router = createRouter([{ name: "d", operations: ["chat"], targets: [target("a")] }], {
      now: () => 0,
    });
    const breaking = routedModel(
      router,
      router.deployments[0]!,
      async () => ({
        ...model,
        stream: async function* (): AsyncGenerator<StreamPart> {
          yield { kind: "text", text: "half of " };
          yield { kind: "text", text: "an answer" };
          throw new TypeError("terminated");
        },
      }),
      { onAttempt: (attempt) => attempts.push(attempt), now: () => 0 },
    );
    await expect(collect(breaking.stream(request))).rejects.toThrow("terminated");
    expect(outcomes(attempts)).toEqual(["a failed"]);
    expect(attempts[0]!.usage.outputTokens).toBeGreaterThan(2);
    expect(router.states("d")[0]).toMatchObject({ failures: 1, inFlight: 0 });
  });

  it("settles a stream whose reader leaves, and does not blame the target", async () => {
    const { model, attempts } = setUp({ a: ["one two three four"] });
    for await (const part of model.stream(request)) if (part.kind === "text") break;
    expect(attempts).toMatchObject([{ outcome: { kind: "answered" }, isEstimate: true }]);
  });

  it("rejects with the reason of an abort, without trying elsewhere or blaming anyone", async () => {
    const controller = new AbortController();
    const { model, attempts } = setUp({
      a: () => {
        controller.abort(new Error("enough"));
        return "late";
      },
      b: ["never"],
    });
    await expect(model.generate({ ...request, signal: controller.signal })).rejects.toThrow("enough");
    expect(attempts).toMatchObject([
      { target: { id: "a" }, outcome: { kind: "failed", isTargetFault: false } },
    ]);
  });

  it("goes on elsewhere when a target gives no answer in time", async () => {
    const { model, attempts } = setUp(
      {
        a: (asked) =>
          new Promise((_, reject) =>
            asked.signal?.addEventListener("abort", () => reject(asked.signal?.reason)),
          ),
        b: ["fine"],
      },
      { timeoutMs: 20 },
    );
    expect((await model.generate(request)).text).toBe("fine");
    expect(attempts[0]).toMatchObject({ outcome: { isTargetFault: true }, isEstimate: true });
  });

  it("is local only when every target that it may use is, and never opens another", async () => {
    const targets = [target("away"), target("here", { order: 1, isLocal: true, contextTokens: 4_096 })];
    const scripts = { away: ["away"], here: ["here"] };
    expect(setUp(scripts, { targets }).model.isLocal).toBe(false);
    const { model, attempts } = setUp(scripts, { targets, dataPolicy: "local-only" });
    expect(model).toMatchObject({ isLocal: true, contextTokens: 4_096 });
    expect((await model.generate(request)).text).toBe("here");
    expect(outcomes(attempts)).toEqual(["here answered"]);
    expect(() => setUp(scripts, { targets: [target("away")], dataPolicy: "local-only" })).toThrow(
      expect.objectContaining({ code: "no-model" }),
    );
  });

  it("closes the models that it opened, unless they are shared", async () => {
    let closed = 0;
    const counted = {
      ...scriptedModel(() => "fine"),
      [Symbol.asyncDispose]: async () => {
        closed += 1;
      },
    };
    const deployment: Deployment = { name: "d", operations: ["chat"], targets: [target("a")] };
    const router = createRouter([deployment], { now: () => 0 });
    for (const isShared of [true, false]) {
      const model = routedModel(router, deployment, async () => counted, { isShared });
      await Promise.all([model.generate(request), model.generate(request)]);
      await model[Symbol.asyncDispose]();
      expect(closed).toBe(isShared ? 0 : 1);
    }
  });

  it("goes to the next target when one cannot even be opened", async () => {
    const targets = [target("a", { provider: "openai" }), target("b", { order: 1 })];
    const router = createRouter([{ name: "d", operations: ["chat"], targets }], { now: () => 0 });
    const model = routedModel(router, router.deployments[0]!, async (to) =>
      to.id === "a" ? connectTarget(to) : scriptedModel(["fine"]),
    );
    expect((await model.generate(request)).text).toBe("fine");
  });
});

describe("a routed model over real connections", () => {
  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
  const serve = async (answer: (response: ServerResponse) => void): Promise<string> => {
    const server = createServer((incoming, response) => {
      incoming.resume().on("end", () => answer(response));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  };
  const chunk = (content: string): string =>
    `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta: { content } }] })}\n\n`;
  const completion = JSON.stringify({
    id: "c",
    object: "chat.completion",
    created: 1,
    model: "m",
    choices: [{ index: 0, message: { role: "assistant", content: "whole" }, finish_reason: "stop" }],
    usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
  });

  it("answers from the second server when the first dies in the middle, with one attempt at each", async () => {
    let calls = 0;
    const dying = await serve((response) => {
      calls += 1;
      response.writeHead(200, { "content-type": "application/json", "content-length": completion.length });
      response.write(completion.slice(0, 40), () => response.destroy());
    });
    const healthy = await serve((response) => {
      response.writeHead(200, { "content-type": "application/json" }).end(completion);
    });
    const targets = [target("a", { baseUrl: dying }), target("b", { baseUrl: healthy, order: 1 })];
    const attempts: RoutedAttempt[] = [];
    const router = createRouter([{ name: "d", operations: ["chat"], targets }], { now: Date.now });
    await using model = routedModel(router, router.deployments[0]!, connectTarget, {
      onAttempt: (attempt) => attempts.push(attempt),
    });
    const generation = await model.generate(request);
    expect(generation).toMatchObject({ text: "whole", usage: { inputTokens: 3, outputTokens: 1 } });
    expect(calls).toBe(1);
    expect(outcomes(attempts)).toEqual(["a failed", "b answered"]);
    expect(attempts[0]).toMatchObject({ outcome: { isTargetFault: true }, isEstimate: true });
    expect(attempts[0]!.usage.inputTokens).toBeGreaterThan(0);
  });

  it("does not bill a server that was not there, and fails a stream that breaks after its first part", async () => {
    const breaking = await serve((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk("half of it"), () => setTimeout(() => response.destroy(), 20));
    });
    const gone = await serve(() => {});
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const targets = [target("gone", { baseUrl: gone }), target("b", { baseUrl: breaking, order: 1 })];
    const attempts: RoutedAttempt[] = [];
    const router = createRouter([{ name: "d", operations: ["chat"], targets }], { now: Date.now });
    await using model = routedModel(router, router.deployments[0]!, connectTarget, {
      onAttempt: (attempt) => attempts.push(attempt),
    });
    await expect(collect(model.stream(request))).rejects.toBeInstanceOf(ModelError);
    expect(outcomes(attempts)).toEqual(["gone failed", "b failed"]);
    expect(attempts[0]?.usage).toEqual({ inputTokens: 0, outputTokens: 0 });
    expect(attempts[1]!.usage.outputTokens).toBeGreaterThan(0);
  });
});
