import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ModelError } from "../../../errors.ts";
import { readTag } from "../../translation/language-tag.ts";
import type { RecogniserCapabilities } from "../speech-recogniser.ts";
import { readOnnxMetadata } from "./onnx-metadata.ts";

/** `modelConfig` of sherpa-onnx: file names and settings by the name of the model's family. */
export type SherpaModelConfig = Readonly<
  Record<string, string | number | Readonly<Record<string, string | number>>>
>;

/** A model folder, understood. */
export type SherpaModel = {
  readonly kind: "transducer" | "ctc" | "paraformer" | "whisper" | "moonshine" | "sense-voice" | "canary";
  /** Words come while they are spoken. */
  readonly isStreaming: boolean;
  readonly languages: RecogniserCapabilities["languages"];
  readonly config: (language: string | undefined) => SherpaModelConfig;
};

const SENSE_VOICE_LANGUAGES = ["zh", "en", "ja", "ko", "yue"];
const CANARY_LANGUAGES = ["en", "es", "de", "fr"];

/** The files that make a family, in the order in which families are looked for; each name is a part of a file's name. */
const FAMILIES = [
  { kind: "moonshine", parts: ["preprocess", "encode", "uncached_decode", "cached_decode"] },
  { kind: "moonshine-merged", parts: ["encoder", "decoder_model_merged"] },
  { kind: "transducer", parts: ["encoder", "decoder", "joiner"] },
  { kind: "encoder-decoder", parts: ["encoder", "decoder"] },
  { kind: "single", parts: ["model"] },
] as const;

type Family = (typeof FAMILIES)[number];
type Found = { readonly folder: string; readonly names: readonly string[]; readonly tokens: string };

/**
 * Tells from the files of a folder which model of sherpa-onnx it holds. Throws `ModelError` `no-model` that names what is
 * there and what is missing.
 */
export async function readSherpaModel(folder: string): Promise<SherpaModel> {
  const all = await readdir(folder).catch((cause: unknown) => {
    throw new ModelError("no-model", `there is no folder ${folder}`, {
      hint: "unpack a model of sherpa-onnx and name its folder: sherpa:FOLDER",
      cause,
    });
  });
  const names = all.filter((name) => /\.(onnx|ort)$/i.test(name)).sort();
  const tokens = all.find((name) => /(^|[-_])tokens\.txt$/i.test(name));
  const family =
    FAMILIES.find(({ parts }) => parts.every((part) => pick(names, part) !== undefined)) ?? loneModel(names);
  if (family === undefined) throw incomplete(folder, all, names);
  if (tokens === undefined)
    throw new ModelError("no-model", `${folder} holds a model but no tokens.txt`, {
      hint: "take the whole folder of the model",
    });
  return open(family, { folder, names, tokens: join(folder, tokens) });
}

/** A single model may have any name. */
function loneModel(names: readonly string[]): Family | undefined {
  const isPart = (name: string): boolean => /encode|decode|joiner|preprocess|vad/i.test(name);
  return names.some((name) => !isPart(name)) ? FAMILIES.at(-1) : undefined;
}

/** The file whose name has this part, the quantised one where there are two. */
function pick(names: readonly string[], part: string): string | undefined {
  // `encode` must not find `encoder`, nor `cached_decode` the uncached one.
  const pattern = new RegExp(`(^|[-_.])${part}(?![a-z])`, "i");
  const fits = names.filter(
    (name) => pattern.test(name) && !(part === "cached_decode" && /uncached/i.test(name)),
  );
  return fits.find((name) => /int8/i.test(name)) ?? fits[0];
}

async function open(family: Family, found: Found): Promise<SherpaModel> {
  const path = (part: string): string => join(found.folder, pick(found.names, part)!);
  const tokens = found.tokens;
  switch (family.kind) {
    case "moonshine": {
      const [preprocessor, encoder, uncachedDecoder, cachedDecoder] = family.parts.map(path) as [
        string,
        string,
        string,
        string,
      ];
      await checkAll([preprocessor, encoder, uncachedDecoder, cachedDecoder]);
      return fixed("moonshine", false, "unknown", {
        moonshine: { preprocessor, encoder, uncachedDecoder, cachedDecoder },
        tokens,
      });
    }
    case "moonshine-merged":
      return fixed("moonshine", false, "unknown", {
        moonshine: { encoder: path("encoder"), mergedDecoder: path("decoder_model_merged") },
        tokens,
      });
    case "transducer":
      return openTransducer(path, tokens);
    case "encoder-decoder":
      return openPair(path, tokens);
    case "single": {
      const name =
        pick(found.names, "model") ?? found.names.find((each) => /int8/i.test(each)) ?? found.names[0]!;
      return openSingle(join(found.folder, name), tokens);
    }
    default:
      return family satisfies never;
  }
}

async function openTransducer(path: (part: string) => string, tokens: string): Promise<SherpaModel> {
  const [encoder, decoder, joiner] = [path("encoder"), path("decoder"), path("joiner")];
  const about = await readOnnxMetadata(encoder);
  await checkAll([decoder, joiner]);
  const isNemo = /^EncDec/.test(about.get("model_type") ?? "");
  const config = { transducer: { encoder, decoder, joiner }, tokens };
  if (isStreaming(about)) return fixed("transducer", true, "unknown", config);
  return fixed("transducer", false, "unknown", {
    ...config,
    ...(isNemo && { modelType: "nemo_transducer" }),
  });
}

