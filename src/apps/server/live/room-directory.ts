import type { LiveRoom, OpenLiveRoom } from "../../../tasks/translate/live/types.ts";
import { type Attendance, openAttendance } from "./attendance.ts";
import type { EngineShelf } from "./engine-shelf.ts";
import type { LiveLimits } from "./live-limits.ts";
import type { RoomRecord, RoomStore } from "./room-store.ts";
import { warmEngines } from "./warm-engines.ts";

/** A connection as its room knows it. */
export type RoomConnection = {
  /** Ends it in order: with the room, or because the server ends. */
  readonly end: (reason: "room-closed" | "server-closed") => void;
  readonly ended: Promise<void>;
};

/** A room that is in memory. */
export type OpenRoom = {
  readonly record: RoomRecord;
  readonly live: LiveRoom;
  readonly attendance: Attendance;
  readonly connections: Set<RoomConnection>;
};

export type RoomDirectory = {
  /** Opens a room from the store where it isn't open; undefined where it is closed or unknown. */
  readonly open: (id: string) => Promise<OpenRoom | undefined>;
  /** Ends the call and wipes what is to be wiped then. */
  readonly close: (id: string) => Promise<void>;
  /** Ends the call and wipes all of it; false where there is no such room. */
  readonly remove: (id: string) => Promise<boolean>;
  /** Lets go of rooms that nobody uses, closes abandoned ones, wipes copies whose time is over. */
  readonly tidy: () => Promise<void>;
  /** Ends all connections; the calls go on when the server is started again. */
  readonly shutdown: () => Promise<void>;
};

export type DirectoryOptions = {
  readonly store: RoomStore;
  readonly engines: EngineShelf;
  readonly openLiveRoom: OpenLiveRoom;
  readonly limits: LiveLimits;
  readonly now: () => Date;
  readonly warn: (room: string, sentence: string, error?: unknown) => void;
};

type Entry = { readonly opening: Promise<OpenRoom>; used: number };

/** Long after the last translation of a room without anybody can still be under way. */
const UNUSED = 10 * 60_000;
const END_WITHIN = 5_000;
const EMPTY_ROOMS_KEPT = 30 * 86_400_000;

/** The rooms of a server. Each is open at most once, so that its log has one writer. */
export function openRoomDirectory(options: DirectoryOptions): RoomDirectory {
  const { store, limits, now, warn } = options;
  const entries = new Map<string, Entry>();
  let isShut = false;
  let tidying: Promise<void> | undefined;

  const open = async (id: string): Promise<OpenRoom | undefined> => {
    let entry = entries.get(id);
    if (entry === undefined) {
      const record = store.room(id);
      if (isShut || record === undefined || record.closed !== undefined) return undefined;
      const opening = openRoom(record, options);
      entry = { opening, used: 0 };
      entries.set(id, entry);
      opening.catch(() => entries.delete(id));
    }
    entry.used = now().getTime();
    const room = await entry.opening;
    return room.live.isClosed ? undefined : room;
  };

  const drop = (id: string, room: OpenRoom): void => {
    room.attendance.close();
    entries.delete(id);
  };

  const wipe = (): Promise<void> => store.wipe(now(), new Date(now().getTime() - EMPTY_ROOMS_KEPT));

  const close = async (id: string): Promise<void> => {
    const room = await open(id);
    if (room === undefined) return;
    await room.live.close();
    await endConnections(room, "room-closed");
    drop(id, room);
    await wipe();
  };

  const tidyAll = async (): Promise<void> => {
    const time = now().getTime();
    for (const [id, { opening, used }] of entries) {
      const room = await opening.catch(() => undefined);
      if (room && room.connections.size === 0 && time - used > UNUSED) drop(id, room);
    }
    for (const id of store.abandoned(new Date(time - limits.abandoned))) {
      const room = await entries.get(id)?.opening;
      if (room === undefined || room.connections.size === 0)
        await close(id).catch((error) => warn(id, "an abandoned room could not be closed", error));
    }
    await wipe();
  };

  return {
    open,
    close,
    tidy: () => {
      tidying ??= tidyAll().finally(() => {
        tidying = undefined;
      });
      return tidying;
    },
    remove: async (id) => {
      await close(id).catch((error) => warn(id, "a room could not be closed before it was deleted", error));
      return store.remove(id);
    },
    shutdown: async () => {
      isShut = true;
      const rooms = await Promise.allSettled([...entries.values()].map(({ opening }) => opening));
      await Promise.all(
        rooms.map(async (room) => {
          if (room.status === "rejected") return;
          room.value.attendance.close();
          await endConnections(room.value, "server-closed");
        }),
      );
      entries.clear();
    },
  };
}

async function openRoom(record: RoomRecord, options: DirectoryOptions): Promise<OpenRoom> {
  const { store, engines, openLiveRoom, limits, now, warn } = options;
  const { id, sides } = record;
  warmEngines(record, engines);
  const live = await openLiveRoom({
    sides: sides.map(({ engine: _engine, retention: _retention, ...side }) => side),
    engineOf: (side) => engines.take(sides.find((each) => each.id === side)!.engine),
    log: store.log(id),
    now,
    // What stands behind the colon is another's sentence.
    warn: (sentence) => warn(id, sentence.split(":")[0]!),
  });
  const onFailure = (error: unknown): void => warn(id, "a participant could not leave", error);
  const attendance = openAttendance(live, { grace: limits.grace, onFailure });
  return { record, live, attendance, connections: new Set() };
}

async function endConnections(
  { connections }: OpenRoom,
  reason: "room-closed" | "server-closed",
): Promise<void> {
  const all = [...connections];
  for (const connection of all) connection.end(reason);
  const ended = Promise.all(all.map((connection) => connection.ended));
  // Who still sends what they said before gets a little time.
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, END_WITHIN).unref())]);
}
