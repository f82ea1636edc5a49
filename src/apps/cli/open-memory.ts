import os from "node:os";
import path from "node:path";
import { defaultDataFolder } from "../data-folder.ts";
import type { StoredMemory } from "../translation-memory/open-translation-memory.ts";
import type { CliIo } from "./cli-io.ts";

/** Opens the translation memory of that name, or the person's own in the data folder. */
export async function openMemory(io: CliIo, file: string | undefined): Promise<StoredMemory> {
  const { openTranslationMemory } = await import("../translation-memory/open-translation-memory.ts");
  if (file !== undefined) return openTranslationMemory(path.resolve(io.cwd, file));
  const folder = defaultDataFolder(io.env, process.platform, os.homedir());
  await io.files.makeFolder(folder);
  return openTranslationMemory(path.join(folder, "translations.sqlite"));
}
