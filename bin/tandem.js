#!/usr/bin/env node
// Plain JavaScript on purpose: this file must also be understood by the Node versions it has to turn away.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import * as nodeModule from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const WANTED = 24;
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

if (Number(process.versions.node.split(".")[0]) >= WANTED) {
  await start();
} else {
  startWithNewerNode();
}

async function start() {
  // What was compiled once need not be compiled at the next start. Where the folder can't be written, nothing is kept.
  nodeModule.enableCompileCache(path.join(cacheFolder(), "compiled"));
  const built = path.join(root, "dist", "apps", "cli", "main.js");
  // A fresh clone that was not built yet: Node strips the types itself.
  const source = path.join(root, "src", "apps", "cli", "main.ts");
  const main = existsSync(built) || !existsSync(source) ? built : source;
  const { runProcess } = await import(pathToFileURL(main).href);
  await runProcess();
}

/** As `models/llama/cache-folder.ts` has it, which can't be asked before modules are loaded. */
function cacheFolder() {
  const { TANDEM_CACHE, LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (TANDEM_CACHE) return TANDEM_CACHE;
  const home = os.homedir();
  if (process.platform === "win32")
    return path.join(LOCALAPPDATA ?? path.join(home, "AppData", "Local"), "tandem", "cache");
  if (process.platform === "darwin") return path.join(home, "Library", "Caches", "tandem");
  return path.join(XDG_CACHE_HOME || path.join(home, ".cache"), "tandem");
}

/** Runs this same file with the `node` package's program, when that package is installed beside. */
function startWithNewerNode() {
  const program = newerNode();
  if (program === undefined) {
    process.stderr.write(
      `tandem: this needs Node ${WANTED} or newer, and here is ${process.version}.\n` +
        `hint: install Node ${WANTED}, or put it beside with: npm install node@${WANTED}\n`,
    );
    process.exit(2);
  }
  const child = spawn(program, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    // The terminal sends Ctrl+C to both; this process only has to outlive the child.
    process.on(signal, () => signal !== "SIGINT" && child.kill(signal));
  }
  child.on("error", (error) => {
    process.stderr.write(`tandem: ${program} does not start: ${error.message}\n`);
    process.exit(2);
  });
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function newerNode() {
  const require = nodeModule.createRequire(path.join(root, "package.json"));
  let manifest;
  try {
    manifest = require.resolve("node/package.json");
  } catch {
    return undefined;
  }
  if (Number(require(manifest).version.split(".")[0]) < WANTED) return undefined;
  const program = path.join(
    path.dirname(manifest),
    "bin",
    process.platform === "win32" ? "node.exe" : "node",
  );
  return existsSync(program) ? program : undefined;
}
