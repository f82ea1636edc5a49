import { once } from "node:events";
import type { Target } from "../../../models/deployments/types.ts";
import type { LanguageModel } from "../../../models/language-model.ts";
import type { Gateway } from "../gateway.ts";
import type { Call } from "../read-call.ts";
import { StreamMeter } from "../stream/meter-stream.ts";
import { readUsage } from "../stream/read-usage.ts";
import type { CallerResponse } from "../upstream/caller-response.ts";
import { CallerGone, type Relayed } from "../upstream/relay.ts";
import { embeddedAnswer } from "./embedded-answers.ts";

export type AnswerHereOptions = {
  /** The target's model, loaded; the same one each time. */
  readonly openModel: (target: Target) => Promise<LanguageModel>;
  readonly now: () => Date;
};

/** Answers calls with embedded models, in the same form as a provider: bodies, streams, usage and errors. */
export function answerHere({ openModel, now }: AnswerHereOptions): Gateway["answerHere"] {
  return async (target, call, response, headers) => {
    const started = performance.now();
    const gone = new AbortController();
    const leave = (): void => {
      if (!response.writableFinished) gone.abort(new CallerGone());
    };
    response.once("close", leave);
    try {
      const model = await openModel(target);
      const body = { ...call.json, model: call.deployment };
      const context = { now, signal: gone.signal };
      const answer = embeddedAnswer(call.operation, body, model, context);
      return answer.kind === "whole"
        ? await sendWhole(await answer.body(), response, headers, started)
        : await sendStream(answer.frames, call, response, headers, started, gone.signal);
    } catch (thrown) {
      throw gone.signal.aborted ? new CallerGone() : thrown;
    } finally {
      response.off("close", leave);
    }
  };
}

async function sendWhole(
  body: object,
  response: CallerResponse,
  headers: Readonly<Record<string, string>>,
  started: number,
): Promise<Relayed> {
  const bytes = Buffer.from(JSON.stringify(body));
  const firstByteMs = performance.now() - started;
  if (response.destroyed) throw new CallerGone();
  response.writeHead(200, {
    "content-type": "application/json",
    "content-length": String(bytes.length),
    ...headers,
  });
  response.end(bytes);
  const usage = readUsage(bytes);
  const counted = usage === undefined ? {} : { usage };
  return { status: 200, ...counted, events: 0, firstByteMs, isWhole: true, isCallerGone: false };
}

/** The first frame comes before anything is sent, so that a failure until then can go elsewhere. */
async function sendStream(
  frames: AsyncIterable<string>,
  call: Call,
  response: CallerResponse,
  headers: Readonly<Record<string, string>>,
  started: number,
  gone: AbortSignal,
): Promise<Relayed> {
  const meter = new StreamMeter({ keepsUsage: call.wantsUsage });
  let firstByteMs = 0;
  const relayed = (isWhole: boolean): Relayed => {
    const usage = meter.usage === undefined ? {} : { usage: meter.usage };
    const { events } = meter;
    return { status: 200, ...usage, events, firstByteMs, isWhole, isCallerGone: gone.aborted };
  };
  try {
    for await (const frame of frames) {
      if (firstByteMs === 0) {
        firstByteMs = performance.now() - started;
        response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", ...headers });
      }
      const bytes = Buffer.concat(meter.push(Buffer.from(frame)));
      gone.throwIfAborted();
      if (bytes.length > 0 && !response.write(bytes))
        await once(response as never, "drain", { signal: gone });
    }
    response.end();
    return relayed(true);
  } catch (thrown) {
    if (firstByteMs === 0) throw thrown;
    if (!gone.aborted) {
      const error = { message: "the model failed", type: "server_error", param: null, code: "stream_broken" };
      response.end(`data: ${JSON.stringify({ error })}\n\n`);
    }
    return relayed(false);
  }
}
