import type { LiveCaptionMode } from "../../src/apps/server/protocol/live-messages.ts";

export type Theme = "system" | "light" | "dark";

/** What a person set up once for every room, on this device. */
export type Preferences = {
  readonly theme: Theme;
  readonly mode: LiveCaptionMode;
  readonly showOriginal: boolean;
  readonly sendWhileTyping: boolean;
};

const key = "tandem.live.preferences";
const standard: Preferences = {
  theme: "system",
  mode: "balanced",
  showOriginal: true,
  sendWhileTyping: false,
};

/** What is stored and sound; the standard for the rest. */
export function readPreferences(storage: Pick<Storage, "getItem"> | undefined): Preferences {
  let found: Partial<Record<keyof Preferences, unknown>>;
  try {
    found = Object(JSON.parse(storage?.getItem(key) ?? "{}"));
  } catch {
    return standard;
  }
  const { theme, mode, showOriginal, sendWhileTyping } = found;
  return {
    theme: theme === "light" || theme === "dark" ? theme : standard.theme,
    mode: mode === "responsive" || mode === "steady" ? mode : standard.mode,
    showOriginal: typeof showOriginal === "boolean" ? showOriginal : standard.showOriginal,
    sendWhileTyping: typeof sendWhileTyping === "boolean" ? sendWhileTyping : standard.sendWhileTyping,
  };
}

export function writePreferences(storage: Pick<Storage, "setItem"> | undefined, value: Preferences): void {
  try {
    storage?.setItem(key, JSON.stringify(value));
  } catch {
    // A refused storage costs only the memory of the choice.
  }
}

/** A browser that blocks storage throws already when it is asked for. */
export function storageOrNone(kind: "localStorage" | "sessionStorage"): Storage | undefined {
  try {
    return globalThis[kind];
  } catch {
    return undefined;
  }
}
