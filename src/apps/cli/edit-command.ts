import type { Command } from "commander";
import type { CommandHost } from "./command-host.ts";

export function addEditCommand(program: Command, _host: CommandHost): void {
  program.command("edit");
}
