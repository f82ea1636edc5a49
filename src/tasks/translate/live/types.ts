import type { Glossary } from "../../../files/glossary/types.ts";
import type { TranslationEngine } from "../../../models/translation/translation-engine.ts";
import type { CheckFinding } from "../checks/check-types.ts";

/** One organisation in a room. What its people read is translated by its own engine and kept as long as it says. */
export type Side = {
  readonly id: string;
  readonly name: string;
  /** The organisation's internet domain, for example `acme.example`. */
  readonly domain?: string;
  /** BCP 47. What its people read unless they choose otherwise. */
  readonly language: string;
};

export type Participant = {
  readonly id: string;
  readonly name: string;
  readonly side: string;
  /** BCP 47: what this person speaks and reads. */
  readonly language: string;
};

/** What somebody says. `line` is the speaker's own name for the utterance: said again under it, it is not said twice. */
export type Saying = {
  readonly line: string;
  /** The whole utterance so far; a recogniser may still change its earlier words. */
  readonly text: string;
  /** True when the utterance is over. Typed lines are final at once. */
  readonly isFinal: boolean;
};

/** What is remembered: numbered without gaps from 1 in each room, in the order in which it happened. */
export type LoggedEvent = { readonly seq: number; readonly at: Date } & (
  | { readonly kind: "participant-joined"; readonly participant: Participant }
  | { readonly kind: "participant-left"; readonly participant: string }
  | {
      readonly kind: "line-said";
      readonly line: string;
      readonly speaker: string;
      readonly language: string;
      readonly text: string;
    }
  | {
      /** One a line, side and language; without `text` the engine failed and `reason` says why. */
      readonly kind: "line-translated";
      /** `seq` of the line that was said. */
      readonly said: number;
      readonly side: string;
      readonly language: string;
      readonly text?: string;
      readonly reason?: string;
      /** The kind of the reason. */
      readonly code?: LineFailure;
      readonly engine: string;
      /** From the end of the utterance to this event. */
      readonly milliseconds: number;
      readonly findings: readonly CheckFinding[];
    }
  | { readonly kind: "slots-proposed"; readonly slots: readonly ProposedSlot[] }
  | { readonly kind: "slot-chosen"; readonly slot: ProposedSlot; readonly participant: string }
  | { readonly kind: "room-closed" }
);

/** Why a line has no translation. `unusable`: the engine answered, but a check forbids the answer. */
export type LineFailure = "no-engine" | "no-model" | "out-of-time" | "unusable" | "engine-failed";

/** A time at which all sides are free. */
export type ProposedSlot = { readonly start: Date; readonly end: Date };

/** What is shown while somebody speaks; never remembered, and dropped where a reader is slow. */
export type PassingEvent = {
  /** `source-changed`: the speaker's words; `target-changed`: their translation for this reader. */
  readonly kind: "source-changed" | "target-changed";
  readonly speaker: string;
  readonly line: string;
  readonly language: string;
  /** Counts up with each change of one line. */
  readonly revision: number;
  /** Words that will not change before the utterance is over. */
  readonly stable: string;
  /** Words after them that may. */
  readonly unstable: string;
};

export type LiveEvent = LoggedEvent | PassingEvent;

/** How much a reader wants to see of what may still change. */
export type CaptionMode =
  /** Every change at once, the changing end included. */
  | "responsive"
  /** Only words that two hypotheses agree on; the end of an utterance may correct them once. */
  | "balanced"
  /** Whole lines only. */
  | "steady";

/** Where a room's events are kept. `append` returns when the event is safe. */
export type RoomLog = {
  readonly append: (events: readonly LoggedEvent[]) => Promise<void>;
  /** In the order of `seq`. With `limit` at least so many where there are as many; more do no harm. */
  readonly read: (after: number, limit?: number) => Promise<readonly LoggedEvent[]>;
};

export type LiveRoomOptions = {
  readonly sides: readonly Side[];
  /** The engine of a side; asked once for each. */
  readonly engineOf: (side: string) => Promise<TranslationEngine>;
  /** The terms a side wants used, for the check of its lines and the engines that follow terms. Defaults to none. */
  readonly glossaryOf?: (side: string) => Promise<Glossary | undefined>;
  readonly log: RoomLog;
  readonly now: () => Date;
  /** Told of failures that nobody in the room can mend; never holds text of the call. */
  readonly warn?: (sentence: string) => void;
  /** Milliseconds an engine gets for a line. Defaults to 60,000. */
  readonly timeLimit?: number;
};

/** A reader of the room: one connection of one participant. */
export type ReaderOptions = {
  readonly participant: string;
  readonly mode: CaptionMode;
  /** The last `seq` this reader has; everything later is sent again. Defaults to 0. */
  readonly after?: number;
  /** Gets events one after the other; while its promise is open, passing events are replaced by later ones of their line. */
  readonly send: (event: LiveEvent) => void | Promise<void>;
};

export type Reader = {
  /** Changes what is shown from now on. */
  readonly setMode: (mode: CaptionMode) => void;
  readonly close: () => void;
};

/** A line as one side has it, for its transcript. */
export type LiveLine = {
  readonly seq: number;
  readonly at: Date;
  readonly speaker: Participant;
  readonly text: string;
  /** By language, as the side's engine translated it. */
  readonly translations: Readonly<Record<string, string>>;
  /** What was said, as a BCP 47 tag; the speaker's language where it is absent. */
  readonly language?: string;
  /** What the checks found to doubt in each translation, by language. */
  readonly findings?: Readonly<Record<string, readonly CheckFinding[]>>;
};

/** A call between sides that is translated while it goes on. */
export interface LiveRoom {
  readonly sides: readonly Side[];
  readonly participants: readonly Participant[];
  /** `seq` of the last event. */
  readonly seq: number;
  readonly isClosed: boolean;
  join(participant: Participant): Promise<void>;
  leave(participant: string): Promise<void>;
  /** Changes the language a participant speaks and reads. */
  setLanguage(participant: string, language: string): Promise<void>;
  /** Returns the `seq` of a final line, the earlier one where the line is known already; nothing for a partial. */
  say(participant: string, saying: Saying): Promise<number | undefined>;
  read(options: ReaderOptions): Reader;
  proposeSlots(slots: readonly ProposedSlot[]): Promise<void>;
  chooseSlot(participant: string, slot: ProposedSlot): Promise<void>;
  /** What one side has of the call: its own lines, and the others' with its own engine's translations. */
  lines(side: string): Promise<readonly LiveLine[]>;
  /** Nothing can be said any more; what is being translated is finished first. */
  close(): Promise<void>;
}

/** Opens a room, going on where its log ends: lines that were said but not translated are translated now. */
export type OpenLiveRoom = (options: LiveRoomOptions) => Promise<LiveRoom>;
