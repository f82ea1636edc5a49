import path from "node:path";
import type { Command } from "commander";
import { BadRequestError } from "../../errors.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { exitCodes } from "./exit-code.ts";
import { storePlace } from "./open-cli-store.ts";
import { openTerminal } from "./terminal.ts";

/** Adds `tandem restore`. */
export function addRestoreCommand(program: Command, host: CommandHost): void {
  const restore = program
    .command("restore")
    .summary("bring back what tandem backup wrote")
    .description(
      "Stop servers first. The archive is checked before anything is changed, and the present store is kept beside the restored one.",
    )
    .argument("<file>", "the archive");
  addExamples(addCommonOptions(restore), [["tandem restore tandem-2026-11-23.zip", "into the data folder"]]);
  restore.action(async (file: string, options: CommonOptions) => {
    const { io } = host;
    const terminal = openTerminal(io, options);
    const place = storePlace(io);
    if (/^postgres(ql)?:/i.test(place))
      throw new BadRequestError("a store on PostgreSQL is restored by PostgreSQL's own tools", {
        hint: "pg_restore --clean --dbname=DATABASE tandem.dump",
      });
    const { restoreStore } = await import("../store/restore-store.ts");
    const target = path.resolve(place.replace(/^file:(\/\/)?/, ""));
    const { manifest, before } = await restoreStore(path.resolve(io.cwd, file), target, io.now());
    if (options.json) terminal.printJson({ command: "restore", ...manifest, before: before ?? null });
    else {
      terminal.say(`restored what was there at ${manifest.createdAt}`);
      if (before !== undefined) terminal.say(`the store that was there is now ${before}`);
    }
    host.finish(exitCodes.done);
  });
}
