import { BadRequestError, FileDamagedError, TargetNotFoundError } from "../../../errors.ts";
import { identifyText } from "../find-language.ts";
import { languageTag } from "../language-tag.ts";
import { readLog } from "./event-tail.ts";
import { type OpenReader, openReader } from "./reader.ts";
import { assembleRoom, type RoomParts, translateWanted, warn } from "./room-parts.ts";
import { applyEvent, emptyState, lineKey, type RoomState } from "./room-state.ts";
import { sideLines } from "./side-lines.ts";
import type { LiveRoom, OpenLiveRoom, Participant, ProposedSlot, ReaderOptions, Saying } from "./types.ts";

/**
 * Opens a room, going on where its log ends: what was said but not translated is translated now. Everything that is
 * remembered is in the log before anybody is told of it. Throws `FileDamagedError` for a log with gaps.
 */
export const openLiveRoom: OpenLiveRoom = async (options) => {
  const state = emptyState(options.sides);
  for await (const event of readLog(options.log)) {
    if (event.seq !== state.seq + 1)
      throw new FileDamagedError(`the room's log has event ${event.seq} after ${state.seq}`);
    applyEvent(state, event);
  }
  const parts = assembleRoom(options, state);
  // Loads what the check of a language needs, which the first line shouldn't wait for.
  void identifyText("").catch(() => {});
  await translateWanted([...state.wanted.values()], parts, false);
  return roomOf(parts);
};

function roomOf(parts: RoomParts): LiveRoom {
  const { state, options } = parts;
  return {
    sides: options.sides,
    get participants() {
      return [...state.people.values()].flatMap((each) => (each.isPresent ? [each.participant] : []));
    },
    get seq() {
      return state.seq;
    },
    get isClosed() {
      return state.isClosed;
    },
    join: (participant) => join(participant, parts),
    leave: async (participant) => {
      if (!state.isClosed && state.people.get(participant)?.isPresent)
        await parts.writer.append({ kind: "participant-left", participant });
    },
    setLanguage: (participant, language) => join({ ...presentPerson(participant, state), language }, parts),
    say: (participant, saying) => say(participant, saying, parts),
    read: (reading) => read(reading, parts),
    proposeSlots: (slots) => propose(slots, parts),
    chooseSlot: (participant, slot) => choose(participant, slot, parts),
    lines: (side) => sideLines(options.log, side),
    close: () => {
      parts.closing ??= close(parts).catch((error: unknown) => {
        delete parts.closing;
        throw error;
      });
      return parts.closing;
    },
  };
}

function presentPerson(id: string, { people }: RoomState): Participant {
  const person = people.get(id);
  if (person?.isPresent) return person.participant;
  throw new TargetNotFoundError(`nobody called ${id} is in the room`);
}

function assertOpen({ state, closing }: RoomParts): void {
  if (state.isClosed || closing) throw new BadRequestError("the room is closed");
}

async function join(given: Participant, parts: RoomParts): Promise<void> {
  assertOpen(parts);
  const { state, options } = parts;
  if (!options.sides.some(({ id }) => id === given.side))
    throw new TargetNotFoundError(`the room has no side ${given.side}`);
  const { id, name, side } = given;
  const participant = { id, name, side, language: languageTag(given.language) };
  const known = state.people.get(id);
  if (known && known.participant.side !== side)
    throw new BadRequestError(`${name} belongs to another side of this room`);
  const isSame = known?.participant.name === name && known.participant.language === participant.language;
  if (known?.isPresent && isSame) return;
  await parts.writer.append({ kind: "participant-joined", participant });
}

async function say(
  id: string,
  { line, text, isFinal }: Saying,
  parts: RoomParts,
): Promise<number | undefined> {
  assertOpen(parts);
  const { state, saying, live, writer } = parts;
  const speaker = presentPerson(id, state);
  const key = lineKey(id, line);
  const known = state.said.get(key) ?? saying.get(key);
  if (!isFinal) {
    if (known === undefined) live.hear(speaker, line, text);
    return undefined;
  }
  if (known !== undefined) return known;
  live.over(id, line);
  if (text.trim() === "") {
    live.hear(speaker, line, "");
    live.over(id, line);
    return undefined;
  }
  const { language } = speaker;
  const said = writer.append({ kind: "line-said", line, speaker: id, language, text: text.trim() });
  saying.set(key, said);
  try {
    return await said;
  } finally {
    saying.delete(key);
  }
}

function read(reading: ReaderOptions, parts: RoomParts): OpenReader {
  const { state, readers, tail } = parts;
  if (!state.people.has(reading.participant))
    throw new TargetNotFoundError(`nobody called ${reading.participant} is in the room`);
  const reader = openReader(reading, tail, (reason) => {
    readers.delete(reader);
    if (reason !== undefined) warn(parts, "a reader was closed", reason);
  });
  readers.add(reader);
  reader.wake();
  return reader;
}

async function propose(slots: readonly ProposedSlot[], parts: RoomParts): Promise<void> {
  assertOpen(parts);
  await parts.writer.append({ kind: "slots-proposed", slots });
}

async function choose(participant: string, slot: ProposedSlot, parts: RoomParts): Promise<void> {
  assertOpen(parts);
  presentPerson(participant, parts.state);
  const isSame = ({ start, end }: ProposedSlot): boolean =>
    start.getTime() === slot.start.getTime() && end.getTime() === slot.end.getTime();
  if (!parts.state.slots.some(isSame))
    throw new TargetNotFoundError("this time was not proposed", {
      hint: "Choose one of the latest proposal.",
    });
  await parts.writer.append({ kind: "slot-chosen", slot, participant });
}

async function close(parts: RoomParts): Promise<void> {
  if (parts.state.isClosed) return;
  parts.live.close();
  // What was said a moment ago is still on its way into the log.
  await Promise.allSettled(parts.saying.values());
  await Promise.all(parts.lookups);
  await parts.final.idle();
  await parts.writer.append({ kind: "room-closed" });
  // Only a line that was given up as lost and turned up in the log just now is still open here.
  await parts.final.idle();
}
