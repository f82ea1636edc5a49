import type { TextUnit, UnitTarget } from "../../files/units/types.ts";
import { checkConsistency } from "./checks/check-consistency.ts";
import { ratingOf } from "./checks/check-types.ts";
import { codeRanks, renameCodes } from "./memory/memory-key.ts";
import type { TranslatedSegment, TranslatedUnits } from "./result-types.ts";
import { hasWords, type SegmentJob, segmentJobs, type UnitJobs } from "./segment-jobs.ts";
import { joinTargets } from "./segments/join-targets.ts";
import { untrimTarget } from "./segments/trim-segment.ts";
import { translateJobs } from "./translate-jobs.ts";
import type { Outcome, TranslateUnitsOptions } from "./translate-options.ts";

/**
 * Translates units sentence by sentence: from the memory, else by the engine, each checked; a sentence without a usable
 * translation keeps its source text and is rated red. Units that must equal another one (`sameAs`) get its target.
 */
export async function translateUnits(
  units: readonly TextUnit[],
  options: TranslateUnitsOptions,
): Promise<TranslatedUnits> {
  const { from } = options;
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const isCopy = ({ sameAs }: TextUnit): boolean => sameAs !== undefined && byId.has(sameAs);
  const cut = segmentJobs(
    units.filter((unit) => !isCopy(unit)),
    from,
  );
  const outcomes = await translateJobs(
    cut.flatMap(({ jobs }) => jobs),
    options,
  );
  const targets = new Map(cut.map((each) => [each.unit.id, joinUnit(each, outcomes, options.to)]));
  for (const unit of units.filter(isCopy)) {
    const original = byId.get(unit.sameAs!)!;
    const target = targets.get(original.id);
    if (target) targets.set(unit.id, { ...copyTarget(target, original, unit), unit: unit.id });
  }
  return {
    targets: units.flatMap(({ id }) => targets.get(id) ?? []),
    segments: listSegments(cut, outcomes),
  };
}

/** The same target with the codes of the copy, which has as many in the same order. */
function copyTarget(target: UnitTarget, original: TextUnit, copy: TextUnit): UnitTarget {
  const ranks = renameCodes(target, codeRanks(original).rankOf);
  return renameCodes(ranks, codeRanks(copy).idOf);
}

function joinUnit(
  { unit, segments, jobs }: UnitJobs,
  outcomes: ReadonlyMap<SegmentJob, Outcome>,
  to: string,
): UnitTarget {
  const targets = jobs.map((job) => untrimTarget(job.outer, outcomes.get(job)!.target));
  return { ...joinTargets(unit, segments, targets, to), unit: unit.id };
}

function listSegments(
  cut: readonly UnitJobs[],
  outcomes: ReadonlyMap<SegmentJob, Outcome>,
): TranslatedSegment[] {
  const jobs = cut.flatMap((each) => each.jobs).filter(({ core }) => hasWords(core.text));
  const pairs = jobs.map((job) => ({ source: job.core.text, target: outcomes.get(job)!.target.text }));
  const inconsistent = checkConsistency(pairs);
  return jobs.map((job, index) => {
    const { findings, ...outcome } = outcomes.get(job)!;
    const all = inconsistent[index] ? [...findings, inconsistent[index]] : findings;
    const { id, kind, place } = job.unit;
    return {
      unit: id,
      index: job.index,
      kind,
      place,
      source: job.core,
      ...outcome,
      findings: all,
      rating: ratingOf(all),
    };
  });
}
