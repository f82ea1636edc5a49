import type {
  LiveCaptionMode,
  LiveDoubt,
  LiveKept,
  LiveParticipant,
  LiveReason,
  LiveSlot,
  ServerMessage,
} from "../../src/apps/server/protocol/live-messages.ts";

/** Words so far: `stable` stays until the line is over, `tail` may still change. */
export type Draft = { readonly rev: number; readonly stable: string; readonly tail: string };

export type Translation = {
  readonly language: string;
  /** Absent where the engine failed; `reason` says why. */
  readonly text?: string | undefined;
  readonly reason?: LiveReason | undefined;
  readonly engine: string;
  readonly doubts: readonly LiveDoubt[];
};

/** One utterance, from its first words to its checked translation. */
export type RoomLine = {
  /** Stays the same for the life of the line, also across a reconnect. */
  readonly key: string;
  readonly speaker: string;
  readonly line: string;
  readonly heard?: Draft | undefined;
  readonly translating?: Draft | undefined;
  readonly said?:
    | { readonly seq: number; readonly at: string; readonly language: string; readonly text: string }
    | undefined;
  readonly translation?: Translation | undefined;
};

export type RoomError = {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
};

export type RoomState = {
  readonly phase: "joining" | "joined" | "closed" | "refused";
  /** The last remembered message that was seen; a reconnect asks for what came later. */
  readonly seq: number;
  /** Messages up to here are history: they do not say who is present now. */
  readonly joinedAtSeq: number;
  /** The same for the first join of this page: what came up to then was never news here. */
  readonly historySeq: number;
  readonly title: string;
  readonly me?: LiveParticipant | undefined;
  readonly present: readonly string[];
  /** Everybody who was ever seen, by id. */
  readonly known: Readonly<Record<string, LiveParticipant>>;
  readonly retention?: LiveKept | undefined;
  readonly engine?: { readonly id: string; readonly isLocal: boolean } | undefined;
  readonly hears: boolean;
  readonly mode: LiveCaptionMode;
  readonly lines: readonly RoomLine[];
  readonly slots?: readonly LiveSlot[] | undefined;
  readonly chosen?: { readonly slot: LiveSlot; readonly participant: string } | undefined;
  readonly error?: RoomError | undefined;
};

export const emptyRoom: RoomState = {
  phase: "joining",
  seq: 0,
  joinedAtSeq: 0,
  historySeq: 0,
  title: "",
  present: [],
  known: {},
  hears: false,
  mode: "balanced",
  lines: [],
};

type Of<Type extends ServerMessage["type"]> = Extract<ServerMessage, { readonly type: Type }>;

/**
 * The room after one message of the server. A message that comes a second time changes nothing, so that a reconnect may
 * send more than was missed; a message of an unknown type is passed over.
 */
export function reduceRoom(state: RoomState, message: ServerMessage): RoomState {
  const next = reduceMessage(state, message);
  // What `session.created` counts is history that is still to come.
  if (!("seq" in message) || message.type === "session.created" || message.seq <= next.seq) return next;
  return { ...next, seq: message.seq };
}

function reduceMessage(state: RoomState, message: ServerMessage): RoomState {
  switch (message.type) {
    case "session.created":
      return created(state, message);
    case "session.updated":
      return {
        ...state,
        me: message.participant,
        known: remember(state, message.participant),
        mode: message.mode,
        hears: message.hears,
      };
    case "participant.joined":
      return joined(state, message);
    case "participant.left":
      return left(state, message);
    case "input_transcript.delta":
      return changeLine(state, message, (line) => drafted(line, "heard", message));
    case "output_transcript.delta":
      return changeLine(state, message, (line) => drafted(line, "translating", message));
    case "line.said":
      return changeLine(state, message, (line) => ({ ...line, heard: undefined, said: saidOf(message) }));
    case "line.final":
      return final(state, message);
    case "meeting.proposed":
      return { ...state, slots: message.slots };
    case "meeting.chosen":
      return { ...state, chosen: { slot: message.slot, participant: message.participant } };
    case "room.closed":
      return { ...state, phase: "closed", lines: withoutDrafts(state.lines) };
    case "error":
      return { ...state, error: message.error, phase: isRefusal(message) ? "refused" : state.phase };
    case "session.closed":
      return state;
    default:
      message satisfies never;
      return state;
  }
}

