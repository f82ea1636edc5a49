import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { LoggedEvent, Participant, RoomLog, Side } from "../../../tasks/translate/live/types.ts";
import { isSameHash } from "../token.ts";
import { readEvent, writeEvent } from "./event-json.ts";
import { groupCommit } from "./group-commit.ts";
import { isOver, type Retention, readRetention, writeRetention } from "./retention.ts";
import { openRoomDatabase } from "./room-schema.ts";

/** A side as its organisation wants it. */
export type SideRecord = Side & {
  /** Names its engine, for example `bergamot`. */
  readonly engine: string;
  readonly retention: Retention;
};

export type RoomRecord = {
  readonly id: string;
  readonly title: string;
  readonly created: Date;
  readonly closed?: Date;
  readonly sides: readonly SideRecord[];
};

/** Who a link leads to. */
export type SidePlace = { readonly room: RoomRecord; readonly side: SideRecord };

export type NewParticipant = Omit<Participant, "id"> & {
  readonly room: string;
  readonly id: string;
  readonly secretHash: string;
};

/** The rooms on disk. Each side's copy of a call is rows of its own; every promise resolves when its change is safe. */
export type RoomStore = {
  /** `tokenHashes` by side. */
  readonly create: (room: RoomRecord, tokenHashes: ReadonlyMap<string, string>) => Promise<void>;
  readonly rooms: () => readonly RoomRecord[];
  /** How many are not closed. */
  readonly countOpen: () => number;
  readonly room: (id: string) => RoomRecord | undefined;
  readonly sideOfToken: (tokenHash: string) => SidePlace | undefined;
  readonly remove: (id: string) => Promise<boolean>;
  /** The log of a room; a `room-closed` event closes its record in the same transaction. */
  readonly log: (room: string) => RoomLog;
  /** What one side has of the call; read like a log, with gaps where events are another side's. */
  readonly copy: (room: string, side: string) => RoomLog;
  readonly participantOfSecret: (room: string, side: string, secretHash: string) => Participant | undefined;
  readonly participants: (room: string) => readonly Participant[];
  /** Adds somebody; where the name is taken on their side, it gets a number. */
  readonly addParticipant: (participant: NewParticipant) => Promise<Participant>;
  readonly setAvailability: (room: string, side: string, json: string | undefined) => Promise<void>;
  /** By side, of those that gave one. */
  readonly availabilities: (room: string) => ReadonlyMap<string, string>;
  /** Open rooms in which nothing happened since then. */
  readonly abandoned: (since: Date) => readonly string[];
  /** Wipes the copies of closed rooms whose time is over, and rooms that are closed and empty since `forgotten`. */
  readonly wipe: (now: Date, forgotten: Date) => Promise<void>;
  readonly close: () => void;
};

type RoomRow = { id: string; title: string; created: string; closed: string | null };
type SideRow = Record<"room" | "id" | "name" | "language" | "engine" | "retention" | "token_hash", string> & {
  readonly domain: string | null;
  readonly wiped: string | null;
};
type EventRow = { readonly seq: number; readonly at: string; readonly body: string };

