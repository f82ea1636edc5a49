import type { EngineTerm, TranslationEngine } from "../../../models/translation/translation-engine.ts";
import type { FinalLine } from "./final-lines.ts";
import { type RecentLine, targetKey } from "./room-state.ts";

/** What was said before a line, for an engine that reads context. */
export type LineContext = {
  /** A line of the call each, without names. */
  readonly before: string;
  /** The last translations into the same language, the latest first. */
  readonly similar: readonly EngineTerm[];
};

const MOST_BEFORE = 4;
const MOST_SIMILAR = 3;

/**
 * What an engine is told of the call before a line. A service outside gets nothing here that it was not sent to translate
 * before: not what the side's own people said.
 */
export function lineContext(
  { said, side, language, from }: FinalLine,
  recent: readonly RecentLine[],
  engine: Pick<TranslationEngine, "isLocal">,
): LineContext {
  const target = targetKey(side, language);
  const earlier = recent.filter(({ seq }) => seq < said);
  const known = earlier.filter(({ translations }) => translations.has(target));
  return {
    before: (engine.isLocal ? earlier : known)
      .slice(-MOST_BEFORE)
      .map(({ text }) => `- ${text}`)
      .join("\n"),
    similar: known
      .filter((line) => line.language === from)
      .slice(-MOST_SIMILAR)
      .map(({ text, translations }) => ({ source: text, target: translations.get(target)! }))
      .reverse(),
  };
}

/** The engine, told of each text what was said before it. One that reads no context stays as it is. */
export function engineWithContext(
  engine: TranslationEngine,
  { before, similar }: LineContext,
): TranslationEngine {
  if (!engine.capabilities.context || before === "") return engine;
  return {
    id: engine.id,
    isLocal: engine.isLocal,
    capabilities: engine.capabilities,
    missing: (source, target) => engine.missing(source, target),
    translate: (request) =>
      engine.translate({
        ...request,
        items: request.items.map((item) => ({
          ...item,
          before: item.before === undefined ? before : `${before}\n${item.before}`,
          ...(similar.length > 0 && { similar }),
        })),
      }),
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}
