/** Changes a text that comes in pieces. Nothing is lost: all that comes out is what the whole text becomes. */
export type TextPipe = {
  readonly push: (piece: string) => string | Promise<string>;
  /** What was held back. */
  readonly end: () => string | Promise<string>;
  /** How many UTF-16 units at the end of what came in are still undecided. */
  readonly held: () => number;
};

/** Waits for the whole text, then changes it at once. */
export function wholeTextPipe(change: (text: string) => string | Promise<string>): TextPipe {
  let text = "";
  return {
    push: (piece) => {
      text += piece;
      return "";
    },
    end: () => {
      const whole = text;
      text = "";
      return whole === "" ? "" : change(whole);
    },
    held: () => text.length,
  };
}
