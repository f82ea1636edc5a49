import type { CheckFinding } from "../checks/check-types.ts";
import { readLog } from "./event-tail.ts";
import type { LiveLine, Participant, RoomLog } from "./types.ts";

type OpenLine = LiveLine & {
  readonly translations: Record<string, string>;
  readonly findings: Record<string, readonly CheckFinding[]>;
};

/** The lines of a log as one side has them, in the order in which they were said. */
export async function sideLines(log: RoomLog, side: string): Promise<readonly LiveLine[]> {
  const people = new Map<string, Participant>();
  const lines = new Map<number, OpenLine>();
  for await (const event of readLog(log)) {
    if (event.kind === "participant-joined") people.set(event.participant.id, event.participant);
    if (event.kind === "line-said") {
      const { seq, at, text, language } = event;
      const speaker = people.get(event.speaker);
      if (speaker) lines.set(seq, { seq, at, speaker, text, language, translations: {}, findings: {} });
    }
    if (event.kind === "line-translated" && event.side === side && event.text !== undefined) {
      const line = lines.get(event.said);
      if (line === undefined) continue;
      line.translations[event.language] = event.text;
      line.findings[event.language] = event.findings;
    }
  }
  return [...lines.values()];
}
