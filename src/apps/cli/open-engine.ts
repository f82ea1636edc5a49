import os from "node:os";
import path from "node:path";
import { ModelError } from "../../errors.ts";
import type { TranslationEngine } from "../../models/translation/translation-engine.ts";
import type { CliIo } from "./cli-io.ts";
import { type EngineSpec, parseEngineSpec } from "./engine-spec.ts";
import type { Terminal } from "./terminal.ts";

export type OpenEngineOptions = {
  readonly io: Pick<CliIo, "env" | "cwd" | "openModel" | "signal">;
  readonly terminal: Pick<Terminal, "say">;
};

/**
 * Opens the engine that `--engine` or TANDEM_TRANSLATION_ENGINE names, otherwise Bergamot. Keys come from the environment:
 * DEEPL_API_KEY (DEEPL_SERVER_URL moves the address), AZURE_TRANSLATOR_KEY with AZURE_TRANSLATOR_REGION (and
 * AZURE_TRANSLATOR_ENDPOINT), LIBRETRANSLATE_API_KEY. Nothing is fetched: a missing model is said when a pair is asked for.
 */
export async function openEngine(
  spec: string | undefined,
  options: OpenEngineOptions,
): Promise<TranslationEngine> {
  const named = spec ?? set(options.io.env.TANDEM_TRANSLATION_ENGINE) ?? "bergamot";
  return open(parseEngineSpec(named), options);
}

// Each engine is loaded only when it is meant: most commands translate nothing.
async function open(spec: EngineSpec, options: OpenEngineOptions): Promise<TranslationEngine> {
  const { env, cwd } = options.io;
  switch (spec.kind) {
    case "bergamot":
      return openBergamot(spec.folder === undefined ? undefined : path.resolve(cwd, spec.folder), env);
    case "apertium":
      return openApertium(spec.url);
    case "libretranslate": {
      const { libreTranslateEngine } = await import("../../models/translation/libretranslate.ts");
      const apiKey = set(env.LIBRETRANSLATE_API_KEY);
      return libreTranslateEngine({ url: spec.url, ...(apiKey !== undefined && { apiKey }) });
    }
    case "deepl": {
      const { deeplEngine } = await import("../../models/translation/deepl.ts");
      const url = set(env.DEEPL_SERVER_URL);
      return deeplEngine({ apiKey: set(env.DEEPL_API_KEY) ?? "", ...(url !== undefined && { url }) });
    }
    case "azure":
      return openAzure(env);
    case "model":
      return openModelEngine(spec.model, options);
    case "pseudo":
      return (await import("../../models/translation/pseudo.ts")).pseudoEngine();
    case "echo":
      return (await import("../../models/translation/echo.ts")).echoEngine();
    default:
      return spec satisfies never;
  }
}

async function openBergamot(folder: string | undefined, env: CliIo["env"]): Promise<TranslationEngine> {
  const [{ bergamotEngine }, { translationFolder }, { defaultCacheFolder }] = await Promise.all([
    import("../../models/translation/bergamot/bergamot-engine.ts"),
    import("../../models/translation/bergamot/model-folder.ts"),
    import("../../models/llama/cache-folder.ts"),
  ]);
  const cache = translationFolder(defaultCacheFolder(env, process.platform, os.homedir()));
  return bergamotEngine({ folders: folder === undefined ? [cache] : [folder, cache] });
}

async function openApertium(url: string | undefined): Promise<TranslationEngine> {
  const [{ apertiumEngine }, { apertiumCommand, apertiumServer }, { runApertium }] = await Promise.all([
    import("../../models/translation/apertium/apertium-engine.ts"),
    import("../../models/translation/apertium/apertium-ports.ts"),
    import("./open-engine-apertium.ts"),
  ]);
  return apertiumEngine(url === undefined ? apertiumCommand(runApertium) : apertiumServer({ url }));
}

async function openAzure(env: CliIo["env"]): Promise<TranslationEngine> {
  const { azureTranslatorEngine } = await import("../../models/translation/azure-translator.ts");
  const region = set(env.AZURE_TRANSLATOR_REGION);
  const url = set(env.AZURE_TRANSLATOR_ENDPOINT);
  return azureTranslatorEngine({
    apiKey: set(env.AZURE_TRANSLATOR_KEY) ?? "",
    ...(region !== undefined && { region }),
    ...(url !== undefined && { url }),
  });
}

async function openModelEngine(
  name: string | undefined,
  { io, terminal }: OpenEngineOptions,
): Promise<TranslationEngine> {
  const { languageModelEngine } = await import("../../models/translation/language-model-engine.ts");
  const reasons: string[] = [];
  const model = await io.openModel(name, { signal: io.signal, note: (text) => reasons.push(text) });
  if (model === undefined) {
    throw new ModelError("no-model", reasons.at(-1) ?? "there is no language model to translate with", {
      hint: "name one (--engine model:openai:NAME), or translate without: --engine bergamot",
    });
  }
  for (const reason of reasons) terminal.say(reason);
  const engine = languageModelEngine(model);
  return {
    ...engine,
    [Symbol.asyncDispose]: async () => {
      await engine[Symbol.asyncDispose]();
      await model[Symbol.asyncDispose]();
    },
  };
}

function set(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === "" ? undefined : value;
}
