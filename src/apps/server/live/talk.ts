import { TandemError } from "../../../errors.ts";
import type { Reader, Saying } from "../../../tasks/translate/live/types.ts";
import type { ClientMessage, LiveCaptionMode } from "../protocol/live-messages.ts";
import { liveParticipant } from "./event-message.ts";
import { type Hearing, hears, openHearing, readPcm } from "./hearing.ts";
import { pause } from "./inbox.ts";
import type { Joining } from "./join-room.ts";
import type { LivePorts } from "./live-ports.ts";
import type { Outbox } from "./outbox.ts";
import { errorMessage, type Refusal } from "./read-message.ts";
import { slotRefusal } from "./slot-refusal.ts";
import { tokenBucket } from "./token-bucket.ts";

/** What a participant does after they joined. */
export type Talk = {
  /** Does what a message asks. Rejects where the room refuses it. */
  readonly take: (message: ClientMessage) => Promise<Refusal | undefined>;
  readonly close: () => Promise<void>;
};

export type TalkOptions = {
  readonly joining: Joining;
  readonly ports: LivePorts;
  readonly outbox: Outbox;
  readonly reader: Reader;
  readonly mode: LiveCaptionMode;
  /** The person reads in this language from now on. */
  readonly onLanguage: (language: string) => void;
};

const SAMPLES_PER_SECOND = 16_000;

/** Speaks for one participant and for nobody else: no message names who speaks. */
export function openTalk(options: TalkOptions): Talk {
  const { joining, ports, outbox, reader } = options;
  const { live, record } = joining.room;
  const { id } = joining.participant;
  const spend = { line: tokenBucket(ports.limits.lines), audio: tokenBucket(ports.limits.audioSeconds) };
  let mode = options.mode;
  let hearing: Hearing | undefined;

  const language = (): string =>
    live.participants.find((each) => each.id === id)?.language ?? joining.side.language;
  const say = async (saying: Saying): Promise<void> => {
    if (saying.isFinal) await pause(spend.line(1));
    await live.say(id, saying);
  };

  const hear = async (audio: string): Promise<Refusal | undefined> => {
    const pcm = readPcm(audio);
    if (pcm === undefined) return { code: "bad-message", message: "audio: must be base64 of 16-bit samples" };
    const recogniser = await ports.recogniser();
    if (recogniser === undefined || !hears(recogniser, language()))
      return {
        code: "cannot-hear",
        message: `nothing here recognises speech in ${language()}`,
        hint: "typed lines are translated all the same",
      };
    hearing ??= openHearing({
      ...{ recogniser, language, say },
      onFailure: (refusal) => void outbox.send(errorMessage(refusal, false)),
    });
    await pause(spend.audio(pcm.length / SAMPLES_PER_SECOND));
    await hearing.push(pcm);
    return undefined;
  };

  const update = async (next: {
    language?: string | undefined;
    mode?: LiveCaptionMode | undefined;
  }): Promise<void> => {
    if (next.language !== undefined) {
      // What was said so far was said in the language so far.
      if (next.language !== language()) await hearing?.rest();
      await live.setLanguage(id, next.language);
      options.onLanguage(language());
    }
    if (next.mode !== undefined) {
      mode = next.mode;
      reader.setMode(mode);
    }
    const me = live.participants.find((each) => each.id === id);
    if (me === undefined) return;
    await outbox.send({
      type: "session.updated",
      participant: liveParticipant(me, record.sides),
      mode,
      hears: hears(await ports.recogniser(), me.language),
    });
  };

  return {
    take: async (message) => {
      switch (message.type) {
        case "session.join":
          return { code: "bad-message", message: "this connection has joined already" };
        case "session.update":
          await update(message);
          return undefined;
        case "input_text.partial":
          await say({ line: message.line, text: message.text, isFinal: false });
          return undefined;
        case "input_text.line":
          await say({ line: message.line, text: message.text, isFinal: true });
          return undefined;
        case "input_audio_buffer.append":
          return hear(message.audio);
        case "input_audio_buffer.commit":
          hearing?.commit();
          return undefined;
        case "meeting.choose": {
          const refusal = slotRefusal(message.slot, record.id, ports);
          if (refusal !== undefined) return refusal;
          const { start, end } = message.slot;
          await live.chooseSlot(id, { start: new Date(start), end: new Date(end) });
          return undefined;
        }
        case "session.close":
          return undefined;
        default:
          return message satisfies never;
      }
    },
    close: async () => hearing?.rest(),
  };
}

/** What a client is told of a failure: the room's own refusals, and of others only that they happened. */
export function refusalOf(error: unknown, isClosed: boolean): Refusal {
  if (isClosed) return { code: "room-closed", message: "this call is over" };
  if (!(error instanceof TandemError)) return { code: "failed", message: "the server failed to do this" };
  const { code, message, hint } = error;
  const own = code === "not-found" ? "not-proposed" : code === "bad-request" ? "bad-message" : "failed";
  return { code: own, message, ...(hint !== undefined && { hint }) };
}
