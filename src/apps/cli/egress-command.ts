import type { Command } from "commander";
import { BadRequestError } from "../../errors.ts";
import { egressCsv } from "../gateway/policy/egress-csv.ts";
import { type EgressEntry, listEgress } from "../gateway/policy/list-egress.ts";
import type { CliIo } from "./cli-io.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { exitCodes } from "./exit-code.ts";
import { openCliStore } from "./open-cli-store.ts";
import { readDate } from "./read-date.ts";
import { openTerminal } from "./terminal.ts";
import { textTable } from "./text-table.ts";

type EgressOptions = CommonOptions & {
  readonly job?: string;
  readonly since?: string;
  readonly csv?: boolean;
};

/** Adds `tandem egress`. */
export function addEgressCommand(program: Command, host: CommandHost): void {
  const egress = program
    .command("egress")
    .summary("what left this machine through the gateway: to whom, how much, under which policy")
    .description(
      "One line for each attempt at a provider or filter. SHA-256 is that of the very bytes that were sent; the text itself is not kept.",
    )
    .option("--job <id>", "only this job's or batch's")
    .option("--since <date>", "from this time on")
    .option("--csv", "print CSV");
  addExamples(addCommonOptions(egress), [
    ["tandem egress --since 2026-11-23", "since that day, UTC"],
    ["tandem egress --job batch_1 --csv > left.csv", "one job, for a spreadsheet"],
    ["tandem egress --json | jq '[.egress[].bytes] | add'", "for a program"],
  ]);
  egress.action(async (options: EgressOptions) => host.finish(await printEgress(host.io, options)));
}

async function printEgress(io: CliIo, options: EgressOptions): Promise<number> {
  const terminal = openTerminal(io, options);
  if (options.csv && options.json) throw new BadRequestError("--csv and --json exclude each other");
  await using store = await openCliStore(io);
  const entries = await listEgress(store, {
    ...(options.job !== undefined && { job: options.job }),
    ...(options.since !== undefined && { since: readDate(options.since) }),
  });
  if (options.csv) io.stdout(egressCsv(entries));
  else if (options.json) terminal.printJson({ command: "egress", egress: entries });
  else if (entries.length === 0) terminal.say("nothing left");
  else for (const line of textTable(rowsOf(entries))) terminal.print(line);
  return exitCodes.done;
}

function rowsOf(entries: readonly EgressEntry[]): string[][] {
  const header = ["at", "deployment", "to", "bytes", "policy", "masked", "sha-256", "job"];
  const rows = entries.map((entry) => [
    entry.at,
    entry.deployment,
    `${entry.provider}:${entry.target}${entry.region === null ? "" : ` (${entry.region})`}`,
    String(entry.bytes),
    entry.policy,
    String(entry.masked),
    entry.sha256.slice(0, 12),
    entry.job ?? "-",
  ]);
  return [header, ...rows];
}
