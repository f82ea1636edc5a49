import type { Command } from "commander";
import { BadRequestError } from "../../errors.ts";
import { openFile } from "../../files/index.ts";
import type { RecordedFinding } from "../../tasks/check-figures/recorded-finding.ts";
import { verifyFigures } from "../../tasks/check-figures/verify-figures.ts";
import type { Certificate, PlaceRecord } from "../../tasks/verify/certificate.ts";
import { verifyAgainst } from "../../tasks/verify/verify-against.ts";
import { printRecorded } from "./check-figures-report.ts";
import type { CliIo } from "./cli-io.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { exitCodes } from "./exit-code.ts";
import { namedFile, writeResult } from "./output-file.ts";
import { printableJson, printableLine } from "./printable.ts";
import { inputName, readInput } from "./read-input.ts";
import { readSources } from "./read-sources.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { counted } from "./text-table.ts";
import { toolVersion } from "./tool-version.ts";

type VerifyCommandOptions = CommonOptions & {
  readonly against?: string;
  readonly with?: readonly string[];
  readonly author?: string;
  readonly output?: string;
};

/** Adds `tandem verify`. */
export function addVerifyCommand(program: Command, host: CommandHost): void {
  const command = program
    .command("verify")
    .summary("certify that only refusable changes were made to a file, or that its figures still hold")
    .description(
      "Compare an edited Word file with its original, part by part and block by block. Exit code 0 when only tracked changes and comments were made, 1 otherwise. With --with, figures and tables that Tandem wrote are computed again on the workbooks; exit code 1 when one no longer holds.",
    )
    .argument("<file>", "the edited Word file, or - for stdin")
    .option("--against <file>", "the original, or - for stdin")
    .option("--with <files...>", "workbooks that the figures came from")
    .option("--author <name>", "only changes by this author count as refusable")
    .option("-o, --output <file>", "write the certificate as JSON to this file");
  addExamples(addCommonOptions(command), [
    ["tandem verify out.docx --against in.docx", "what was changed, and whether all of it can be refused"],
    ['tandem verify out.docx --against in.docx --author "Tandem"', "and nobody else changed anything"],
    [
      "tandem verify report.docx --with budget.xlsx",
      "which sentence no longer holds, with the old and the new value",
    ],
    ["tandem verify out.docx --against in.docx -o certificate.json", "the certificate beside the file"],
  ]);
  command.action(async (file: string, options: VerifyCommandOptions) => {
    const terminal = openTerminal(host.io, options);
    host.finish(await verify(host.io, terminal, file, options));
  });
}

async function verify(
  io: CliIo,
  terminal: Terminal,
  file: string,
  options: VerifyCommandOptions,
): Promise<number> {
  const { against, with: workbooks = [], author, output, json } = options;
  if (against === undefined) {
    if (workbooks.length === 0)
      throw new BadRequestError("there is nothing to verify the file against", {
        hint: "name the original with --against, or the workbooks of its figures with --with",
      });
    if (output !== undefined || author !== undefined)
      throw new BadRequestError("a certificate needs the original", { hint: "name it with --against" });
    return verifyRecorded(io, terminal, file, options);
  }
  const destination = output === undefined ? undefined : await namedFile(io, output);
  const original = await readInput(io, against);
  const edited = await readInput(io, file);
  const certificate = await verifyAgainst(original, edited, {
    date: io.now(),
    version: toolVersion(),
    ...(author !== undefined && { author }),
  });
  if (destination !== undefined) {
    const bytes = new TextEncoder().encode(`${printableJson(certificate)}\n`);
    const written = await writeResult(io, destination, bytes, original);
    terminal.say(`wrote ${written.path}`);
  }
  const recorded = workbooks.length === 0 ? undefined : await recordedIn(io, terminal, edited, workbooks);
  if (json)
    terminal.printJson({
      command: "verify",
      ...(recorded && { recorded }),
      file: inputName(file),
      against: inputName(against),
      ...certificate,
    });
  else {
    printCertificate(terminal, inputName(file), certificate);
    printRecorded(terminal, recorded ?? []);
  }
  return certificate.isRefusable && stillHolds(recorded ?? []) ? exitCodes.done : exitCodes.failed;
}

/** Only the figures, without an original. */
async function verifyRecorded(
  io: CliIo,
  terminal: Terminal,
  file: string,
  { with: workbooks = [], json }: VerifyCommandOptions,
): Promise<number> {
  const recorded = await recordedIn(io, terminal, await readInput(io, file), workbooks);
  if (json) terminal.printJson({ command: "verify", file: inputName(file), recorded });
  else if (recorded.length === 0)
    terminal.print(`${printableLine(inputName(file))}: no figures that Tandem wrote`);
  else printRecorded(terminal, recorded);
  if (recorded.length === 0) return exitCodes.nothing;
  return stillHolds(recorded) ? exitCodes.done : exitCodes.failed;
}

async function recordedIn(
  io: CliIo,
  terminal: Terminal,
  document: Uint8Array,
  workbooks: readonly string[],
): Promise<readonly RecordedFinding[]> {
  const { files } = await readSources(io, terminal, workbooks);
  return verifyFigures(openFile(document), files, { signal: io.signal });
}

function stillHolds(recorded: readonly RecordedFinding[]): boolean {
  return recorded.every(({ state }) => state === "holds" || state === "edited" || state === "removed");
}

function printCertificate(terminal: Terminal, file: string, certificate: Certificate): void {
  const { parts, places, isRefusable, author } = certificate;
  const { paint } = terminal;
  const count = (state: string): number => parts.filter((part) => part.state === state).length;
  const kind = (wanted: PlaceRecord["kind"]): PlaceRecord[] => places.filter((each) => each.kind === wanted);
  const who = author === undefined ? "" : ` by ${printableLine(author)}`;
  const verdict = isRefusable
    ? paint("green", `refusable: nothing but tracked changes and comments${who}`)
    : paint("red", "not refusable: something else changed as well");
  terminal.print(
    [
      `${printableLine(file)}: ${verdict}`,
      `  parts: ${count("same")} same, ${count("changed")} changed, ${count("added")} added, ${count("removed")} removed`,
      `  changes: ${counted(kind("tracked").length, "tracked change")}, ${counted(kind("comment").length, "change")} to comments, ${kind("direct").length} others`,
      `  rejecting all gives back the text: ${yes(certificate.rejected.isSameText)}, the XML: ${yes(certificate.rejected.isSameXml)}`,
      `  original sha256 ${certificate.original.sha256}`,
      `  edited   sha256 ${certificate.edited.sha256}`,
      ...kind("direct").map((each) => `  ${paint("red", "!")} ${placeLine(each)}`),
    ].join("\n"),
  );
}

function placeLine({ part, what, author, text }: PlaceRecord): string {
  const who = author === undefined ? "" : ` (${printableLine(author)})`;
  const quote = text === undefined ? "" : `: "${printableLine(text.slice(0, 60))}"`;
  return `${printableLine(part)}: ${printableLine(what)}${who}${quote}`;
}

function yes(is: boolean): string {
  return is ? "yes" : "no";
}
