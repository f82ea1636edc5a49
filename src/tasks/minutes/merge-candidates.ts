import type { ActionCandidate } from "./find-actions.ts";
import type { DecisionCandidate } from "./find-decisions.ts";
import type { QuestionCandidate } from "./find-questions.ts";
import type { Sentence } from "./sentences.ts";
import type { Speech } from "./speech.ts";
import { type Evidence, UNASSIGNED } from "./types.ts";
import { contentOverlap, contentStems } from "./words.ts";

export type Candidate = ActionCandidate | DecisionCandidate | QuestionCandidate;

/** What was thrown away, one reason a candidate. */
export type Thrown = { readonly candidate: Candidate; readonly reason: string };

const RETRACT_REACH = 6;
const MERGE_OVERLAP = 0.67;
/** A thing said forty times is proved by the first times and the last. */
const MOST_EVIDENCE = 4;

const lastCue = (candidate: Candidate): number => Math.max(...candidate.evidence.map((one) => one.cue));
const wordsOfCandidate = (candidate: Candidate): string =>
  candidate.kind === "action" ? candidate.deed : candidate.text;

/** Takes out what was called off later in so many words (`forget that`, `scrap the sandbox keys`). */
export function dropRetracted(
  candidates: readonly Candidate[],
  speech: Speech,
): { readonly kept: readonly Candidate[]; readonly thrown: readonly Thrown[] } {
  const gone = new Set<Candidate>();
  for (const sentences of speech.sentences) {
    for (const [at, sentence] of sentences.entries()) {
      if (!speech.patterns.retract.test(sentence.plain)) continue;
      const before = sentences.slice(0, at + 1).map((one) => one.text);
      const earlier = candidates.filter(
        (one) => one.kind !== "question" && !gone.has(one) && isEarlier(one, sentence.cue.index, before),
      );
      const target = retracted(sentence, earlier);
      for (const one of earlier) if (target !== undefined && goesWith(one, target)) gone.add(one);
    }
  }
  return {
    kept: candidates.filter((one) => !gone.has(one)),
    thrown: [...gone].map((candidate) => ({ candidate, reason: "taken back later in the call" })),
  };
}

const isEarlier = (candidate: Candidate, cue: number, before: readonly string[]): boolean =>
  candidate.cue < cue || (candidate.cue === cue && isEarlierInCue(candidate, before));

const goesWith = (one: Candidate, target: Candidate): boolean =>
  one === target ||
  (one.cue === target.cue && contentOverlap(wordsOfCandidate(one), wordsOfCandidate(target)) > 0.5);

/** What a retraction takes back: what it names, else the last thing said when it points back (`scrap that`). */
function retracted({ plain, cue }: Sentence, earlier: readonly Candidate[]): Candidate | undefined {
  const named = contentStems(
    plain.replace(/\b(?:scrap|forget|cancel|drop|scratch|strike|never mind|actually)\b/giu, ""),
  );
  const byWords =
    named.length === 0
      ? undefined
      : earlier.findLast((one) => contentOverlap(wordsOfCandidate(one), plain) >= 0.5);
  if (byWords !== undefined) return byWords;
  const pointsBack =
    /\b(?:that|it|this|das|ça|cela|eso|lo|isso|never mind|nevermind|second thoughts?)\b/iu.test(plain);
  if (!pointsBack) return undefined;
  return earlier
    .filter(
      (one) => cue.index - lastCue(one) <= RETRACT_REACH && one.evidence.some((e) => e.cue <= cue.index),
    )
    .sort((a, b) => a.cue - b.cue)
    .at(-1);
}

function isEarlierInCue(candidate: Candidate, texts: readonly string[]): boolean {
  const quote = candidate.evidence[0]?.quote ?? "";
  return texts.some((text) => text.includes(quote) || quote.includes(text));
}

function uniqueEvidence(evidence: readonly Evidence[]): Evidence[] {
  const seen = new Map<string, Evidence>();
  for (const one of evidence) seen.set(`${one.cue}:${one.quote}`, one);
  const all = [...seen.values()].sort((a, b) => a.cue - b.cue);
  return all.length <= MOST_EVIDENCE ? all : [...all.slice(0, MOST_EVIDENCE - 1), ...all.slice(-1)];
}

const STATUS_ORDER = ["stated", "conditional", "implied", "unassigned"] as const;

