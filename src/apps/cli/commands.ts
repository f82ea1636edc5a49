import type { Command } from "commander";
import type { CommandHost } from "./command-host.ts";

type AddCommand = (program: Command, host: CommandHost) => void;

/** In the order of the help. Each is imported only when it is wanted: together they are a thousand modules. */
const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  edit: async () => (await import("./edit-command.ts")).addEditCommand,
  write: async () => (await import("./write-command.ts")).addWriteCommand,
  minutes: async () => (await import("./minutes-command.ts")).addMinutesCommand,
  slots: async () => (await import("./slots-command.ts")).addSlotsCommand,
  ask: async () => (await import("./ask-command.ts")).addAskCommand,
  audit: async () => (await import("./audit-command.ts")).addAuditCommand,
  "check-figures": async () => (await import("./check-figures-command.ts")).addCheckFiguresCommand,
  translate: async () => (await import("./translate-command.ts")).addTranslateCommand,
  live: async () => (await import("./live-command.ts")).addLiveCommand,
  memory: async () => (await import("./memory-command.ts")).addMemoryCommand,
  review: async () => (await import("./review-command.ts")).addReviewCommand,
  decisions: async () => (await import("./decisions-command.ts")).addDecisionsCommand,
  undo: async () => (await import("./undo-command.ts")).addUndoCommand,
  diff: async () => (await import("./diff-command.ts")).addDiffCommand,
  verify: async () => (await import("./verify-command.ts")).addVerifyCommand,
  serve: async () => (await import("./serve-command.ts")).addServeCommand,
  deployments: async () => (await import("./deployments-command.ts")).addDeploymentsCommand,
  models: async () => (await import("./wire-models.ts")).addModelsCommand,
  keys: async () => (await import("./keys-command.ts")).addKeysCommand,
  projects: async () => (await import("./projects-command.ts")).addProjectsCommand,
  usage: async () => (await import("./usage-command.ts")).addUsageCommand,
  egress: async () => (await import("./egress-command.ts")).addEgressCommand,
  backup: async () => (await import("./backup-command.ts")).addBackupCommand,
  restore: async () => (await import("./restore-command.ts")).addRestoreCommand,
  template: async () => (await import("./template-command.ts")).addTemplateCommand,
  doctor: async () => (await import("./doctor-command.ts")).addDoctorCommand,
};

/** Adds the command that a command line names; all of them where it names none, for the help and for suggestions. */
export async function addCommands(
  program: Command,
  host: CommandHost,
  argv: readonly string[],
): Promise<void> {
  const named = argv.find((each) => !each.startsWith("-")) ?? "";
  const wanted = Object.hasOwn(commands, named) ? [commands[named]!] : Object.values(commands);
  for (const add of await Promise.all(wanted.map((load) => load()))) add(program, host);
}
