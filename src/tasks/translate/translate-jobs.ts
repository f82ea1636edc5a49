import { carryCodes } from "./codes/carry-codes.ts";
import { finishTarget } from "./finish-segment.ts";
import type { MemoryMatch } from "./memory/find-match.ts";
import { codeRanks, rankedSource, renameCodes } from "./memory/memory-key.ts";
import type { MemoryEntry } from "./memory/translation-memory.ts";
import { recallSegments } from "./recall-segments.ts";
import { hasWords, type SegmentJob } from "./segment-jobs.ts";
import { translateByEngine } from "./translate-by-engine.ts";
import type { Outcome, TranslateUnitsOptions } from "./translate-options.ts";

/** What becomes of each job: from the memory, as it is where it has no words, by the engine; the new ones are remembered. */
export async function translateJobs(
  jobs: readonly SegmentJob[],
  options: TranslateUnitsOptions,
): Promise<ReadonlyMap<SegmentJob, Outcome>> {
  const outcomes = new Map<SegmentJob, Outcome>();
  const rest = new Map<string, SegmentJob[]>();
  const matches = await recall(jobs, options);
  for (const [index, job] of jobs.entries()) {
    const match = matches[index];
    const known = match
      ? await fromMemory(job, match, options)
      : hasWords(job.core.text)
        ? undefined
        : asItIs(job);
    if (known) outcomes.set(job, known);
    else rest.set(job.key, [...(rest.get(job.key) ?? []), job]);
  }
  const unique = [...rest.values()].map(([first]) => first!);
  const translated = await translateByEngine(unique, options);
  for (const [index, same] of [...rest.values()].entries())
    for (const job of same) outcomes.set(job, forJob(translated[index]!, unique[index]!, job));
  await remember(jobs, outcomes, options);
  return outcomes;
}

/** An outcome for another job with the same text and codes, whose ids may differ. */
function forJob(outcome: Outcome, from: SegmentJob, to: SegmentJob): Outcome {
  if (from === to) return outcome;
  const ranked = renameCodes(outcome.target, codeRanks(from.core).rankOf);
  return { ...outcome, target: renameCodes(ranked, codeRanks(to.core).idOf) };
}

function asItIs(job: SegmentJob): Outcome {
  return { target: job.core, findings: [], origin: "source" };
}

async function recall(
  jobs: readonly SegmentJob[],
  { from, to, engine, memory }: TranslateUnitsOptions,
): Promise<readonly (MemoryMatch | undefined)[]> {
  return memory ? recallSegments(jobs, { from, to, engine: engine.id, memory }) : [];
}

/** The memory's translation, where the checks find nothing that forbids it. */
async function fromMemory(
  job: SegmentJob,
  match: MemoryMatch,
  options: TranslateUnitsOptions,
): Promise<Outcome | undefined> {
  const placed = match.hasCodes ? match.target : carryCodes(job.core, match.target.text, "none", {}).target;
  const finished = await finishTarget(job, placed, options);
  const isReviewed = match.entry.state === "reviewed";
  if (finished.findings.some(({ severity }) => severity === "blocking")) return undefined;
  return {
    ...finished,
    findings: isReviewed ? [] : finished.findings,
    origin: "memory",
    match: match.kind,
    isReviewed,
  };
}

/** Keeps what the engine translated and nothing was found wrong with. */
async function remember(
  jobs: readonly SegmentJob[],
  outcomes: ReadonlyMap<SegmentJob, Outcome>,
  { from, to, engine, memory, now }: TranslateUnitsOptions,
): Promise<void> {
  if (memory === undefined) return;
  const entries = jobs.flatMap((job): MemoryEntry[] => {
    const { origin, findings, target } = outcomes.get(job)!;
    if (origin !== "engine" || findings.length > 0) return [];
    const { core, before, after } = job;
    const ranked = renameCodes(target, codeRanks(core).rankOf);
    const content = { source: rankedSource(core), target: ranked };
    return [
      {
        from,
        to,
        ...content,
        before,
        after,
        origin: engine.id,
        state: "checked",
        changed: now.toISOString(),
      },
    ];
  });
  await memory.add(entries);
}
