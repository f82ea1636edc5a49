import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export type ProcessCost = {
  /** Seconds of processor time, user and system, of the process and all that it started. */
  readonly cpu: number;
  /** The most memory that they had resident at one time, in bytes; what several share, programs above all, counts once. */
  readonly peakBytes: number;
  readonly output: string;
};

export type MeasureProcessOptions = {
  readonly cwd?: string;
  /** Milliseconds after which it is ended and the promise rejects. Defaults to ten minutes. */
  readonly limit?: number;
};

/** How often the processes are looked at, in milliseconds; what one did after the last look is lost. */
const everyMilliseconds = 20;
/** Clock ticks that `/proc` counts in a second. */
const ticks = 100;
/** Looks for each at memory, because the answer stops the process for a moment. */
const memoryEvery = 2;

/** Whether this system tells what a tree of processes costs. */
export const canMeasureProcesses: boolean = process.platform === "linux";

/**
 * Runs a program and adds up what it and its children cost, as `/proc` tells it (proc(5)). Rejects with what it wrote
 * on standard error when it fails.
 */
export async function measureProcess(
  command: readonly string[],
  { cwd, limit = 600_000 }: MeasureProcessOptions = {},
): Promise<ProcessCost> {
  const [program, ...rest] = command;
  const child = spawn(program!, rest, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const cpu = new Map<number, number>();
  let peakBytes = 0;
  let looks = 0;
  const look = (): void => {
    const pids = lookAtTree(child.pid!, cpu);
    if (looks++ % memoryEvery === 0) peakBytes = Math.max(peakBytes, bytesOf(pids));
  };
  const looking = setInterval(look, everyMilliseconds);
  const ending = setTimeout(() => child.kill("SIGKILL"), limit);
  const { promise, resolve, reject } = Promise.withResolvers<ProcessCost>();
  let [output, errors] = ["", ""];
  child.stdout.on("data", (chunk) => {
    output += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    errors += String(chunk);
  });
  child.on("error", reject);
  child.on("close", (code) => {
    clearInterval(looking);
    clearTimeout(ending);
    const seconds = cpu.values().reduce((sum, each) => sum + each, 0) / ticks;
    if (code === 0) resolve({ cpu: seconds, peakBytes, output });
    else reject(new Error(errors.trim() || `it ended with ${code ?? `no answer after ${limit / 1000} s`}`));
  });
  return promise;
}

/** Notes the processor time of every process of the tree and returns their numbers. */
function lookAtTree(root: number, cpu: Map<number, number>): number[] {
  const found: number[] = [];
  const waiting = [root];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    try {
      // The name in brackets may hold spaces; behind it, the third field comes first.
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      cpu.set(pid, Number(fields[11]) + Number(fields[12]));
      found.push(pid);
      for (const thread of readdirSync(`/proc/${pid}/task`))
        waiting.push(...childrenOf(`/proc/${pid}/task/${thread}/children`));
    } catch {
      // It has ended since.
    }
  }
  return found;
}

function bytesOf(pids: readonly number[]): number {
  let bytes = 0;
  for (const pid of pids) {
    try {
      const shares = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
      bytes += Number(/^Pss:\s+(\d+) kB/m.exec(shares)?.[1] ?? 0) * 1024;
    } catch {
      // It has ended since.
    }
  }
  return bytes;
}

function childrenOf(path: string): number[] {
  return readFileSync(path, "utf8").trim().split(" ").filter(Boolean).map(Number);
}
