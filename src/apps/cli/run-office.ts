import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { TandemError } from "../../errors.ts";

export type RunOfficeOptions = {
  /** What the file is, as its ending without a dot. */
  readonly ending: string;
  /** The filter that reads it, where the ending does not say enough. Defaults to LibreOffice's choice. */
  readonly filter?: string;
  /** What is made of it. `pdf` keeps a document's bookmarks as named places. Defaults to "xlsx". */
  readonly target?: keyof typeof targets;
  /** Compute every formula anew instead of keeping the values that the file has. Defaults to false. */
  readonly recalculates?: boolean;
  /** Milliseconds until LibreOffice is stopped. Defaults to 120,000; its first start takes some seconds. */
  readonly deadlineMs?: number;
  /** Folders that LibreOffice is looked for in, as `PATH` lists them. Defaults to this process's. */
  readonly searchPath?: string | undefined;
  readonly signal?: AbortSignal;
};

const targets = {
  xlsx: "xlsx:Calc MS Excel 2007 XML",
  pdf: 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}',
} as const;

/**
 * A workbook of any format as .xlsx, or a document as .pdf, made by LibreOffice; undefined where it is not installed. It
 * runs on a copy, in a profile of its own without macros and network, and is killed with all its processes at the
 * deadline. Throws `TandemError` (`engine-failed`) where it is too slow or does not open the file.
 */
export async function runOffice(
  file: Uint8Array,
  options: RunOfficeOptions,
): Promise<Uint8Array | undefined> {
  options.signal?.throwIfAborted();
  const folder = await mkdtemp(path.join(os.tmpdir(), "tandem-office-"));
  const profile = pathToFileURL(path.join(folder, "profile")).href;
  try {
    await mkdir(path.join(folder, "profile/user"), { recursive: true });
    await writeFile(
      path.join(folder, "profile/user/registrymodifications.xcu"),
      settings(options.recalculates ?? false),
    );
    const [input, output] = [path.join(folder, `in.${options.ending}`), path.join(folder, "out")];
    await writeFile(input, file);
    const flags = [`-env:UserInstallation=${profile}`, "--headless", "--norestore"];
    if (options.filter !== undefined) flags.push(`--infilter=${options.filter}`);
    const target = options.target ?? "xlsx";
    const wish = ["--convert-to", targets[target], "--outdir", output, input];
    if (!(await runEither([...flags, ...wish], folder, options))) return undefined;
    const bytes = await readFile(path.join(output, `in.${target}`)).catch((cause: unknown) => {
      throw new TandemError(
        "engine-failed",
        `LibreOffice did not open the ${target === "xlsx" ? "workbook" : "document"}`,
        { cause },
      );
    });
    return new Uint8Array(bytes);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    await removeSocket(profile);
  }
}

/** False when no LibreOffice is installed. */
async function runEither(
  flags: readonly string[],
  folder: string,
  { deadlineMs = 120_000, searchPath = process.env.PATH, signal }: RunOfficeOptions,
): Promise<boolean> {
  const place = { folder, env: officeEnvironment(folder, searchPath) };
  for (const program of ["soffice", "libreoffice"]) {
    signal?.throwIfAborted();
    const end = await runProgram(program, flags, { ...place, deadlineMs, signal });
    signal?.throwIfAborted();
    if (end === "late")
      throw new TandemError("engine-failed", `LibreOffice was stopped after ${deadlineMs / 1000} seconds`);
    if (end === "ended") return true;
  }
  return false;
}

type ProgramOptions = {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly deadlineMs: number;
  readonly signal: AbortSignal | undefined;
};

function runProgram(
  program: string,
  flags: readonly string[],
  { folder, env, deadlineMs, signal }: ProgramOptions,
): Promise<"ended" | "late" | "missing"> {
  return new Promise((resolve) => {
    // A group of its own, because the program starts others that would outlive it.
    const child = spawn(program, flags, {
      cwd: folder,
      env,
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
    // A second Ctrl+C ends this process at once; the group would live on.
    process.once("exit", stop);
    const finish = (end: "ended" | "missing"): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
      process.removeListener("exit", stop);
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

/** A LibreOffice that was killed leaves the socket by which a second one would find it, named after its profile. */
async function removeSocket(profile: string): Promise<void> {
  if (process.getuid === undefined) return;
  const digest = createHash("md5").update(Buffer.from(profile, "utf16le")).digest();
  const name = Array.from(digest, (byte) => byte.toString(16)).join("");
  await rm(`/tmp/OSL_PIPE_${process.getuid()}_SingleOfficeIPC_${name}`, { force: true });
}

function officeEnvironment(folder: string, searchPath: string | undefined): NodeJS.ProcessEnv {
  const nowhere = "http://127.0.0.1:9";
  const { SystemRoot } = process.env;
  return {
    ...(searchPath !== undefined && { PATH: searchPath }),
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

/** Formulas as wished; no links, macros or active content; a proxy that isn't there. */
function settings(recalculates: boolean): string {
  const mode = recalculates ? 0 : 1;
  const items = [
    item("Office.Calc/Formula/Load", { OOXMLRecalcMode: mode, ODFRecalcMode: mode }),
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
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
${items.join("\n")}
</oor:items>
`;
}
