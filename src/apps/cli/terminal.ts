import { styleText } from "node:util";
import type { CliIo } from "./cli-io.ts";
import { filterOutput, printableJson } from "./printable.ts";

/** What every command may be told about its output. */
export type OutputOptions = {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  /** False for `--no-color`. */
  readonly color?: boolean;
};

export type Format = Parameters<typeof styleText>[0];
/** Puts a style around text, or gives it back as it is where there is no colour. */
export type Paint = (format: Format, text: string) => string;

/** The way to the person: data to stdout, all else to stderr, nothing that a document could abuse. */
export type Terminal = {
  readonly width: number;
  readonly hasColor: boolean;
  /** For stdout. */
  readonly paint: Paint;
  /** For stderr. */
  readonly paintError: Paint;
  /** One or more lines of data on stdout. */
  readonly print: (text: string) => void;
  /** The one object that `--json` prints. */
  readonly printJson: (value: object) => void;
  /** A line on stderr; silent with `--quiet`. */
  readonly say: (text: string) => void;
  /** A line on stderr in any case. */
  readonly complain: (text: string) => void;
  /** What is going on, in place of the last one; only on a terminal, as lines with `--verbose`. */
  readonly progress: (text: string) => void;
  readonly endProgress: () => void;
};

/** A terminal over a command's streams, following NO_COLOR (no-color.org), FORCE_COLOR and `--no-color`. */
export function openTerminal(io: CliIo, options: OutputOptions = {}): Terminal {
  const outColor = wantsColor(io, io.isTty.stdout, options);
  const errorColor = wantsColor(io, io.isTty.stderr, options);
  const isQuiet = options.quiet ?? false;
  let isDrawn = false;

  const endProgress = (): void => {
    if (isDrawn) io.stderr("\r\u001b[K");
    isDrawn = false;
  };
  const complain = (text: string): void => {
    endProgress();
    io.stderr(`${filterOutput(text, errorColor)}\n`);
  };
  const progress = (text: string): void => {
    if (isQuiet) return;
    if (options.verbose) complain(text);
    if (options.verbose || !io.isTty.stderr || io.env.TERM === "dumb") return;
    const line = filterOutput(text, false)
      .replaceAll("\n", " ")
      .slice(0, Math.max(io.columns - 1, 10));
    io.stderr(`\r\u001b[K${line}`);
    isDrawn = true;
  };
  const out = (text: string): void => {
    endProgress();
    io.stdout(text);
  };
  return {
    width: Math.max(io.columns, 24),
    hasColor: outColor,
    paint: painter(outColor),
    paintError: painter(errorColor),
    print: (text) => out(`${filterOutput(text, outColor)}\n`),
    printJson: (value) => out(`${printableJson({ schemaVersion: 1, ...value })}\n`),
    say: (text) => {
      if (!isQuiet) complain(text);
    },
    complain,
    progress,
    endProgress,
  };
}

function painter(hasColor: boolean): Paint {
  if (!hasColor) return (_, text) => text;
  return (format, text) => (text === "" ? "" : styleText(format, text, { validateStream: false }));
}

function wantsColor(io: CliIo, isTty: boolean, options: OutputOptions): boolean {
  if (options.color === false || options.json) return false;
  if ((io.env.NO_COLOR ?? "") !== "") return false;
  const forced = io.env.FORCE_COLOR ?? "";
  if (forced !== "") return forced !== "0";
  return isTty && io.env.TERM !== "dumb";
}
