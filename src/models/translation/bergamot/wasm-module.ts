import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { compileFunction } from "node:vm";
import { compileGemm, type GemmFunctions, startGemm } from "./gemm/gemm-module.ts";

/** A C++ object behind the glue; freed by hand. */
export type Native = { delete(): void };

type List<T> = Native & { push_back(item: T): void; get(index: number): T; size(): number };

export type AlignedMemory = Native & { getByteArrayView(): Int8Array };
export type TranslationModel = Native;

type Responses = Native & {
  get(index: number): Native & { getTranslatedText(): string };
  size(): number;
};

type ResponseOptions = {
  readonly alignment: boolean;
  readonly html: boolean;
  readonly qualityScores: boolean;
};

export type BlockingService = Native & {
  translate(model: TranslationModel, texts: List<string>, options: List<ResponseOptions>): Responses;
  translateViaPivoting(
    first: TranslationModel,
    second: TranslationModel,
    texts: List<string>,
    options: List<ResponseOptions>,
  ): Responses;
};

/** What of the engine's C++ we call. */
export type BergamotModule = {
  readonly AlignedMemory: new (bytes: number, alignment: number) => AlignedMemory;
  readonly AlignedMemoryList: new () => List<AlignedMemory>;
  readonly VectorString: new () => List<string>;
  readonly VectorResponseOptions: new () => List<ResponseOptions>;
  readonly BlockingService: new (options: { readonly cacheSize: number }) => BlockingService;
  readonly TranslationModel: new (
    config: string,
    model: AlignedMemory,
    shortlist: AlignedMemory,
    vocabularies: List<AlignedMemory>,
    qualityModel: null,
  ) => TranslationModel;
};

// The engine imports its matrix products, so that a host with faster ones can give them; it brings slow ones of its own.
const OWN_GEMM: Readonly<Record<string, string>> = {
  int8_prepare_a: "int8PrepareAFallback",
  int8_prepare_b: "int8PrepareBFallback",
  int8_prepare_b_from_transposed: "int8PrepareBFromTransposedFallback",
  int8_prepare_b_from_quantized_transposed: "int8PrepareBFromQuantizedTransposedFallback",
  int8_prepare_bias: "int8PrepareBiasFallback",
  int8_multiply_and_add_bias: "int8MultiplyAndAddBiasFallback",
  int8_select_columns_of_b: "int8SelectColumnsOfBFallback",
};

function packageFile(name: string): string {
  const entry = createRequire(import.meta.url).resolve("@browsermt/bergamot-translator");
  return join(dirname(entry), "worker", name);
}

/** The engine and our matrix products, which are absent where the processor has nothing to make them with. */
export type CompiledEngine = {
  readonly engine: WebAssembly.Module;
  readonly gemm: WebAssembly.Module | undefined;
};

/** Compiles the engine once, for all workers: the code is shared between threads. */
export async function compileWasm(): Promise<CompiledEngine> {
  const [engine, gemm] = await Promise.all([
    readFile(packageFile("bergamot-translator-worker.wasm")).then((bytes) => WebAssembly.compile(bytes)),
    compileGemm(),
  ]);
  return { engine, gemm };
}

/**
 * Starts the engine from the npm package as it is. The package is marked as ES modules, but its worker calls `require`, so
 * it does not start in Node; its glue, a plain script, does when compiled as the body of a function.
 * `say` gets what the engine would print, which is where it explains a failure.
 */
export async function startWasm(
  { engine, gemm }: CompiledEngine,
  say: (line: string) => void,
): Promise<BergamotModule> {
  const glue = readFileSync(packageFile("bergamot-translator-worker.js"), "utf8");
  return new Promise((resolve, reject) => {
    const module: Record<string, unknown> = {
      print: say,
      printErr: say,
      onRuntimeInitialized: () => resolve(module as unknown as BergamotModule),
      onAbort: (reason: unknown) => reject(new Error(String(reason))),
      instantiateWasm: (imports: WebAssembly.Imports, accept: (instance: WebAssembly.Instance) => void) => {
        const wasm_gemm =
          gemm === undefined
            ? ownGemm(() => module.asm as GemmFunctions)
            : startGemm(gemm, imports.env?.memory as WebAssembly.Memory);
        WebAssembly.instantiate(engine, { ...imports, wasm_gemm }).then(accept, reject);
        return {};
      },
    };
    compileFunction(glue, ["Module"], { filename: "bergamot-translator-worker.js" })(module);
  });
}

/** The engine's own products, which are there only after it has been started with them. */
function ownGemm(exported: () => GemmFunctions): GemmFunctions {
  return Object.fromEntries(
    Object.entries(OWN_GEMM).map(([name, own]) => [name, (...args: number[]) => exported()[own]!(...args)]),
  );
}
