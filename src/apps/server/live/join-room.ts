import type { Participant } from "../../../tasks/translate/live/types.ts";
import type { ClientMessage, ServerMessage } from "../protocol/live-messages.ts";
import { hashToken, newToken } from "../token.ts";
import { liveParticipant } from "./event-message.ts";
import { hears } from "./hearing.ts";
import type { LivePorts } from "./live-ports.ts";
import type { Refusal } from "./read-message.ts";
import { keptFor } from "./retention.ts";
import type { OpenRoom } from "./room-directory.ts";
import type { SidePlace, SideRecord } from "./room-store.ts";

type JoinMessage = Extract<ClientMessage, { readonly type: "session.join" }>;

/** Somebody who may enter a room. */
export type Joining = {
  readonly room: OpenRoom;
  readonly side: SideRecord;
  readonly participant: Participant;
  readonly participantToken: string;
};

/** Finds the room of a link and who joins: the holder of a participant token again, otherwise somebody new. */
export async function joinRoom(message: JoinMessage, ports: LivePorts): Promise<Joining | Refusal> {
  const place = ports.store.sideOfToken(hashToken(message.token));
  if (place === undefined)
    return {
      code: "bad-token",
      message: "this link leads to no room",
      hint: "ask the person who invited you for the whole link",
    };
  const room = await ports.directory.open(place.room.id);
  if (room === undefined)
    return {
      code: "room-closed",
      message: "this call is over",
      hint: "its transcript can still be downloaded",
    };
  if (room.connections.size >= ports.limits.connectionsOfRoom)
    return { code: "room-full", message: "this room is full" };
  const known = knownParticipant(message, place, ports);
  if (known === undefined && ports.store.participants(place.room.id).length >= ports.limits.participants)
    return { code: "room-full", message: "too many people have joined this room" };
  const participantToken = known === undefined ? newToken() : message.participantToken!;
  const found = known ?? (await addParticipant(message, place, participantToken, ports));
  const participant = { ...found, language: message.language ?? languageOf(found, room) };
  return { room, side: place.side, participant, participantToken };
}

function knownParticipant(
  { participantToken }: JoinMessage,
  { room, side }: SidePlace,
  { store }: LivePorts,
): Participant | undefined {
  if (participantToken === undefined) return undefined;
  return store.participantOfSecret(room.id, side.id, hashToken(participantToken));
}

function addParticipant(
  message: JoinMessage,
  { room, side }: SidePlace,
  participantToken: string,
  { store }: LivePorts,
): Promise<Participant> {
  const given = readableName(message.name ?? "");
  return store.addParticipant({
    room: room.id,
    id: newToken().slice(0, 16),
    side: side.id,
    name: given === "" ? side.name : given,
    language: message.language ?? side.language,
    secretHash: hashToken(participantToken),
  });
}

/** The language that they changed to, where they are still in the room. */
function languageOf({ id, language }: Participant, { live }: OpenRoom): string {
  return live.participants.find((each) => each.id === id)?.language ?? language;
}

/** Without characters that nobody sees or that turn the text around them. */
function readableName(name: string): string {
  return name
    .toWellFormed()
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
}

/** The first thing that somebody is told who has joined. */
export async function welcome(
  { room, side, participant, participantToken }: Joining,
  ports: LivePorts,
): Promise<ServerMessage> {
  const { record, live } = room;
  const [engine, recogniser] = await Promise.all([engineOf(side, ports), ports.recogniser()]);
  const me = live.participants.find(({ id }) => id === participant.id) ?? participant;
  return {
    type: "session.created",
    room: { id: record.id, title: record.title },
    participant: liveParticipant(me, record.sides),
    participantToken,
    participants: live.participants.map((each) => liveParticipant(each, record.sides)),
    seq: live.seq,
    retention: keptFor(side.name, side.retention),
    engine,
    hears: hears(recogniser, me.language),
  };
}

async function engineOf(side: SideRecord, { engines }: LivePorts): Promise<{ id: string; isLocal: boolean }> {
  try {
    const { id, isLocal } = await engines.take(side.engine);
    return { id, isLocal };
  } catch {
    // The room says so at each line.
    return { id: side.engine.split(":")[0]!, isLocal: false };
  }
}
