import { linkChecker } from "../../../models/safety/check-links.ts";
import type { Call } from "../read-call.ts";
import type { AnswerTransform } from "./answer-transform.ts";
import { linkPipe } from "./link-pipe.ts";
import { isWord } from "./mask-call.ts";
import { rewriteJsonStrings } from "./rewrite-json-strings.ts";
import { StreamRewriter } from "./rewrite-stream.ts";
import { wholeTextPipe } from "./text-pipe.ts";

/**
 * Makes links in an answer harmless that neither stand in the request nor lead to an allowed host. A tool call's arguments
 * wait until they are whole, since escapes may hide a link in them.
 */
export function defangAnswer({ body }: Pick<Call, "body">, allowedHosts: readonly string[]): AnswerTransform {
  const inputs: string[] = [];
  rewriteJsonStrings(body.toString("utf8"), (text) => {
    if (/[:/\\]|www/i.test(text)) inputs.push(text);
    return text;
  });
  const check = linkChecker({ inputs, allowedHosts });
  const defang = (text: string): string => check(text).text;
  const inArguments = (text: string): string => {
    try {
      JSON.parse(text);
    } catch {
      return defang(text);
    }
    return rewriteJsonStrings(text, defang);
  };
  const answer = (json: string): string =>
    rewriteJsonStrings(json, (text, place) => {
      if (isWord(place)) return text;
      return place.at(-1) === "arguments" ? inArguments(text) : defang(text);
    });
  const rewriter = new StreamRewriter({
    pipeFor: ({ isArguments }) => (isArguments ? wholeTextPipe(inArguments) : linkPipe(check)),
    rewriteWhole: answer,
  });
  return { answer, frames: (frames) => rewriter.frames(frames), end: () => rewriter.end() };
}