/** Opens the rooms in this SQLite file, or makes it. One process at a time. */
export function openRoomStore(file: string): RoomStore {
  const database = openRoomDatabase(file);
  const { commit, close } = groupCommit(database);
  const sql = statements(database);

  const recordOf = ({ id, title, created, closed }: RoomRow): RoomRecord => ({
    ...{ id, title, created: new Date(created) },
    ...(closed !== null && { closed: new Date(closed) }),
    sides: (sql.sides.all(id) as SideRow[]).map(sideOf),
  });
  const room = (id: string): RoomRecord | undefined => {
    const row = sql.room.get(id) as RoomRow | undefined;
    return row && recordOf(row);
  };
  const append = (roomId: string, sides: readonly string[], events: readonly LoggedEvent[]): void => {
    for (const event of events) {
      const [at, body] = [event.at.toISOString(), writeEvent(event)];
      const copies = event.kind === "line-translated" ? [event.side] : sides;
      for (const side of copies) sql.addEvent.run(roomId, side, event.seq, at, body);
      if (event.kind === "room-closed") sql.closeRoom.run(at, roomId);
    }
    const last = events.at(-1);
    if (last !== undefined) sql.touch.run(last.at.toISOString(), roomId);
  };

  return {
    create: ({ id, title, created, sides }, tokenHashes) =>
      commit(() => {
        sql.addRoom.run(id, title, created.toISOString(), created.toISOString());
        for (const [index, side] of sides.entries()) {
          const { name, domain = null, language, engine, retention } = side;
          const hash = tokenHashes.get(side.id)!;
          sql.addSide.run(
            id,
            side.id,
            index,
            name,
            domain,
            language,
            engine,
            writeRetention(retention),
            hash,
          );
        }
      }),
    rooms: () => (sql.rooms.all() as RoomRow[]).map(recordOf),
    countOpen: () => (sql.countOpen.get() as { readonly count: number }).count,
    room,
    sideOfToken: (tokenHash) => {
      const row = sql.sideOfToken.get(tokenHash) as SideRow | undefined;
      if (row === undefined || !isSameHash(row.token_hash, tokenHash)) return undefined;
      return { room: room(row.room)!, side: sideOf(row) };
    },
    remove: async (id) => {
      const { changes } = await commit(() => sql.removeRoom.run(id));
      if (changes > 0) forget(database);
      return changes > 0;
    },
    log: (id) => {
      const sides = room(id)?.sides.map((side) => side.id) ?? [];
      return {
        append: (events) => commit(() => append(id, sides, events)),
        read: async (after, limit = -1) => (sql.readAll.all(id, after, limit) as EventRow[]).map(eventOf),
      };
    },
    copy: (id, side) => ({
      append: () => Promise.reject(new Error("a copy is written by its room")),
      read: async (after, limit = -1) =>
        (sql.readCopy.all(id, side, after, limit) as EventRow[]).map(eventOf),
    }),
    participantOfSecret: (id, side, hash) => {
      const row = sql.participantOfSecret.get(hash, id, side) as
        | (Participant & { readonly secret_hash: string })
        | undefined;
      if (row === undefined || !isSameHash(row.secret_hash, hash)) return undefined;
      return { id: row.id, name: row.name, side: row.side, language: row.language };
    },
    participants: (id) => (sql.participants.all(id) as Participant[]).map((row) => ({ ...row })),
    addParticipant: ({ room: roomId, id, name, side, language, secretHash }) =>
      commit(() => {
        const rows = sql.participants.all(roomId) as Participant[];
        const taken = new Set(rows.filter((row) => row.side === side).map((row) => row.name.toLowerCase()));
        const free = freeName(name, taken);
        sql.addParticipant.run(roomId, id, side, free, language, secretHash);
        return { id, name: free, side, language };
      }),
    setAvailability: async (id, side, json) => {
      await commit(() => sql.setAvailability.run(json ?? null, id, side));
      if (json === undefined) forget(database);
    },
    availabilities: (id) => {
      const rows = sql.availabilities.all(id) as { id: string; availability: string }[];
      return new Map(rows.map((row) => [row.id, row.availability]));
    },
    abandoned: (since) => (sql.abandoned.all(since.toISOString()) as RoomRow[]).map((row) => row.id),
    wipe: async (now, forgotten) => {
      const rows = sql.kept.all() as (SideRow & { readonly closed: string })[];
      const over = rows.filter((row) => isOver(readRetention(row.retention), new Date(row.closed), now));
      const removed = await commit(() => {
        for (const { room: roomId, id } of over) {
          sql.wipeEvents.run(roomId, id);
          sql.wipeParticipants.run(roomId, id);
          sql.markWiped.run(now.toISOString(), roomId, id);
        }
        return Number(sql.removeForgotten.run(forgotten.toISOString()).changes);
      });
      if (over.length + removed > 0) forget(database);
    },
    close: () => {
      close();
      database.close();
    },
  };
}

