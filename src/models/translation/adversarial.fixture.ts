import type { TranslationEngine } from "./translation-engine.ts";

export type AdversarialOptions = {
  /** Makes the damage repeatable. Defaults to 1. */
  readonly seed?: number;
  /** How many of the tags are damaged, 0 to 1. Defaults to 0.4. */
  readonly damage?: number;
  /** Share of the items that come back as failed. Defaults to 0. */
  readonly failing?: number;
};

/** An engine that does to tags what real ones do: drops, doubles, moves, renumbers and reorders them, and never closes some. */
export function adversarialEngine(options: AdversarialOptions = {}): TranslationEngine {
  const { damage = 0.4, failing = 0 } = options;
  let state = options.seed ?? 1;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    id: "adversarial",
    isLocal: true,
    capabilities: { tags: "xml", glossary: false, context: false, maxCharacters: 100_000, batchSize: 100 },
    missing: async () => undefined,
    translate: async ({ items, signal }) => {
      signal?.throwIfAborted();
      const isFailing = new Set(items.filter(() => random() < failing).map(({ id }) => id));
      return {
        items: items
          .filter(({ id }) => !isFailing.has(id))
          .map(({ id, text }) => ({ id, text: spoil(text, damage, random) })),
        failed: [...isFailing].map((id) => ({ id, reason: "it was told to fail" })),
      };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

function spoil(markup: string, damage: number, random: () => number): string {
  const pieces = markup.split(/(<[^>]*>)/).filter((piece) => piece !== "");
  const out: string[] = [];
  for (const piece of pieces) {
    if (!piece.startsWith("<") || random() >= damage) {
      out.push(piece);
      continue;
    }
    const kind = Math.floor(random() * 5);
    const place = Math.floor(random() * (out.length + 1));
    if (kind === 1) out.push(piece, piece);
    else if (kind === 2) out.splice(place, 0, piece);
    else if (kind === 3) out.push(piece.replace(/\d+/, (id) => String(Number(id) + 1)));
    else if (kind === 4) out.push(out.pop() ?? "", piece);
    // Kind 0 drops it.
  }
  return out.join("");
}
