import { describe, expect, it } from "vitest";
import { buildZip, utf8, type ZipFile } from "../../../test/build-zip.ts";
import { FileDamagedError, FileTooLargeError, FileUnsupportedError, TandemError } from "../../errors.ts";
import { fflateCodec } from "./fflate-codec.ts";
import { defaultLimits } from "./limits.ts";
import { inflateEntry, readZip } from "./read-zip.ts";
import { zlibCodec } from "./zlib-codec.ts";

const zlib = zlibCodec()!;
const codecs = [
  { codec: zlib, name: "zlib" },
  { codec: fflateCodec, name: "fflate" },
];
const text = utf8("<a>tandem tandem tandem</a>".repeat(20));
const two: ZipFile[] = [
  { name: "a.xml", data: text },
  { name: "b/c.bin", data: utf8("stored"), method: 0 },
];
const read = (bytes: Uint8Array): ReturnType<typeof readZip> => readZip(bytes, defaultLimits);

function contents(bytes: Uint8Array, codec = zlib): [string, string][] {
  const archive = read(bytes);
  return archive.entries.map((entry) => [
    entry.name,
    new TextDecoder().decode(inflateEntry(archive, entry, codec)),
  ]);
}

const expected = two.map(({ name, data }) => [name, new TextDecoder().decode(data)]);

describe.each(codecs)("with $name", ({ codec }) => {
  it("reads stored and deflated entries", () => {
    expect(contents(buildZip(two), codec)).toEqual(expected);
  });

  it("inflates what the other codec deflated", () => {
    for (const other of codecs) expect(codec.inflate(other.codec.deflate(text), text.length)).toEqual(text);
    expect(codec.crc32(text)).toBe(zlib.crc32(text));
  });

  it("refuses data that inflates to more or less than declared, or to something else", () => {
    for (const change of [
      { size: text.length - 1 },
      { size: text.length + 1 },
      { size: 0 },
      { crc: 1 },
      { raw: utf8("\xff\xff") },
    ]) {
      const archive = read(buildZip([{ name: "a.xml", data: text, ...change }]));
      expect(() => inflateEntry(archive, archive.entries[0]!, codec)).toThrow(FileDamagedError);
    }
  });

  it("reads an empty entry", () => {
    expect(contents(buildZip([{ name: "e", data: new Uint8Array() }]), codec)).toEqual([["e", ""]]);
  });
});

describe("readZip", () => {
  it("reads ZIP64 entries and end records", () => {
    expect(
      contents(
        buildZip(
          two.map((file) => ({ ...file, isZip64: true })),
          { isZip64: true },
        ),
      ),
    ).toEqual(expected);
    expect(contents(buildZip(two, { isZip64: true }))).toEqual(expected);
  });

  it("reads entries that are followed by a data descriptor", () => {
    expect(contents(buildZip(two.map((file) => ({ ...file, flags: 8 }))))).toEqual(expected);
  });

  it("reads an archive with bytes in front of it", () => {
    expect(contents(buildZip(two, { prefix: utf8("#!/bin/sh\n") }))).toEqual(expected);
    expect(contents(buildZip(two, { prefix: utf8("#!"), isZip64: true }))).toEqual(expected);
  });

  it("reads past a comment, and past one whose length is wrong", () => {
    expect(contents(buildZip(two, { comment: utf8("hello") }))).toEqual(expected);
    expect(contents(buildZip(two, { comment: utf8("hello"), commentLength: 99 }))).toEqual(expected);
    expect(contents(buildZip(two, { comment: utf8("hello"), commentLength: 0 }))).toEqual(expected);
  });

  it("is not led astray by an end record's signature in the comment", () => {
    expect(contents(buildZip(two, { comment: utf8("PK\u0005\u0006".padEnd(40, "x")) }))).toEqual(expected);
  });

  it("reads an archive without entries", () => {
    expect(read(buildZip([])).entries).toEqual([]);
  });

  it("reads names with backslashes as folders", () => {
    expect(contents(buildZip([{ name: "word\\document.xml", data: text }]))[0]![0]).toBe("word/document.xml");
  });

  it.each([
    ["an encrypted entry", [{ name: "a", data: text, flags: 1 }], FileUnsupportedError],
    ["a name twice, whatever its case", [...two, { name: "A.XML", data: text }], FileDamagedError],
    ["a path that climbs out", [{ name: "../a", data: text }], FileDamagedError],
    ["a path that climbs out in the middle", [{ name: "a/../../b", data: text }], FileDamagedError],
    ["a path that climbs out with backslashes", [{ name: "..\\a", data: text }], FileDamagedError],
    ["an absolute path", [{ name: "/etc/passwd", data: text }], FileDamagedError],
    ["a drive letter", [{ name: "C:/a", data: text }], FileDamagedError],
    ["a name with a null", [{ name: "a\0.xml", data: text }], FileDamagedError],
    ["an entry that is listed but not there", [{ name: "a", data: text, offset: 7 }], FileDamagedError],
    ["an entry beyond the end", [{ name: "a", data: text, offset: 0xfffffff0 }], FileDamagedError],
    ["two entries over the same bytes", [...two, { name: "d", data: text, offset: 0 }], FileDamagedError],
    ["an entry that claims a huge size", [{ name: "a", data: text, size: 3e9 }], FileTooLargeError],
    [
      "an entry that inflates beyond belief",
      [{ name: "a", data: text, size: 200 * 1024 * 1024 }],
      FileTooLargeError,
    ],
  ] as const)("refuses %s", (_, files, error) => {
    expect(() => read(buildZip(files))).toThrow(error);
  });

  it("refuses more entries, or a larger sum, than the limits allow", () => {
    expect(() => readZip(buildZip(two), { ...defaultLimits, entries: 1 })).toThrow(FileTooLargeError);
    expect(() => readZip(buildZip(two), { ...defaultLimits, totalBytes: 10 })).toThrow(FileTooLargeError);
  });

  it("refuses a compression method that Office does not use, when the entry is read", () => {
    const archive = read(buildZip([{ name: "a", data: text, method: 12 }]));
    expect(() => inflateEntry(archive, archive.entries[0]!, zlib)).toThrow(FileUnsupportedError);
  });

  it("answers every cut-off file, and every changed byte, with a typed error or the right bytes", () => {
    for (const options of [{}, { isZip64: true }]) {
      const whole = buildZip(
        two.map((file) => ({ ...file, ...options })),
        options,
      );
      for (let length = 0; length < whole.length; length++) expectTyped(whole.subarray(0, length));
      for (let at = 0; at < whole.length; at++) {
        for (const value of [0, 1, 0x7f, 0xff]) {
          const broken = whole.slice();
          broken[at] = value;
          expectTyped(broken);
        }
      }
    }
  });
});

function expectTyped(bytes: Uint8Array): void {
  try {
    contents(bytes);
  } catch (error) {
    if (!(error instanceof TandemError)) throw error;
  }
}
