import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { BadRequestError } from "../../errors.ts";
import { parseQuotedChanges } from "./quoted-change.ts";
import { quotedChangesJsonSchema } from "./quoted-change-schema.ts";

const published: unknown = JSON.parse(
  readFileSync(new URL("../../../schemas/changes.schema.json", import.meta.url), "utf8"),
);

const GOOD = [
  { kind: "replace", quote: "old", text: "new" },
  { kind: "replace", quote: "old", text: "", occurrence: 2, id: "a", comment: "shorter" },
  { kind: "delete", quote: "old words" },
  { kind: "insert-after", quote: "old", text: "one\ntwo" },
  { kind: "comment", quote: "old", text: "Is this so?" },
  { kind: "format", quote: "x", set: { bold: true, vertical: "superscript", size: 10.5 } },
  { kind: "format-paragraph", quote: "x", set: { style: "Heading 1", spaceAfter: 6 }, comment: "why" },
  { kind: "split", quote: "x" },
  { kind: "merge", quote: "x", text: "; " },
  { kind: "insert-row", quote: "x", cells: ["a", ""], side: "before" },
  { kind: "delete-row", quote: "x" },
  { kind: "insert-column", quote: "x", cells: ["a"] },
  { kind: "delete-column", quote: "x", occurrence: 2 },
  { kind: "insert-table", quote: "x", rows: [["a", "b"]], headerRows: 0 },
  { kind: "insert-image", quote: "x", image: "data:image/png;base64,AAAA", altText: "A picture" },
];

const BAD: readonly (readonly [string, unknown, RegExp])[] = [
  [
    "an unknown kind",
    [{ kind: "rewrite", quote: "a", text: "b" }],
    /changes\[0\] has the unknown kind "rewrite": allowed are "replace", "delete"/,
  ],
  ["no kind", [{ quote: "a" }], /changes\[0\] has no kind/],
  [
    "an unknown key",
    [GOOD[0], { kind: "replace", quote: "a", text: "b", author: "me" }],
    /changes\[1\] has the unknown key "author": a replace has kind, quote, text/,
  ],
  [
    "a comment on a comment",
    [{ kind: "comment", quote: "a", text: "b", comment: "c" }],
    /unknown key "comment"/,
  ],
  ["a missing quote", [{ kind: "delete" }], /changes\[0\]\.quote is missing/],
  ["a missing text", [{ kind: "replace", quote: "a" }], /changes\[0\]\.text is missing/],
  ["an empty quote", [{ kind: "delete", quote: " " }], /changes\[0\]\.quote is empty/],
  ["an empty comment", [{ kind: "comment", quote: "a", text: "" }], /changes\[0\]\.text is empty/],
  ["an occurrence of 0", [{ kind: "delete", quote: "a", occurrence: 0 }], /changes\[0\]\.occurrence/],
  [
    "a text that is a number",
    [{ kind: "replace", quote: "a", text: 3 }],
    /changes\[0\]\.text: expected string/,
  ],
  ["an entry that is no object", ["replace"], /changes\[0\] is not an object/],
  ["an entry that is null", [null], /changes\[0\] is not an object/],
];

describe("parseQuotedChanges", () => {
  test("takes every kind with and without the optional keys", () => {
    expect(parseQuotedChanges(GOOD)).toEqual(GOOD);
  });

  test.each(BAD)("refuses %s by naming the entry", (_, value, message) => {
    expect(() => parseQuotedChanges(value)).toThrow(BadRequestError);
    expect(() => parseQuotedChanges(value)).toThrow(message);
  });

  test("refuses what is not an array", () => {
    expect(() => parseQuotedChanges({ changes: [] })).toThrow(/not an array/);
  });

  test("refuses two changes with one id, given or by default", () => {
    expect(() =>
      parseQuotedChanges([
        { ...GOOD[0], id: "x" },
        { ...GOOD[2], id: "x" },
      ]),
    ).toThrow(/changes\[1\] has the same id/);
    expect(() => parseQuotedChanges([{ ...GOOD[0], id: "change-2" }, GOOD[2]])).toThrow(/same id/);
  });

  test("names what each kind may have in the hint", () => {
    try {
      parseQuotedChanges([{ kind: "x" }]);
      expect.unreachable();
    } catch (error) {
      expect((error as BadRequestError).hint).toContain("delete {kind, quote, occurrence?, id?, comment?}");
    }
  });

  test("stops at five problems and counts the rest", () => {
    expect(() => parseQuotedChanges(Array.from({ length: 9 }, () => ({ kind: "x" })))).toThrow(/and 4 more/);
  });
});

describe("schemas/changes.schema.json", () => {
  test("is the schema of the code", () => {
    expect(published).toEqual(quotedChangesJsonSchema());
  });

  test("accepts and refuses what the code does", () => {
    const validate = new Ajv2020({ strict: false }).compile(quotedChangesJsonSchema());
    expect(validate(GOOD)).toBe(true);
    for (const [, value] of BAD) expect(validate(value)).toBe(false);
  });
});
