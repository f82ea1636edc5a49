import type { LiveRoom, Participant } from "../../../tasks/translate/live/types.ts";

export type AttendanceOptions = {
  /** Milliseconds until somebody whose last connection broke has left. */
  readonly grace: number;
  readonly onFailure: (error: unknown) => void;
};

/** Who is in a room, by connections: a person may have several, and one that breaks may come back. */
export type Attendance = {
  /** Counts a connection and joins its participant; to be followed by `depart` even where it rejects. */
  readonly arrive: (participant: Participant) => Promise<void>;
  /** With `isMeant` the participant leaves at once where it was their last connection. */
  readonly depart: (participant: string, isMeant: boolean) => void;
  readonly count: () => number;
  /** Nobody leaves any more. */
  readonly close: () => void;
};

/** Those whom the room's log still has in it leave soon, unless they come back. */
export function openAttendance(live: LiveRoom, { grace, onFailure }: AttendanceOptions): Attendance {
  const connections = new Map<string, number>();
  const leaving = new Map<string, NodeJS.Timeout>();
  let isClosed = false;
  // Joining and leaving one after the other, or a late leaving would undo a joining.
  let last: Promise<void> = Promise.resolve();
  const inTurn = (act: () => Promise<void>): Promise<void> => {
    const done = last.then(act);
    last = done.catch(() => {});
    return done;
  };

  const leave = (id: string): void => {
    leaving.delete(id);
    inTurn(async () => {
      if (!isClosed && !connections.has(id)) await live.leave(id);
    }).catch(onFailure);
  };
  const leaveLater = (id: string): void => {
    if (!isClosed) leaving.set(id, setTimeout(() => leave(id), grace).unref());
  };
  for (const { id } of live.participants) leaveLater(id);

  return {
    arrive: (participant) => {
      const { id } = participant;
      clearTimeout(leaving.get(id));
      leaving.delete(id);
      connections.set(id, (connections.get(id) ?? 0) + 1);
      return inTurn(() => live.join(participant));
    },
    depart: (id, isMeant) => {
      const rest = (connections.get(id) ?? 0) - 1;
      if (rest > 0) {
        connections.set(id, rest);
        return;
      }
      connections.delete(id);
      if (isMeant) leave(id);
      else leaveLater(id);
    },
    count: () => [...connections.values()].reduce((sum, each) => sum + each, 0),
    close: () => {
      isClosed = true;
      for (const timer of leaving.values()) clearTimeout(timer);
    },
  };
}
