import type { LiveDoubt, LiveKept, LiveReason } from "../../src/apps/server/protocol/live-messages.ts";
import type { TextKey } from "../texts/texts.ts";
import type { Page } from "./page-context.ts";

type Words = Pick<Page, "say" | "language">;

const errors: Readonly<Record<string, TextKey>> = {
  "bad-token": "errorBadToken",
  "room-closed": "roomClosed",
  "room-full": "errorFull",
  "server-full": "errorFull",
  "cannot-hear": "errorNotHeard",
  "not-proposed": "errorNotProposed",
  "slot-past": "errorSlotPast",
  "slot-taken": "errorSlotTaken",
  "copy-deleted": "errorCopyDeleted",
  failed: "errorFailed",
};

const reasons: Readonly<Record<string, TextKey>> = {
  "no-engine": "reasonNoEngine",
  "no-model": "reasonNoModel",
  "out-of-time": "reasonOutOfTime",
  unusable: "reasonUnusable",
  "engine-failed": "reasonFailed",
};

const doubts: Readonly<Record<string, TextKey>> = {
  numbers: "doubtNumbers",
  terms: "doubtTerms",
  "forbidden-term": "doubtTerms",
  length: "doubtLength",
  "too-long": "doubtLength",
  language: "doubtLanguage",
  untranslated: "doubtUntranslated",
  repetition: "doubtRepetition",
  brackets: "doubtMarks",
  "end-mark": "doubtMarks",
};

/** The server's sentences are English and say more than a code does; in another language the code's words are shown. */
function worded(
  texts: Readonly<Record<string, TextKey>>,
  { code, sentence }: { readonly code: string; readonly sentence: string },
  { say, language }: Words,
): string {
  const key = Object.hasOwn(texts, code) ? texts[code] : undefined;
  return key === undefined || language === "en" ? sentence : say(key);
}

/** What was refused, in the page's language where its code is known. */
export function errorText(
  {
    code,
    message,
    hint,
  }: { readonly code: string; readonly message: string; readonly hint?: string | undefined },
  words: Words,
): string {
  const sentence = [message, hint]
    .filter((part) => part !== undefined)
    .map(asSentence)
    .join(" ");
  return worded(errors, { code, sentence }, words);
}

/** Why a line has no translation. */
export const reasonText = ({ code, text }: LiveReason, words: Words): string =>
  worded(reasons, { code, sentence: asSentence(text) }, words);

/** What is doubted in a translation. */
export function doubtText({ kind, text }: LiveDoubt, words: Words): string {
  const sentence = asSentence(text);
  const said = worded(doubts, { code: kind, sentence }, words);
  const numbers = text.match(/\d+(?:[.,:]\d+)*/gu) ?? [];
  // Which numbers it is about needs no words.
  return said === sentence || numbers.length === 0 ? said : said.replace(/\.$/u, ` (${numbers.join(", ")}).`);
}

/** How long this side's copy is kept. */
export function keptText(
  { kind, days = 0, text }: LiveKept,
  { say, locale }: Pick<Page, "say" | "locale">,
): string {
  if (kind === "forever") return say("keptForever");
  if (kind === "until-closed") return say("keptUntilClosed");
  if (kind !== "days") return text;
  const format = new Intl.NumberFormat(locale, { style: "unit", unit: "day", unitDisplay: "long" });
  return say("keptDays", { days: format.format(days) });
}

/** The server writes sentences without a capital and a full stop, as parts of lines. */
function asSentence(text: string): string {
  const whole = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?…)]$/u.test(whole) ? whole : `${whole}.`;
}
