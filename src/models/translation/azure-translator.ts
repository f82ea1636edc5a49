import { ModelError } from "../../errors.ts";
import { isTraditionalChinese, readTag } from "./language-tag.ts";
import { serviceEngine, textsOf } from "./service-engine.ts";
import type { TranslationEngine } from "./translation-engine.ts";
import { callService, type ServiceOptions, unexpectedAnswer } from "./translation-service.ts";

export type AzureTranslatorOptions = {
  readonly apiKey: string;
  /** The resource's region, for example `westeurope`; needed unless the resource is global. */
  readonly region?: string;
  /** Defaults to the public service. */
  readonly url?: string;
  /** All attempts of one call together. Defaults to 3. */
  readonly attempts?: number;
  /** First pause between attempts, in milliseconds. Defaults to 500. */
  readonly pauseMs?: number;
};

const KEY_HINT =
  "put the key into AZURE_TRANSLATOR_KEY and the resource's region into AZURE_TRANSLATOR_REGION";

/** Azure's translator for texts, version 3.0: at most 1,000 texts and 50,000 characters in a request. */
export function azureTranslatorEngine(options: AzureTranslatorOptions): TranslationEngine {
  const { apiKey, region } = options;
  if (apiKey === "") throw new ModelError("no-model", "Azure Translator needs a key", { hint: KEY_HINT });
  const url = (options.url ?? "https://api.cognitive.microsofttranslator.com").replace(/\/+$/, "");
  const name = "Azure Translator";
  const service: ServiceOptions = {
    ...options,
    name,
    secret: apiKey,
    keyHint: KEY_HINT,
    requestHint: "check the languages and, with an own resource, AZURE_TRANSLATOR_ENDPOINT",
  };
  const headers = {
    "ocp-apim-subscription-key": apiKey,
    ...(region === undefined ? {} : { "ocp-apim-subscription-region": region }),
  };
  let loading: Promise<ReadonlySet<string>> | undefined;
  const languages = (): Promise<ReadonlySet<string>> => {
    loading ??= callService({ url: `${url}/languages?api-version=3.0&scope=translation` }, service)
      .then(readCodes)
      .catch((error: unknown) => {
        loading = undefined;
        throw error;
      });
    return loading;
  };
  return serviceEngine({
    id: "azure",
    name,
    isLocal: false,
    capabilities: { tags: "html", glossary: false, context: false, maxCharacters: 50_000, batchSize: 1_000 },
    maxItems: 1_000,
    maxSize: 50_000,
    missing: async (source, target) => {
      const known = await languages();
      for (const tag of [source, target]) {
        if (!known.has(azureCode(tag))) return `${name} has no ${tag}`;
      }
      return undefined;
    },
    send: async (items, request) => {
      const query = new URLSearchParams({
        "api-version": "3.0",
        from: azureCode(request.source),
        to: azureCode(request.target),
        textType: "html",
      });
      const json = items.map(({ text }) => ({ Text: text }));
      const call = { url: `${url}/translate?${query}`, headers, json, signal: request.signal };
      const answer = await callService(call, service);
      if (!Array.isArray(answer)) throw unexpectedAnswer(name, "no list of translations");
      const rows = answer as readonly { translations?: readonly { text?: unknown }[] }[];
      return textsOf(
        rows.map((row) => row?.translations?.[0]?.text),
        name,
      );
    },
  });
}

/** Its codes: scripts for Chinese and Serbian, regions for Portuguese of Portugal and French of Canada. */
function azureCode(tag: string): string {
  const { language, script, region } = readTag(tag);
  switch (language) {
    case "zh":
      return isTraditionalChinese(tag) ? "zh-Hant" : "zh-Hans";
    case "sr":
      return script === "Latn" ? "sr-Latn" : "sr-Cyrl";
    case "pt":
      return region === "PT" ? "pt-pt" : "pt";
    case "fr":
      return region === "CA" ? "fr-ca" : "fr";
    case "no":
    case "nn":
      return "nb";
    default:
      return language;
  }
}

function readCodes(answer: unknown): ReadonlySet<string> {
  const found = (answer as { translation?: unknown } | null)?.translation;
  if (typeof found !== "object" || found === null) throw unexpectedAnswer("Azure Translator", "no languages");
  return new Set(Object.keys(found));
}
