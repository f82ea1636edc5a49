import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** True when LibreOffice is on this machine. */
export const hasOffice: boolean = spawnSync("soffice", ["--version"], { timeout: 60_000 }).status === 0;

/** The files as LibreOffice saves them, all in one process; undefined for what it can't open. */
export async function officeResave(files: readonly Uint8Array[]): Promise<(Uint8Array | undefined)[]> {
  const folder = await mkdtemp(join(tmpdir(), "tandem-office-"));
  try {
    const names = files.map((_, index) => join(folder, `${index}.docx`));
    await Promise.all(files.map((bytes, index) => writeFile(names[index]!, bytes)));
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, "profile")).href}`;
    const outside = join(folder, "out");
    const format = "docx:MS Word 2007 XML";
    spawnSync("soffice", [profile, "--headless", "--convert-to", format, "--outdir", outside, ...names], {
      timeout: 600_000,
    });
    return await Promise.all(
      files.map(async (_, index) => {
        const path = join(outside, `${index}.docx`);
        return existsSync(path) ? new Uint8Array(await readFile(path)) : undefined;
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
