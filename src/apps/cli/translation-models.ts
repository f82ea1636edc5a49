import { BadRequestError } from "../../errors.ts";
import {
  neededEntries,
  TRANSLATION_CATALOGUE,
  type TranslationCatalogueEntry,
} from "../../models/translation/bergamot/bergamot-catalogue.ts";
import { installedModels, translationFolder } from "../../models/translation/bergamot/model-folder.ts";
import {
  type PulledTranslationModel,
  pullTranslationModel,
} from "../../models/translation/bergamot/pull-translation-model.ts";
import { type CommandIo, DONE, guarded, megabytes, printJson, progressLine } from "./models-io.ts";

export type TranslationModelsOptions = {
  readonly cacheFolder: string;
  readonly signal?: AbortSignal;
};

const PREFIX = "translation:";

/** Whether a name given to `tandem models pull` means a translation model. */
export function isTranslationName(name: string | undefined): name is string {
  return name?.startsWith(PREFIX) === true;
}

/** `tandem models pull translation:FROM-TO`: fetches what the pair needs, two models when it goes through English. */
export async function pullTranslationModels(
  name: string,
  options: TranslationModelsOptions,
  io: CommandIo,
): Promise<number> {
  return guarded(io, options.signal, async () => {
    const pulled: (PulledTranslationModel & { readonly id: string })[] = [];
    for (const entry of entriesFor(name.slice(PREFIX.length))) {
      const report = progressLine(io);
      const hubUrl = io.env.HF_ENDPOINT;
      const done = await pullTranslationModel(entry, {
        cacheFolder: options.cacheFolder,
        onProgress: report.show,
        ...(hubUrl !== undefined && hubUrl !== "" && { hubUrl }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      }).finally(report.end);
      pulled.push({ id: entry.id, ...done });
    }
    if (io.json) {
      const models = pulled.map(({ id, folder, source }) => ({ id, folder, from: source ?? null }));
      printJson(io, { models });
    } else {
      for (const { id, folder, source } of pulled) {
        io.stdout(source === undefined ? `${id} is here: ${folder}\n` : `${folder}\n`);
      }
    }
    return DONE;
  });
}

function entriesFor(pair: string): readonly TranslationCatalogueEntry[] {
  const exact = TRANSLATION_CATALOGUE.find(({ id }) => id.toLowerCase() === pair.toLowerCase());
  if (exact !== undefined) return [exact];
  // Tags hold hyphens themselves: the first cut that makes sense counts.
  const parts = pair.split("-");
  for (let cut = 1; cut < parts.length; cut += 1) {
    const needed = neededEntries(parts.slice(0, cut).join("-"), parts.slice(cut).join("-"));
    if (needed.length > 0) return needed;
  }
  throw new BadRequestError(`there is no translation model "${pair}" to fetch`, {
    hint: "write translation:FROM-TO, for example translation:en-pt; tandem models list --translation shows them",
  });
}

/** `tandem models list --translation`: the languages there are models for, and the directions on this machine. */
export async function listTranslationModels(
  options: TranslationModelsOptions,
  io: CommandIo,
): Promise<number> {
  return guarded(io, options.signal, async () => {
    const folder = translationFolder(options.cacheFolder);
    const here = new Set(await installedModels(folder));
    const own = [...here].filter((id) => !TRANSLATION_CATALOGUE.some((entry) => entry.id === id));
    if (io.json) {
      const rows = TRANSLATION_CATALOGUE.map(({ id, from, to, license, bytes }) => ({
        id,
        from,
        to,
        license,
        bytes,
        isHere: here.has(id),
      }));
      printJson(io, { folder, translation: rows, own });
      return DONE;
    }
    const line = (title: string, ids: readonly string[]): void => {
      if (ids.length > 0) io.stdout(`${title}\n  ${ids.join(" ")}\n`);
    };
    line("On this machine:", [...here].sort());
    line(
      "From English to:",
      TRANSLATION_CATALOGUE.filter(({ from }) => from === "en").map(({ to }) => to),
    );
    line(
      "To English from:",
      TRANSLATION_CATALOGUE.filter(({ to }) => to === "en").map(({ from }) => from),
    );
    const sizes = TRANSLATION_CATALOGUE.map(({ bytes }) => bytes);
    io.stdout(
      `\n${megabytes(Math.min(...sizes))} to ${megabytes(Math.max(...sizes))} each, MPL-2.0; other pairs go through English.\n` +
        `Next: tandem models pull translation:en-pt\n`,
    );
    return DONE;
  });
}
