import type { Glossary } from "../../../files/glossary/types.ts";
import type { TranslationEngine } from "../../../models/translation/translation-engine.ts";
import { createLanes } from "./lanes.ts";
import { engineWithContext, lineContext } from "./line-context.ts";
import type { RecentLine, Wanted } from "./room-state.ts";
import { type LineOutcome, translateLines } from "./translate-lines.ts";

/** A final line that has to be translated for a side. */
export type FinalLine = Wanted & {
  readonly from: string;
  readonly speaker: string;
  readonly text: string;
  /** The end of the utterance. */
  readonly at: Date;
};

export type FinalLinesOptions = {
  readonly now: () => Date;
  readonly engineOf: (side: string) => Promise<TranslationEngine>;
  readonly glossaryOf: (side: string) => Promise<Glossary | undefined>;
  readonly timeLimit: number;
  /** The last few lines of the call. */
  readonly recent: readonly RecentLine[];
  /** Called once for each line, in their order within a speaker, side and language. Must not throw. */
  readonly onDone: (line: FinalLine, engine: string, outcome: LineOutcome) => Promise<void>;
};

export type FinalLines = {
  /** `isLate`: said before somebody came who needs it; it waits for no line and no line waits for it. */
  readonly add: (line: FinalLine, isLate: boolean) => void;
  readonly idle: () => Promise<void>;
};

/** Most lines that wait which are sent together: few where an answer takes long, so that the first needn't wait for all. */
const MOST_TOGETHER = { quick: 16, slow: 4 };

/** Translates final lines, each speaker's in their order, each side's for itself. */
export function finalLines(options: FinalLinesOptions): FinalLines {
  const lanes = createLanes<FinalLine>((lines) => work(lines, options));
  return {
    add: (line, isLate) => {
      const { side, language, speaker } = line;
      lanes.add([side, language, isLate ? "" : speaker].join("\0"), line);
    },
    idle: lanes.idle,
  };
}

async function work(waiting: readonly FinalLine[], options: FinalLinesOptions): Promise<number> {
  const { from, side, language: to } = waiting[0]!;
  const engine = await options.engineOf(side).catch((error: unknown) => error);
  if (!isEngine(engine)) {
    const reason = engine instanceof Error ? engine.message : "there is no engine";
    await options.onDone(waiting[0]!, "", { reason, code: "no-engine", findings: [] });
    return 1;
  }
  const glossary = await options.glossaryOf(side).catch(() => undefined);
  const { context, batchSize } = engine.capabilities;
  const most = Math.min(batchSize, engine.isLocal && !context ? MOST_TOGETHER.quick : MOST_TOGETHER.slow);
  const other = waiting.findIndex((line) => line.from !== from);
  const lines = waiting.slice(0, Math.max(1, Math.min(most, other < 0 ? waiting.length : other)));
  const outcomes = await translateLines(
    lines.map(({ text }) => text),
    {
      from,
      to,
      engine: engineWithContext(engine, lineContext(lines[0]!, options.recent, engine)),
      now: options.now(),
      timeLimit: options.timeLimit,
      ...(glossary && { glossary }),
    },
  );
  await Promise.all(lines.map((line, index) => options.onDone(line, engine.id, outcomes[index]!)));
  return lines.length;
}

function isEngine(value: unknown): value is TranslationEngine {
  return typeof value === "object" && value !== null && "translate" in value;
}
