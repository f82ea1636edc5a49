import type { Command } from "commander";
import { TandemError } from "../../errors.ts";
import { createDocument } from "../../files/docx/create/create-document.ts";
import { describeTemplate } from "../../files/docx/create/describe-template.ts";
import { openFile } from "../../files/index.ts";
import type { CliIo } from "./cli-io.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { type ErrorReport, errorReport, exitCodes } from "./exit-code.ts";
import { inputName, readInput } from "./read-input.ts";
import { printTemplate } from "./template-report.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

/** Adds `tandem template check`. */
export function addTemplateCommand(program: Command, host: CommandHost): void {
  const template = program
    .command("template")
    .summary("check what a template offers to new documents")
    .description("Look at a Word template: what new documents would take from it.");
  addExamples(template, [
    ["tandem template check house.dotx", "styles, numbering, fields, content controls, and what each is for"],
    ["tandem template check house.dotx --json", "the same for programs"],
  ]);
  addCommonOptions(
    template
      .command("check")
      .description(
        "Say which style each kind of text gets, what fills content controls and fields, and where the text goes. A trial document is made in memory; no file is written.",
      ),
  )
    .argument("<file>", "a .dotx or .docx, or - for stdin")
    .action(async (file: string, options: CommonOptions) => {
      const terminal = openTerminal(host.io, options);
      host.finish(await checkTemplate(host.io, terminal, file, options));
    });
}

async function checkTemplate(
  io: CliIo,
  terminal: Terminal,
  file: string,
  { json }: CommonOptions,
): Promise<number> {
  const bytes = await readInput(io, file);
  const description = describeTemplate(bytes);
  const refusal = tryOut(bytes, io.now());
  if (json) {
    terminal.printJson({
      command: "template check",
      input: inputName(file),
      usable: refusal === undefined,
      ...(refusal !== undefined && { refusal }),
      ...description,
    });
  } else printTemplate(terminal, description, { name: inputName(file), refusal });
  return refusal === undefined ? exitCodes.done : exitCodes.refused;
}

/** Makes a document with a bit of everything from it, and opens that; what keeps it from being made, if anything. */
function tryOut(template: Uint8Array, created: Date): ErrorReport | undefined {
  const runs = [{ text: "Text" }];
  try {
    openFile(
      createDocument(
        [
          { kind: "paragraph", style: "Title", runs },
          { kind: "contents" },
          { kind: "heading", level: 1, runs },
          { kind: "paragraph", runs: [{ text: "Text", note: runs }] },
          { kind: "list-item", ordered: false, runs },
          { kind: "list-item", ordered: true, runs },
          { kind: "table", widths: [1, 1], header: [runs, runs], rows: [[runs, runs]] },
          { kind: "caption", label: "table", runs },
        ],
        { title: "Text", author: "Tandem", created },
        { template },
      ),
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof TandemError)) throw error;
    return errorReport(error);
  }
}
