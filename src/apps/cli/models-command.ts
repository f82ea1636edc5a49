import { BadRequestError, TandemError } from "../../errors.ts";
import {
  CATALOGUE,
  type CatalogueEntry,
  chooseModel,
  findEntry,
  smallestEntry,
} from "../../models/catalogue.ts";
import type { Generation, LanguageModel } from "../../models/language-model.ts";
import { cachedModelPath, describeSource, pullModel } from "../../models/llama/index.ts";
import { formatModelSpec, parseModelSpec } from "../../models/model-spec.ts";
import { readModelConfigs, writeUserModel } from "../model-config.ts";
import { resolveModel } from "../model-settings.ts";
import { type CommandIo, DONE, fail, guarded, megabytes, printJson, progressLine } from "./models-io.ts";

export type { CommandIo };

export type ModelsCommandOptions = {
  readonly cacheFolder: string;
  /** Where `tandem.config.json` is looked for. */
  readonly projectFolder: string;
  /** Bytes free. Defaults to what the process may use. */
  readonly memory?: number;
  readonly signal?: AbortSignal;
};

const MODEL_FAILED = 4;

/** `tandem models list`: the catalogue, what is on this machine, and what suits its memory. */
export async function listModels(options: ModelsCommandOptions, io: CommandIo): Promise<number> {
  return guarded(io, options.signal, async () => {
    const recommended = chooseModel(options.memory ?? process.availableMemory());
    const rows = await Promise.all(
      CATALOGUE.map(async (entry) => ({ entry, path: await cachedModelPath(entry, options.cacheFolder) })),
    );
    if (io.json) {
      const models = rows.map(({ entry, path }) => ({
        id: entry.id,
        license: entry.license,
        parametersInBillions: entry.parametersInBillions,
        fileBytes: entry.fileBytes,
        isSizeExact: entry.isSizeExact,
        memoryBytes: entry.memoryBytes,
        contextTokens: entry.contextTokens,
        sources: entry.sources.map(describeSource),
        path: path ?? null,
        isRecommended: entry === recommended,
      }));
      printJson(io, { models });
      return DONE;
    }
    for (const { entry, path } of rows) {
      const marks = [path === undefined ? "" : "here", entry === recommended ? "suits this machine" : ""];
      io.stdout(`${line(entry)}  ${marks.filter((mark) => mark !== "").join(", ")}`.trimEnd().concat("\n"));
    }
    io.stdout("\nAlso: openai:NAME, azure:DEPLOYMENT, http://host/v1#NAME, or a GGUF file of your own.\n");
    io.stdout("Next: tandem models pull NAME, tandem models use NAME, tandem models try\n");
    return DONE;
  });
}

function line(entry: CatalogueEntry): string {
  const size = `${entry.isSizeExact ? "" : "~"}${megabytes(entry.fileBytes)}`;
  const memory = `needs ${megabytes(entry.memoryBytes)}`;
  return `${entry.id.padEnd(22)} ${size.padStart(9)}  ${memory.padEnd(14)} ${entry.license.padEnd(10)}  ${entry.note}`;
}

