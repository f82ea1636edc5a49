import {
  inJsonString,
  type MaskSession,
  unmaskStream,
  unmaskText,
} from "../../../models/safety/mask-text.ts";
import type { AnswerTransform } from "./answer-transform.ts";
import { isWord } from "./mask-call.ts";
import { type JsonPlace, rewriteJsonStrings } from "./rewrite-json-strings.ts";
import { StreamRewriter } from "./rewrite-stream.ts";

export type UnmaskAnswerOptions = {
  /** True when the caller asked for an answer in JSON: a value with a quotation mark would end a string of it. */
  readonly isJsonAnswer: boolean;
};

/** Puts the masked values back into an answer, whole or streamed. What has no token stays as it came, to the byte. */
export function unmaskAnswer(session: MaskSession, { isJsonAnswer }: UnmaskAnswerOptions): AnswerTransform {
  const options = (isJson: boolean): { write?: (value: string) => string } =>
    isJson ? { write: inJsonString } : {};
  const answer = (json: string): string =>
    rewriteJsonStrings(json, (text, place) =>
      isWord(place) ? text : unmaskText(text, session, options(isJsonText(place, isJsonAnswer))),
    );
  const rewriter = new StreamRewriter({
    pipeFor: ({ isArguments, channel }) =>
      unmaskStream(session, options(isArguments || (isJsonAnswer && !/refusal|reasoning/.test(channel)))),
    rewriteWhole: answer,
  });
  return { answer, frames: (frames) => rewriter.frames(frames), end: () => rewriter.end() };
}

/** What a response repeats of its request. */
const REPEATED: ReadonlySet<string> = new Set(["instructions", "tools", "metadata", "input"]);

function isJsonText(place: JsonPlace, isJsonAnswer: boolean): boolean {
  const name = place.at(-1) ?? "";
  if (name === "arguments") return true;
  if (!isJsonAnswer || place.some((each) => REPEATED.has(each))) return false;
  return (name === "content" || name === "text") && !place.includes("summary");
}
