import type { Command } from "commander";
import { BadRequestError } from "../../errors.ts";
import { listKeys } from "../gateway/keys/keys.ts";
import { findProject, listProjects } from "../gateway/keys/projects.ts";
import { moneyText, usageCsv } from "../gateway/usage/usage-csv.ts";
import { type UsageGroup, type UsageSum, usageGroups, usageReport } from "../gateway/usage/usage-report.ts";
import type { Store } from "../store/open-store.ts";
import type { CliIo } from "./cli-io.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { exitCodes } from "./exit-code.ts";
import { openCliStore } from "./open-cli-store.ts";
import { readDate } from "./read-date.ts";
import { openTerminal } from "./terminal.ts";
import { textTable } from "./text-table.ts";

type UsageOptions = CommonOptions & {
  readonly by: string;
  readonly from?: string;
  readonly to?: string;
  readonly project?: string;
  readonly csv?: boolean;
};

/** Adds `tandem usage`. */
export function addUsageCommand(program: Command, host: CommandHost): void {
  const usage = program
    .command("usage")
    .summary("tokens and money that calls through the gateway used")
    .description("Days are those of UTC. A call counts for the time at which it was let in.")
    .option("--by <groups>", `what to add up by: ${usageGroups.join(", ")}; several with commas`, "project")
    .option("--from <date>", "from this time on")
    .option("--to <date>", "before this time")
    .option("--project <name>", "only this project's")
    .option("--csv", "print CSV");
  addExamples(addCommonOptions(usage), [
    ["tandem usage", "by project"],
    ["tandem usage --by day,deployment --from 2026-11-01 --to 2026-12-01", "a month, day by day"],
    ["tandem usage --by key --project sales --csv > sales.csv", "for a spreadsheet"],
    ["tandem usage --by job --json | jq .usage", "for a program"],
  ]);
  usage.action(async (options: UsageOptions) => host.finish(await printUsage(host.io, options)));
}

async function printUsage(io: CliIo, options: UsageOptions): Promise<number> {
  const terminal = openTerminal(io, options);
  if (options.csv && options.json) throw new BadRequestError("--csv and --json exclude each other");
  const by = options.by.split(",").map((each) => each.trim()) as UsageGroup[];
  await using store = await openCliStore(io);
  const sums = await usageReport(store, {
    by,
    ...(options.from !== undefined && { from: readDate(options.from) }),
    ...(options.to !== undefined && { to: readDate(options.to) }),
    ...(options.project !== undefined && { projectId: (await findProject(store.db, options.project)).id }),
  });
  if (options.csv) io.stdout(usageCsv(sums, by));
  else if (options.json)
    terminal.printJson({
      command: "usage",
      usage: sums.map(({ costNanos, ...sum }) => ({ ...sum, cost: moneyText(costNanos) })),
    });
  else if (sums.length === 0) terminal.say("nothing was used");
  else for (const line of textTable(await rowsOf(store, sums, by))) terminal.print(line);
  return exitCodes.done;
}

async function rowsOf(
  store: Store,
  sums: readonly UsageSum[],
  by: readonly UsageGroup[],
): Promise<string[][]> {
  const names = new Map<string, string>();
  if (by.includes("project")) for (const { id, name } of await listProjects(store)) names.set(id, name);
  if (by.includes("key")) for (const { id, name } of await listKeys(store)) names.set(id, `${name} (${id})`);
  const header = [...by, "calls", "tokens in", "tokens out", "cost"];
  const rows = sums.map(({ group, calls, inputTokens, outputTokens, costNanos, currency }) => [
    ...by.map((each) => {
      const value = group[each] ?? "-";
      return names.get(value) ?? value;
    }),
    String(calls),
    String(inputTokens),
    String(outputTokens),
    `${moneyText(costNanos)} ${currency}`,
  ]);
  return [header, ...rows];
}
