import type { LiveKept } from "../protocol/live-messages.ts";

/** How long a side's copy of a call is kept. Days count from the end of the call. */
export type Retention = "until-closed" | "forever" | { readonly days: number };

/** For sides that don't say. */
export const DEFAULT_RETENTION: Retention = { days: 30 };

/** One word for the store: `until-closed`, `forever` or `days:30`. */
export function writeRetention(retention: Retention): string {
  return typeof retention === "string" ? retention : `days:${retention.days}`;
}

/** Reads what `writeRetention` wrote. */
export function readRetention(word: string): Retention {
  if (word === "until-closed" || word === "forever") return word;
  return { days: Number(word.slice("days:".length)) };
}

/** True when a copy of a call that ended then is to be wiped by now. */
export function isOver(retention: Retention, closed: Date, now: Date): boolean {
  if (retention === "forever") return false;
  if (retention === "until-closed") return true;
  return now.getTime() >= closed.getTime() + retention.days * 86_400_000;
}

/** What a person of the side is told. */
export function keptFor(organisation: string, retention: Retention): LiveKept {
  const copy = `The copy of ${organisation}`;
  if (retention === "forever")
    return { kind: "forever", text: `${copy} is kept until somebody deletes the call.` };
  if (retention === "until-closed")
    return {
      kind: "until-closed",
      text: `${copy} is deleted when the call is closed; download the transcript before that.`,
    };
  const { days } = retention;
  const text = `${copy} is deleted ${days === 1 ? "1 day" : `${days} days`} after the end of the call.`;
  return { kind: "days", days, text };
}
