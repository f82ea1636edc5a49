import { readFrame, type StreamFrame, type TextPiece, writeFrame } from "./stream-frame.ts";
import type { TextPipe } from "./text-pipe.ts";

export type RewriteStreamOptions = {
  /** A pipe for a text that begins; undefined leaves it as it is. */
  readonly pipeFor: (piece: TextPiece) => TextPipe | undefined;
  /** Changes what is not a piece of a text: whole texts, results of filters. Returns true when it changed the data. */
  readonly finish?: (frame: StreamFrame) => boolean | Promise<boolean>;
  /** The data of a frame that no text runs through, as JSON: events that hold whole texts. */
  readonly rewriteWhole?: (json: string) => string | Promise<string>;
};

type Queued = { readonly frame: StreamFrame; open: number; isChanged: boolean; isReady: boolean };
type Waiting = { readonly piece: TextPiece; readonly queued: Queued };
type Channel = {
  readonly pipe: TextPipe;
  readonly waiting: Waiting[];
  /** Units that wait, without those of the first piece that came out already. */
  units: number;
  /** Units of the first waiting piece that came out with an earlier one. */
  shifted: number;
  /** What came out and stands in no frame yet. */
  text: string;
};

/**
 * Changes the texts in the frames of a stream. A frame waits while the end of its text may still change; one whose texts
 * stay as they are goes on byte by byte as it came. The order of frames stays, and none is added or lost.
 */
export class StreamRewriter {
  readonly #options: RewriteStreamOptions;
  readonly #channels = new Map<string, Channel>();
  #queue: Queued[] = [];

  constructor(options: RewriteStreamOptions) {
    this.#options = options;
  }

  async frames(frames: readonly Buffer[]): Promise<readonly Buffer[]> {
    for (const bytes of frames) await this.#take(readFrame(bytes));
    return this.#ready();
  }

  async end(): Promise<readonly Buffer[]> {
    await this.#end("");
    return this.#ready();
  }

  async #take(frame: StreamFrame): Promise<void> {
    const queued: Queued = { frame, open: 0, isChanged: false, isReady: false };
    this.#queue.push(queued);
    for (const piece of frame.pieces) {
      const channel = this.#channelOf(piece);
      if (channel === undefined) continue;
      queued.open++;
      channel.waiting.push({ piece, queued });
      channel.units += piece.text.length;
      const out = channel.pipe.push(piece.text);
      channel.text += typeof out === "string" ? out : await out;
      settle(channel);
    }
    for (const prefix of frame.ends) await this.#end(prefix);
    const { finish, rewriteWhole } = this.#options;
    if (finish !== undefined && frame.data !== undefined && (await finish(frame))) queued.isChanged = true;
    if (rewriteWhole !== undefined && frame.data !== undefined && frame.pieces.length === 0) {
      const json = JSON.stringify(frame.data);
      const changed = await rewriteWhole(json);
      if (changed !== json) {
        Object.assign(frame.data, JSON.parse(changed));
        queued.isChanged = true;
      }
    }
    queued.isReady = true;
  }

  #channelOf(piece: TextPiece): Channel | undefined {
    const known = this.#channels.get(piece.channel);
    if (known !== undefined) return known;
    const pipe = this.#options.pipeFor(piece);
    if (pipe === undefined) return undefined;
    const channel = { pipe, waiting: [], units: 0, shifted: 0, text: "" };
    this.#channels.set(piece.channel, channel);
    return channel;
  }

  async #end(prefix: string): Promise<void> {
    for (const [name, channel] of this.#channels) {
      if (!name.startsWith(prefix)) continue;
      channel.text += await channel.pipe.end();
      settle(channel);
      this.#channels.delete(name);
    }
  }

  #ready(): readonly Buffer[] {
    const count = this.#queue.findIndex(({ open, isReady }) => open > 0 || !isReady);
    const ready = count < 0 ? this.#queue : this.#queue.slice(0, count);
    this.#queue = count < 0 ? [] : this.#queue.slice(count);
    return ready.map(({ frame, isChanged }) => (isChanged ? writeFrame(frame) : frame.bytes));
  }
}

/** Gives the text that came out to the pieces whose own text is decided. */
function settle(channel: Channel): void {
  const { waiting } = channel;
  let decided = channel.units - channel.pipe.held();
  const done: { readonly piece: TextPiece; readonly queued: Queued; readonly own: string }[] = [];
  while (waiting.length > 0) {
    const own = waiting[0]!.piece.text.slice(channel.shifted);
    if (own.length > decided) break;
    done.push({ ...waiting.shift()!, own });
    decided -= own.length;
    channel.units -= own.length;
    channel.shifted = 0;
  }
  if (done.length === 0) return;
  const before = done.map(({ own }) => own).join("");
  const isSame = waiting.length > 0 ? channel.text.startsWith(before) : channel.text === before;
  for (const [at, { piece, queued, own }] of done.entries()) {
    const text = isSame ? own : at === 0 ? channel.text : "";
    if (text !== piece.text) {
      piece.replace(text);
      queued.isChanged = true;
    }
    queued.open--;
  }
  channel.text = isSame ? channel.text.slice(before.length) : "";
  // A part of the next piece came out with this one, changed: what is left of it comes later.
  if (!isSame && waiting.length > 0) {
    channel.shifted = decided;
    channel.units -= decided;
  }
}
