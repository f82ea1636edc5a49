import { z } from "zod";

/** Longest text of one line, in UTF-16 units. */
export const MAX_LINE_LENGTH = 4_000;
/** Longest name that a client gives a line. */
export const MAX_NAME_LENGTH = 64;
/** Longest frame of audio, in characters of base64: about 8 seconds. */
export const MAX_AUDIO_LENGTH = 512_000;

export type LiveCaptionMode = "responsive" | "balanced" | "steady";
/** ISO 8601 times in UTC. */
export type LiveSlot = { readonly start: string; readonly end: string };
export type LiveParticipant = {
  readonly id: string;
  readonly name: string;
  readonly side: string;
  readonly organisation: string;
  readonly domain?: string | undefined;
  readonly language: string;
};

/**
 * How long this side's copy of the call is kept: `until-closed`, `forever`, or so many `days` after its end; `text` says it
 * in English.
 */
export type LiveKept = {
  readonly kind: "until-closed" | "forever" | "days";
  readonly days?: number | undefined;
  readonly text: string;
};
/** Why a line has no translation: a code such as `no-model` or `out-of-time` for the page's own words, and a sentence. */
export type LiveReason = { readonly code: string; readonly text: string };
/** What a check doubts in a translation: its kind, such as `numbers`, and a sentence. */
export type LiveDoubt = { readonly kind: string; readonly text: string };

/**
 * What a client sends, one JSON object a text frame. Names follow OpenAI's and Zoom's translation sockets; both spell some
 * of them with the prefix `session.`, which is taken off before this is read.
 */
export type ClientMessage =
  | {
      /** The first message. */
      readonly type: "session.join";
      /** The part of the join link after the `#`. */
      readonly token: string;
      /** From an earlier `session.created`: this is the same participant again. Without it a new one joins. */
      readonly participantToken?: string | undefined;
      readonly name?: string | undefined;
      readonly language?: string | undefined;
      readonly mode?: LiveCaptionMode | undefined;
      /** The last `seq` that was seen; what came later is sent again. */
      readonly after?: number | undefined;
    }
  | {
      readonly type: "session.update";
      readonly language?: string | undefined;
      readonly mode?: LiveCaptionMode | undefined;
    }
  /** The utterance so far. `line` is the client's own name for it. */
  | { readonly type: "input_text.partial"; readonly line: string; readonly text: string }
  /** A whole utterance. Sent again under the same `line` after a reconnect, it is not said twice. */
  | { readonly type: "input_text.line"; readonly line: string; readonly text: string }
  /** PCM, 16 bit little endian, mono, 16,000 samples a second, as base64. */
  | { readonly type: "input_audio_buffer.append"; readonly audio: string }
  /** Ends the utterance that the audio so far holds. */
  | { readonly type: "input_audio_buffer.commit" }
  | { readonly type: "meeting.choose"; readonly slot: LiveSlot }
  | { readonly type: "session.close" };

type Delta = {
  readonly speaker: string;
  readonly line: string;
  readonly rev: number;
  /** Stays until the line is over. */
  readonly stable: string;
  /** Follows it and may change. */
  readonly text: string;
};

/** What the server sends, one JSON object a text frame. Messages with `seq` are remembered and sent again after a reconnect. */
export type ServerMessage =
  | {
      readonly type: "session.created";
      readonly room: { readonly id: string; readonly title: string };
      readonly participant: LiveParticipant;
      /** This participant's secret, to be kept for the next `session.join`. */
      readonly participantToken?: string | undefined;
      readonly participants: readonly LiveParticipant[];
      /** Last event of the room. */
      readonly seq: number;
      /** What this side's server keeps. */
      readonly retention: LiveKept;
      /** What translates for this side, for example `bergamot`, and whether the text stays on the machine. */
      readonly engine: { readonly id: string; readonly isLocal: boolean };
      /** True when audio can be sent. */
      readonly hears: boolean;
    }
  | {
      readonly type: "session.updated";
      readonly participant: LiveParticipant;
      readonly mode: LiveCaptionMode;
      /** True when audio can be sent: it depends on the language. */
      readonly hears: boolean;
    }
  | {
      readonly type: "participant.joined";
      readonly seq: number;
      readonly at: string;
      readonly participant: LiveParticipant;
    }
  | {
      readonly type: "participant.left";
      readonly seq: number;
      readonly at: string;
      readonly participant: string;
    }
  /** The speaker's words as they come. */
  | ({ readonly type: "input_transcript.delta" } & Delta)
  /** Their translation for this reader. */
  | ({ readonly type: "output_transcript.delta" } & Delta)
  /** A line as it was said. Where this reader needs a translation, a `line.final` with its `seq` as `said` follows. */
  | {
      readonly type: "line.said";
      readonly seq: number;
      readonly at: string;
      readonly speaker: string;
      readonly line: string;
      readonly language: string;
      readonly text: string;
    }
  | {
      readonly type: "line.final";
      readonly seq: number;
      readonly at: string;
      readonly said: number;
      readonly language: string;
      /** Absent where the engine failed; `reason` then says why. */
      readonly tgt?: string | undefined;
      readonly reason?: LiveReason | undefined;
      readonly engine: string;
      readonly ms: number;
      readonly doubts: readonly LiveDoubt[];
    }
  | {
      readonly type: "meeting.proposed";
      readonly seq: number;
      readonly at: string;
      readonly slots: readonly LiveSlot[];
    }
  | {
      readonly type: "meeting.chosen";
      readonly seq: number;
      readonly at: string;
      readonly slot: LiveSlot;
      readonly participant: string;
    }
  | { readonly type: "room.closed"; readonly seq: number; readonly at: string }
  /** A `fatal` error is followed by the end of the connection. */
  | {
      readonly type: "error";
      readonly error: { readonly code: string; readonly message: string; readonly hint?: string | undefined };
      /** The client's name of the line that is refused, where it is about one. */
      readonly line?: string | undefined;
      readonly fatal: boolean;
    }
  | { readonly type: "session.closed" };

