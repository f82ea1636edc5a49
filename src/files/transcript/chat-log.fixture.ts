import { formatTime } from "./format-time.ts";
import type { Speaker } from "./transcript.ts";

export type Turn = { readonly speaker: Speaker; readonly text: string; readonly seconds: number };

/** Writes turns as the chat log Tandem defines: `HH:MM:SS Name (domain): text`. For tests. */
export function writeChatLog(turns: readonly Turn[]): string {
  return turns
    .map(({ speaker, text, seconds }) => {
      const domain = speaker.domain === undefined ? "" : ` (${speaker.domain})`;
      return `${formatTime(seconds, "clock")} ${speaker.name}${domain}: ${text}\n`;
    })
    .join("");
}
