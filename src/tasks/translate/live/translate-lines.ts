import { TandemError } from "../../../errors.ts";
import type { Glossary } from "../../../files/glossary/types.ts";
import type { TextUnit } from "../../../files/units/types.ts";
import type { TranslationEngine } from "../../../models/translation/translation-engine.ts";
import type { CheckFinding } from "../checks/check-types.ts";
import { identifyText } from "../find-language.ts";
import type { TranslatedUnits } from "../result-types.ts";
import { translateUnits } from "../translate-units.ts";
import type { LineFailure } from "./types.ts";

export type TranslateLinesOptions = {
  /** BCP 47 tags. */
  readonly from: string;
  readonly to: string;
  readonly engine: TranslationEngine;
  readonly glossary?: Glossary;
  readonly now: Date;
  /** Milliseconds the engine gets for each line. */
  readonly timeLimit: number;
};

/** A line's translation, or why there is none. */
export type LineOutcome = {
  readonly text?: string;
  readonly reason?: string;
  readonly code?: LineFailure;
  readonly findings: readonly CheckFinding[];
};

/**
 * Whole lines as the path of a file translates its paragraphs: sentence by sentence, numbers and terms put right, checked,
 * an unusable answer asked for once more. Never throws: where the engine fails, each line gets one more try alone.
 */
export async function translateLines(
  lines: readonly string[],
  options: TranslateLinesOptions,
): Promise<readonly LineOutcome[]> {
  try {
    return await tryLines(lines, options);
  } catch (error) {
    if (error instanceof OutOfTime) return lines.map(() => failure(error));
    return Promise.all(lines.map((line) => tryLines([line], options).then(([only]) => only!, failure)));
  }
}

class OutOfTime extends Error {}

function failure(error: unknown): LineOutcome {
  const message = error instanceof Error ? error.message : "the engine failed";
  const hint = error instanceof TandemError && error.hint ? ` (${error.hint})` : "";
  return { reason: message + hint, code: failureCode(error), findings: [] };
}

function failureCode(error: unknown): LineFailure {
  if (error instanceof OutOfTime) return "out-of-time";
  return error instanceof TandemError && error.code === "no-model" ? "no-model" : "engine-failed";
}

async function tryLines(lines: readonly string[], options: TranslateLinesOptions): Promise<LineOutcome[]> {
  const units = lines.map((text, index) => unitOf(text, String(index)));
  const result = await inTime(options.timeLimit * lines.length, (signal) =>
    translateUnits(units, { ...options, identify: identifyText, emit: () => {}, signal }),
  );
  return units.map(({ id }) => outcomeOf(id, result));
}

/** A line as a text unit of its own. */
export function unitOf(text: string, id: string): TextUnit {
  return { id, kind: "paragraph", place: "", text, spans: [], atoms: [] };
}

function outcomeOf(id: string, { targets, segments }: TranslatedUnits): LineOutcome {
  const own = segments.filter(({ unit }) => unit === id);
  const findings = own.flatMap((segment) => segment.findings);
  const isLost = own.length > 0 && own.every(({ origin }) => origin === "source");
  const worst = findings.find(({ severity }) => severity === "blocking");
  if (isLost && worst)
    return { reason: worst.text, code: worst.kind === "empty" ? "engine-failed" : "unusable", findings };
  return { text: targets.find(({ unit }) => unit === id)!.text, findings };
}

/** Runs a job until the time is over, also where it doesn't listen to its signal. */
async function inTime<T>(milliseconds: number, job: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new OutOfTime(`the engine took longer than ${Math.round(milliseconds / 1000)} s`);
      reject(error);
      controller.abort(error);
    }, milliseconds);
  });
  try {
    return await Promise.race([job(controller.signal), limit]);
  } finally {
    clearTimeout(timer);
  }
}
