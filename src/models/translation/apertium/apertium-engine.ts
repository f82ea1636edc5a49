import { ModelError } from "../../../errors.ts";
import type {
  FailedItem,
  TranslatedItem,
  TranslateItem,
  TranslateRequest,
  TranslateResponse,
  TranslationEngine,
} from "../translation-engine.ts";
import { type ApertiumPair, choosePair, describePair } from "./apertium-modes.ts";
import { joinTexts, splitTexts } from "./joined-texts.ts";

export type ApertiumPort = {
  readonly id: string;
  readonly isLocal: boolean;
  /** The pairs that are installed. */
  readonly pairs: (signal?: AbortSignal) => Promise<readonly ApertiumPair[]>;
  /** Translates a piece of HTML; unknown words come unmarked. */
  readonly translate: (pair: ApertiumPair, html: string, signal?: AbortSignal) => Promise<string>;
  /** How a missing pair is had, as a sentence. */
  readonly howToGet: string;
};

const MAX_CHARACTERS = 10_000;
const MAX_JOINED = 20_000;

/** Apertium, wherever it runs: rules instead of a neural model, quick, and good between close languages. */
export function apertiumEngine(port: ApertiumPort): TranslationEngine {
  let loading: Promise<readonly ApertiumPair[]> | undefined;
  const pairs = (signal?: AbortSignal): Promise<readonly ApertiumPair[]> => {
    loading ??= port.pairs(signal).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  const whyMissing = (known: readonly ApertiumPair[], source: string, target: string): string => {
    const has = known.length === 0 ? "no pair" : known.map(describePair).join(", ");
    return `Apertium does not translate ${source} to ${target} here; it has ${has}. ${port.howToGet}`;
  };
  return {
    id: port.id,
    isLocal: port.isLocal,
    capabilities: {
      tags: "html",
      glossary: false,
      context: false,
      maxCharacters: MAX_CHARACTERS,
      batchSize: 200,
    },
    missing: async (source, target) => {
      const known = await pairs();
      return choosePair(known, source, target) === undefined ? whyMissing(known, source, target) : undefined;
    },
    translate: async (request) => {
      request.signal?.throwIfAborted();
      const known = await pairs(request.signal);
      const pair = choosePair(known, request.source, request.target);
      if (pair === undefined) {
        throw new ModelError("no-model", whyMissing(known, request.source, request.target), {
          hint: "use another engine: --engine bergamot",
        });
      }
      return translateAll(port, pair, request);
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

async function translateAll(
  port: ApertiumPort,
  pair: ApertiumPair,
  { items, signal }: TranslateRequest,
): Promise<TranslateResponse> {
  const done: TranslatedItem[] = [];
  const failed: FailedItem[] = [];
  const wanted: TranslateItem[] = [];
  for (const item of items) {
    if (item.text.trim() === "") done.push({ id: item.id, text: item.text });
    else if (item.text.length > MAX_CHARACTERS) {
      failed.push({ id: item.id, reason: `it is longer than ${MAX_CHARACTERS} characters` });
    } else wanted.push(item);
  }
  for (const pack of packs(wanted)) {
    const texts = splitTexts(await port.translate(pair, joinTexts(pack), signal), pack);
    for (const [index, item] of pack.entries()) {
      // Markup that is not closed swallows its neighbours; alone it harms only itself.
      const text =
        texts[index] ??
        (pack.length === 1
          ? undefined
          : splitTexts(await port.translate(pair, joinTexts([item]), signal), [item])[0]);
      if (text === undefined) failed.push({ id: item.id, reason: "Apertium gave nothing back for it" });
      else done.push({ id: item.id, text });
    }
  }
  return { items: done, failed };
}

function packs(items: readonly TranslateItem[]): TranslateItem[][] {
  const all: TranslateItem[][] = [];
  let size = 0;
  for (const item of items) {
    if (all.length === 0 || size + item.text.length > MAX_JOINED) {
      all.push([]);
      size = 0;
    }
    all.at(-1)!.push(item);
    size += item.text.length;
  }
  return all;
}
