import { type Command, InvalidArgumentError } from "commander";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { checkFiles } from "./doctor-files.ts";
import { inspectMachine, printFindings } from "./doctor-machine.ts";
import { nodeProbe } from "./node-probe.ts";
import { openTerminal } from "./terminal.ts";

type DoctorOptions = CommonOptions & { readonly seed: number };

/** Adds `tandem doctor`. */
export function addDoctorCommand(program: Command, host: CommandHost): void {
  const command = program
    .command("doctor")
    .summary("say what works on this machine, or check your own files")
    .description(
      "Without a name: say what works on this machine and what to do about the rest. With files or folders: try Tandem on them in memory, without writing any.",
    )
    .argument("[places...]", "files or folders to check")
    .option("--seed <number>", "which paragraph and word the trial edit takes", wholeNumber, 1);
  addExamples(addCommonOptions(command), [
    ["tandem doctor", "what works here"],
    ["tandem doctor ~/Documents", "try every Office file there; writes nothing"],
    ["tandem doctor contract.docx --seed 7", "try another word"],
    ["tandem doctor ~/Documents --json > report.json", "the same for programs"],
  ]);
  command.action(async (places: readonly string[], options: DoctorOptions) => {
    const terminal = openTerminal(host.io, options);
    const json = options.json ?? false;
    if (places.length > 0) {
      host.finish(await checkFiles(host.io, terminal, places, { seed: options.seed, json }));
    } else {
      host.finish(printFindings(terminal, await inspectMachine(nodeProbe(host.io.env)), json));
    }
  });
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new InvalidArgumentError("It must be a whole number from 0 on.");
  return number;
}
