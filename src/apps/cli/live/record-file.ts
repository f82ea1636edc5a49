import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { BadRequestError } from "../../../errors.ts";
import type { ServerMessage } from "../../server/protocol/live-messages.ts";

/** A call as a file of JSON lines. */
export type RecordFile = {
  /** The last `seq` in the file; 0 for a new one. */
  readonly after: number;
  /** Writes what is remembered of the call and not in the file; the rest is passed over. */
  readonly write: (message: ServerMessage) => void;
  readonly close: () => void;
};

/**
 * Opens a file to go on where it ends. What says where to go on is the file itself, so that a process that is killed at any
 * moment loses nothing and writes nothing twice; half a line at the end is cut off.
 */
export function openRecordFile(path: string): RecordFile {
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
  const file = openSync(path, "a", 0o600);
  if (whole.length < bytes.length) ftruncateSync(file, whole.length);
  const last = whole.toString("utf8").trimEnd().split("\n").at(-1) ?? "";
  const after = last === "" ? 0 : seqOf(last, path);
  return {
    after,
    write: (message) => {
      if ("at" in message && message.seq > after) writeSync(file, `${JSON.stringify(message)}\n`);
    },
    close: () => closeSync(file),
  };
}

function seqOf(line: string, path: string): number {
  try {
    const { seq } = JSON.parse(line) as { seq?: unknown };
    if (typeof seq === "number") return seq;
  } catch {
    // Said below.
  }
  throw new BadRequestError(`${path} is not a recording of a call`, {
    hint: "name another file with --record",
  });
}
