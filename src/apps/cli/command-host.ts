import { type Command, Option } from "commander";
import type { CliIo } from "./cli-io.ts";
import type { OutputOptions } from "./terminal.ts";

/** What a command is given: the world it runs in, and a way to say how it ended. */
export type CommandHost = {
  readonly io: CliIo;
  readonly finish: (exitCode: number) => void;
};

/** The options that every command has. */
export type CommonOptions = OutputOptions;

/** Adds the options that every command has. */
export function addCommonOptions(command: Command): Command {
  return (
    command
      .option("--json", "print one JSON object on stdout")
      .option("-q, --quiet", "print nothing but data and errors")
      .option("-v, --verbose", "print each step on a line of its own")
      .option("--no-color", "print without colours (as NO_COLOR does)")
      // No command asks anything so far; scripts that say it already will not break when one does.
      .addOption(new Option("-y, --yes", "answer yes to every question").hideHelp())
  );
}

/** Adds the choice of a model. */
export function addModelOption(command: Command): Command {
  return command.option(
    "--model <spec>",
    "the model to use: a catalogue name, openai:NAME, azure:DEPLOYMENT, http://host/v1#NAME, deployment:NAME, file.gguf, or none",
  );
}

/** Examples come first in the help: most people copy one and change it. */
export function addExamples(
  command: Command,
  examples: readonly (readonly [line: string, effect: string])[],
): Command {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, effect]) => `  ${line.padEnd(width)}  # ${effect}`);
  return command.addHelpText("before", `Examples:\n${lines.join("\n")}\n`);
}
