import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ServerMessage } from "../../server/protocol/live-messages.ts";

/** A line that was typed and is not known to be safe with the server. */
export type UnsafeLine = { readonly line: string; readonly text: string };
export type SaidMessage = Extract<ServerMessage, { readonly type: "line.said" }>;

/** What a client must know to go on where it stopped, also where it was killed. */
export type LiveMemory = {
  /** Makes the next connection the same participant again. */
  readonly participantToken?: string;
  /** The last `seq` that was shown. */
  readonly after: number;
  readonly unsafe: readonly UnsafeLine[];
  /** The last own line that the server is known to have. Lines become safe in their order. */
  readonly lastSafe?: string;
  /** Lines that were said but whose translation has not come. */
  readonly untranslated: readonly SaidMessage[];
};

export type LiveState = {
  readonly memory: () => LiveMemory;
  /** Safe when it returns: the next process reads it. */
  readonly save: (memory: LiveMemory) => void;
  /** For a call that is over. */
  readonly remove: () => void;
};

const EMPTY: LiveMemory = { after: 0, unsafe: [], untranslated: [] };

/** Keeps a participant's memory in a small file that only this person can read: it holds a secret. */
export function openLiveState(dataFolder: string, key: readonly string[]): LiveState {
  const folder = join(dataFolder, "live-calls");
  const name = createHash("sha256").update(JSON.stringify(key)).digest("hex").slice(0, 32);
  const path = join(folder, `${name}.json`);
  let memory = readMemory(path);
  return {
    memory: () => memory,
    save: (next) => {
      memory = next;
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(`${path}.part`, JSON.stringify(next), { mode: 0o600 });
      renameSync(`${path}.part`, path);
    },
    remove: () => rmSync(path, { force: true }),
  };
}

function readMemory(path: string): LiveMemory {
  try {
    return { ...EMPTY, ...(JSON.parse(readFileSync(path, "utf8")) as Partial<LiveMemory>) };
  } catch {
    return EMPTY;
  }
}
