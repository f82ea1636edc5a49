import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SAMPLERS, seededRandom } from "../../../models/safety/id-samples.fixture.ts";
import { type MaskSession, maskSession } from "../../../models/safety/mask-text.ts";
import type { Call } from "../read-call.ts";
import { EventFrames } from "../stream/event-frames.ts";
import type { AnswerTransform } from "./answer-transform.ts";
import { maskCall } from "./mask-call.ts";
import { unmaskAnswer } from "./unmask-answer.ts";

const piece = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom(
    "[EMAIL-1]",
    "EMAIL-1",
    "[ID 3",
    "[",
    "A",
    "[Table 3]",
    "ann@example.org",
    " ",
    "\n",
    '"',
    "\\",
  ),
  fc.constantFrom("AKIAIOSFODNN7EXAMPLE", "password: Tr0ub4dor&3x!", "+34 612 34 56 78"),
  fc.constant('-----BEGIN PRIVATE KEY-----\n"MIIEvQIBADANBgkqh\\kiG9w0BAQ"\n-----END PRIVATE KEY-----'),
  fc
    .record({ sampler: fc.constantFrom(...SAMPLERS), seed: fc.nat() })
    .map(({ sampler, seed }) => sampler.before + sampler.write(seededRandom(seed))),
);
const text = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(""));
const cuts = fc.array(fc.nat(9), { maxLength: 80 });

const callOf = (json: Record<string, unknown>): Call => ({
  id: "r",
  path: { shape: "openai", operation: "chat", rest: [] },
  operation: "chat",
  deployment: "gpt",
  contentType: "application/json",
  body: Buffer.from(JSON.stringify(json)),
  json,
  isStream: false,
  wantsUsage: false,
});

function sent(json: Record<string, unknown>, session: MaskSession): Record<string, unknown> {
  const masked = maskCall(callOf(json), session);
  if (masked.kind !== "masked") throw new Error(masked.reason);
  return JSON.parse(masked.call.body.toString()) as Record<string, unknown>;
}

const said = (content: string): Record<string, unknown> => ({
  model: "gpt",
  messages: [{ role: "user", content }],
});
const contentOf = (json: Record<string, unknown>): string =>
  (json.messages as { readonly content: string }[])[0]!.content;

function cut(whole: string, lengths: readonly number[]): string[] {
  const pieces: string[] = [];
  let at = 0;
  for (const length of lengths) {
    pieces.push(whole.slice(at, at + length));
    at += length;
  }
  return [...pieces, whole.slice(at)];
}

async function streamed(
  transform: AnswerTransform,
  bytes: Buffer,
  lengths: readonly number[],
): Promise<Buffer> {
  const frames = new EventFrames();
  const out: Buffer[] = [];
  let at = 0;
  for (const length of [...lengths, bytes.length]) {
    out.push(...(await transform.frames(frames.push(bytes.subarray(at, at + length)))));
    at += length;
  }
  return Buffer.concat([...out, ...(await transform.end())]);
}

// biome-ignore lint/suspicious/noExplicitAny: answers of several shapes are looked into
const dataOf = (bytes: Buffer): { [key: string]: any }[] =>
  bytes
    .toString()
    .split("\n")
    .flatMap((line) => (line.startsWith("data: {") ? [JSON.parse(line.slice(6))] : []));

const chatStream = (contents: readonly (readonly string[])[]): Buffer => {
  const chunk = (index: number, delta: object, finish: string | null): string =>
    `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index, delta, finish_reason: finish }] })}\n\n`;
  const frames: string[] = contents.map((_, index) => chunk(index, { role: "assistant", content: "" }, null));
  // The choices come in turn, as they do.
  for (let at = 0; contents.some((each) => at < each.length); at++) {
    for (const [index, each] of contents.entries()) {
      if (at < each.length) frames.push(chunk(index, { content: each[at] }, null));
      if (at === each.length - 1) frames.push(chunk(index, {}, "stop"));
    }
  }
  return Buffer.from(`${frames.join("")}data: [DONE]\n\n`);
};

