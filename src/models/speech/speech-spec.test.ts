import { describe, expect, it } from "vitest";
import { BadRequestError } from "../../errors.ts";
import { parseSpeechSpec } from "./speech-spec.ts";

describe("the name of a recogniser", () => {
  it("is read", () => {
    expect(parseSpeechSpec("none")).toEqual({ kind: "none" });
    expect(parseSpeechSpec(" Pocketsphinx ")).toEqual({ kind: "pocketsphinx" });
    expect(parseSpeechSpec("sherpa:C:\\models\\tiny")).toEqual({
      kind: "sherpa",
      folder: "C:\\models\\tiny",
    });
    expect(parseSpeechSpec("openai-audio:whisper-1")).toEqual({
      kind: "openai-audio",
      model: "whisper-1",
      url: "https://api.openai.com/v1",
    });
    expect(parseSpeechSpec("openai-audio:org/whisper@v3@http://localhost:8000/v1/")).toEqual({
      kind: "openai-audio",
      model: "org/whisper@v3",
      url: "http://localhost:8000/v1",
    });
  });

  it.each([
    "",
    "whisper",
    "sherpa",
    "sherpa:",
    "none:x",
    "openai-audio",
    "openai-audio:@http://localhost/v1",
    "openai-audio:a b",
    "openai-audio:m@http://",
  ])("is refused with the known forms: %j", (spec) => {
    expect(() => parseSpeechSpec(spec)).toThrow(BadRequestError);
  });
});
