import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { TandemError } from "../../errors.ts";
import {
  type CellValue,
  cellValue,
  openWorkbook,
  parseAddress,
  readSheet,
  type SheetCells,
} from "../../files/index.ts";

export type CellName = {
  readonly sheet: string;
  /** `B4`. */
  readonly cell: string;
};

export type RecalculateOptions = {
  /** Milliseconds until LibreOffice is stopped. Defaults to 120,000; its first start takes some seconds. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
};

/**
 * The values of cells after LibreOffice computed every formula of a workbook anew, in the order asked for and undefined
 * where a cell is empty or not there. Undefined altogether where LibreOffice is not installed. It runs on a copy, in a
 * profile of its own without macros and network, and is killed with all its processes at the deadline
 * (`engine-failed`).
 */
export async function recalculateOffice(
  workbook: Uint8Array,
  cells: readonly CellName[],
  options: RecalculateOptions = {},
): Promise<readonly (CellValue | undefined)[] | undefined> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "tandem-office-"));
  try {
    const profile = path.join(folder, "profile");
    await mkdir(path.join(profile, "user"), { recursive: true });
    await writeFile(path.join(profile, "user/registrymodifications.xcu"), settings);
    const [input, output] = [path.join(folder, "in.xlsx"), path.join(folder, "out")];
    await writeFile(input, workbook);
    const flags = [`-env:UserInstallation=${pathToFileURL(profile).href}`, "--headless", "--norestore"];
    const wish = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", output, input];
    if (!(await runOffice([...flags, ...wish], folder, options))) return undefined;
    const bytes = await readFile(path.join(output, "in.xlsx")).catch((cause: unknown) => {
      throw new TandemError("engine-failed", "LibreOffice did not open the workbook", { cause });
    });
    return await readCells(new Uint8Array(bytes), cells);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function readCells(bytes: Uint8Array, cells: readonly CellName[]): Promise<(CellValue | undefined)[]> {
  const workbook = openWorkbook(bytes);
  const read = new Map<string, SheetCells>();
  for (const sheet of workbook.sheets) {
    if (cells.some((each) => each.sheet === sheet.name))
      read.set(sheet.name, await readSheet(workbook, sheet));
  }
  return cells.map(({ sheet, cell }) => {
    const [found, place] = [read.get(sheet), parseAddress(cell)];
    return found && place && cellValue(found, place.row, place.column);
  });
}

/** False when no LibreOffice is installed. */
async function runOffice(
  flags: readonly string[],
  folder: string,
  { deadlineMs = 120_000, signal }: RecalculateOptions,
): Promise<boolean> {
  for (const program of ["soffice", "libreoffice"]) {
    signal?.throwIfAborted();
    const end = await runProgram(program, flags, folder, deadlineMs, signal);
    signal?.throwIfAborted();
    if (end === "late")
      throw new TandemError("engine-failed", `LibreOffice was stopped after ${deadlineMs / 1000} seconds`);
    if (end === "ended") return true;
  }
  return false;
}

function runProgram(
  program: string,
  flags: readonly string[],
  folder: string,
  deadlineMs: number,
  signal: AbortSignal | undefined,
): Promise<"ended" | "late" | "missing"> {
  return new Promise((resolve) => {
    // A group of its own, because the program starts others that would outlive it.
    const child = spawn(program, flags, {
      cwd: folder,
      env: officeEnvironment(folder),
      stdio: "ignore",
      detached: true,
    });
    let isLate = false;
    const stop = (): void => killGroup(child.pid);
    const timer = setTimeout(() => {
      isLate = true;
      stop();
    }, deadlineMs);
    signal?.addEventListener("abort", stop, { once: true });
    const finish = (end: "ended" | "missing"): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
      resolve(isLate ? "late" : end);
    };
    child.once("error", () => finish("missing"));
    child.once("exit", () => finish("ended"));
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

function officeEnvironment(folder: string): NodeJS.ProcessEnv {
  const nowhere = "http://127.0.0.1:9";
  const { PATH, SystemRoot } = process.env;
  return {
    ...(PATH !== undefined && { PATH }),
    ...(SystemRoot !== undefined && { SystemRoot }),
    HOME: folder,
    TMPDIR: folder,
    LANG: "C.UTF-8",
    http_proxy: nowhere,
    https_proxy: nowhere,
  };
}

const item = (at: string, values: Readonly<Record<string, string | number | boolean>>): string =>
  `<item oor:path="/org.openoffice.${at}">${Object.entries(values)
    .map(([name, value]) => `<prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop>`)
    .join("")}</item>`;

/** Always compute anew; no links, macros or active content; a proxy that isn't there. */
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
${[
  item("Office.Calc/Formula/Load", { OOXMLRecalcMode: 0, ODFRecalcMode: 0 }),
  item("Office.Calc/Content/Update", { Link: 2 }),
  item("Office.Common/Security/Scripting", {
    MacroSecurityLevel: 3,
    DisableMacrosExecution: true,
    BlockUntrustedRefererLinks: true,
  }),
  item("Inet/Settings", {
    ooInetProxyType: 2,
    ooInetHTTPProxyName: "127.0.0.1",
    ooInetHTTPProxyPort: 9,
    ooInetHTTPSProxyName: "127.0.0.1",
    ooInetHTTPSProxyPort: 9,
  }),
].join("\n")}
</oor:items>
`;
