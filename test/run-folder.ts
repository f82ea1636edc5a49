import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * One temporary folder for a whole run, also for the programs that its tests start; it goes with the run.
 * Names what tests left in it. The validator's answers are kept in it too, or where TANDEM_VALIDATED says.
 */
export default function setup(): () => void {
  const before = process.env.TMPDIR;
  const folder = mkdtempSync(join(tmpdir(), "tandem-run-"));
  process.env.TMPDIR = folder;
  process.env.TANDEM_VALIDATED ??= join(folder, "validated");
  return () => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    const left = readdirSync(folder).filter((name) => name.startsWith("tandem-"));
    if (left.length > 0) console.warn(`left behind by tests: ${left.length}, ${left.slice(0, 20).join(" ")}`);
    rmSync(folder, { recursive: true, force: true });
  };
}
