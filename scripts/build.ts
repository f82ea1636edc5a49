import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";

// Files that were renamed since the last build must not be shipped.
rmSync("dist", { recursive: true, force: true });
const { status } = spawnSync("tsc", ["-p", "tsconfig.build.json"], { stdio: "inherit", shell: true });
process.exit(status ?? 1);
