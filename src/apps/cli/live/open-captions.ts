import type { ServerMessage } from "../../server/protocol/live-messages.ts";
import type { CliIo } from "../cli-io.ts";
import type { Terminal } from "../terminal.ts";
import { type CaptionLog, captionLog } from "./caption-log.ts";
import { type CaptionScreen, openCaptionScreen } from "./caption-screen.ts";
import type { SaidMessage } from "./live-state.ts";

/** What a call is shown on. */
export type Captions = {
  readonly log: CaptionLog;
  readonly show: (message: ServerMessage) => void;
  readonly note: (sentence: string) => void;
  readonly close: () => void;
};

export type CaptionsOptions = {
  readonly io: CliIo;
  readonly terminal: Terminal;
  readonly json: boolean;
  readonly untranslated: readonly SaidMessage[];
  /** For a terminal that somebody types into. */
  readonly keyboard?: {
    readonly onLine: (text: string) => void;
    readonly onPartial: (text: string) => void;
    readonly onLeave: () => void;
  };
};

/** Messages as JSON lines, as plain lines, or on a screen where stdin and stdout are a terminal. */
export function openCaptions({ io, terminal, json, untranslated, keyboard }: CaptionsOptions): Captions {
  const log = captionLog({ paint: terminal.paint, untranslated, timeZone: io.timeZone });
  let screen: CaptionScreen | undefined;
  if (keyboard !== undefined && !json) {
    screen = openCaptionScreen({
      ...{ log, paint: terminal.paint, columns: () => process.stdout.columns ?? io.columns },
      ...keyboard,
    });
  }
  return {
    log,
    show: (message) => {
      const lines = log.take(message);
      if (json) io.stdout(`${JSON.stringify(message)}\n`);
      else if (screen !== undefined) screen.show(lines);
      else for (const line of lines) terminal.print(line);
    },
    note: (sentence) => {
      if (screen === undefined) terminal.say(sentence);
      else screen.show([terminal.paint("dim", `-- ${sentence}`)]);
    },
    close: () => screen?.close(),
  };
}
