import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { liveJsonSchema } from "./live-json-schema.ts";

const published: object = JSON.parse(
  readFileSync(new URL("../../../../schemas/live.schema.json", import.meta.url), "utf8"),
);

describe("the published schema of live messages", () => {
  it("is current; npx node scripts/write-schemas.ts makes it so", () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(liveJsonSchema())));
  });

  it("takes messages of both directions and refuses others", () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const isMessage = ajv.compile(published);
    expect(isMessage({ type: "session.join", token: "x", participantToken: "y" })).toBe(true);
    expect(isMessage({ type: "input_text.line", line: "1", text: "Hello" })).toBe(true);
    expect(isMessage({ type: "room.closed", seq: 3, at: "2026-03-02T09:00:00.000Z" })).toBe(true);
    expect(isMessage({ type: "input_text.line", line: "1", text: "" })).toBe(false);
    expect(isMessage({ type: "session.join" })).toBe(false);
    expect(isMessage({ type: "rubbish" })).toBe(false);
  });
});
