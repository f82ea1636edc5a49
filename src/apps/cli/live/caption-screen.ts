import { createInterface, type Interface } from "node:readline";
import type { Paint } from "../terminal.ts";
import type { CaptionLog } from "./caption-log.ts";

/** Rows that are always kept for what is being said, so that nothing jumps. */
const REGION = 2;
const PROMPT = "> ";

export type CaptionScreen = {
  /** Prints lines above, and draws what is being said anew. */
  readonly show: (lines: readonly string[]) => void;
  readonly close: () => void;
};

export type CaptionScreenOptions = {
  readonly log: CaptionLog;
  readonly paint: Paint;
  readonly columns: () => number;
  readonly onLine: (text: string) => void;
  readonly onPartial: (text: string) => void;
  readonly onLeave: () => void;
};

/** A terminal with a call in it: lines scroll by, below them what is being said, below that what is being typed. */
export function openCaptionScreen(options: CaptionScreenOptions): CaptionScreen {
  const { log, paint, columns } = options;
  const { stdin, stdout } = process;
  const keyboard = createInterface({ input: stdin, output: stdout, prompt: paint("dim", PROMPT) });
  let isClosed = false;
  let isDrawn = false;

  const draw = (lines: readonly string[]): void => {
    if (isClosed) return;
    // Back to the first row of the region; a long line being typed takes several rows.
    const up = isDrawn ? keyboard.getCursorPos().rows + REGION : 0;
    const back = `\r${up > 0 ? `\u001b[${up}A` : ""}\u001b[J`;
    const region = regionRows(log, paint, columns());
    stdout.write(`${back}${[...lines, ...region].map((line) => `${line}\n`).join("")}`);
    isDrawn = true;
    forgetRows(keyboard);
    keyboard.prompt(true);
  };

  keyboard.on("line", (text) => {
    // What was typed is shown again when it comes back from the server.
    const typedRows = Math.floor((PROMPT.length + text.length) / columns()) + 1;
    isDrawn = false;
    stdout.write(`\u001b[${REGION + typedRows}A\u001b[J`);
    options.onLine(text);
    draw([]);
  });
  keyboard.on("SIGINT", options.onLeave);
  keyboard.on("close", options.onLeave);
  stdin.on("keypress", () => setImmediate(() => isClosed || options.onPartial(keyboard.line)));
  draw([]);
  return {
    show: draw,
    close: () => {
      if (isClosed) return;
      isClosed = true;
      keyboard.off("close", options.onLeave);
      keyboard.close();
      stdout.write("\n");
    },
  };
}

/** Readline remembers how many rows its line took, and would go up over what was drawn since. */
function forgetRows(keyboard: Interface): void {
  (keyboard as unknown as { prevRows: number }).prevRows = 0;
}

/** The end of what the last speakers say, cut on the left: captions grow to the right and stay in their rows. */
function regionRows(log: CaptionLog, paint: Paint, columns: number): readonly string[] {
  const speaking = log.speaking.slice(-REGION);
  return Array.from({ length: REGION }, (_, index) => {
    const each = speaking[index];
    if (each === undefined) return paint("dim", "·");
    const name = `${each.name}: `;
    const words = [each.stable, each.text].filter((part) => part !== "").join(" ");
    const room = Math.max(columns - name.length - 2, 10);
    const shown = words.length > room ? `…${words.slice(words.length - room + 1)}` : words;
    // What may still change is dim.
    const unstable = Math.min(each.text.length, shown.length);
    const stable = shown.slice(0, shown.length - unstable);
    return `${paint("bold", name)}${stable}${paint("dim", shown.slice(shown.length - unstable))}`;
  });
}
