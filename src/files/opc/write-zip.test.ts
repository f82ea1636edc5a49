import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildZip, utf8, type ZipFile } from "../../../test/build-zip.ts";
import { fflateCodec } from "./fflate-codec.ts";
import { defaultLimits } from "./limits.ts";
import { inflateEntry, rawData, readZip, type ZipArchive } from "./read-zip.ts";
import { createZip, rewriteZip } from "./write-zip.ts";
import { zlibCodec } from "./zlib-codec.ts";

const zlib = zlibCodec()!;
const read = (bytes: Uint8Array): ZipArchive => readZip(bytes, defaultLimits);
const files: ZipFile[] = [
  { name: "a.xml", data: utf8("<a/>"), externalAttributes: 0x01800000 },
  { name: "b.bin", data: utf8("stored"), method: 0 },
  { name: "c.xml", data: utf8("<c/>".repeat(99)), flags: 8 },
];

function content(archive: ZipArchive, name: string): string | undefined {
  const entry = archive.entries.find((each) => each.name === name);
  return entry && new TextDecoder().decode(inflateEntry(archive, entry, zlib));
}

/** The entry's bytes from local header to the next entry, and its record without the offset. */
function identity(archive: ZipArchive, name: string): unknown {
  const entry = archive.entries.find((each) => each.name === name)!;
  const record = entry.record.slice();
  record.fill(0, 42, 46);
  const header = archive.bytes.subarray(entry.localOffset, entry.dataOffset);
  return { record, header, data: rawData(archive, entry) };
}

describe("rewriteZip", () => {
  it("returns the same bytes when nothing is replaced", () => {
    const bytes = buildZip(files, { comment: utf8("c") });
    expect(rewriteZip(read(bytes), new Map(), new Map(), zlib)).toEqual(new Uint8Array(bytes));
  });

  it.each([
    ["an ordinary archive", {}],
    ["one with ZIP64 end records", { isZip64: true }],
    ["one with bytes in front", { prefix: utf8("prefix") }],
    ["one with bytes in front and ZIP64 end records", { prefix: utf8("prefix"), isZip64: true }],
    ["one with a comment of the wrong length", { comment: utf8("hello"), commentLength: 77 }],
  ])("keeps the other entries and the comment of %s", (_, options) => {
    for (const replaced of ["a.xml", "b.bin", "c.xml"]) {
      const before = read(buildZip(files, options));
      const longer = "<new/>".repeat(50);
      const after = read(
        rewriteZip(before, new Map([[replaced, utf8(longer)]]), new Map([["d.xml", utf8("<d/>")]]), zlib),
      );
      expect(after.entries.map(({ name }) => name)).toEqual(["a.xml", "b.bin", "c.xml", "d.xml"]);
      expect(content(after, replaced)).toBe(longer);
      expect(content(after, "d.xml")).toBe("<d/>");
      for (const { name } of files)
        if (name !== replaced) expect(identity(after, name)).toEqual(identity(before, name));
    }
  });

  it("rewrites among ZIP64 entries", () => {
    const before = read(
      buildZip(
        files.map((file) => ({ ...file, isZip64: true })),
        { isZip64: true },
      ),
    );
    const after = read(rewriteZip(before, new Map([["a.xml", utf8("x".repeat(500))]]), new Map(), zlib));
    expect(files.map(({ name }) => content(after, name))).toEqual([
      "x".repeat(500),
      "stored",
      "<c/>".repeat(99),
    ]);
    expect(read(rewriteZip(after, new Map([["b.bin", utf8("y")]]), new Map(), zlib)).entries).toHaveLength(3);
  });

  it("keeps external attributes and the date of a replaced entry", () => {
    const before = read(buildZip(files));
    const after = read(rewriteZip(before, new Map([["a.xml", utf8("x")]]), new Map(), zlib));
    const [old, now] = [before.entries[0]!.record, after.entries[0]!.record];
    expect(now.slice(12, 16)).toEqual(old.slice(12, 16));
    expect(now.slice(38, 42)).toEqual(old.slice(38, 42));
  });

  it("keeps every other entry raw, for any archive, replacement and codec", () => {
    const data = fc.uint8Array({ maxLength: 300 });
    const file = fc.record({
      data,
      method: fc.constantFrom(0, 8),
      flags: fc.constantFrom(0, 8),
      isZip64: fc.boolean(),
    });
    const archives = fc.array(file, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        archives,
        fc.nat(),
        data,
        fc.boolean(),
        fc.constantFrom(zlib, fflateCodec),
        (shapes, pick, text, isZip64, codec) => {
          const before = read(
            buildZip(
              shapes.map((shape, place) => ({ ...shape, name: `${place}.xml` })),
              { isZip64 },
            ),
          );
          const replaced = `${pick % shapes.length}.xml`;
          const after = read(rewriteZip(before, new Map([[replaced, text]]), new Map(), codec));
          for (const entry of after.entries) {
            if (entry.name === replaced) expect(inflateEntry(after, entry, codec)).toEqual(text);
            else
              expect(rawData(after, entry)).toEqual(
                rawData(before, before.entries.find(({ name }) => name === entry.name)!),
              );
          }
        },
      ),
    );
  });
});

describe("createZip", () => {
  it("makes the same archive each time, which reads back", () => {
    const given = new Map([
      ["[Content_Types].xml", utf8("<Types/>")],
      ["äöü.xml", utf8("x")],
    ]);
    const bytes = createZip(given, zlib);
    expect(createZip(given, zlib)).toEqual(bytes);
    expect(read(bytes).entries.map(({ name }) => name)).toEqual(["[Content_Types].xml", "äöü.xml"]);
    expect(content(read(bytes), "äöü.xml")).toBe("x");
  });
});
