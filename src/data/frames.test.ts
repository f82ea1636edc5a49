import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFrameReader, encodeFrame } from "./frames.ts";

const bytesOf = (pieces: readonly Uint8Array[]): Uint8Array => Buffer.concat(pieces);

describe("frames", () => {
  it("come back whole however the bytes are cut", () => {
    const frames = fc.array(
      fc.tuple(fc.jsonValue(), fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 3 })),
      {
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(frames, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (sent, cuts) => {
        const bytes = bytesOf(sent.flatMap(([message, parts]) => encodeFrame({ message }, parts)));
        const read = createFrameReader<{ message: unknown }>();
        const received = [];
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = cuts[turn % cuts.length]!;
          for (const { message, body } of read(bytes.subarray(at, at + size)))
            received.push({ message, body: body.slice() });
          at += size;
        }
        expect(received.map(({ message }) => message.message)).toEqual(
          sent.map(([message]) => JSON.parse(JSON.stringify(message))),
        );
        const bodies = sent.map(([, parts]) => parts.map((part) => [...part]));
        expect(received.map(({ body }) => body.byteLength)).toEqual(
          bodies.map((parts) => parts.reduce((sum, part) => sum + Math.ceil(part.length / 8) * 8, 0)),
        );
      }),
    );
  });

  it("put each part of a body at a multiple of 8 bytes", () => {
    const [frame] = createFrameReader()(
      bytesOf(encodeFrame({}, [Uint8Array.of(1, 2, 3), Float64Array.of(4.5)])),
    );
    expect(new Float64Array(frame!.body.buffer, 8, 1)[0]).toBe(4.5);
  });

  it("use the memory of the last body again", () => {
    const read = createFrameReader();
    const [first] = read(bytesOf(encodeFrame({}, [Uint8Array.of(1, 2, 3)])));
    const [second] = read(bytesOf(encodeFrame({}, [Uint8Array.of(4, 5)])));
    expect(second!.body.buffer).toBe(first!.body.buffer);
    expect([...second!.body.subarray(0, 2)]).toEqual([4, 5]);
  });

  it("are refused when a length makes no sense", () => {
    expect(() => [...createFrameReader()(new Uint8Array(8).fill(255))]).toThrow(RangeError);
  });
});
