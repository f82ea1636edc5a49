import type { LoggedEvent, Participant, ProposedSlot, Side } from "./types.ts";

/** A translation that somebody needs and the log doesn't have. */
export type Wanted = { readonly said: number; readonly side: string; readonly language: string };

type Person = { readonly participant: Participant; readonly isPresent: boolean };
type SaidLine = { readonly seq: number; readonly language: string; readonly asked: Set<string> };

/** A line as engines may be told of it later. */
export type RecentLine = {
  readonly seq: number;
  readonly language: string;
  readonly text: string;
  /** Those without serious doubts, by `targetKey`. */
  readonly translations: Map<string, string>;
};

/** What a room's events add up to. Changed by `applyEvent` only, so that a log read again gives the same room. */
export type RoomState = {
  readonly sides: readonly Side[];
  seq: number;
  isClosed: boolean;
  /** Those who left too. */
  readonly people: Map<string, Person>;
  /** `seq` of a speaker's lines, by `lineKey`. */
  readonly said: Map<string, number>;
  /** The latest lines, which somebody who joins later may need in a language of their own. */
  readonly latest: SaidLine[];
  /** The last few lines with their translations. */
  readonly recent: RecentLine[];
  readonly wanted: Map<string, Wanted>;
  slots: readonly ProposedSlot[];
};

/** So many lines are translated afterwards for somebody who joins with a language that nobody on their side read. */
const MOST_LATEST = 500;
const MOST_RECENT = 12;

export function emptyState(sides: readonly Side[]): RoomState {
  return {
    sides,
    seq: 0,
    isClosed: false,
    people: new Map(),
    said: new Map(),
    latest: [],
    recent: [],
    wanted: new Map(),
    slots: [],
  };
}

export const lineKey = (speaker: string, line: string): string => `${speaker}\0${line}`;
export const targetKey = (side: string, language: string): string => `${side}\0${language}`;
export const wantedKey = ({ said, side, language }: Wanted): string => `${said}\0${side}\0${language}`;

/** True where a person of the one language reads the other. */
export function isSameLanguage(one: string, other: string): boolean {
  return baseOf(one) === baseOf(other);
}

const baseOf = (tag: string): string => tag.toLowerCase().split("-")[0]!;

/** Brings the state up to an event; returns the translations that are needed because of it. */
export function applyEvent(state: RoomState, event: LoggedEvent): readonly Wanted[] {
  state.seq = event.seq;
  switch (event.kind) {
    case "participant-joined":
      return joined(state, event.participant);
    case "participant-left": {
      const person = state.people.get(event.participant);
      if (person) state.people.set(event.participant, { ...person, isPresent: false });
      return [];
    }
    case "line-said": {
      state.said.set(lineKey(event.speaker, event.line), event.seq);
      const line: SaidLine = { seq: event.seq, language: event.language, asked: new Set() };
      state.latest.push(line);
      if (state.latest.length > MOST_LATEST) state.latest.shift();
      const { seq, language, text } = event;
      state.recent.push({ seq, language, text, translations: new Map() });
      if (state.recent.length > MOST_RECENT) state.recent.shift();
      return state.sides.flatMap(({ id }) =>
        languagesOf(state, id).flatMap((each) => want(state, line, id, each)),
      );
    }
    case "line-translated": {
      state.wanted.delete(wantedKey(event));
      const line = state.recent.find(({ seq }) => seq === event.said);
      if (event.text !== undefined && event.findings.every(({ severity }) => severity === "minor"))
        line?.translations.set(targetKey(event.side, event.language), event.text);
      return [];
    }
    case "slots-proposed":
      state.slots = event.slots;
      return [];
    case "room-closed":
      state.isClosed = true;
      return [];
    default:
      event.kind satisfies "slot-chosen";
      return [];
  }
}

/** A newcomer gets the latest lines in their language; somebody who only changes language gets the lines from then on. */
function joined(state: RoomState, participant: Participant): readonly Wanted[] {
  const isNew = state.people.get(participant.id)?.isPresent !== true;
  state.people.set(participant.id, { participant, isPresent: true });
  if (!isNew) return [];
  return state.latest.flatMap((line) => want(state, line, participant.side, participant.language));
}

/** What the people of a side read; its own language while nobody is there, so that it has the whole call afterwards. */
export function languagesOf(state: RoomState, side: string): string[] {
  const present = [...state.people.values()].filter(
    (each) => each.isPresent && each.participant.side === side,
  );
  const languages = present.map(({ participant }) => participant.language);
  const own = state.sides.find(({ id }) => id === side)?.language;
  return [...new Set(languages.length > 0 || own === undefined ? languages : [own])];
}

function want(state: RoomState, line: SaidLine, side: string, language: string): Wanted[] {
  const target = targetKey(side, language);
  if (isSameLanguage(line.language, language) || line.asked.has(target)) return [];
  line.asked.add(target);
  const wanted = { said: line.seq, side, language };
  state.wanted.set(wantedKey(wanted), wanted);
  return [wanted];
}