const POINTS_BACK = /(?<!\p{L})(?:it|that|das|es|le|la|lo|isso)(?!\p{L})|(?<!\p{L})l['’]/iu;

/** Whether two candidates are the same piece of work said twice. */
function isSameAction(a: ActionCandidate, b: ActionCandidate): boolean {
  const shareEvidence = b.evidence.some((one) =>
    a.evidence.some((other) => other.cue === one.cue && other.quote === one.quote),
  );
  const compatible = a.owner === b.owner || a.owner === UNASSIGNED || b.owner === UNASSIGNED;
  if (!compatible) return false;
  if (
    b.isReversed &&
    a.owner === b.owner &&
    b.cue - a.cue <= 1 &&
    b.cue >= a.cue &&
    contentStems(b.deed).length <= 2
  )
    return true;
  const overlap = contentOverlap(a.deed, b.deed);
  if (
    shareEvidence &&
    (overlap >= 0.5 || contentStems(b.deed).length <= 1 || contentStems(a.deed).length <= 1)
  )
    return true;
  // A yes that takes the work up by a pronoun (`je vous l'envoie demain`) is the same work.
  if (shareEvidence && contentStems(b.deed).length <= 3 && POINTS_BACK.test(b.evidence[0]?.quote ?? ""))
    return true;
  if (contentStems(a.deed).length < 2 || contentStems(b.deed).length < 2) return false;
  if (a.owner !== b.owner) return overlap >= 0.75 && Math.abs(a.cue - b.cue) <= 12;
  return overlap >= MERGE_OVERLAP && sharedVerbOrMost(a, b, overlap);
}

function sharedVerbOrMost(a: ActionCandidate, b: ActionCandidate, overlap: number): boolean {
  const verb = (deed: string): string => contentStems(deed)[0] ?? "";
  return verb(a.deed) === verb(b.deed) || overlap >= 0.8;
}

/** One action out of two: the fuller words, the firmer status, the later date. */
function mergeActions(a: ActionCandidate, b: ActionCandidate): ActionCandidate {
  const owned = a.owner === UNASSIGNED ? b : a;
  const base =
    a.owner !== UNASSIGNED &&
    b.owner !== UNASSIGNED &&
    contentStems(b.deed).length > contentStems(a.deed).length * 1.5
      ? b
      : a;
  const { due: _due, counterpart: _counterpart, ...rest } = base;
  const due = b.due?.date !== undefined ? b.due : (a.due ?? b.due);
  const counterpart = owned.counterpart ?? a.counterpart ?? b.counterpart;
  const isFirm = a.owner === b.owner;
  const status = isFirm
    ? (STATUS_ORDER.find((one) => one === a.status || one === b.status) ?? a.status)
    : owned.status;
  return {
    ...rest,
    owner: owned.owner,
    status,
    certainty: a.certainty === "strong" || b.certainty === "strong" ? "strong" : "weak",
    ...(due === undefined ? {} : { due }),
    ...(counterpart === undefined || counterpart === owned.owner ? {} : { counterpart }),
    evidence: uniqueEvidence([...a.evidence, ...b.evidence]),
  };
}

/** Folds what was said more than once into one item; the order of first mention stays. */
export function mergeCandidates(candidates: readonly Candidate[]): {
  readonly kept: readonly Candidate[];
  readonly thrown: readonly Thrown[];
} {
  const kept: Candidate[] = [];
  const thrown: Thrown[] = [];
  for (const candidate of candidates) {
    const at = kept.findIndex((other) => isSame(other, candidate));
    const other = kept[at];
    if (other === undefined) {
      kept.push(candidate);
      continue;
    }
    thrown.push({ candidate, reason: "said more than once, kept as one" });
    if (other.kind === "action" && candidate.kind === "action") kept[at] = mergeActions(other, candidate);
    else if (other.kind !== "action" && candidate.kind !== "action") {
      kept[at] = {
        ...other,
        certainty: other.certainty === "strong" ? "strong" : candidate.certainty,
        evidence: uniqueEvidence([...other.evidence, ...candidate.evidence]),
      };
    }
  }
  return { kept, thrown };
}

function isSame(a: Candidate, b: Candidate): boolean {
  if (a.kind === "action") return b.kind === "action" && isSameAction(a, b);
  if (b.kind === "action" || a.kind !== b.kind) return false;
  return a.text === b.text || (contentStems(b.text).length >= 3 && contentOverlap(a.text, b.text) >= 0.85);
}
