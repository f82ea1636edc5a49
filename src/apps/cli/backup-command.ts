import path from "node:path";
import type { Command } from "commander";
import { backupStore } from "../store/backup-store.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { exitCodes } from "./exit-code.ts";
import { openCliStore } from "./open-cli-store.ts";
import { openTerminal } from "./terminal.ts";

/** Adds `tandem backup`. */
export function addBackupCommand(program: Command, host: CommandHost): void {
  const backup = program
    .command("backup")
    .summary("write keys, limits, usage and jobs to one archive")
    .description("Servers may run meanwhile. The archive has a checksum and holds no secret, only hashes.")
    .argument("<file>", "the archive; one that is there is replaced");
  addExamples(addCommonOptions(backup), [
    ["tandem backup tandem-2026-11-23.zip", "the store in the data folder"],
    ["TANDEM_STORE=/srv/tandem.sqlite tandem backup b.zip", "another store"],
  ]);
  backup.action(async (file: string, options: CommonOptions) => {
    const terminal = openTerminal(host.io, options);
    await using store = await openCliStore(host.io);
    const manifest = await backupStore(store, path.resolve(host.io.cwd, file), host.io.now());
    if (options.json) terminal.printJson({ command: "backup", file, ...manifest });
    else terminal.say(`wrote ${file}`);
    host.finish(exitCodes.done);
  });
}
