import type { CodedTarget, CodedText } from "../../files/units/types.ts";
import type { TagSupport } from "../../models/translation/translation-engine.ts";
import { addressesOf } from "./addresses.ts";
import type { Aligner } from "./alignment/train-aligner.ts";
import { inCapitals } from "./capitals.ts";
import { checkLanguage } from "./checks/check-language.ts";
import { checkSegment } from "./checks/check-segment.ts";
import type { CheckFinding, IdentifyText } from "./checks/check-types.ts";
import { carryCodes } from "./codes/carry-codes.ts";
import { type MendOptions, mendTarget } from "./mend-target.ts";
import type { SegmentJob } from "./segment-jobs.ts";
import { type StandIns, withLongNumbers } from "./stand-in-numbers.ts";

export type FinishOptions = MendOptions & {
  /** Called only where codes have to be placed by words. */
  readonly aligner?: () => Promise<Aligner>;
  /** Absent: the language isn't checked. */
  readonly identify?: IdentifyText;
};

/** A job's target and what looks wrong with it. */
export type FinishedSegment = { readonly target: CodedTarget; readonly findings: readonly CheckFinding[] };

/** What the engine was sent of a job. */
export type AskedText = {
  readonly coded: CodedText;
  /** True where capitals went out as a sentence would write them. */
  readonly isQuiet: boolean;
  /** True where it went out without its codes, which are placed all the same. */
  readonly isPlain?: boolean;
  /** Set where long numbers went out as short ones, which `coded` then has. */
  readonly standIns?: StandIns;
};

/**
 * Codes placed, numbers and terms put right, everything checked. Undefined where the answer lost numbers that stood in for
 * others.
 */
export async function finishAnswer(
  job: SegmentJob,
  { coded, isQuiet, standIns }: AskedText,
  answer: string,
  tags: TagSupport,
  options: FinishOptions,
): Promise<FinishedSegment | undefined> {
  const { aligner, from, to } = options;
  const byTags = carryCodes(coded, answer, tags);
  const needsWords = byTags.how === "proportional" && aligner !== undefined;
  const { target } = needsWords ? carryCodes(coded, answer, tags, { aligner: await aligner() }) : byTags;
  const numbered = standIns ? withLongNumbers(target, standIns, from, to) : target;
  return numbered && finishTarget(job, isQuiet ? inCapitals(numbered, to) : numbered, options);
}

/** The same for a target whose codes are placed. */
export async function finishTarget(
  job: SegmentJob,
  placed: CodedTarget,
  options: FinishOptions,
): Promise<FinishedSegment> {
  const { from, to, glossary, identify } = options;
  const source = job.core.text;
  const { target, findings } = fitLength(job, mendTarget(source, placed, options));
  const pair = { source, target: target.text, from, to, ...(glossary && { glossary }) };
  const lost = addressesOf(source).filter((each) => !target.text.includes(each));
  const addresses = lost.map(
    (each): CheckFinding => ({
      kind: "untranslated",
      severity: "serious",
      text: `the address ${each} was changed`,
    }),
  );
  const language = identify ? await checkLanguage(pair, identify) : [];
  return { target, findings: [...checkSegment(pair), ...language, ...addresses, ...findings] };
}

/** A target that the file's format allows no room for ends after the last word that fits. */
function fitLength(job: SegmentJob, target: CodedTarget): FinishedSegment {
  const limit = job.unit.maxLength;
  if (limit === undefined || target.text.length <= limit) return { target, findings: [] };
  const cut = target.text.slice(0, limit + 1);
  const end = cut.lastIndexOf(" ") > limit / 2 ? cut.lastIndexOf(" ") : limit;
  const text = target.text.slice(0, end).replace(/[\s,;:–-]+$/u, "");
  const clamp = (offset: number): number => Math.min(offset, text.length);
  const spans = target.spans.map(({ id, start, end }) => ({ id, start: clamp(start), end: clamp(end) }));
  const atoms = target.atoms.map(({ id, offset }) => ({ id, offset: clamp(offset) }));
  const finding = `cut to the ${limit} characters allowed: “${target.text}”`;
  return {
    target: { text, spans, atoms },
    findings: [{ kind: "too-long", severity: "serious", text: finding }],
  };
}