/** `tandem models pull [NAME | hf:user/model:quant | URL]`: fetches a model; without a name the smallest. */
export async function pullModels(
  name: string | undefined,
  options: ModelsCommandOptions,
  io: CommandIo,
): Promise<number> {
  return guarded(io, options.signal, async () => {
    const entry = name === undefined ? smallestEntry() : entryToPull(name);
    const report = progressLine(io);
    const pulled = await pullModel(entry, {
      cacheFolder: options.cacheFolder,
      onProgress: ({ source, ...bytes }) => report.show({ ...bytes, source: describeSource(source) }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    }).finally(report.end);
    const from = pulled.source === undefined ? null : describeSource(pulled.source);
    if (io.json) printJson(io, { id: entry.id, path: pulled.path, from });
    else io.stdout(from === null ? `${entry.id} is here: ${pulled.path}\n` : `${pulled.path}\n`);
    return DONE;
  });
}

function entryToPull(name: string): CatalogueEntry {
  const entry = findEntry(name.replace(/^embedded:/i, ""));
  if (entry !== undefined) return entry;
  const isHub = /^hf:[^/\s]+\/[^\s]+$/.test(name);
  const isUrl = /^https?:\/\//.test(name) && URL.canParse(name);
  if (!isHub && !isUrl) {
    throw new BadRequestError(`there is no model "${name}" to fetch`, {
      hint: `the catalogue has ${CATALOGUE.map(({ id }) => id).join(", ")}; or name hf:user/model:quant or an address`,
    });
  }
  const last = (isUrl ? new URL(name).pathname : name.replace(/#.*$/, "")).split("/").at(-1) ?? "model";
  const id = last.replace(/\.gguf$/i, "").replace(/[^\w.-]+/g, "-");
  return {
    id,
    title: name,
    license: "unknown",
    parametersInBillions: 0,
    fileName: `${id}.gguf`,
    fileBytes: 0,
    isSizeExact: false,
    memoryBytes: 0,
    contextTokens: 0,
    note: "",
    sources: [isHub ? { kind: "hub", uri: name } : { kind: "url", url: name }],
  };
}

export type UseModelOptions = ModelsCommandOptions & {
  /** Name of the environment variable that holds the key, when it is not the provider's usual one. */
  readonly apiKeyEnv?: string;
  /** Address of an Azure OpenAI resource. */
  readonly endpoint?: string;
  /** Dated Azure API version. */
  readonly apiVersion?: string;
};

/** `tandem models use SPEC`: stores the choice in the user's config file, never a key. */
export async function useModel(spec: string, options: UseModelOptions, io: CommandIo): Promise<number> {
  return guarded(io, options.signal, async () => {
    const setting = parseModelSpec(spec);
    const { apiKeyEnv, endpoint, apiVersion } = options;
    if (apiKeyEnv !== undefined && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(apiKeyEnv)) {
      throw new BadRequestError("that is not the name of an environment variable", {
        hint: "put the key into a variable and give its name: --api-key-env MY_KEY",
      });
    }
    const path = await writeUserModel(
      {
        model: formatModelSpec(setting),
        ...(apiKeyEnv === undefined ? {} : { apiKeyEnv }),
        ...(endpoint === undefined ? {} : { endpoint }),
        ...(apiVersion === undefined ? {} : { apiVersion }),
      },
      io.env,
    );
    if (io.json) printJson(io, { model: formatModelSpec(setting), config: path });
    else io.stdout(`${formatModelSpec(setting)} is used from now on (${path})\n`);
    if (io.env.TANDEM_MODEL !== undefined)
      io.stderr("note: TANDEM_MODEL is set and goes before this choice\n");
    const entry = setting.provider === "embedded" ? findEntry(setting.model) : undefined;
    if (entry !== undefined && (await cachedModelPath(entry, options.cacheFolder)) === undefined) {
      io.stderr(`it is not on this machine yet: tandem models pull ${entry.id}\n`);
    }
    return DONE;
  });
}

const TEST_SENTENCE =
  "The meeting that had been planned for Tuesday has been moved to Thursday because the room was not free on Tuesday.";

/** `tandem models try [SPEC]`: loads the model, has it shorten one sentence, and says how fast it was. */
export async function tryModel(
  spec: string | undefined,
  options: ModelsCommandOptions,
  io: CommandIo,
): Promise<number> {
  return guarded(io, options.signal, async () => {
    const started = performance.now();
    const resolved = await resolveModel({
      flag: spec,
      env: io.env,
      configs: await readModelConfigs(options.projectFolder, io.env),
      cacheFolder: options.cacheFolder,
      ...(options.memory === undefined ? {} : { memory: options.memory }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    if (resolved.model === undefined) {
      fail(io, "no-model", resolved.reason);
      return MODEL_FAILED;
    }
    await using model = resolved.model;
    const loadSeconds = (performance.now() - started) / 1_000;
    if (!io.json) io.stderr(`${resolved.reason}\n`);
    printTrial(io, model, loadSeconds, await runTrial(model, options.signal));
    return DONE;
  });
}

type Trial = {
  readonly generation: Generation;
  readonly firstSeconds: number;
  /** Seconds after the first token. */
  readonly writeSeconds: number;
};

async function runTrial(model: LanguageModel, signal: AbortSignal | undefined): Promise<Trial> {
  const started = performance.now();
  let first: number | undefined;
  const request = {
    messages: [
      {
        role: "system",
        content: "Rewrite the input text to make it more concise while preserving its core meaning.",
      },
      { role: "user", content: TEST_SENTENCE },
    ],
    maxTokens: 200,
    ...(signal === undefined ? {} : { signal }),
  } as const;
  for await (const part of model.stream(request)) {
    first ??= performance.now();
    if (part.kind === "end") {
      const end = performance.now();
      return {
        generation: part.generation,
        firstSeconds: (first - started) / 1_000,
        writeSeconds: (end - first) / 1_000,
      };
    }
  }
  throw new TandemError("model-failed", `${model.id} ended without an answer`);
}

function printTrial(io: CommandIo, model: LanguageModel, loadSeconds: number, trial: Trial): void {
  const { generation, firstSeconds, writeSeconds } = trial;
  // The first token came before the clock of writing started.
  const tokens = generation.usage.outputTokens - 1;
  const tokensPerSecond = tokens > 0 && writeSeconds > 0 ? tokens / writeSeconds : null;
  const memoryBytes = process.memoryUsage().rss;
  const answer = generation.text.trim();
  if (io.json) {
    const { usage } = generation;
    const who = {
      id: model.id,
      provider: model.provider,
      contextTokens: model.contextTokens,
      isLocal: model.isLocal,
    };
    printJson(io, { ...who, answer, loadSeconds, firstSeconds, tokensPerSecond, usage, memoryBytes });
    return;
  }
  io.stdout(`${answer}\n`);
  const speed = tokensPerSecond === null ? "" : `${tokensPerSecond.toFixed(0)} tokens/s, `;
  io.stderr(
    `ready in ${loadSeconds.toFixed(1)} s, first token after ${firstSeconds.toFixed(1)} s, ${speed}` +
      `context ${model.contextTokens}, this process holds ${megabytes(memoryBytes)}\n`,
  );
}
