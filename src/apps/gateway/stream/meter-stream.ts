import type { TokenUsage } from "../../../models/deployments/types.ts";
import { EventFrames, frameData } from "./event-frames.ts";
import { readUsage } from "./read-usage.ts";

const NO_CHOICES = /"choices"\s*:\s*\[\s*\]/;
const HAS_USAGE = Buffer.from('"usage"');
const DATA = Buffer.from("data:");
const DONE = Buffer.from("[DONE]");
// A model's text has a backslash before each quotation mark, so it cannot look like these.
const LAST_EVENTS = ["completed", "incomplete", "failed"].map((name) =>
  Buffer.from(`"type":"response.${name}"`),
);

/**
 * Watches a stream of events on its way to the caller: every frame goes on as it came, but for the chunk with the usage
 * that we asked for and the caller did not.
 */
export class StreamMeter {
  readonly #frames = new EventFrames();
  readonly #keepsUsage: boolean;
  #usage: TokenUsage | undefined;
  #events = 0;
  #isDone = false;

  constructor(options: { readonly keepsUsage: boolean }) {
    this.#keepsUsage = options.keepsUsage;
  }

  /** As the provider counted, once its last chunk has passed. */
  get usage(): TokenUsage | undefined {
    return this.#usage;
  }

  /** Events with content so far: about one token each, for a stream that breaks off. */
  get events(): number {
    return this.#events;
  }

  /** True when the provider said that the stream is whole. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** The frames to send on; they may be written as one piece. */
  push(chunk: Buffer): readonly Buffer[] {
    const frames = this.#frames.push(chunk);
    for (const frame of frames) this.#watch(frame);
    return this.#keepsUsage ? frames : frames.filter((frame) => !isUsageChunk(frame));
  }

  end(): Buffer {
    return this.#frames.end();
  }

  #watch(frame: Buffer): void {
    if (!frame.includes(DATA)) return;
    if (frame.includes(DONE) && frameData(frame).trim() === "[DONE]") {
      this.#isDone = true;
      return;
    }
    this.#events++;
    if (frame.includes(HAS_USAGE)) this.#usage = readUsage(frame) ?? this.#usage;
    if (LAST_EVENTS.some((event) => frame.includes(event))) this.#isDone = true;
  }
}

/** The chunk of a chat that has nothing but the usage. Azure opens with one without choices too, but without usage. */
function isUsageChunk(frame: Buffer): boolean {
  if (!frame.includes(HAS_USAGE) || readUsage(frame) === undefined) return false;
  return NO_CHOICES.test(frameData(frame));
}