async function openPair(path: (part: string) => string, tokens: string): Promise<SherpaModel> {
  const [encoder, decoder] = [path("encoder"), path("decoder")];
  const about = await readOnnxMetadata(encoder);
  await checkAll([decoder]);
  const type = about.get("model_type") ?? "";
  if (type.startsWith("whisper")) {
    const isEnglish = /\.en\b|-en$/.test(type);
    return {
      kind: "whisper",
      isStreaming: false,
      languages: isEnglish ? ["en"] : "any",
      config: (language) => ({
        whisper: { encoder, decoder, language: isEnglish ? "" : known(language), task: "transcribe" },
        tokens,
      }),
    };
  }
  if (/canary|EncDecMultiTask/i.test(type)) {
    return {
      kind: "canary",
      isStreaming: false,
      languages: CANARY_LANGUAGES,
      config: (language) => {
        const lang = known(language, CANARY_LANGUAGES) || "en";
        return { canary: { encoder, decoder, srcLang: lang, tgtLang: lang, usePnc: 1 }, tokens };
      },
    };
  }
  // A streaming Paraformer is the only other pair that sherpa-onnx runs in a stream.
  if (about.has("lfr_window_size"))
    return fixed("paraformer", true, "unknown", { paraformer: { encoder, decoder }, tokens });
  throw unknownType(encoder, type);
}

async function openSingle(model: string, tokens: string): Promise<SherpaModel> {
  const about = await readOnnxMetadata(model);
  const type = about.get("model_type") ?? "";
  if (/sense_?voice/i.test(type)) {
    return {
      kind: "sense-voice",
      isStreaming: false,
      languages: SENSE_VOICE_LANGUAGES,
      config: (language) => ({
        senseVoice: {
          model,
          language: known(language, SENSE_VOICE_LANGUAGES),
          useInverseTextNormalization: 1,
        },
        tokens,
      }),
    };
  }
  if (/^paraformer$/i.test(type))
    return fixed("paraformer", false, "unknown", { paraformer: { model }, tokens });
  const family = ctcFamily(type);
  if (family === undefined) throw unknownType(model, type);
  const streams = isStreaming(about);
  const name = streams && family === "zipformerCtc" ? "zipformer2Ctc" : family;
  return fixed("ctc", streams, "unknown", { [name]: { model }, tokens });
}

function ctcFamily(type: string): string | undefined {
  if (/^EncDec/.test(type)) return "nemoCtc";
  if (/^zipformer2?(_ctc)?$/.test(type)) return "zipformerCtc";
  if (/^wenet_ctc$/.test(type)) return "wenetCtc";
  return undefined;
}

/** Streaming exports say how much audio they take at a time. */
function isStreaming(about: ReadonlyMap<string, string>): boolean {
  return about.has("decode_chunk_len") || (about.has("window_size") && about.has("chunk_shift"));
}

function fixed(
  kind: SherpaModel["kind"],
  streams: boolean,
  languages: SherpaModel["languages"],
  config: SherpaModelConfig,
): SherpaModel {
  return { kind, isStreaming: streams, languages, config: () => config };
}

/** The primary language, or an empty text, which asks the model to find out. */
function known(language: string | undefined, among?: readonly string[]): string {
  if (language === undefined) return "";
  const primary = readTag(language).language;
  return among === undefined || among.includes(primary) ? primary : "";
}

async function checkAll(paths: readonly string[]): Promise<void> {
  for (const path of paths) if (path.endsWith(".onnx")) await readOnnxMetadata(path);
}

function unknownType(path: string, type: string): ModelError {
  const what = type === "" ? "says nothing about what it is" : `is of the type "${type}"`;
  return new ModelError("no-model", `${path} ${what}, which Tandem does not run`, {
    hint: "use a streaming zipformer, whisper, moonshine, SenseVoice, NeMo or Paraformer model made for sherpa-onnx",
  });
}

function incomplete(folder: string, all: readonly string[], names: readonly string[]): ModelError {
  const lacking = FAMILIES.map(({ parts }) => parts.filter((part) => pick(names, part) === undefined));
  // Of two that lack as much, the larger one has more.
  const closest = lacking
    .map((lacks, index) => ({ lacks, has: FAMILIES[index]!.parts.length - lacks.length }))
    .filter(({ has }) => has > 0)
    .sort((one, other) => one.lacks.length - other.lacks.length || other.has - one.has)[0]?.lacks;
  const has = names.length === 0 ? `${all.length} files, none of them a model (.onnx)` : names.join(", ");
  const lacks =
    closest === undefined ? "" : `; it lacks ${closest.map((part) => `${part}*.onnx`).join(" and ")}`;
  return new ModelError("no-model", `${folder} holds no speech model: it has ${has}${lacks}`, {
    hint: "name the folder that holds encoder, decoder and joiner, or model.onnx, beside tokens.txt",
  });
}
