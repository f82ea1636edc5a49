import { fileURLToPath } from "node:url";

/** How an engine process is started: program, arguments, and whether the operating system limits its memory. */
export type EngineCommand = {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly isLimited: boolean;
};

/**
 * What Node and DuckDB reserve without using it (V8's code range, stacks of threads), in MB: counted by the limit on
 * data, so added to it. Measured: 585 to 632 for Node 24.
 */
const RESERVED_MB = 640;
/** What Node and an empty database really use, in MB. */
const BASE_MB = 100;

/**
 * The command for an engine that may hold `memoryMb` of data. On Linux `ulimit -d` bounds private writable memory:
 * an allocation beyond it fails, which the engine reports as an error; `ulimit -v` would not let V8 start. macOS
 * ignores the limit and Windows has none, so the process also watches its own size. With no shell tricks beyond
 * `ulimit`: `-c 0` leaves no memory on the disk after a crash, `-f 0` lets the process write no file at all.
 */
export function engineCommand(memoryMb: number, isLimited: boolean): EngineCommand {
  const url = new URL("./engine/main.ts", import.meta.url);
  // From source this file is TypeScript, which Node runs as it is; in the package both are JavaScript.
  if (!import.meta.url.endsWith(".ts")) url.pathname = url.pathname.replace(/\.ts$/, ".js");
  const databaseMb = Math.max(64, Math.floor(memoryMb * 0.75));
  const node = [
    ...["--max-old-space-size=256", "--max-semi-space-size=4", fileURLToPath(url)],
    ...[String(databaseMb), String(memoryMb + BASE_MB)],
  ];
  if (!isLimited || process.platform === "win32") {
    return { program: process.execPath, arguments: node, isLimited: false };
  }
  const limits = `ulimit -c 0 -f 0 2>/dev/null; ulimit -d ${(memoryMb + RESERVED_MB) * 1024} 2>/dev/null`;
  return {
    program: "/bin/sh",
    arguments: ["-c", `${limits}; exec "$0" "$@"`, process.execPath, ...node],
    isLimited: true,
  };
}

/** The few variables of the environment that Node needs to start; no key or secret goes to the engine. */
export function engineEnvironment(): Record<string, string> {
  const kept = ["PATH", "SystemRoot", "TMPDIR", "TEMP", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];
  const set = kept.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  // One arena: with one for each thread, the C library of Linux keeps what others could use.
  return { ...Object.fromEntries(set), UV_THREADPOOL_SIZE: "2", MALLOC_ARENA_MAX: "1" };
}
