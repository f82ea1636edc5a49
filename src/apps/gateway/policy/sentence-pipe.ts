import type { TextPipe } from "./text-pipe.ts";

/** A sentence that is longer is judged in pieces. */
const LONGEST = 2_000;
const SENTENCE_END = /(?:[.!?…]["'”’)\]]*\s|[。！？]|\n)/gu;
/** What is judged again with the next sentence. */
const CONTEXT = 400;

/** Holds each sentence until it is judged; from the first that is refused on, nothing comes out. */
export function sentencePipe(
  isRefused: (text: string) => Promise<boolean>,
  state: { isBlocked: boolean },
): TextPipe {
  let held = "";
  let before = "";
  const give = async (ready: string): Promise<string> => {
    if (ready === "" || state.isBlocked) return "";
    if (await isRefused(before + ready)) {
      state.isBlocked = true;
      return "";
    }
    before = (before + ready).slice(-CONTEXT);
    return ready;
  };
  return {
    push: (piece) => {
      held += piece;
      const last = [...held.matchAll(SENTENCE_END)].at(-1);
      const cut =
        last === undefined ? (held.length > LONGEST ? held.length : 0) : last.index + last[0].length;
      const ready = held.slice(0, cut);
      held = held.slice(cut);
      return give(ready);
    },
    end: () => {
      const rest = held;
      held = "";
      return give(rest);
    },
    held: () => (state.isBlocked ? 0 : held.length),
  };
}
