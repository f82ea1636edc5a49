import os from "node:os";
import type { Command } from "commander";
import { defaultCacheFolder } from "../../models/llama/index.ts";
import type { CliIo } from "./cli-io.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import {
  type CommandIo,
  listModels,
  type ModelsCommandOptions,
  pullModels,
  tryModel,
  type UseModelOptions,
  useModel,
} from "./models-command.ts";
import { filterOutput } from "./printable.ts";
import { isSpeechName, pullSpeech } from "./speech-models.ts";
import { isTranslationName, listTranslationModels, pullTranslationModels } from "./translation-models.ts";

type ListOptions = CommonOptions & { readonly translation?: boolean };
type UseOptions = CommonOptions & Pick<UseModelOptions, "apiKeyEnv" | "endpoint" | "apiVersion">;

/** Adds `tandem models list|pull|use|try`. */
export function addModelsCommand(program: Command, host: CommandHost): void {
  const { io, finish } = host;
  const where: ModelsCommandOptions = {
    cacheFolder: defaultCacheFolder(io.env, process.platform, os.homedir()),
    projectFolder: io.cwd,
    signal: io.signal,
  };
  const models = program
    .command("models")
    .summary("list, fetch, choose and try models")
    .description(
      "List the models that run on this machine, fetch one, choose which model is used, and try it.",
    );
  addExamples(models, [
    ["tandem models list", "what there is, and what suits this machine"],
    ["tandem models pull", "fetch the smallest (about 100 MB)"],
    ["tandem models pull translation:en-pt", "fetch a translation model (about 36 MB)"],
    ["tandem models use openai:gpt-5-mini", "use a provider; the key stays in OPENAI_API_KEY"],
    ["tandem models try", "one sentence, and how fast"],
  ]);
  addCommonOptions(
    models.command("list", { isDefault: true }).description("list the models of the catalogue"),
  )
    .option("--translation", "list the translation models instead")
    .action(async (options: ListOptions) => {
      const list = options.translation === true ? listTranslationModels : listModels;
      finish(await list(where, commandIo(io, options)));
    });
  addCommonOptions(models.command("pull").description("fetch a model into the cache folder"))
    .argument(
      "[name]",
      "a catalogue name, translation:FROM-TO, speech:vad, hf:user/model:quant or an address (default: the smallest)",
    )
    .action(async (name: string | undefined, options: CommonOptions) =>
      finish(
        await (isSpeechName(name)
          ? pullSpeech(name, where, commandIo(io, options))
          : isTranslationName(name)
            ? pullTranslationModels(name, where, commandIo(io, options))
            : pullModels(name, where, commandIo(io, options))),
      ),
    );
  addCommonOptions(models.command("use").description("choose the model that is used from now on"))
    .argument(
      "<spec>",
      "a catalogue name, openai:NAME, azure:DEPLOYMENT, http://host/v1#NAME, file.gguf, or none",
    )
    .option("--api-key-env <name>", "the environment variable that holds the key")
    .option("--endpoint <url>", "the address of an Azure OpenAI resource")
    .option("--api-version <version>", "a dated Azure API version")
    .action(async (spec: string, options: UseOptions) =>
      finish(await useModel(spec, { ...where, ...chosen(options) }, commandIo(io, options))),
    );
  addCommonOptions(
    models.command("try").description("have a model shorten one sentence, and say how fast it was"),
  )
    .argument("[spec]", "as for use (default: the one that would be used)")
    .action(async (spec: string | undefined, options: CommonOptions) =>
      finish(await tryModel(spec, where, commandIo(io, options))),
    );
}

function chosen({
  apiKeyEnv,
  endpoint,
  apiVersion,
}: UseOptions): Pick<UseModelOptions, "apiKeyEnv" | "endpoint" | "apiVersion"> {
  return {
    ...(apiKeyEnv !== undefined && { apiKeyEnv }),
    ...(endpoint !== undefined && { endpoint }),
    ...(apiVersion !== undefined && { apiVersion }),
  };
}

function commandIo(io: CliIo, options: CommonOptions): CommandIo {
  const { json = false, quiet = false } = options;
  return {
    // A model's answer is shown here: it must not reach the terminal as an escape.
    stdout: (text) => io.stdout(filterOutput(text, false)),
    stderr: (text) => io.stderr(text),
    isTty: io.isTty.stderr && !quiet && !json,
    env: io.env,
    json,
  };
}
