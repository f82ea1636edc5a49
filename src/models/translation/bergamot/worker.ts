import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import {
  type AlignedMemory,
  type BergamotModule,
  type BlockingService,
  type CompiledEngine,
  startWasm,
  type TranslationModel,
} from "./wasm-module.ts";
import type { ModelFiles, WorkerReply, WorkerRequest, WorkerText } from "./worker-protocol.ts";

type Engine = { readonly module: BergamotModule; readonly service: BlockingService };

/** What the engine printed since the last request: it explains an abort there and nowhere else. */
let said: string[] = [];
let starting: Promise<Engine> | undefined;
const models = new Map<string, TranslationModel>();

function start(): Promise<Engine> {
  starting ??= startWasm(workerData as CompiledEngine, (line) => said.push(line)).then((module) => ({
    module,
    service: new module.BlockingService({ cacheSize: 0 }),
  }));
  return starting;
}

function memoryOf(module: BergamotModule, bytes: Uint8Array, alignment: number): AlignedMemory {
  const memory = new module.AlignedMemory(bytes.length, alignment);
  memory.getByteArrayView().set(bytes);
  return memory;
}

/** Marian's own form of options. The precision is told by the file's name, as its publishers do. */
function configOf(files: ModelFiles): string {
  const options = {
    "beam-size": 1,
    normalize: 1.0,
    "word-penalty": 0,
    "max-length-break": 128,
    // Shorter sentences of a batch are padded to the longest: with 1024 a third of all products was padding. The engine
    // refuses 200 beside this `max-length-break`.
    "mini-batch-words": 320,
    workspace: 64,
    "max-length-factor": 2.0,
    "skip-cost": true,
    "cpu-threads": 0,
    quiet: true,
    "quiet-translation": true,
    "gemm-precision": /alphas/.test(basename(files.model)) ? "int8shiftAlphaAll" : "int8shiftAll",
    // Without it no markup is carried over.
    alignment: "soft",
  };
  return Object.entries(options)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join("");
}

function load(engine: Engine, key: string, files: ModelFiles): void {
  if (models.has(key)) return;
  const { module } = engine;
  const read = (path: string, alignment: number): AlignedMemory =>
    memoryOf(module, readFileSync(path), alignment);
  const vocabularies = new module.AlignedMemoryList();
  for (const path of files.vocabularies) vocabularies.push_back(read(path, 64));
  const shortlist =
    files.shortlist === undefined ? memoryOf(module, new Uint8Array(0), 64) : read(files.shortlist, 64);
  const model = read(files.model, 256);
  models.set(key, new module.TranslationModel(configOf(files), model, shortlist, vocabularies, null));
  // The files are read only now: a damaged one shows itself here, not in a person's text.
  translate(engine, [key], [{ text: ".", html: false }]);
}

function translate(
  { module, service }: Engine,
  keys: readonly string[],
  texts: readonly WorkerText[],
): string[] {
  const [first, second] = keys.map((key) => models.get(key));
  if (first === undefined) throw new Error("the model is not loaded");
  const input = new module.VectorString();
  const options = new module.VectorResponseOptions();
  for (const { text, html } of texts) {
    input.push_back(text);
    options.push_back({ alignment: false, html, qualityScores: false });
  }
  const responses =
    second === undefined
      ? service.translate(first, input, options)
      : service.translateViaPivoting(first, second, input, options);
  const translated = texts.map((_, index) => responses.get(index).getTranslatedText());
  for (const native of [input, options, responses]) native.delete();
  return translated;
}

async function answer(request: WorkerRequest): Promise<WorkerReply> {
  said = [];
  try {
    const engine = await start();
    if (request.kind === "translate") {
      return { id: request.id, texts: translate(engine, request.keys, request.texts) };
    }
    load(engine, request.key, request.files);
    return { id: request.id, texts: [] };
  } catch (error) {
    // Reading a file fails before the engine is touched; anything else may have left it in pieces.
    const isFatal = (error as NodeJS.ErrnoException).syscall === undefined;
    return { id: request.id, error: explain(error), isFatal };
  }
}

function explain(error: unknown): string {
  const reason = said
    .map((line) =>
      line
        .replace(/^\[[^\]]*\]\s*/, "")
        .replace(/^Error:\s*/, "")
        .trim(),
    )
    .filter((line) => line !== "" && !/^(Aborted|\[?CALL STACK|Callstacks|.*LOG\(INFO\))/i.test(line));
  const thrown = error instanceof Error ? error.message : `exception ${String(error)}`;
  return reason.length > 0 ? reason.slice(0, 3).join(" ") : thrown;
}

parentPort?.on("message", (request: WorkerRequest) => {
  void answer(request).then((reply) => parentPort?.postMessage(reply));
});
