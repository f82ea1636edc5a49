/** What one server, room and connection may use. */
export type LiveLimits = {
  /** Rooms that are not closed. */
  readonly rooms: number;
  /** Sockets at once. */
  readonly connections: number;
  /** Different people of a room, those who left included. */
  readonly participants: number;
  /** Sockets of a room at once. */
  readonly connectionsOfRoom: number;
  /** For the first message of a socket, in milliseconds. */
  readonly joinWithin: number;
  /** Between pings, in milliseconds; who doesn't answer one is gone. */
  readonly pingEvery: number;
  /** For a reader to take something, in milliseconds. */
  readonly readWithin: number;
  /** Until somebody whose connection broke counts as gone, in milliseconds. */
  readonly grace: number;
  /** Until a room without anybody is closed, in milliseconds. */
  readonly abandoned: number;
  /** What a connection may send; what is faster waits. */
  readonly messages: Rate;
  readonly bytes: Rate;
  readonly lines: Rate;
  readonly audioSeconds: Rate;
};

/** So much a second, and so much at once after a rest. */
export type Rate = { readonly perSecond: number; readonly burst: number };

/** Enough for people who talk, and for a client that sends again what a lost connection kept. */
export const LIVE_LIMITS: LiveLimits = {
  rooms: 1_000,
  connections: 5_000,
  participants: 200,
  connectionsOfRoom: 100,
  joinWithin: 5_000,
  pingEvery: 15_000,
  readWithin: 30_000,
  grace: 10_000,
  abandoned: 24 * 3_600_000,
  messages: { perSecond: 25, burst: 100 },
  bytes: { perSecond: 100_000, burst: 1_500_000 },
  lines: { perSecond: 3, burst: 60 },
  audioSeconds: { perSecond: 1.5, burst: 30 },
};
