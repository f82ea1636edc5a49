import type { TranslationEngine } from "../../../models/translation/translation-engine.ts";
import { agreeOnTarget, type TargetAgreement, targetTexts } from "./policies/target-agreement.ts";
import { translatePartial } from "./translate-partial.ts";

/** The speaker's words so far. */
export type Heard = {
  readonly text: string;
  /** True when the speaker pauses: what was said is not waiting for what follows. */
  readonly isPause: boolean;
};

export type LiveTargetOptions = {
  /** BCP 47 tags. */
  readonly from: string;
  readonly to: string;
  readonly engine: () => Promise<TranslationEngine>;
  readonly show: (texts: LineTexts) => void;
};

export type LineTexts = {
  readonly stable: string;
  readonly unstable: string;
  readonly hasNewStable: boolean;
};

export type LiveTarget = {
  /** Translates this, after what is being translated now and in the place of what waits. */
  readonly follow: (heard: Heard) => void;
  readonly stop: () => void;
};

/** Milliseconds between two tries where each costs a model's time or money. */
const REST = 400;
const MOST_FAILURES = 2;

/** The growing translation of one line for one side and language; at most one request of it is open. */
export function liveTarget({ from, to, engine: open, show }: LiveTargetOptions): LiveTarget {
  const controller = new AbortController();
  const { signal } = controller;
  const known = new Map<string, string>();
  let agreement: TargetAgreement | undefined;
  let waiting: Heard | undefined;
  let [isRunning, failures, translated] = [false, 0, ""];

  const translate = async ({ text, isPause }: Heard, engine: TranslationEngine): Promise<void> => {
    // One text translated twice agrees with itself, which says nothing.
    if (text === translated && !isPause) return;
    const hypothesis = await translatePartial(text, { from, to, engine, known, signal });
    if (signal.aborted || hypothesis === undefined) return;
    translated = text;
    const before = agreement && targetTexts(agreement);
    agreement = agreeOnTarget(agreement, hypothesis);
    const after = targetTexts(agreement);
    const hasNewStable = (before?.stable ?? "") !== after.stable;
    if (hasNewStable || (before?.unstable ?? "") !== after.unstable) show({ ...after, hasNewStable });
  };

  const run = async (): Promise<void> => {
    const engine = await open();
    while (waiting !== undefined && !signal.aborted && failures < MOST_FAILURES) {
      const heard = waiting;
      waiting = undefined;
      await translate(heard, engine).catch(() => {
        failures += 1;
      });
      if (engine.capabilities.context || !engine.isLocal) await rest(REST, signal);
    }
  };

  return {
    follow: (heard) => {
      waiting = heard;
      if (isRunning || signal.aborted) return;
      isRunning = true;
      // A partial that can't be translated is made up for by the whole line, which tells what went wrong.
      run()
        .catch(() => {})
        .finally(() => {
          isRunning = false;
        });
    },
    stop: () => controller.abort(),
  };
}

function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