/** A reader that was too slow is let in again. */
const isRefusal = ({ fatal, error }: Of<"error">): boolean => fatal && error.code !== "too-slow";

/** After a reconnect the words so far are sent anew, so the old ones go. */
function created(state: RoomState, message: Of<"session.created">): RoomState {
  const everybody = [...message.participants, message.participant];
  return {
    ...state,
    phase: "joined",
    joinedAtSeq: message.seq,
    historySeq: state.phase === "joining" ? message.seq : state.historySeq,
    title: message.room.title,
    me: message.participant,
    present: [...new Set(everybody.map(({ id }) => id))],
    known: { ...state.known, ...Object.fromEntries(everybody.map((each) => [each.id, each])) },
    retention: message.retention,
    engine: message.engine,
    hears: message.hears,
    lines: withoutDrafts(state.lines),
    error: undefined,
  };
}

const remember = (state: RoomState, participant: LiveParticipant): RoomState["known"] => ({
  ...state.known,
  [participant.id]: participant,
});

function joined(state: RoomState, { seq, participant }: Of<"participant.joined">): RoomState {
  const isHistory = seq <= state.joinedAtSeq;
  if (isHistory && state.known[participant.id] !== undefined) return state;
  const known = remember(state, participant);
  if (isHistory || state.present.includes(participant.id)) return { ...state, known };
  return { ...state, known, present: [...state.present, participant.id] };
}

function left(state: RoomState, { seq, participant }: Of<"participant.left">): RoomState {
  if (seq <= state.joinedAtSeq) return state;
  return {
    ...state,
    present: state.present.filter((id) => id !== participant),
    lines: state.lines.filter(({ speaker, said }) => said !== undefined || speaker !== participant),
  };
}

const withoutDrafts = (lines: readonly RoomLine[]): readonly RoomLine[] =>
  lines.filter(({ said }) => said !== undefined);

const saidOf = ({ seq, at, language, text }: Of<"line.said">): RoomLine["said"] => ({
  seq,
  at,
  language,
  text,
});

/** A line keeps its place from its first words on, so that nothing jumps. */
function changeLine(
  state: RoomState,
  { speaker, line }: { readonly speaker: string; readonly line: string },
  change: (line: RoomLine) => RoomLine,
): RoomState {
  const key = `${speaker} ${line}`;
  const at = state.lines.findIndex((each) => each.key === key);
  const before = state.lines[at] ?? { key, speaker, line };
  const after = change(before);
  if (after === before) return state;
  if (at < 0) return isEmpty(after) ? state : { ...state, lines: [...state.lines, after] };
  return {
    ...state,
    lines: isEmpty(after) ? state.lines.filter((each) => each !== before) : state.lines.with(at, after),
  };
}

const isEmpty = ({ heard, translating, said }: RoomLine): boolean =>
  said === undefined && !heard?.stable && !heard?.tail && !translating?.stable && !translating?.tail;

function drafted(
  line: RoomLine,
  part: "heard" | "translating",
  { rev, stable, text }: { readonly rev: number; readonly stable: string; readonly text: string },
): RoomLine {
  const isOver = part === "heard" ? line.said !== undefined : line.translation !== undefined;
  const old = line[part];
  if (isOver || (old !== undefined && old.rev >= rev)) return line;
  return { ...line, [part]: { rev, stable, tail: text } };
}

function final(state: RoomState, message: Of<"line.final">): RoomState {
  const { language, tgt: text, reason, engine, doubts } = message;
  const said = state.lines.find((line) => line.said?.seq === message.said);
  if (said === undefined) return state;
  // Whoever changed their language has translations in both.
  const mine = state.me?.language;
  if (said.translation?.language === mine && language !== mine) return state;
  const translation: Translation = { language, text, reason, engine, doubts };
  return changeLine(state, said, (line) => ({ ...line, translating: undefined, translation }));
}
