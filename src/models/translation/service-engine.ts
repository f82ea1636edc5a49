import type {
  EngineCapabilities,
  FailedItem,
  TranslatedItem,
  TranslateItem,
  TranslateRequest,
  TranslateResponse,
  TranslationEngine,
} from "./translation-engine.ts";
import { unexpectedAnswer } from "./translation-service.ts";

export type ServiceEngineOptions = {
  readonly id: string;
  /** For messages. */
  readonly name: string;
  readonly isLocal: boolean;
  readonly capabilities: EngineCapabilities;
  /** Most items and most size in one request. */
  readonly maxItems: number;
  readonly maxSize: number;
  /** An item's share of that size. Defaults to its UTF-16 units. */
  readonly sizeOf?: (text: string) => number;
  /** Why the pair cannot be translated, `undefined` when it can. */
  readonly missing: (source: string, target: string) => Promise<string | undefined>;
  /** One request: as many texts as items, in their order. */
  readonly send: (items: readonly TranslateItem[], request: TranslateRequest) => Promise<readonly string[]>;
};

/** An engine behind a service that takes lists of texts: items are packed into requests by the service's limits. */
export function serviceEngine(options: ServiceEngineOptions): TranslationEngine {
  const { capabilities, maxItems, maxSize } = options;
  const sizeOf = options.sizeOf ?? ((text: string) => text.length);
  return {
    id: options.id,
    isLocal: options.isLocal,
    capabilities,
    missing: options.missing,
    translate: async (request): Promise<TranslateResponse> => {
      request.signal?.throwIfAborted();
      const items: TranslatedItem[] = [];
      const failed: FailedItem[] = [];
      const wanted: TranslateItem[] = [];
      for (const item of request.items) {
        if (item.text.trim() === "") items.push({ id: item.id, text: item.text });
        else if (item.text.length > capabilities.maxCharacters || sizeOf(item.text) > maxSize) {
          failed.push({ id: item.id, reason: `it is longer than ${options.name} takes at once` });
        } else wanted.push(item);
      }
      for (const pack of packs(wanted, maxItems, maxSize, sizeOf)) {
        const texts = await options.send(pack, request);
        if (texts.length !== pack.length) {
          throw unexpectedAnswer(options.name, `${texts.length} texts for ${pack.length}`);
        }
        items.push(...pack.map(({ id }, index) => ({ id, text: texts[index]! })));
      }
      return { items, failed };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

function packs(
  items: readonly TranslateItem[],
  maxItems: number,
  maxSize: number,
  sizeOf: (text: string) => number,
): TranslateItem[][] {
  const all: TranslateItem[][] = [];
  let size = 0;
  for (const item of items) {
    const own = sizeOf(item.text);
    const last = all.at(-1);
    if (last === undefined || last.length >= maxItems || size + own > maxSize) {
      all.push([item]);
      size = own;
    } else {
      last.push(item);
      size += own;
    }
  }
  return all;
}

/** The texts of an answer, or a `model-output` error when there is anything else among them. */
export function textsOf(values: readonly unknown[], name: string): readonly string[] {
  return values.map((value) => {
    if (typeof value === "string") return value;
    throw unexpectedAnswer(name, `${typeof value} where a text should be`);
  });
}
