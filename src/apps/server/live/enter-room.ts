import type { LiveEvent, Reader } from "../../../tasks/translate/live/types.ts";
import type { ClientMessage } from "../protocol/live-messages.ts";
import { messageOf } from "./event-message.ts";
import { type Joining, welcome } from "./join-room.ts";
import type { LivePorts } from "./live-ports.ts";
import type { Outbox } from "./outbox.ts";
import type { RoomConnection } from "./room-directory.ts";
import { openTalk, type Talk } from "./talk.ts";

type JoinMessage = Extract<ClientMessage, { readonly type: "session.join" }>;

/** One connection's time in a room. */
export type Stay = {
  readonly talk: Talk;
  /** With `isMeant` the person has left, otherwise they may come back. */
  readonly leave: (isMeant: boolean) => void;
};

export type EnterOptions = { readonly ports: LivePorts; readonly outbox: Outbox };

const ASKED = 1000;
const RESTART = 1012;
/** For a reader that has yet to be told that the room is closed. */
const CLOSE_WITHIN = 3_000;

/** Brings somebody into the room: from the welcome on they read all that they haven't seen. */
export async function enterRoom(
  joining: Joining,
  { mode = "balanced", after = 0 }: JoinMessage,
  { ports, outbox }: EnterOptions,
): Promise<Stay> {
  const { room, participant, side } = joining;
  const { live, attendance, connections, record } = room;
  let reader: Reader | undefined;
  let isGone = false;
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const connection: RoomConnection = {
    ended,
    end: (reason) => {
      // With the room it ends when its reader has been told.
      if (reason === "server-closed") outbox.end(RESTART, { type: "session.closed" });
      else setTimeout(() => outbox.end(ASKED, { type: "session.closed" }), CLOSE_WITHIN).unref();
    },
  };
  const leave = (isMeant: boolean): void => {
    if (isGone) return;
    isGone = true;
    reader?.close();
    connections.delete(connection);
    attendance.depart(participant.id, isMeant);
    resolve();
  };
  connections.add(connection);
  try {
    await attendance.arrive(participant);
    await outbox.send(await welcome(joining, ports));
  } catch (error) {
    leave(false);
    throw error;
  }
  const languages = new Set([
    live.participants.find(({ id }) => id === participant.id)?.language ?? participant.language,
  ]);
  const viewer = { participant: participant.id, side: side.id, languages };
  const send = async (event: LiveEvent): Promise<void> => {
    if (event.kind === "participant-joined" && event.participant.id === participant.id)
      languages.add(event.participant.language);
    const message = messageOf(event, viewer, record.sides);
    if (message !== undefined) await outbox.send(message);
    if (event.kind === "room-closed") outbox.end(ASKED, { type: "session.closed" });
  };
  // A number that the room has not reached is another room's.
  const seen = after > live.seq ? 0 : after;
  reader = live.read({ participant: participant.id, mode, after: seen, send });
  const talk = openTalk({
    ...{ joining, ports, outbox, reader, mode },
    onLanguage: (language) => void languages.add(language),
  });
  return { talk, leave };
}
