import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type LargeWorkbook, largeColumns } from "./large-workbook.ts";
import { measureProcess, type ProcessCost } from "./measure-process.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..");

/** A reader or a way to ask, in a process of its own: what it printed must hold the sum of the amounts. */
type Job = {
  readonly name: string;
  /** Its package of npm, installed into a temporary folder; none for ourselves. */
  readonly npm?: string;
  readonly arguments: (path: string) => readonly string[];
};

const amount = largeColumns.amount;
const start = join("tandem", "bin", "tandem.js");
const jobs: readonly Job[] = [
  {
    name: "Tandem: read, load, answer a query",
    arguments: (path) => [start, "ask", path, "--json", "--sql", `select sum(${amount}) from Orders`],
  },
  {
    name: 'Tandem: read, load, answer "total Amount by Region"',
    arguments: (path) => [start, "ask", path, "--json", "total Amount by Region"],
  },
  { name: "hucre, streamed: read", npm: "hucre", arguments: (path) => ["workbook-hucre.js", path] },
  { name: "exceljs, streamed: read", npm: "exceljs", arguments: (path) => ["workbook-exceljs.js", path] },
  { name: "SheetJS, dense: read", npm: "xlsx", arguments: (path) => ["workbook-sheetjs.js", path] },
];

export type WorkbookResult = {
  readonly name: string;
  readonly isOwn: boolean;
  /** The least of its runs; or why there is none. */
  readonly cost: Pick<ProcessCost, "cpu" | "peakBytes"> | string;
};

/**
 * From an .xlsx on the disk to an answer by Tandem, as it is installed, beside libraries that only read the file.
 * Libraries that can't be installed are told as such.
 */
export async function measureWorkbooks(workbooks: readonly LargeWorkbook[]): Promise<WorkbookResult[][]> {
  const work = mkdtempSync(join(tmpdir(), "tandem-bench-"));
  // What Tandem compiled at its first run is kept here for the others, as on any computer where it was used before.
  process.env.TANDEM_CACHE = join(work, "cache");
  try {
    cpSync(join(import.meta.dirname, "peers"), work, { recursive: true });
    await installTandem(work);
    const reasons = new Map<Job, string>();
    for (const job of jobs) {
      if (job.npm === undefined) continue;
      await install(job.npm, work).catch((error: Error) => reasons.set(job, lastLine(error.message)));
    }
    const results: WorkbookResult[][] = [];
    for (const workbook of workbooks) results.push(await measureJobs(workbook, work, reasons));
    return results;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function measureJobs(
  workbook: LargeWorkbook,
  work: string,
  reasons: ReadonlyMap<Job, string>,
): Promise<WorkbookResult[]> {
  const results: WorkbookResult[] = [];
  for (const job of jobs) {
    const isOwn = job.npm === undefined;
    const cost =
      reasons.get(job) ??
      // Ours is the shorter one, which whatever else the machine does disturbs more.
      (await leastCost(job, workbook, work, isOwn ? 3 : 1).catch((error: Error) => lastLine(error.message)));
    results.push({ name: job.name, isOwn, cost });
  }
  return results;
}

async function leastCost(
  { name, arguments: argumentsOf }: Job,
  { path, sum }: LargeWorkbook,
  cwd: string,
  runs: number,
): Promise<{ cpu: number; peakBytes: number }> {
  let [cpu, peakBytes] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let run = 0; run < runs; run++) {
    const cost = await measureProcess([process.execPath, ...argumentsOf(path)], { cwd });
    if (!holdsSum(cost.output, sum)) throw new Error(`${name} found another sum`);
    cpu = Math.min(cpu, cost.cpu);
    peakBytes = Math.min(peakBytes, cost.peakBytes);
  }
  return { cpu, peakBytes };
}

/** True when the amounts that were printed, one or several of groups, add up to the sum. */
function holdsSum(output: string, sum: number): boolean {
  const printed = output.trim().startsWith("{")
    ? (JSON.parse(output) as { values: unknown[][] }).values.map((row) => Number(row.at(-1)))
    : [Number(output)];
  const total = printed.reduce((a, b) => a + b, 0);
  return Math.abs(total - sum) <= 1e-9 * Math.abs(sum);
}

/** Tandem compiled into a folder as npm would put it there, so that no time goes into removing types. */
async function installTandem(work: string): Promise<void> {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const out = join(work, "tandem");
  const project = ["-p", join(root, "tsconfig.build.json"), "--outDir", join(out, "dist"), "--noCheck"];
  await run(process.execPath, [tsc, ...project]);
  writeFileSync(join(out, "package.json"), '{"name":"tandem","version":"0.0.0","type":"module"}');
  symlinkSync(join(root, "node_modules"), join(out, "node_modules"), "junction");
  cpSync(join(root, "bin"), join(out, "bin"), { recursive: true });
  writeFileSync(join(work, "package.json"), '{"private":true,"type":"module"}');
}

async function install(name: string, work: string): Promise<void> {
  await run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", name], {
    cwd: work,
    shell: process.platform === "win32",
    timeout: 120_000,
  });
}

function lastLine(message: string): string {
  const lines = message.trim().split("\n");
  return (lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? "").slice(0, 160);
}
