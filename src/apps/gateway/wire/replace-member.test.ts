import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replaceMember } from "./replace-member.ts";

describe("replaceMember", () => {
  it("changes nothing but the value", () => {
    const body = '{ "seed": 12345678901234567890,\n "model" : "a\\"b" , "messages":[{"model":"x"}]}';
    expect(replaceMember(body, "model", '"gpt"')).toBe(
      '{ "seed": 12345678901234567890,\n "model" : "gpt" , "messages":[{"model":"x"}]}',
    );
  });

  it("does not take a value for a name", () => {
    expect(replaceMember('{"a":"model","b":{"model":1}}', "model", "2")).toBe(
      '{"model":2,"a":"model","b":{"model":1}}',
    );
  });

  it("finds a name that is written with escapes", () => {
    expect(replaceMember('{"mod\\u0065l":"x"}', "model", '"y"')).toBe('{"mod\\u0065l":"y"}');
  });

  it("adds a member to an empty object", () => {
    expect(replaceMember("{ }", "model", "1")).toBe('{"model":1 }');
  });

  it("is the same as setting it in the parsed object", () => {
    const object = fc.dictionary(
      fc.oneof(fc.constantFrom("model", "a", 'b"', "c\\"), fc.string()),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(object, fc.jsonValue(), fc.constantFrom(undefined, 1, "\t"), (body, value, indent) => {
        const json = JSON.stringify(body, undefined, indent);
        const replaced = JSON.parse(replaceMember(json, "model", JSON.stringify(value)));
        expect(replaced).toEqual(JSON.parse(JSON.stringify({ ...body, model: value })));
      }),
      { numRuns: 500 },
    );
  });
});
