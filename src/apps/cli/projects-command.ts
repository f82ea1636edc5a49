import type { Command } from "commander";
import { BadRequestError } from "../../errors.ts";
import { createProject, findProject, listProjects } from "../gateway/keys/projects.ts";
import { reconcileLostSlices } from "../gateway/limits/lease-slices.ts";
import { organisationId, readLimits, setLimits } from "../gateway/limits/limit-settings.ts";
import type { CliIo } from "./cli-io.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { exitCodes } from "./exit-code.ts";
import {
  addLimitOptions,
  hasLimitOptions,
  type LimitOptions,
  limitsText,
  readLimitOptions,
} from "./limit-options.ts";
import { openCliStore } from "./open-cli-store.ts";
import { openTerminal } from "./terminal.ts";
import { counted, textTable } from "./text-table.ts";

type ProjectOptions = CommonOptions & LimitOptions & { readonly all?: boolean };

/** Adds `tandem projects` with its subcommands. */
export function addProjectsCommand(program: Command, host: CommandHost): void {
  const projects = program.command("projects").summary("projects of the gateway, their rates and budgets");
  const create = projects.command("create").description("make a project").argument("<name>");
  addCommonOptions(addLimitOptions(create)).action(async (name: string, options: ProjectOptions) =>
    host.finish(await makeProject(host.io, name, options)),
  );
  addCommonOptions(projects.command("list").description("every project with its limits")).action(
    async (options: CommonOptions) => host.finish(await printProjects(host.io, options)),
  );
  const set = projects
    .command("set")
    .description("Change limits; running servers hear of it in 2 s. Days and months are those of UTC.")
    .argument("[name]")
    .option("--all", "the limits of all projects together");
  addCommonOptions(addLimitOptions(set)).action(async (name: string | undefined, options: ProjectOptions) =>
    host.finish(await changeProject(host.io, name, options)),
  );
  addCommonOptions(
    projects
      .command("reconcile")
      .description(
        "Give back the shares of budgets that crashed servers held; until then they count as spent. Servers may run.",
      ),
  ).action(async (options: CommonOptions) => host.finish(await reconcile(host.io, options)));
  addExamples(projects, [
    ["tandem projects create sales --budget-month 50 --budget-day 5", "with budgets"],
    ["tandem projects set sales --rpm 60 --tpm 100000", "with rates, the budgets stay"],
    ["tandem projects set sales --budget-day none", "without a budget for the day"],
    ["tandem projects set --all --budget-month 500", "all projects together"],
    ["tandem projects list", "what holds"],
    ["tandem projects reconcile", "after a crash"],
  ]);
}

async function makeProject(io: CliIo, name: string, options: ProjectOptions): Promise<number> {
  const terminal = openTerminal(io, options);
  const limits = hasLimitOptions(options) ? readLimitOptions(options) : undefined;
  await using store = await openCliStore(io);
  const project = await createProject(store, { name, now: io.now(), ...(limits && { limits }) });
  if (options.json) terminal.printJson({ command: "projects create", project });
  else terminal.say(`${project.id}: next, tandem keys create NAME --project ${name}`);
  return exitCodes.done;
}

async function printProjects(io: CliIo, options: CommonOptions): Promise<number> {
  const terminal = openTerminal(io, options);
  await using store = await openCliStore(io);
  const projects = await listProjects(store);
  const all = (await readLimits(store.db)).get(`organisation:${organisationId}`) ?? {};
  if (options.json) {
    terminal.printJson({ command: "projects list", projects, organisation: { limits: all } });
    return exitCodes.done;
  }
  if (projects.length === 0) terminal.say("there are no projects yet: tandem projects create NAME");
  const rows = projects.map(({ id, name, limits }) => [name, id, limitsText(limits)]);
  if (limitsText(all) !== "") rows.push(["(all together)", "", limitsText(all)]);
  for (const line of textTable(rows)) terminal.print(line);
  return exitCodes.done;
}

async function changeProject(io: CliIo, name: string | undefined, options: ProjectOptions): Promise<number> {
  const terminal = openTerminal(io, options);
  if ((name === undefined) !== (options.all ?? false))
    throw new BadRequestError("whose limits?", { hint: "name a project, or say --all" });
  if (!hasLimitOptions(options))
    throw new BadRequestError("nothing to change", { hint: "such as --budget-day 5" });
  await using store = await openCliStore(io);
  const owner = name === undefined ? organisationId : (await findProject(store.db, name)).id;
  const level = name === undefined ? "organisation" : "project";
  const before = (await readLimits(store.db)).get(`${level}:${owner}`);
  const limits = readLimitOptions(options, before);
  await setLimits(store.db, { level, owner }, limits);
  if (options.json) terminal.printJson({ command: "projects set", [level]: owner, limits });
  else terminal.say(`${name ?? "all projects together"}: ${limitsText(limits) || "no limits"}`);
  return exitCodes.done;
}

async function reconcile(io: CliIo, options: CommonOptions): Promise<number> {
  const terminal = openTerminal(io, options);
  await using store = await openCliStore(io);
  const slices = await reconcileLostSlices(store, io.now().getTime());
  if (options.json) terminal.printJson({ command: "projects reconcile", slices });
  else terminal.say(`gave back ${counted(slices, "share")} of limits`);
  return exitCodes.done;
}
