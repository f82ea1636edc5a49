import type {
  LiveCaptionMode,
  LiveDoubt,
  LiveParticipant,
  LiveReason,
} from "../../src/apps/server/protocol/live-messages.ts";
import { baseLanguage } from "./languages.ts";
import type { Draft, RoomLine } from "./room-state.ts";

/** Text on the page: `tail` is dimmed, because it may still change. */
export type ShownText = { readonly settled: string; readonly tail: string; readonly language: string };

/** One line as this reader sees it. */
export type LineView = {
  readonly isMine: boolean;
  readonly isFinal: boolean;
  /** What is read: the translation, or the words themselves where none is needed. Absent while the engine works. */
  readonly main?: ShownText | undefined;
  /** The words as they were said, where `main` is a translation. */
  readonly original?: ShownText | undefined;
  /** Why there is no translation. */
  readonly reason?: LiveReason | undefined;
  readonly doubts: readonly LiveDoubt[];
};

export type Reader = {
  readonly me?: LiveParticipant | undefined;
  readonly known: Readonly<Record<string, LiveParticipant>>;
  readonly mode: LiveCaptionMode;
  /** Lines up to here were said before this stay in the room; nobody may ever have translated them. */
  readonly joinedAtSeq: number;
};

/** Chooses what is read large, what small, and what is not settled yet. */
export function viewLine(line: RoomLine, { me, known, mode, joinedAtSeq }: Reader): LineView {
  const { said, translation } = line;
  const isMine = line.speaker === me?.id;
  const language = said?.language ?? known[line.speaker]?.language ?? "";
  const words = said === undefined ? draftText(line.heard, language, mode) : settled(said.text, language);
  const view = { isMine, doubts: translation?.doubts ?? [] };
  if (translation?.text !== undefined) {
    const main = settled(translation.text, translation.language);
    return { ...view, isFinal: true, main, original: words };
  }
  if (translation !== undefined)
    return { ...view, isFinal: true, main: words, reason: translation.reason ?? unknownReason };
  const isUnderstood = isMine || baseLanguage(language) === baseLanguage(me?.language ?? language);
  const isHistory = said !== undefined && said.seq <= joinedAtSeq;
  if (isUnderstood || isHistory) return { ...view, isFinal: said !== undefined, main: words };
  const main = draftText(line.translating, me?.language ?? "", mode);
  return { ...view, isFinal: false, main, original: words };
}

const unknownReason: LiveReason = { code: "engine-failed", text: "the engine failed" };

const settled = (text: string, language: string): ShownText => ({ settled: text, tail: "", language });

/** In the steady mode only what stays is shown. */
function draftText(draft: Draft | undefined, language: string, mode: LiveCaptionMode): ShownText | undefined {
  if (draft === undefined) return undefined;
  const tail = mode === "steady" ? "" : draft.tail;
  return draft.stable === "" && tail === "" ? undefined : { settled: draft.stable, tail, language };
}
