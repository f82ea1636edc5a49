/** The most bytes that are kept back waiting for a frame's end; what is longer is passed on in pieces. */
const MAX_HELD = 4 * 1024 * 1024;

/**
 * Cuts a stream of server-sent events into frames, each with the empty line that ends it, without changing a byte: all
 * frames of a chunk come as one list, an unfinished one waits. Lines may end in LF or CRLF.
 */
export class EventFrames {
  #held: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): readonly Buffer[] {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const frames: Buffer[] = [];
    let start = 0;
    // What was held has no end of a frame, but its last bytes may begin one.
    let from = Math.max(0, this.#held.length - 3);
    for (;;) {
      const end = frameEnd(bytes, from);
      if (end < 0) break;
      frames.push(bytes.subarray(start, end));
      start = end;
      from = end;
    }
    const rest = bytes.subarray(start);
    if (rest.length <= MAX_HELD) this.#held = rest;
    else {
      frames.push(rest);
      this.#held = Buffer.alloc(0);
    }
    return frames;
  }

  /** What came after the last frame's end. */
  end(): Buffer {
    const rest = this.#held;
    this.#held = Buffer.alloc(0);
    return rest;
  }
}

/** Offset behind the next empty line, or -1. */
function frameEnd(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0x0a, from); at >= 0; at = bytes.indexOf(0x0a, at + 1)) {
    if (bytes[at + 1] === 0x0a) return at + 2;
    if (bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a) return at + 3;
  }
  return -1;
}

/** The data of a frame: its `data:` lines joined, without the line ends. */
export function frameData(frame: Buffer): string {
  const lines = frame.toString("utf8").split(/\r?\n/);
  const data = lines.flatMap((line) => (line.startsWith("data:") ? [line.slice(5).replace(/^ /, "")] : []));
  return data.join("\n");
}
