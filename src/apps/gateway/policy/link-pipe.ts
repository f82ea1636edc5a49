import type { CheckedLinks } from "../../../models/safety/check-links.ts";
import type { TextPipe } from "./text-pipe.ts";

/** No link is longer than this. */
const LONGEST = 2_100;
/** What may begin a link is shorter than this. */
const BEGINNING = 24;
/** Letters before a text that decide what begins in it. */
const CONTEXT = 30;
const START =
  /(?<![\p{L}\p{N}])(?:(?:h\s?t\s?t\s?p\s?s?|ftps?|wss?)\s{0,2}:|www|(?:data|javascript|vbscript|file|blob):)|[/\\]{2}/iu;
// Before a space that may stand in a scheme, as in `h t t p : //…`; links have spaces nowhere else.
const SCHEME_BEFORE = /(?<![\p{L}\p{N}])(?:h(?:\s?t(?:\s?t(?:\s?p(?:\s?s)?)?)?)?|ftps?|wss?)\s?(?::\s?)?$/iu;
const SCHEME_AFTER = /^(?:$|[tps:/\\\s])/i;

/** Makes links harmless in a text that comes in pieces: what may be one waits until its word is whole. */
export function linkPipe(check: (text: string) => CheckedLinks): TextPipe {
  let held = "";
  let before = "";
  const give = (text: string): string => {
    if (text === "") return "";
    const given = check(before + text).text.slice(before.length);
    before = (before + text).slice(-CONTEXT);
    // A whole link there has been changed already.
    while (check(before).text !== before) before = before.slice(1);
    return given;
  };
  return {
    push: (piece) => {
      held += piece;
      const cut = decidedLength(held);
      const ready = held.slice(0, cut);
      held = held.slice(cut);
      return give(ready);
    },
    end: () => {
      const rest = held;
      held = "";
      return give(rest);
    },
    held: () => held.length,
  };
}

/** How much of a text no later letter can make part of a link. */
function decidedLength(text: string): number {
  const from = wordStart(text);
  const start = START.exec(text.slice(from));
  if (start !== null) return text.length - from - start.index > LONGEST ? text.length : from + start.index;
  const cut = Math.max(from, text.length - BEGINNING);
  const isHalf = /[\uD800-\uDBFF]/.test(text[cut - 1] ?? "");
  return isHalf ? cut - 1 : cut;
}

/** Behind the last space that is in no link. */
function wordStart(text: string): number {
  for (let at = text.length - 1; at >= 0; at--) {
    if (!/\s/.test(text[at]!)) continue;
    const isInScheme =
      SCHEME_AFTER.test(text.slice(at + 1, at + 2)) &&
      SCHEME_BEFORE.test(text.slice(Math.max(0, at - 16), at));
    if (!isInScheme) return at + 1;
  }
  return 0;
}
