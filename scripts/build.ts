import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";

// Files that were renamed since the last build must not be shipped.
rmSync("dist", { recursive: true, force: true });
run("tsc", ["-p", "tsconfig.build.json"]);
run("vite", ["build", "--config", "web/vite.config.ts", "--logLevel", "warn"]);

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { stdio: "inherit", shell: true });
  if (status !== 0) process.exit(status ?? 1);
}