describe("a masked call and its answer", () => {
  it("reads as if nothing had been masked, whole", () => {
    fc.assert(
      fc.property(text, (content) => {
        const session = maskSession();
        const answer = JSON.stringify({
          choices: [{ message: { content: contentOf(sent(said(content), session)) } }],
        });
        const unmasked = unmaskAnswer(session, { isJsonAnswer: false }).answer(answer) as string;
        expect(JSON.parse(unmasked).choices[0].message.content).toBe(content);
      }),
      { numRuns: 300 },
    );
  });

  it("reads so as a stream of several choices too, wherever tokens and frames are cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        text,
        text,
        cuts,
        cuts,
        fc.array(fc.nat(300), { maxLength: 20 }),
        async (one, two, a, b, net) => {
          const session = maskSession();
          const masked = [one, two].map((each) => contentOf(sent(said(each), session)));
          const bytes = chatStream([cut(masked[0]!, a), cut(masked[1]!, b)]);
          const out = await streamed(unmaskAnswer(session, { isJsonAnswer: false }), bytes, net);
          const texts = ["", ""];
          const isOver = [false, false];
          for (const { choices } of dataOf(out)) {
            const [{ index, delta, finish_reason }] = choices;
            if (delta.content) expect(isOver[index]).toBe(false);
            texts[index] += delta.content ?? "";
            isOver[index] ||= finish_reason !== null;
          }
          expect(texts).toEqual([one, two]);
          expect(out.toString().endsWith("data: [DONE]\n\n")).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("stays identical to the byte where no token comes back", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary" }),
        cuts,
        fc.array(fc.nat(300), { maxLength: 20 }),
        async (other, a, net) => {
          const session = maskSession();
          sent(said("ann@example.org"), session);
          const plain = other.replaceAll(/\d/g, "").replaceAll(/[\uD800-\uDFFF]/g, "");
          const bytes = chatStream([cut(`EMAI [EMAIL- A B ${plain} C`, a)]);
          const out = await streamed(unmaskAnswer(session, { isJsonAnswer: false }), bytes, net);
          expect(out.equals(bytes)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
    const json =
      '{ "id":"[EMAIL-1]", "n": 12345678901234567890, "choices":[{"message":{"content":"caf\\u00e9 [EMAIL-7]"}}]}';
    const session = maskSession();
    sent(said("ann@example.org"), session);
    expect(unmaskAnswer(session, { isJsonAnswer: false }).answer(json)).toBe(json);
  });

  it("writes values into a tool call's arguments so that they stay JSON, whole and streamed", async () => {
    const key = '-----BEGIN PRIVATE KEY-----\n"MIIEvQIBADANBgkqh\\kiG9w0BAQ"\n-----END PRIVATE KEY-----';
    await fc.assert(
      fc.asyncProperty(text, cuts, async (content, lengths) => {
        const session = maskSession();
        const args = JSON.stringify({ to: content, password: "Tr0ub4dor&3x!", key });
        const call = {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "t", type: "function", function: { name: "send", arguments: args } }],
        };
        const body = sent({ model: "gpt", messages: [call] }, session);
        const [message] = body.messages as [typeof call];
        const whole = unmaskAnswer(session, { isJsonAnswer: false }).answer(
          JSON.stringify({ choices: [{ message }] }),
        ) as string;
        const back = JSON.parse(whole).choices[0].message.tool_calls[0].function.arguments as string;
        expect(JSON.parse(back)).toEqual(JSON.parse(args));
        const masked = message.tool_calls[0]!.function.arguments;
        expect(JSON.parse(masked)).toMatchObject({
          password: expect.stringMatching(/^\[SECRET-\d+\]$/),
          key: expect.stringMatching(/^\[SECRET-\d+\]$/),
        });
        const frames = cut(masked, lengths).map(
          (each) =>
            `data: ${JSON.stringify({ choices: [{ index: 0, delta: { tool_calls: [{ index: 0, function: { arguments: each } }] }, finish_reason: null }] })}\n\n`,
        );
        const out = await streamed(
          unmaskAnswer(session, { isJsonAnswer: false }),
          Buffer.from(
            `${frames.join("")}data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: "tool_calls" }] })}\n\n`,
          ),
          [],
        );
        const joined = dataOf(out)
          .map(({ choices: [{ delta }] }) => (delta.tool_calls?.[0].function.arguments as string) ?? "")
          .join("");
        expect(JSON.parse(joined)).toEqual(JSON.parse(args));
      }),
      { numRuns: 150 },
    );
  });

  it("keeps the sequence numbers of a response's events without a gap, and the whole texts right", async () => {
    await fc.assert(
      fc.asyncProperty(
        text,
        cuts,
        fc.array(fc.nat(300), { maxLength: 20 }),
        async (content, lengths, net) => {
          const session = maskSession();
          const masked = contentOf(sent(said(content), session));
          const item = { item_id: "i", output_index: 0, content_index: 0 };
          const part = { type: "output_text", text: masked, annotations: [] };
          const output = [{ type: "message", id: "i", role: "assistant", content: [part] }];
          const events = [
            { type: "response.created", response: { id: "resp", output: [], instructions: masked } },
            ...cut(masked, lengths).map((delta) => ({ type: "response.output_text.delta", ...item, delta })),
            { type: "response.output_text.done", ...item, text: masked },
            { type: "response.content_part.done", ...item, part },
            { type: "response.completed", response: { id: "resp", output } },
          ].map((event, sequence_number) => ({ ...event, sequence_number }));
          const bytes = Buffer.from(
            events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(""),
          );
          const got = dataOf(await streamed(unmaskAnswer(session, { isJsonAnswer: false }), bytes, net));
          expect(got.map(({ type, sequence_number }) => [type, sequence_number])).toEqual(
            events.map(({ type, sequence_number }) => [type, sequence_number]),
          );
          expect(got.map(({ delta }) => delta ?? "").join("")).toBe(content);
          expect(got.at(-3)?.text).toBe(content);
          expect(got.at(-2)?.part.text).toBe(content);
          expect(got.at(-1)?.response.output[0].content[0].text).toBe(content);
          expect(got[0]?.response.instructions).toBe(content);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("gives a JSON answer that is still JSON", () => {
    const session = maskSession();
    const key = '-----BEGIN PRIVATE KEY-----\n"quoted"MIIEvQIBADANBgkqhkiG\n-----END PRIVATE KEY-----';
    sent(said(`the key ${key}`), session);
    const answer = JSON.stringify({ choices: [{ message: { content: '{"key":"[SECRET-1]"}' } }] });
    const whole = unmaskAnswer(session, { isJsonAnswer: true }).answer(answer) as string;
    expect(JSON.parse(JSON.parse(whole).choices[0].message.content)).toEqual({ key });
  });
});
