import { readTag } from "./language-tag.ts";
import type { TranslationEngine } from "./translation-engine.ts";

const ACCENTED: Readonly<Record<string, string>> = Object.fromEntries(
  [..."aáeéiíoóuúyýAÁEÉIÍOÓUÚYÝcçCÇnñNÑsšSŠzžZŽrřRŘdďDĎ".matchAll(/(.)(.)/gu)].map(([, plain, accented]) => [
    plain!,
    accented!,
  ]),
);

/** Characters of a translation for one of the English text; medians of software texts. Others are taken as 1.2. */
const EXPANSION: Readonly<Record<string, number>> = {
  de: 1.3,
  fr: 1.26,
  es: 1.25,
  it: 1.25,
  pt: 1.2,
  nl: 1.18,
  ru: 1.17,
  fi: 1.1,
  ar: 1,
  hi: 1.1,
  ja: 0.55,
  zh: 0.4,
  en: 1,
};

const MARKUP = /<[^>]*>|&(?:#\w+|\w+);/g;

/**
 * A translation that everyone can read and nobody takes for one: `«Ťĥé ŕéƥóřť ···»`. As long as one to the target language
 * usually is, with every tag in its place, and always the same; it shows what was left out and what no longer fits.
 */
export function pseudoEngine(): TranslationEngine {
  return {
    id: "pseudo",
    isLocal: true,
    capabilities: {
      tags: "xml",
      glossary: false,
      context: false,
      maxCharacters: Number.MAX_SAFE_INTEGER,
      batchSize: 1_000,
    },
    missing: async () => undefined,
    translate: async ({ source, target, items, signal }) => {
      signal?.throwIfAborted();
      const ratio = expansion(target) / expansion(source);
      return { items: items.map(({ id, text }) => ({ id, text: pseudoText(text, ratio) })), failed: [] };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

function expansion(tag: string): number {
  return EXPANSION[readTag(tag).language] ?? 1.2;
}

function pseudoText(markup: string, ratio: number): string {
  if (markup.trim() === "") return markup;
  let letters = 0;
  let out = "";
  let at = 0;
  const accent = (text: string): string => {
    letters += text.length;
    return [...text].map((sign) => ACCENTED[sign] ?? sign).join("");
  };
  for (const { 0: code, index } of markup.matchAll(MARKUP)) {
    out += accent(markup.slice(at, index)) + code;
    if (!code.startsWith("<")) letters += 1;
    at = index + code.length;
  }
  out += accent(markup.slice(at));
  // The marks count as well. A shorter language is not imitated: words would have to go.
  const missing = Math.max(0, Math.round(letters * (ratio - 1)) - 2);
  return `«${out}${padding(missing)}»`;
}

/** In words of some letters, so that lines break as they would. */
function padding(length: number): string {
  return Array.from({ length }, (_, index) => (index % 6 === 0 ? " " : "·")).join("");
}
