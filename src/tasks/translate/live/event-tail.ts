import type { EventSource } from "./reader.ts";
import type { LoggedEvent, RoomLog } from "./types.ts";

/** Events kept in memory, so that readers who are up to date need no log. */
const MOST_KEPT = 256;
const PAGE = 256;

export type EventTail = EventSource & { readonly add: (event: LoggedEvent) => void };

/** The last events of a room from memory and the earlier ones from its log, never beyond what was added. */
export function eventTail(log: RoomLog, first: number): EventTail {
  let seq = first;
  let kept: LoggedEvent[] = [];
  return {
    seq: () => seq,
    add: (event) => {
      seq = event.seq;
      kept.push(event);
      if (kept.length > 2 * MOST_KEPT) kept = kept.slice(-MOST_KEPT);
    },
    after: (after) => {
      const oldest = kept[0]?.seq ?? Number.POSITIVE_INFINITY;
      if (after + 1 >= oldest) return kept.slice(after + 1 - oldest);
      const end = seq;
      return log.read(after, PAGE).then((events) => events.filter((event) => event.seq <= end));
    },
  };
}

/** All events of a log after a number, page by page. */
export async function* readLog(log: RoomLog, after = 0): AsyncGenerator<LoggedEvent> {
  let seq = after;
  for (;;) {
    const page = await log.read(seq, PAGE);
    for (const event of page) {
      yield event;
      seq = event.seq;
    }
    if (page.length < PAGE) return;
  }
}
