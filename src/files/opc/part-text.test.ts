import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8 } from "../../../test/build-zip.ts";
import { FileDamagedError, FileUnsupportedError } from "../../errors.ts";
import { decodePart, encodePart, type PartEncoding } from "./part-text.ts";

describe("decodePart", () => {
  it.each<PartEncoding>(["utf-8", "utf-16le", "utf-16be"])(
    "reads and writes %s with and without byte order mark",
    (encoding) => {
      for (const text of ["\ufeff<a>ä😀</a>", '<?xml version="1.0"?><a>ä😀</a>']) {
        const bytes = encodePart({ text, encoding });
        expect(decodePart(bytes, "/a")).toEqual({ text, encoding });
        expect(encodePart(decodePart(bytes, "/a"))).toEqual(bytes);
      }
    },
  );

  it("gives back the bytes of any text", () => {
    const text = fc.string({ unit: "grapheme" }).map((inner) => `<a>${inner}`);
    fc.assert(
      fc.property(text, fc.constantFrom<PartEncoding>("utf-8", "utf-16le", "utf-16be"), (inner, encoding) => {
        const bytes = encodePart({ text: inner, encoding });
        expect(encodePart(decodePart(bytes, "/a"))).toEqual(bytes);
      }),
    );
  });

  it("trusts the bytes when a declaration of UTF-16 is plainly wrong", () => {
    expect(decodePart(utf8('<?xml version="1.0" encoding="UTF-16"?><a/>'), "/a").encoding).toBe("utf-8");
  });

  it("refuses other encodings, and bytes that are not what they say", () => {
    expect(() => decodePart(utf8('<?xml version="1.0" encoding="windows-1252"?><a/>'), "/a")).toThrow(
      FileUnsupportedError,
    );
    expect(() => decodePart(Uint8Array.of(0x3c, 0x61, 0xff, 0x3e), "/a")).toThrow(FileDamagedError);
    expect(() => decodePart(Uint8Array.of(0xff, 0xfe, 0x00, 0xd8), "/a")).toThrow(FileDamagedError);
    expect(() => decodePart(Uint8Array.of(0xff, 0xfe, 0x3c), "/a")).toThrow(FileDamagedError);
  });
});
