import { BadRequestError } from "../../errors.ts";
import { isLoopback } from "../openai-compatible.ts";
import { isTraditionalChinese, modelLanguages, readTag } from "./language-tag.ts";
import { serviceEngine, textsOf } from "./service-engine.ts";
import type { TranslationEngine } from "./translation-engine.ts";
import { callService, type ServiceOptions, unexpectedAnswer } from "./translation-service.ts";

export type LibreTranslateOptions = {
  /** For example `http://localhost:5000`. */
  readonly url: string;
  readonly apiKey?: string;
  /** All attempts of one call together. Defaults to 3. */
  readonly attempts?: number;
  /** First pause between attempts, in milliseconds. Defaults to 500. */
  readonly pauseMs?: number;
};

type Languages = ReadonlyMap<string, ReadonlySet<string>>;

/** A LibreTranslate server, or any that speaks its `/translate`. Local when its host is this machine. */
export function libreTranslateEngine(options: LibreTranslateOptions): TranslationEngine {
  if (!URL.canParse(options.url)) {
    throw new BadRequestError(`"${options.url}" is not the address of a server`, {
      hint: "for example --engine libretranslate:http://localhost:5000",
    });
  }
  const url = options.url.replace(/\/+$/, "");
  const name = `the LibreTranslate server at ${new URL(url).origin}`;
  const service: ServiceOptions = {
    ...options,
    name,
    keyHint: "give its key in LIBRETRANSLATE_API_KEY",
    requestHint: `check the languages (${url}/languages lists them) and the address`,
    ...(options.apiKey === undefined ? {} : { secret: options.apiKey }),
  };
  let loading: Promise<Languages> | undefined;
  const languages = (signal?: AbortSignal): Promise<Languages> => {
    loading ??= callService({ url: `${url}/languages`, signal }, service)
      .then((answer) => readLanguages(answer, name))
      .catch((error: unknown) => {
        loading = undefined;
        throw error;
      });
    return loading;
  };
  return serviceEngine({
    id: "libretranslate",
    name,
    isLocal: isLoopback(url),
    capabilities: { tags: "html", glossary: false, context: false, maxCharacters: 5_000, batchSize: 50 },
    maxItems: 50,
    maxSize: 20_000,
    missing: async (source, target) => {
      const known = await languages();
      const from = codeOf(source, [...known.keys()]);
      if (from === undefined) return `${name} has no ${source}; it has ${[...known.keys()].join(", ")}`;
      const targets = [...(known.get(from) ?? [])];
      return codeOf(target, targets) === undefined
        ? `${name} does not translate ${source} to ${target}; it has ${targets.join(", ")}`
        : undefined;
    },
    send: async (items, { source, target, signal }) => {
      const known = await languages(signal);
      const from = codeOf(source, [...known.keys()]) ?? readTag(source).language;
      const to = codeOf(target, [...(known.get(from) ?? [])]) ?? readTag(target).language;
      const json = { q: items.map(({ text }) => text), source: from, target: to, format: "html" };
      const key = options.apiKey === undefined ? {} : { api_key: options.apiKey };
      const answer = await callService(
        { url: `${url}/translate`, json: { ...json, ...key }, signal },
        service,
      );
      const texts = (answer as { translatedText?: unknown } | null)?.translatedText;
      if (!Array.isArray(texts)) throw unexpectedAnswer(name, "no list of translated texts");
      return textsOf(texts, name);
    },
  });
}

/** Its codes changed over time: `zh`, `zh-Hans`, `zt` for Traditional, `pb` for Brazilian. */
function codeOf(tag: string, known: readonly string[]): string | undefined {
  const { language, region } = readTag(tag);
  const own = isTraditionalChinese(tag)
    ? ["zt"]
    : language === "pt" && region === "BR"
      ? ["pb", "pt-BR"]
      : [];
  const wanted = [...own, ...modelLanguages(tag)];
  return wanted
    .map((code) => known.find((each) => each.toLowerCase() === code.toLowerCase()))
    .find((code) => code !== undefined);
}

function readLanguages(answer: unknown, name: string): Languages {
  if (!Array.isArray(answer)) throw unexpectedAnswer(name, "no list of languages");
  const rows = answer as readonly { code?: unknown; targets?: unknown }[];
  const codes = rows.flatMap(({ code }) => (typeof code === "string" ? [code] : []));
  return new Map(
    rows.flatMap(({ code, targets }) => {
      if (typeof code !== "string") return [];
      const list = Array.isArray(targets) ? targets.filter((each) => typeof each === "string") : codes;
      return [[code, new Set(list)] as const];
    }),
  );
}
