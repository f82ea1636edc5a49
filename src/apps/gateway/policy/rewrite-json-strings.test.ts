import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rewriteJsonStrings } from "./rewrite-json-strings.ts";

/** The same by parsing, with names from the outermost object inward. */
function mapped(
  value: unknown,
  change: (text: string, place: readonly string[]) => string,
  place: string[] = [],
): unknown {
  if (typeof value === "string") return change(value, place);
  if (Array.isArray(value)) return value.map((each) => mapped(each, change, place));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, mapped(each, change, [...place, name])]),
  );
}

describe("rewriteJsonStrings", () => {
  it("leaves numbers, order, spaces and escapes as they were written", () => {
    const json = '{ "seed":12345678901234567890,\n "a" : ["\\u0041\\/", {"b":"x"}], "a":"y" }';
    expect(rewriteJsonStrings(json, (text) => text)).toBe(json);
    expect(rewriteJsonStrings(json, (text) => (text === "x" ? 'z"' : text))).toBe(
      json.replace('"x"', '"z\\""'),
    );
  });

  it("changes what a parser would change, and says where it stands", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(3), (value, indent) => {
        const json = JSON.stringify(value, null, indent);
        const change = (text: string, place: readonly string[]): string => `${text}|${place.join("/")}`;
        const changed: unknown = JSON.parse(rewriteJsonStrings(json, change));
        expect(changed).toEqual(mapped(JSON.parse(json), change));
        expect(rewriteJsonStrings(json, (text) => text)).toBe(json);
      }),
      { numRuns: 500 },
    );
  });
});
