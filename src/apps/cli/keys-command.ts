import type { Command } from "commander";
import { BadRequestError, TargetNotFoundError } from "../../errors.ts";
import { type ApiKey, createKey, listKeys, revokeKey } from "../gateway/keys/keys.ts";
import { createProject, listProjects } from "../gateway/keys/projects.ts";
import { setLimits } from "../gateway/limits/limit-settings.ts";
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
import { readDate } from "./read-date.ts";
import { openTerminal } from "./terminal.ts";
import { textTable } from "./text-table.ts";

type CreateOptions = CommonOptions &
  LimitOptions & {
    readonly project: string;
    readonly scope?: readonly string[];
    readonly expires?: string;
  };

const defaultProject = "default";

/** Adds `tandem keys` with its subcommands. */
export function addKeysCommand(program: Command, host: CommandHost): void {
  const keys = program.command("keys").summary("make, list and revoke API keys of the gateway");
  const create = keys
    .command("create")
    .description("Make a key. Its secret is printed once, on stdout, and stored nowhere: only its hash is.")
    .argument("<name>", "for people: who or what will use it")
    .option("--project <name>", "the project it belongs to", defaultProject)
    .option(
      "--scope <scope...>",
      "what it may do: chat, embeddings, files, …, deployment:NAME, admin (default: every operation)",
    )
    .option("--expires <when>", "a date, or a number of days: 90d (default: never)");
  addCommonOptions(addLimitOptions(create)).action(async (name: string, options: CreateOptions) =>
    host.finish(await makeKey(host.io, name, options)),
  );
  addCommonOptions(keys.command("list").description("every key, without its secret")).action(
    async (options: CommonOptions) => host.finish(await printKeys(host.io, options)),
  );
  addCommonOptions(
    addLimitOptions(keys.command("set").description("change a key's limits").argument("<id>")),
  ).action(async (id: string, options: CommonOptions & LimitOptions) =>
    host.finish(await changeKey(host.io, id, options)),
  );
  addCommonOptions(
    keys
      .command("revoke")
      .description("refuse a key from now on; running servers hear of it in 2 s")
      .argument("<id>"),
  ).action(async (id: string, options: CommonOptions) => host.finish(await endKey(host.io, id, options)));
  addExamples(keys, [
    ["tandem keys create ci", "prints the secret, once"],
    ["tandem keys create bot --scope chat deployment:gpt --budget-day 5", "one deployment, 5 a day"],
    ["tandem keys create trial --project sales --expires 30d --rpm 60", "for a month"],
    ["tandem keys list", "ids, projects, limits"],
    ["tandem keys revoke key_4fT0x9aQbL2c", "by its id"],
  ]);
}

async function makeKey(io: CliIo, name: string, options: CreateOptions): Promise<number> {
  const terminal = openTerminal(io, options);
  const expiresAt = options.expires === undefined ? undefined : readExpiry(options.expires, io.now());
  const limits = hasLimitOptions(options) ? readLimitOptions(options) : undefined;
  await using store = await openCliStore(io);
  const projects = await listProjects(store);
  if (options.project === defaultProject && !projects.some((project) => project.name === defaultProject))
    await createProject(store, { name: defaultProject, now: io.now() });
  const { secret, key } = await createKey(store, {
    project: options.project,
    name,
    now: io.now(),
    ...(options.scope && { scopes: options.scope }),
    ...(limits && { limits }),
    ...(expiresAt && { expiresAt }),
  });
  if (options.json) terminal.printJson({ command: "keys create", secret, key });
  else {
    terminal.print(secret);
    terminal.say(`${key.id}: keep the secret now, it can't be shown again`);
  }
  return exitCodes.done;
}

function readExpiry(text: string, now: Date): Date {
  const days = /^(\d{1,4})d$/.exec(text);
  return days === null ? readDate(text) : new Date(now.getTime() + Number(days[1]) * 86_400_000);
}

async function printKeys(io: CliIo, options: CommonOptions): Promise<number> {
  const terminal = openTerminal(io, options);
  await using store = await openCliStore(io);
  const keys = await listKeys(store);
  if (options.json) {
    terminal.printJson({ command: "keys list", keys });
    return exitCodes.done;
  }
  if (keys.length === 0) terminal.say("there are no keys yet: tandem keys create NAME");
  const projects = new Map((await listProjects(store)).map(({ id, name }) => [id, name]));
  const rows = keys.map((key) => [
    key.id,
    key.name,
    projects.get(key.projectId) ?? key.projectId,
    stateText(key, io.now()),
    key.scopes.join(" "),
    limitsText(key.limits),
  ]);
  for (const line of textTable(rows)) terminal.print(line);
  return exitCodes.done;
}

function stateText({ revokedAt, expiresAt }: ApiKey, now: Date): string {
  if (revokedAt !== undefined) return `revoked ${revokedAt.toISOString().slice(0, 10)}`;
  if (expiresAt === undefined) return "valid";
  return `${expiresAt <= now ? "expired" : "valid until"} ${expiresAt.toISOString().slice(0, 10)}`;
}

async function changeKey(io: CliIo, id: string, options: CommonOptions & LimitOptions): Promise<number> {
  const terminal = openTerminal(io, options);
  if (!hasLimitOptions(options)) throw new BadRequestError("nothing to change", { hint: "such as --rpm 60" });
  await using store = await openCliStore(io);
  const key = (await listKeys(store)).find((each) => each.id === id);
  if (key === undefined)
    throw new TargetNotFoundError(`there is no key ${id}`, { hint: "tandem keys list shows their ids" });
  const limits = readLimitOptions(options, key.limits);
  await setLimits(store.db, { level: "key", owner: id }, limits);
  if (options.json) terminal.printJson({ command: "keys set", key: id, limits });
  else terminal.say(`${id}: ${limitsText(limits) || "no limits"}`);
  return exitCodes.done;
}

async function endKey(io: CliIo, id: string, options: CommonOptions): Promise<number> {
  const terminal = openTerminal(io, options);
  await using store = await openCliStore(io);
  await revokeKey(store, id, io.now());
  if (options.json) terminal.printJson({ command: "keys revoke", key: id });
  else terminal.say(`${id} is revoked`);
  return exitCodes.done;
}
