import type { Glossary } from "../../files/glossary/types.ts";
import type {
  EngineTerm,
  TagSupport,
  TranslateItem,
  TranslationEngine,
} from "../../models/translation/translation-engine.ts";
import type { Aligner } from "./alignment/train-aligner.ts";
import { type Answer, askEngine, type EngineWish } from "./ask-engine.ts";
import { withoutCapitals } from "./capitals.ts";
import { termsIn } from "./checks/check-terms.ts";
import { carryCodes } from "./codes/carry-codes.ts";
import { encodeFor } from "./codes/encode-for.ts";
import { type AskedText, type FinishOptions, finishAnswer } from "./finish-segment.ts";
import { learnWords } from "./learn-words.ts";
import { similarTranslations } from "./recall-segments.ts";
import type { SegmentJob } from "./segment-jobs.ts";
import { standInNumbers } from "./stand-in-numbers.ts";
import type { Outcome, TranslateUnitsOptions } from "./translate-options.ts";

/** The engine's translation of each job, its codes placed and checked; the source where nothing usable came back. */
export async function translateByEngine(
  jobs: readonly SegmentJob[],
  options: TranslateUnitsOptions,
): Promise<Outcome[]> {
  const { engine } = options;
  const terms = await translateTerms(jobs, options);
  const items = await Promise.all(jobs.map((job, index) => itemFor(job, String(index), options)));
  const answers = await askEngine(items, { ...options, wish: wishOf(options), step: "translate" });
  let aligner: Promise<Aligner> | undefined;
  const { from, to, glossary, identify } = options;
  const finish: FinishOptions = {
    from,
    to,
    termTranslations: terms,
    aligner: () => (aligner ??= learnWords(jobs, answers, options)),
    ...(glossary && { glossary }),
    ...(identify && { identify }),
  };
  const outcomes: Outcome[] = [];
  for (const [index, job] of jobs.entries())
    outcomes.push(
      await outcomeOf(job, answers.get(String(index)), askedOf(job, engine, from), {
        tags: engine.capabilities.tags,
        finish,
      }),
    );
  await tryAgain(jobs, outcomes, finish, options);
  return outcomes.map((outcome, index) => (isUsable(outcome) ? outcome : keepSource(jobs[index]!, outcome)));
}

const wishOf = ({ from, to, glossary, formality, summary, engine }: TranslateUnitsOptions): EngineWish => ({
  source: from,
  target: to,
  ...(glossary && engine.capabilities.glossary && { terms: approvedTerms(glossary) }),
  ...(formality && { formality }),
  ...(summary && engine.capabilities.context && { summary }),
});

function approvedTerms(glossary: Glossary): EngineTerm[] {
  return glossary.terms.flatMap(({ source, targets, kind }) => {
    const target = kind === "keep" ? source : kind === "approved" ? targets[0] : undefined;
    return target === undefined ? [] : [{ source, target }];
  });
}

/** What an engine is sent: capitals as a sentence would write them, but for one that reads what stands around them. */
function askedOf({ core }: SegmentJob, { capabilities }: TranslationEngine, from: string): AskedText {
  const quiet = capabilities.context ? undefined : withoutCapitals(core, from);
  return { coded: quiet ?? core, isQuiet: quiet !== undefined };
}

async function itemFor(
  job: SegmentJob,
  id: string,
  { engine, memory, from, to }: TranslateUnitsOptions,
): Promise<TranslateItem> {
  const { text } = encodeFor(engine.capabilities.tags, askedOf(job, engine, from).coded);
  if (!engine.capabilities.context) return { id, text };
  const { before, after } = job;
  const similar =
    memory && (await similarTranslations(job.core.text, { from, to, engine: engine.id, memory }));
  return {
    id,
    text,
    ...(before && { before }),
    ...(after && { after }),
    ...(similar?.length && { similar }),
  };
}

