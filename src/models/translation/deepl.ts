import { ModelError } from "../../errors.ts";
import { isTraditionalChinese, readTag } from "./language-tag.ts";
import { serviceEngine, textsOf } from "./service-engine.ts";
import type { TranslateItem, TranslateRequest, TranslationEngine } from "./translation-engine.ts";
import { callService, type ServiceOptions, unexpectedAnswer } from "./translation-service.ts";

export type DeepLOptions = {
  readonly apiKey: string;
  /** Defaults to the paid or the free service, as the key says. */
  readonly url?: string;
  /** All attempts of one call together. Defaults to 3. */
  readonly attempts?: number;
  /** First pause between attempts, in milliseconds. Defaults to 500. */
  readonly pauseMs?: number;
};

const KEY_HINT = "put the key into DEEPL_API_KEY";
// Their documentation: 50 texts and 128 KiB for a whole request; half a KiB is left for its other fields.
const MAX_TEXTS = 50;
const MAX_BYTES = 120 * 1_024;
const MAX_CONTEXT = 2_000;

/** DeepL's service for texts. Tags are read as strict XML (`tag_handling_version=v2`), so they must be well-formed. */
export function deeplEngine(options: DeepLOptions): TranslationEngine {
  const { apiKey } = options;
  if (apiKey === "") throw new ModelError("no-model", "DeepL needs a key", { hint: KEY_HINT });
  const host = apiKey.endsWith(":fx") ? "https://api-free.deepl.com" : "https://api.deepl.com";
  const url = (options.url ?? host).replace(/\/+$/, "");
  const headers = { authorization: `DeepL-Auth-Key ${apiKey}` };
  const service: ServiceOptions = {
    ...options,
    name: "DeepL",
    secret: apiKey,
    keyHint: KEY_HINT,
    requestHint: "check the languages and, with an own address, DEEPL_SERVER_URL",
  };
  let loading: Promise<readonly [ReadonlySet<string>, ReadonlySet<string>]> | undefined;
  const languages = (): NonNullable<typeof loading> => {
    const list = async (type: string): Promise<ReadonlySet<string>> =>
      readCodes(await callService({ url: `${url}/v2/languages?type=${type}`, headers }, service));
    loading ??= Promise.all([list("source"), list("target")]).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  return serviceEngine({
    id: "deepl",
    name: "DeepL",
    isLocal: false,
    capabilities: {
      tags: "xml",
      glossary: false,
      context: true,
      maxCharacters: 30_000,
      batchSize: MAX_TEXTS,
    },
    maxItems: MAX_TEXTS,
    maxSize: MAX_BYTES - 3 * MAX_CONTEXT,
    sizeOf: (text) => new TextEncoder().encode(JSON.stringify(text)).length + 1,
    missing: async (source, target) => {
      const [sources, targets] = await languages();
      if (!sources.has(sourceCode(source))) return `DeepL does not translate from ${source}`;
      return targets.has(targetCode(target)) ? undefined : `DeepL does not translate to ${target}`;
    },
    send: async (items, request) => {
      const answer = await callService(
        { url: `${url}/v2/translate`, headers, json: bodyOf(items, request), signal: request.signal },
        service,
      );
      const translations = (answer as { translations?: unknown } | null)?.translations;
      if (!Array.isArray(translations)) throw unexpectedAnswer("DeepL", "no list of translations");
      return textsOf(
        translations.map((each: { text?: unknown } | null) => each?.text),
        "DeepL",
      );
    },
  });
}

function bodyOf(items: readonly TranslateItem[], request: TranslateRequest): object {
  // One context for all texts of a request, which are neighbours: what stands around them.
  const parts = [request.summary, items[0]?.before, items.at(-1)?.after];
  const context = parts
    .filter((part) => part !== undefined && part !== "")
    .join("\n")
    .slice(0, MAX_CONTEXT);
  const { formality } = request;
  return {
    text: items.map(({ text }) => text),
    source_lang: sourceCode(request.source),
    target_lang: targetCode(request.target),
    tag_handling: "xml",
    tag_handling_version: "v2",
    // Our tags stand within sentences; none of them ends one.
    outline_detection: false,
    ...(context === "" ? {} : { context }),
    // Languages without the distinction take "prefer", not "more".
    ...(formality === undefined ? {} : { formality: formality === "formal" ? "prefer_more" : "prefer_less" }),
  };
}

function sourceCode(tag: string): string {
  const { language } = readTag(tag);
  return (/^(no|nn)$/.test(language) ? "nb" : language).toUpperCase();
}

/** Some targets are asked for with their region or script; where the person names none, the larger one is meant. */
function targetCode(tag: string): string {
  const { language, region } = readTag(tag);
  if (language === "en") return region === undefined || region === "US" ? "EN-US" : "EN-GB";
  if (language === "pt") return region === undefined || region === "BR" ? "PT-BR" : "PT-PT";
  if (language === "es" && region !== undefined && region !== "ES") return "ES-419";
  if (language === "zh") return isTraditionalChinese(tag) ? "ZH-HANT" : "ZH-HANS";
  return sourceCode(tag);
}

function readCodes(answer: unknown): ReadonlySet<string> {
  if (!Array.isArray(answer)) throw unexpectedAnswer("DeepL", "no list of languages");
  const rows = answer as readonly { language?: unknown }[];
  return new Set(
    rows.flatMap(({ language }) => (typeof language === "string" ? [language.toUpperCase()] : [])),
  );
}
