import { type CheckOptions, checkCandidate, type Objection } from "./check-candidate.ts";
import { keptPart } from "./check-claims.ts";
import { cleanCandidate, wordCount } from "./check-form.ts";
import type { ModelCalls } from "./model-calls.ts";
import { smallRewriteMessages } from "./prompt.ts";
import type { RewriteKind } from "./rewrite-kind.ts";
import { splitSentences } from "./split-sentences.ts";
import type { Tally } from "./tally.ts";
import { tokensOf } from "./text-tokens.ts";
import { tightenPhrases } from "./tighten-phrases.ts";

export type SentenceRewriteOptions = {
  readonly kind: Exclude<RewriteKind, "free">;
  readonly calls: ModelCalls;
  /** How many candidates to draw for each sentence. */
  readonly candidates: number;
  readonly check: Omit<CheckOptions, "kind" | "strictness">;
  readonly tally: Tally;
  readonly signal?: AbortSignal;
};

export type SentenceRewrite = {
  /** The paragraph with its sentences rewritten where a safe candidate was found. */
  readonly text: string;
  /** Sentences in the model's words. */
  readonly byModel: number;
  /** Sentences in which code took out empty phrases. */
  readonly byRule: number;
};

// Shorter sentences have nothing to spare, and small models pad them.
const LEAST_WORDS = 12;
const TEMPERATURES: readonly number[] = [0, 0.3, 0.2, 0.5, 0.4, 0.25, 0.6];

/**
 * Rewrites a paragraph with a small model, one sentence at a time: such a model invents less in one sentence, and a
 * sentence can be checked word by word. A sentence without a safe candidate stays, less its empty phrases.
 */
export async function rewriteBySentence(
  paragraph: string,
  options: SentenceRewriteOptions,
): Promise<SentenceRewrite> {
  let text = "";
  let byModel = 0;
  let byRule = 0;
  for (const sentence of splitSentences(paragraph)) {
    const chosen = await rewriteSentence(sentence.text, options);
    text += sentence.before + chosen.text + sentence.after;
    if (chosen.by === "model") byModel++;
    if (chosen.by === "rule") byRule++;
  }
  return { text, byModel, byRule };
}

type Chosen = { readonly text: string; readonly by: "source" | "rule" | "model"; readonly gain: number };

async function rewriteSentence(source: string, options: SentenceRewriteOptions): Promise<Chosen> {
  const { kind } = options;
  let best: Chosen = { text: source, by: "source", gain: 0 };
  const isConcise = kind === "shorten" || kind === "simplify";
  const tight = isConcise ? tightenPhrases(source) : source;
  if (tight !== source && objectionsTo(source, tight, options).length === 0) {
    best = { text: tight, by: "rule", gain: gainOf(source, tight, kind) };
  }
  // A placeholder in mid-sentence is beyond a small model.
  if (wordCount(source) < (isConcise ? LEAST_WORDS : 4) || /\[\[\d+\]\]/u.test(source)) return best;
  for (const candidate of await drawCandidates(best.text, options)) {
    const objections = objectionsTo(source, candidate, options);
    options.tally.add(objections);
    const gain = gainOf(source, candidate, kind);
    if (objections.length === 0 && gain > best.gain) best = { text: candidate, by: "model", gain };
  }
  return best;
}

function objectionsTo(
  source: string,
  candidate: string,
  options: SentenceRewriteOptions,
): readonly Objection[] {
  return checkCandidate(source, candidate, { ...options.check, kind: options.kind, strictness: "strict" });
}

const CUT_OFF: readonly Objection[] = [{ code: "cut-off", detail: "the answer ran out of tokens" }];

/** Different candidates, less those that the model did not bring to an end. */
async function drawCandidates(sentence: string, options: SentenceRewriteOptions): Promise<readonly string[]> {
  const { kind, calls, signal } = options;
  const maxTokens = Math.ceil(wordCount(sentence) * 2.2) + 12;
  const drawn = new Set<string>();
  for (let index = 0; index < options.candidates; index++) {
    const generation = await calls.attempt((model) =>
      model.generate({
        messages: smallRewriteMessages(kind, sentence),
        maxTokens,
        temperature: TEMPERATURES[index % TEMPERATURES.length] ?? 0.5,
        topP: 0.9,
        seed: index + 1,
        ...(signal && { signal }),
      }),
    );
    if (generation === undefined) continue;
    const text = cleanCandidate(generation.text, sentence);
    if (generation.finishReason === "length") options.tally.add(CUT_OFF);
    else drawn.add(text);
  }
  return [...drawn];
}

/** How much a rewrite is worth: what it saves, less what it leaves out. */
function gainOf(source: string, candidate: string, kind: RewriteKind): number {
  if (kind !== "shorten" && kind !== "simplify")
    return candidate === source ? 0 : 1 - wordCount(candidate) / 1e6;
  const saved = 1 - wordCount(candidate) / Math.max(1, wordCount(source));
  const kept = keptPart(tokensOf(tightenPhrases(source)), tokensOf(candidate));
  return saved - (1 - kept) * 0.8;
}
