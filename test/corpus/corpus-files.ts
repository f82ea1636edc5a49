import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Folder of real Office files, moved by TANDEM_CORPUS; the tests over it are skipped where it does not exist. */
export const corpusFolder: string = resolve(process.env.TANDEM_CORPUS ?? "../shared/corpus", "office");

export type CorpusFile = { readonly name: string; readonly bytes: Uint8Array };

/** The corpus files below these folders whose names end so, in a fixed order; empty without a corpus. */
export function corpusFiles(folders: readonly string[], ending: RegExp): CorpusFile[] {
  return folders.flatMap((folder) => {
    const path = join(corpusFolder, folder);
    if (!existsSync(path)) return [];
    return readdirSync(path)
      .filter((name) => ending.test(name))
      .sort()
      .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(path, name))) }));
  });
}
