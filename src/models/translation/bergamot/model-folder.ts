import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { modelLanguages, sourceLanguages } from "../language-tag.ts";
import type { ModelFiles } from "./worker-protocol.ts";

/** One direction that is on this machine. */
export type InstalledModel = { readonly key: string; readonly files: ModelFiles };

/** One model, or two that meet in English. */
export type Route = readonly [InstalledModel] | readonly [InstalledModel, InstalledModel];

const PIVOT = "en";

/** Where a direction lies below the cache folder. */
export function translationFolder(cacheFolder: string): string {
  return join(cacheFolder, "translation");
}

/**
 * The models that lead from one language to another, in the first folder that has them: `<folder>/<from>-<to>` with a
 * model, a shortlist and one or two vocabularies, under the names their publishers give them.
 */
export async function findRoute(
  folders: readonly string[],
  source: string,
  target: string,
): Promise<Route | undefined> {
  const direct = await findModel(folders, sourceLanguages(source), modelLanguages(target));
  if (direct !== undefined) return [direct];
  const first = await findModel(folders, sourceLanguages(source), [PIVOT]);
  const second = await findModel(folders, [PIVOT], modelLanguages(target));
  return first === undefined || second === undefined ? undefined : [first, second];
}

async function findModel(
  folders: readonly string[],
  sources: readonly string[],
  targets: readonly string[],
): Promise<InstalledModel | undefined> {
  for (const source of sources) {
    for (const target of targets) {
      const key = `${source}-${target}`;
      // A tag comes from outside and must not lead out of the folder.
      if (!/^[A-Za-z-]+$/.test(key)) continue;
      for (const folder of folders) {
        const files = await modelFilesIn(join(folder, key));
        if (files !== undefined) return { key, files };
      }
    }
  }
  return undefined;
}

/** The files of a model in a folder, `undefined` when one is missing. */
export async function modelFilesIn(folder: string): Promise<ModelFiles | undefined> {
  const names = await readdir(folder).catch((): string[] => []);
  const find = (pattern: RegExp): string | undefined => {
    const name = names.filter((each) => pattern.test(each)).sort()[0];
    return name === undefined ? undefined : join(folder, name);
  };
  const model = find(/^model.*\.bin$/);
  const shortlist = find(/^lex.*\.bin$/);
  const vocabulary = find(/^vocab.*\.spm$/);
  const source = find(/^srcvocab.*\.spm$/);
  const target = find(/^trgvocab.*\.spm$/);
  if (model === undefined) return undefined;
  const rest = { model, ...(shortlist === undefined ? {} : { shortlist }) };
  if (vocabulary !== undefined) return { ...rest, vocabularies: [vocabulary] };
  return source === undefined || target === undefined
    ? undefined
    : { ...rest, vocabularies: [source, target] };
}

/** The directions in a folder, sorted: `en-pt`. */
export async function installedModels(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const found = await Promise.all(
    names.map(async (name) => ((await modelFilesIn(join(folder, name))) ? [name] : [])),
  );
  return found.flat().sort();
}