/** What was deleted must not linger in the journal. */
function forget(database: DatabaseSync): void {
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}

function sideOf(row: SideRow): SideRecord {
  const { id, name, domain, language, engine, retention } = row;
  const side = { id, name, language, engine, retention: readRetention(retention) };
  return domain === null ? side : { ...side, domain };
}

const eventOf = ({ seq, at, body }: EventRow): LoggedEvent => readEvent(seq, at, body);

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? name : `${name} (${count})`;
    if (!taken.has(candidate.toLowerCase())) return candidate;
  }
}

type Statement = {
  readonly run: (...values: SQLInputValue[]) => { readonly changes: number | bigint };
  readonly get: (...values: SQLInputValue[]) => unknown;
  readonly all: (...values: SQLInputValue[]) => unknown[];
};

function statements(database: DatabaseSync): Readonly<Record<keyof typeof SQL, Statement>> {
  const entries = Object.entries(SQL).map(([name, text]) => [name, database.prepare(text)]);
  return Object.fromEntries(entries) as Record<keyof typeof SQL, Statement>;
}

const SQL = {
  addRoom: "INSERT INTO room (id, title, created, active) VALUES (?, ?, ?, ?)",
  addSide: `INSERT INTO side (room, id, position, name, domain, language, engine, retention, token_hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  rooms: "SELECT * FROM room ORDER BY created DESC, id",
  countOpen: "SELECT count(*) AS count FROM room WHERE closed IS NULL",
  room: "SELECT * FROM room WHERE id = ?",
  sides: "SELECT * FROM side WHERE room = ? ORDER BY position",
  sideOfToken: "SELECT * FROM side WHERE token_hash = ?",
  removeRoom: "DELETE FROM room WHERE id = ?",
  closeRoom: "UPDATE room SET closed = ? WHERE id = ?",
  touch: "UPDATE room SET active = ? WHERE id = ?",
  addEvent: "INSERT INTO event (room, side, seq, at, body) VALUES (?, ?, ?, ?, ?)",
  // Copies of one event are the same; any will do.
  readAll: "SELECT seq, at, body FROM event WHERE room = ? AND seq > ? GROUP BY seq ORDER BY seq LIMIT ?",
  readCopy: "SELECT seq, at, body FROM event WHERE room = ? AND side = ? AND seq > ? ORDER BY seq LIMIT ?",
  participants: "SELECT id, name, side, language FROM participant WHERE room = ?",
  participantOfSecret: "SELECT * FROM participant WHERE secret_hash = ? AND room = ? AND side = ?",
  addParticipant: `INSERT INTO participant (room, id, side, name, language, secret_hash)
                   VALUES (?, ?, ?, ?, ?, ?)`,
  setAvailability: "UPDATE side SET availability = ? WHERE room = ? AND id = ?",
  availabilities: "SELECT id, availability FROM side WHERE room = ? AND availability IS NOT NULL",
  abandoned: "SELECT id FROM room WHERE closed IS NULL AND active < ?",
  kept: `SELECT side.*, room.closed FROM side JOIN room ON room.id = side.room
         WHERE room.closed IS NOT NULL AND side.wiped IS NULL`,
  wipeEvents: "DELETE FROM event WHERE room = ? AND side = ?",
  wipeParticipants: "DELETE FROM participant WHERE room = ? AND side = ?",
  markWiped: "UPDATE side SET wiped = ?, availability = NULL WHERE room = ? AND id = ?",
  removeForgotten: `DELETE FROM room WHERE closed < ?
                    AND NOT EXISTS (SELECT 1 FROM side WHERE room = room.id AND wiped IS NULL)`,
} as const;
