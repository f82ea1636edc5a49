import type { TranslationEngine } from "../../../models/translation/translation-engine.ts";
import { type LineTexts, type LiveTarget, liveTarget } from "./live-target.ts";
import { liveWords } from "./policies/live-words.ts";
import {
  agreeOnSource,
  PAUSE,
  type SourceAgreement,
  settleSource,
  sourceTexts,
} from "./policies/source-agreement.ts";
import { lineKey } from "./room-state.ts";
import type { Participant, PassingEvent } from "./types.ts";

/** A side and a language that somebody is reading in right now. */
export type WatchedTarget = { readonly side: string; readonly language: string };

export type LiveLinesOptions = {
  readonly now: () => Date;
  readonly engineOf: (side: string) => Promise<TranslationEngine>;
  /** Who reads along in another language than this one. */
  readonly watched: (language: string) => readonly WatchedTarget[];
  /** `target` is absent for the speaker's own words. */
  readonly show: (event: PassingEvent, hasNewStable: boolean, target?: WatchedTarget) => void;
};

export type LiveLines = {
  /** The speaker's words so far. */
  readonly hear: (speaker: Participant, line: string, text: string) => void;
  /** The line is final or given up. */
  readonly over: (speaker: string, line: string) => void;
  readonly close: () => void;
};

type LiveLine = {
  readonly speaker: Participant;
  readonly line: string;
  readonly targets: Map<string, LiveTarget>;
  agreement?: SourceAgreement;
  revision: number;
  timer?: ReturnType<typeof setTimeout>;
};

/** Lines of one speaker that may be open at once; beyond that the oldest is given up. */
const MOST_OPEN = 4;

/** The lines that are being said: what of them stays, and their translations as they grow. */
export function liveLines(options: LiveLinesOptions): LiveLines {
  const lines = new Map<string, LiveLine>();
  const over = (speaker: string, line: string): void => {
    const key = lineKey(speaker, line);
    const live = lines.get(key);
    if (live === undefined) return;
    lines.delete(key);
    clearTimeout(live.timer);
    for (const target of live.targets.values()) target.stop();
  };
  const open = (speaker: Participant, line: string): LiveLine => {
    const known = lines.get(lineKey(speaker.id, line));
    if (known) return known;
    const own = [...lines.values()].filter((each) => each.speaker.id === speaker.id);
    if (own.length >= MOST_OPEN) over(speaker.id, own[0]!.line);
    const made: LiveLine = { speaker, line, targets: new Map(), revision: 0 };
    lines.set(lineKey(speaker.id, line), made);
    return made;
  };
  return {
    hear: (speaker, line, text) => {
      const live = open(speaker, line);
      clearTimeout(live.timer);
      const words = liveWords(text, live.speaker.language);
      change(live, agreeOnSource(live.agreement, words, options.now().getTime()), false, options);
      live.timer = setTimeout(() => change(live, settleSource(live.agreement!), true, options), PAUSE);
    },
    over,
    close: () => {
      for (const { speaker, line } of [...lines.values()]) over(speaker.id, line);
    },
  };
}

function change(live: LiveLine, next: SourceAgreement, isPause: boolean, options: LiveLinesOptions): void {
  const before = live.agreement && sourceTexts(live.agreement);
  const after = sourceTexts(next);
  live.agreement = next;
  const hasNewStable = (before?.stable ?? "") !== after.stable;
  if (hasNewStable || (before?.unstable ?? "") !== after.unstable)
    show(live, options, "source-changed", live.speaker.language, { ...after, hasNewStable });
  const text = next.words.join("").trim();
  for (const target of options.watched(live.speaker.language))
    targetOf(live, target, options).follow({ text, isPause });
}

function targetOf(live: LiveLine, target: WatchedTarget, options: LiveLinesOptions): LiveTarget {
  const key = `${target.side}\0${target.language}`;
  const known = live.targets.get(key);
  if (known) return known;
  const made = liveTarget({
    from: live.speaker.language,
    to: target.language,
    engine: () => options.engineOf(target.side),
    show: (texts) => show(live, options, "target-changed", target.language, texts, target),
  });
  live.targets.set(key, made);
  return made;
}

function show(
  live: LiveLine,
  { show: tell }: LiveLinesOptions,
  kind: PassingEvent["kind"],
  language: string,
  texts: LineTexts,
  target?: WatchedTarget,
): void {
  live.revision += 1;
  const { speaker, line, revision } = live;
  const { stable, unstable } = texts;
  tell({ kind, speaker: speaker.id, line, language, revision, stable, unstable }, texts.hasNewStable, target);
}
