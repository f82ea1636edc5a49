import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file in a folder of its own that only this user may read; both are gone once it is disposed of. */
export type TemporaryFile = AsyncDisposable & { readonly path: string };

/**
 * Puts bytes where the engine can read them by itself. The file has to outlive the database that loads it, which reads
 * it again when its engine died.
 */
export async function temporaryFile(name: string, bytes: Uint8Array): Promise<TemporaryFile> {
  const folder = await mkdtemp(join(tmpdir(), "tandem-data-"));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return { path, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
