import type { AnswerTransform } from "./answer-transform.ts";
import { readFrame } from "./stream-frame.ts";

/** Tells the id of a response, whole or streamed, and changes nothing. */
export function rememberAnswer(remember: (id: string) => void): AnswerTransform {
  let isKnown = false;
  const tell = (id: unknown): void => {
    if (typeof id === "string") remember(id);
    isKnown ||= typeof id === "string";
  };
  return {
    answer: (json) => {
      tell((JSON.parse(json) as { readonly id?: unknown }).id);
      return json;
    },
    frames: (frames) => {
      for (const frame of frames) {
        if (isKnown) break;
        tell((readFrame(frame).data?.response as { readonly id?: unknown } | undefined)?.id);
      }
      return frames;
    },
    end: () => [],
  };
}
