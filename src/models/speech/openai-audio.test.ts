import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { openaiAudioRecogniser } from "./openai-audio.ts";
import { SAMPLE_RATE, type SpeechEvent } from "./speech-recogniser.ts";
import { readWav } from "./wav.ts";

type Asked = {
  readonly form: FormData;
  readonly headers: IncomingMessage["headers"];
  readonly url: string | undefined;
};
type Answer = (response: ServerResponse, asked: Asked, count: number) => void;

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});

/** A real HTTP server in the shape of OpenAI's. */
async function server(answer: Answer): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const http = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const type = request.headers["content-type"] ?? "";
    const form = await new Response(Buffer.concat(pieces), { headers: { "content-type": type } }).formData();
    asked.push({ form, headers: request.headers, url: request.url });
    answer(response, asked.at(-1)!, asked.length);
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  close = () =>
    new Promise((resolve) => {
      http.closeAllConnections();
      http.close(() => resolve());
    });
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1`, asked };
}

function json(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

const silence = new Int16Array(SAMPLE_RATE);
const tone = Int16Array.from({ length: SAMPLE_RATE }, (_, index) => Math.round(9_000 * Math.sin(index / 5)));

async function hear(
  url: string,
  options: {
    readonly key?: string;
    readonly language?: string;
    readonly utterances?: number;
    readonly signal?: AbortSignal;
  } = {},
): Promise<SpeechEvent[]> {
  const events: SpeechEvent[] = [];
  const { key, language = "pt-BR", utterances = 1, signal } = options;
  await using recogniser = openaiAudioRecogniser({
    model: "whisper-1",
    url,
    pauseMs: 1,
    ...(key && { apiKey: key }),
  });
  await using stream = await recogniser.open({
    language,
    onEvent: (event) => events.push(event),
    ...(signal && { signal }),
  });
  for (let index = 0; index < utterances; index += 1) {
    stream.push(silence);
    stream.push(tone);
  }
  stream.push(silence);
  await stream.finish();
  return events;
}

describe("a server with OpenAI's transcriptions", () => {
  it("is sent each utterance as a WAV file, in order, with model, language and key", async () => {
    const { url, asked } = await server((response, _, count) =>
      setTimeout(() => json(response, 200, { text: ` line ${count} ` }), count === 1 ? 60 : 0),
    );
    const events = await hear(url, { key: "secret", utterances: 3 });
    expect(events.map((event) => event.kind === "final" && event.text)).toEqual([
      "line 1",
      "line 2",
      "line 3",
    ]);
    const [first] = asked;
    expect(first!.url).toBe("/v1/audio/transcriptions");
    expect(first!.headers.authorization).toBe("Bearer secret");
    expect(first!.form.get("model")).toBe("whisper-1");
    expect(first!.form.get("language")).toBe("pt");
    const file = first!.form.get("file") as File;
    const heard = readWav(new Uint8Array(await file.arrayBuffer()));
    expect(heard.length / SAMPLE_RATE).toBeGreaterThan(1);
    expect(heard.length / SAMPLE_RATE).toBeLessThan(1.7);
    expect(events.map(({ start }) => Math.round(start))).toEqual([1, 3, 5]);
  });

  it("is asked again when it is busy, as long as it says", async () => {
    const { url, asked } = await server((response, _, count) =>
      count < 3
        ? json(response, 429, { error: { message: "slow down" } }, { "retry-after-ms": "5" })
        : json(response, 200, { text: "at last" }),
    );
    expect(await hear(url)).toMatchObject([{ kind: "final", text: "at last" }]);
    expect(asked).toHaveLength(3);
  });

  it.each([
    [401, { error: { message: "bad key secret" } }, "did not accept the key", 1],
    [404, { detail: "no such model" }, "does not know", 1],
    [400, { error: { message: "audio too short" } }, "audio too short", 1],
    [500, { error: { message: "boom" } }, "failed (500)", 3],
    [429, { error: { message: "no money", code: "insufficient_quota" } }, "no quota", 1],
  ])(
    "that answers %i makes that one utterance fail, with a reason and without the key",
    async (status, body, said, attempts) => {
      const { url, asked } = await server((response, { form }) =>
        // Only the first utterance fails, however often it is tried.
        form.get("file") instanceof File && asked.length <= attempts
          ? json(response, status, body)
          : json(response, 200, { text: "fine" }),
      );
      const events = await hear(url, { key: "secret", utterances: 2 });
      expect(events.map(({ kind }) => kind)).toEqual(["failed", "final"]);
      const [failed] = events;
      expect(failed?.kind === "failed" && failed.error.message).toContain(said);
      expect(JSON.stringify(failed)).not.toContain("secret");
      expect(asked).toHaveLength(attempts + 1);
    },
  );

  it("that is not there, breaks off or answers something else is a failure, not an end", async () => {
    const gone = await server(() => undefined);
    await close!();
    expect(await hear(gone.url)).toMatchObject([{ kind: "failed", error: { code: "model-failed" } }]);
    const broken = await server((response) => {
      response.writeHead(200, { "content-length": "500" }).write("{");
      response.destroy();
    });
    expect(await hear(broken.url)).toMatchObject([{ kind: "failed", error: { code: "model-failed" } }]);
    await close!();
    const other = await server((response) => json(response, 200, { words: [] }));
    expect(await hear(other.url)).toMatchObject([{ kind: "failed", error: { code: "model-output" } }]);
  });

  it("is left at once when the stream is aborted or disposed of", async () => {
    const { url, asked } = await server(() => undefined);
    const controller = new AbortController();
    const waiting = hear(url, { signal: controller.signal });
    await expect.poll(() => asked.length).toBe(1);
    controller.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");

    const events: SpeechEvent[] = [];
    await using recogniser = openaiAudioRecogniser({ model: "m", url });
    const stream = await recogniser.open({ onEvent: (event) => events.push(event) });
    for (const part of [silence, tone, silence]) stream.push(part);
    await expect.poll(() => asked.length).toBe(2);
    await stream[Symbol.asyncDispose]();
    expect(events).toEqual([]);
  });

  it("ends an utterance when it is told to, and counts time on", async () => {
    const { url } = await server((response, _, count) => json(response, 200, { text: `${count}` }));
    const events: SpeechEvent[] = [];
    await using recogniser = openaiAudioRecogniser({ model: "m", url });
    await using stream = await recogniser.open({ onEvent: (event) => events.push(event) });
    stream.push(silence);
    stream.push(tone);
    stream.commit();
    stream.push(tone);
    await stream.finish();
    expect(events).toHaveLength(2);
    expect(events[0]!.end).toBeCloseTo(2, 1);
    expect(events[1]!.start).toBeCloseTo(2, 1);
    expect(events[1]!.end).toBeCloseTo(3, 1);
  });
});
