/** One message between the two processes: plain JSON, and bytes that JSON should not carry, from a buffer's beginning. */
export type Frame<Message> = { readonly message: Message; readonly body: Uint8Array<ArrayBuffer> };

const PREFIX_BYTES = 8;
/** More than any honest message; a length beyond it means that the two sides have lost step. */
const MOST_BYTES = 1 << 30;

/**
 * The bytes of one frame, in the order they are written: lengths of message and body as little-endian uint32, the
 * message as JSON, then the parts of the body one after the other, each padded to 8 bytes.
 */
export function encodeFrame(message: unknown, parts: readonly ArrayBufferView[] = []): Uint8Array[] {
  const json = new TextEncoder().encode(JSON.stringify(message));
  const prefix = new DataView(new ArrayBuffer(PREFIX_BYTES));
  prefix.setUint32(0, json.length, true);
  prefix.setUint32(
    4,
    parts.reduce((sum, part) => sum + paddedLength(part.byteLength), 0),
    true,
  );
  const pieces: Uint8Array[] = [new Uint8Array(prefix.buffer), json];
  for (const part of parts) {
    pieces.push(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    const padding = paddedLength(part.byteLength) - part.byteLength;
    if (padding > 0) pieces.push(new Uint8Array(padding));
  }
  return pieces;
}

/** Bytes that a part of a body takes, so that every part can be viewed as 8-byte numbers. */
export function paddedLength(length: number): number {
  return (length + 7) & ~7;
}

/**
 * Takes bytes as they come and gives the frames that are complete, one by one; throws where a length makes no sense.
 * A body is only good until the next frame is asked for: its memory is used again, as batches come by the dozen.
 */
export function createFrameReader<Message>(): (chunk: Uint8Array) => Generator<Frame<Message>> {
  let prefix = startPart(PREFIX_BYTES);
  let json: Part | undefined;
  let body: Part | undefined;
  let room = new ArrayBuffer(0);

  return function* frames(chunk: Uint8Array): Generator<Frame<Message>> {
    let at = 0;
    while (true) {
      at += fill(prefix, chunk, at);
      if (!isFull(prefix)) return;
      if (!json || !body) {
        const view = new DataView(prefix.bytes.buffer);
        json = startPart(view.getUint32(0, true));
        body = startPart(view.getUint32(4, true), room);
        room = body.bytes.buffer;
      }
      at += fill(json, chunk, at);
      at += fill(body, chunk, at);
      if (!isFull(json) || !isFull(body)) return;
      const message = JSON.parse(new TextDecoder().decode(json.bytes)) as Message;
      const frame = { message, body: body.bytes };
      prefix = startPart(PREFIX_BYTES);
      json = undefined;
      body = undefined;
      yield frame;
    }
  };
}

type Part = { readonly bytes: Uint8Array<ArrayBuffer>; filled: number };

/** In the given memory where it is large enough. */
function startPart(length: number, room = new ArrayBuffer(0)): Part {
  if (length > MOST_BYTES) throw new RangeError(`a message of ${length} bytes`);
  const bytes = length <= room.byteLength ? new Uint8Array(room, 0, length) : new Uint8Array(length);
  return { bytes, filled: 0 };
}

const isFull = (part: Part): boolean => part.filled === part.bytes.length;

/** Copies what the part still lacks and says how many bytes that was. */
function fill(part: Part, chunk: Uint8Array, from: number): number {
  const taken = Math.min(part.bytes.length - part.filled, chunk.length - from);
  if (taken <= 0) return 0;
  part.bytes.set(chunk.subarray(from, from + taken), part.filled);
  part.filled += taken;
  return taken;
}