const mode = z.enum(["responsive", "balanced", "steady"]);
const language = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u, "a language such as en, pt-BR");
const line = z.string().min(1).max(MAX_NAME_LENGTH);
const text = z.string().max(MAX_LINE_LENGTH);
const time = z.iso.datetime();
const slot = z.object({ start: time, end: time });

const participant = z.object({
  id: z.string(),
  name: z.string(),
  side: z.string(),
  organisation: z.string(),
  domain: z.string().optional(),
  language: z.string(),
});

/** The schema of `ClientMessage`. */
export const clientMessage: z.ZodType<ClientMessage> = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("session.join"),
    token: z.string().min(1).max(200),
    participantToken: z.string().max(200).optional(),
    name: z.string().trim().min(1).max(80).optional(),
    language: language.optional(),
    mode: mode.optional(),
    after: z.int().min(0).optional(),
  }),
  z.object({ type: z.literal("session.update"), language: language.optional(), mode: mode.optional() }),
  z.object({ type: z.literal("input_text.partial"), line, text }),
  z.object({ type: z.literal("input_text.line"), line, text: text.regex(/\S/u, "must say something") }),
  z.object({ type: z.literal("input_audio_buffer.append"), audio: z.string().max(MAX_AUDIO_LENGTH) }),
  z.object({ type: z.literal("input_audio_buffer.commit") }),
  z.object({ type: z.literal("meeting.choose"), slot }),
  z.object({ type: z.literal("session.close") }),
]);

/** The schema of `ServerMessage`. */
export const serverMessage: z.ZodType<ServerMessage> = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("session.created"),
    room: z.object({ id: z.string(), title: z.string() }),
    participant,
    participantToken: z.string().optional(),
    participants: z.array(participant),
    seq: z.int(),
    retention: z.object({
      kind: z.enum(["until-closed", "forever", "days"]),
      days: z.int().optional(),
      text: z.string(),
    }),
    engine: z.object({ id: z.string(), isLocal: z.boolean() }),
    hears: z.boolean(),
  }),
  z.object({ type: z.literal("session.updated"), participant, mode, hears: z.boolean() }),
  z.object({ type: z.literal("participant.joined"), seq: z.int(), at: time, participant }),
  z.object({ type: z.literal("participant.left"), seq: z.int(), at: time, participant: z.string() }),
  z.object({
    type: z.literal("input_transcript.delta"),
    speaker: z.string(),
    line: z.string(),
    rev: z.int(),
    stable: z.string(),
    text: z.string(),
  }),
  z.object({
    type: z.literal("output_transcript.delta"),
    speaker: z.string(),
    line: z.string(),
    rev: z.int(),
    stable: z.string(),
    text: z.string(),
  }),
  z.object({
    type: z.literal("line.said"),
    seq: z.int(),
    at: time,
    speaker: z.string(),
    line: z.string(),
    language: z.string(),
    text: z.string(),
  }),
  z.object({
    type: z.literal("line.final"),
    seq: z.int(),
    at: time,
    said: z.int(),
    language: z.string(),
    tgt: z.string().optional(),
    reason: z.object({ code: z.string(), text: z.string() }).optional(),
    engine: z.string(),
    ms: z.number(),
    doubts: z.array(z.object({ kind: z.string(), text: z.string() })),
  }),
  z.object({ type: z.literal("meeting.proposed"), seq: z.int(), at: time, slots: z.array(slot) }),
  z.object({ type: z.literal("meeting.chosen"), seq: z.int(), at: time, slot, participant: z.string() }),
  z.object({ type: z.literal("room.closed"), seq: z.int(), at: time }),
  z.object({
    type: z.literal("error"),
    error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }),
    line: z.string().optional(),
    fatal: z.boolean(),
  }),
  z.object({ type: z.literal("session.closed") }),
]);
