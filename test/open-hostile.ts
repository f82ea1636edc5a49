// Child process of hostile.test.ts: opens one file as far as a reader would and says how that ended and what it cost.
import { existsSync, readFileSync } from "node:fs";
import { TandemError } from "../src/errors.ts";
import { openWord } from "../src/files/docx/open-word.ts";
import { openPackage } from "../src/files/opc/opc-package.ts";

const bytes = new Uint8Array(readFileSync(process.argv[2]!));
const start = performance.now();
let outcome = "opened";
try {
  outcome = `opened ${openWord(openPackage(bytes)).paragraphs.length}`;
} catch (error) {
  outcome = error instanceof TandemError ? error.code : `untyped ${String(error)}`;
}
const milliseconds = performance.now() - start;
const megabytes = peakKibibytes() / 1024;
console.log(JSON.stringify({ outcome, milliseconds, megabytes }));

/** This process's own peak. What `resourceUsage` says on Linux may include the process that started it. */
function peakKibibytes(): number {
  if (!existsSync("/proc/self/status")) return process.resourceUsage().maxRSS;
  return Number(/VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))![1]);
}