/** How an engine that takes no glossary translates its terms, so that they can be found in what it writes. */
async function translateTerms(
  jobs: readonly SegmentJob[],
  options: TranslateUnitsOptions,
): Promise<ReadonlyMap<string, string>> {
  const { engine, glossary } = options;
  if (!glossary || engine.capabilities.glossary || jobs.length === 0) return new Map();
  const used = jobs.flatMap(({ core }) => termsIn(core.text, glossary.terms, options.from));
  const terms = [
    ...new Set(
      used
        .filter(({ term }) => term.kind !== "forbidden")
        .flatMap(({ term, words }) => [term.source, ...words].map((word) => word.toLowerCase())),
    ),
  ];
  const items = terms.map((text, index) => ({
    id: String(index),
    text: encodeFor(engine.capabilities.tags, plain(text)).text,
  }));
  const answers = await askEngine(items, { ...options, wish: wishOf(options), step: "translate terms" });
  return new Map(
    terms.flatMap((term, index) => {
      const answer = answers.get(String(index));
      if (!answer || "failed" in answer) return [];
      return [[term, carryCodes(plain(term), answer.text, engine.capabilities.tags, {}).target.text.trim()]];
    }),
  );
}

const plain = (text: string) => ({ text, spans: [], atoms: [] });

async function outcomeOf(
  job: SegmentJob,
  answer: Answer | undefined,
  asked: AskedText,
  { tags, finish }: { readonly tags: TagSupport; readonly finish: FinishOptions },
): Promise<Outcome> {
  const finished = answer && "text" in answer && (await finishAnswer(job, asked, answer.text, tags, finish));
  if (finished) return { ...finished, origin: "engine" };
  const text = answer && "failed" in answer ? answer.failed : "the engine gave no answer for it";
  return { target: job.core, findings: [{ kind: "empty", severity: "blocking", text }], origin: "engine" };
}

const isUsable = ({ findings }: Outcome): boolean =>
  !findings.some(({ severity }) => severity === "blocking");
const isRight = ({ findings }: Outcome): boolean => !findings.some(({ severity }) => severity !== "minor");

/**
 * One more try for what can't be used or has wrong numbers: an engine that can be told is told what was wrong, any other
 * gets the text without tags, or with short numbers for long ones. The better answer of the two stays.
 */
async function tryAgain(
  jobs: readonly SegmentJob[],
  outcomes: Outcome[],
  finish: FinishOptions,
  options: TranslateUnitsOptions,
): Promise<void> {
  const { tags } = options.engine.capabilities;
  const asked = new Map<number, AskedText>();
  for (const [index, job] of jobs.entries()) {
    const next = nextTry(job, outcomes[index]!, options);
    if (next) asked.set(index, next);
  }
  const items = await Promise.all(
    [...asked].map(async ([index, { coded, isPlain }]): Promise<TranslateItem> => {
      const item = await itemFor(jobs[index]!, String(index), options);
      if (!options.engine.capabilities.context)
        return { ...item, text: encodeFor(tags, isPlain ? plain(coded.text) : coded).text };
      return { ...item, complaint: outcomes[index]!.findings.map(({ text }) => text).join("; ") };
    }),
  );
  const answers = await askEngine(items, { ...options, wish: wishOf(options), step: "try again" });
  for (const [index, text] of asked) {
    const second = await outcomeOf(jobs[index]!, answers.get(String(index)), text, { tags, finish });
    // A number that is left out does less harm than one with other digits.
    const bonus = text.standIns ? 1 : 0;
    if (weight(second) < weight(outcomes[index]!) + bonus) outcomes[index] = second;
  }
}

/** What the engine is asked once more; undefined where the first answer is good, or nothing would change. */
function nextTry(
  job: SegmentJob,
  outcome: Outcome,
  { engine, from }: TranslateUnitsOptions,
): AskedText | undefined {
  const first = askedOf(job, engine, from);
  if (engine.capabilities.context) return isRight(outcome) ? undefined : first;
  if (!isUsable(outcome)) return { ...first, isPlain: true };
  if (!outcome.findings.some(({ kind, severity }) => kind === "numbers" && severity !== "minor"))
    return undefined;
  const standIns = standInNumbers(first.coded, from);
  return standIns && { ...first, coded: standIns.coded, standIns };
}

function weight({ findings }: Outcome): number {
  const weights = { blocking: 1000, serious: 10, minor: 1 };
  return findings.reduce((sum, { severity }) => sum + weights[severity], 0);
}

function keepSource(job: SegmentJob, { findings }: Outcome): Outcome {
  return { target: job.core, findings, origin: "source" };
}
