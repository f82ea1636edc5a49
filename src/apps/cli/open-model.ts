import os from "node:os";
import { ModelError } from "../../errors.ts";
import { defaultCacheFolder } from "../../models/llama/cache-folder.ts";
import { parseModelSpec } from "../../models/model-spec.ts";
import { readModelConfigs } from "../model-config.ts";
import type { CliIo, OpenModel } from "./cli-io.ts";

/**
 * Opens the model that `--model`, the environment or a config file names, or one in the cache. A model that was asked
 * for by name and is not to be had is a failure; otherwise the command goes on without, and says why.
 */
export function modelOpener(env: CliIo["env"], projectFolder: string): OpenModel {
  return async (spec, { signal, note }) => {
    // A misspelt name must not end as "no model": this throws with the known forms.
    const asked = spec === undefined ? undefined : parseModelSpec(spec);
    if (asked?.provider === "none") return undefined;
    // Not every command wants a model, and connecting one brings in much.
    const { resolveModel } = await import("../model-settings.ts");
    const { model, reason } = await resolveModel({
      flag: spec,
      env,
      configs: await readModelConfigs(projectFolder, env),
      cacheFolder: defaultCacheFolder(env, process.platform, os.homedir()),
      signal,
    });
    if (model === undefined && asked !== undefined) {
      throw new ModelError("no-model", reason, { hint: "tandem models list shows what is to be had" });
    }
    note(reason);
    return model;
  };
}
