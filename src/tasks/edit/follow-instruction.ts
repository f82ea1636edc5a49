import { BadRequestError } from "../../errors.ts";
import {
  type Change,
  type Paragraph,
  paragraphText,
  type WordDocument,
  wholeParagraph,
} from "../../files/index.ts";
import type { LanguageModel } from "../../models/index.ts";
import type { TaskContext } from "../task.ts";
import { checkCandidate } from "./check-candidate.ts";
import { wordCount } from "./check-form.ts";
import type { Target } from "./choose-target.ts";
import { isSmallModel, type ModelCalls, modelCalls } from "./model-calls.ts";
import { planTarget } from "./plan-target.ts";
import { type ProtectedText, protectText, segmentChanges } from "./protect-text.ts";
import { definedTermsIn, isRewritable, namesIn } from "./rewritable.ts";
import { rewriteBySentence } from "./rewrite-by-sentence.ts";
import { type BlockEdit, rewriteInBlocks } from "./rewrite-in-blocks.ts";
import { asksForTranslation, type RewriteKind, rewriteKinds } from "./rewrite-kind.ts";
import { createTally, type Tally } from "./tally.ts";

export type InstructionRequest = {
  readonly instruction: string;
  readonly model: LanguageModel;
  readonly section?: string | undefined;
  readonly quote?: string | undefined;
  readonly reasons?: boolean | undefined;
  readonly candidates?: number | undefined;
};

/** What following an instruction came to, for telling the person. */
export type EditSummary = {
  readonly kind: RewriteKind;
  /** What the instruction was taken to be about: a heading, a quote, the whole document. */
  readonly target: string;
  /** Paragraphs of the target. */
  readonly paragraphs: number;
  /** Those that are running text which this kind of rewrite may touch. */
  readonly considered: number;
  readonly rewritten: number;
  /** Considered and left as they are. */
  readonly kept: number;
  readonly words: { readonly before: number; readonly after: number };
  readonly candidates: {
    readonly drawn: number;
    readonly refused: number;
    readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  };
  /** Sentences in the words of a small model, and sentences from which code took empty phrases. */
  readonly sentences?: { readonly byModel: number; readonly byRule: number };
  readonly failedCalls: number;
  /** Sentences for the person. */
  readonly notes: readonly string[];
};

type Job = {
  readonly document: WordDocument;
  readonly request: InstructionRequest;
  readonly context: TaskContext;
  readonly kind: RewriteKind;
  readonly calls: ModelCalls;
  readonly tally: Tally;
  readonly names: ReadonlySet<string>;
  readonly terms: readonly string[];
};

type Rewritten = {
  readonly changes: readonly Change[];
  readonly rewritten: ReadonlySet<string>;
  readonly after: ReadonlyMap<string, number>;
  readonly sentences?: { readonly byModel: number; readonly byRule: number };
};

const SMALL_CANDIDATES = 5;
const LARGE_ROUNDS = 2;
const MOST_CHUNK_TOKENS = 3_000;

/**
 * Turns an instruction into changes: finds what it is about, has a model rewrite it, keeps what passes the checks.
 * Throws `BadRequestError` for what this task or this model can't do, and the errors of finding the target.
 */
export async function followInstruction(
  document: WordDocument,
  request: InstructionRequest,
  context: TaskContext,
): Promise<{ readonly changes: readonly Change[]; readonly summary: EditSummary }> {
  const { model, instruction } = request;
  const isSmall = isSmallModel(model);
  const kinds = rewriteKinds(instruction);
  const kind = kinds[0] ?? "free";
  refuseImpossible(instruction, kind, isSmall, model);
  const calls = modelCalls(model, context.signal);
  const target = await planTarget(document, request, calls, kind, context);
  const considered = target.paragraphs.filter((paragraph) => isRewritable(paragraph, kind));
  const sources = considered.flatMap((paragraph) => protectText(paragraph) ?? []);
  const job: Job = {
    document,
    request,
    context,
    kind,
    calls,
    tally: createTally(),
    names: namesIn(document),
    terms: definedTermsIn(document),
  };
  context.emit({ kind: "step-started", step: "rewrite", total: sources.length });
  const done = isSmall ? await rewriteSmall(sources, job) : await rewriteLarge(sources, job);
  const notes = notesOn(job, kinds, isSmall, considered.length, done);
  return { changes: done.changes, summary: summaryOf(job, target, considered, done, notes) };
}

function refuseImpossible(
  instruction: string,
  kind: RewriteKind,
  isSmall: boolean,
  model: LanguageModel,
): void {
  if (asksForTranslation(instruction)) {
    throw new BadRequestError("translating is another task than editing", { hint: "use: tandem translate" });
  }
  if (kind === "free" && isSmall) {
    throw new BadRequestError(`${model.id} is too small for a free instruction`, {
      hint: "it can shorten, simplify, correct grammar and spelling, and make text more formal or friendlier, as in: shorten section 2. For anything else use a larger model (tandem models list) or --changes",
    });
  }
}

async function rewriteSmall(sources: readonly ProtectedText[], job: Job): Promise<Rewritten> {
  const { kind, request, context, calls, tally, names, terms } = job;
  const changes: Change[] = [];
  const rewritten = new Set<string>();
  const after = new Map<string, number>();
  const sentences = { byModel: 0, byRule: 0 };
  if (kind === "free") return { changes, rewritten, after };
  for (const [index, source] of sources.entries()) {
    const held = [...source.linkTexts, ...terms];
    const candidates = request.candidates ?? SMALL_CANDIDATES;
    const result = await rewriteBySentence(source.text, {
      kind,
      calls,
      candidates,
      check: { held, names },
      tally,
      ...(context.signal && { signal: context.signal }),
    });
    context.emit({ kind: "step-progressed", step: "rewrite", done: index + 1, total: sources.length });
    if (result.text === source.text || !isSoundTogether(source.text, result.text, kind)) continue;
    const made = segmentChanges(
      source,
      result.text,
      withReason(job, source, reasonOf(kind, source.text, result.text)),
    );
    if (made === undefined || made.length === 0) continue;
    changes.push(...made);
    rewritten.add(source.paragraph.id);
    after.set(source.paragraph.id, wordCount(result.text));
    sentences.byModel += result.byModel;
    sentences.byRule += result.byRule;
  }
  return { changes, rewritten, after, sentences };
}

/** Sentences that are sound one by one may still repeat each other. */
function isSoundTogether(source: string, rewritten: string, kind: RewriteKind): boolean {
  return checkCandidate(source, rewritten, { kind, strictness: "loose" }).length === 0;
}

async function rewriteLarge(sources: readonly ProtectedText[], job: Job): Promise<Rewritten> {
  const { kind, request, context, calls, tally, names, terms } = job;
  const { model, instruction } = request;
  const { edits, failedBlocks } = await rewriteInBlocks(sources, {
    instruction,
    kind,
    calls,
    names,
    terms,
    chunkTokens: Math.max(200, Math.min(MOST_CHUNK_TOKENS, Math.floor(model.contextTokens * 0.3))),
    countTokens: (text) => model.countTokens(text),
    rounds: request.candidates ?? LARGE_ROUNDS,
    tally,
    onProgress: (done) =>
      context.emit({ kind: "step-progressed", step: "rewrite", done, total: sources.length }),
    ...(context.signal && { signal: context.signal }),
  });
  if (failedBlocks > 0)
    context.emit({
      kind: "note",
      text: `${failedBlocks} paragraphs stay as they are: the model gave no usable answer for them`,
    });
  const made = edits
    .map((edit) => ({ edit, changes: changesOf(edit, job) }))
    .filter((each) => each.changes.length > 0);
  return {
    changes: made.flatMap((each) => each.changes),
    rewritten: new Set(made.map((each) => each.edit.source.paragraph.id)),
    after: new Map(
      made
        .filter((each) => each.edit.action !== "insert-after")
        .map((each) => [each.edit.source.paragraph.id, wordCount(each.edit.text)]),
    ),
  };
}

function changesOf(edit: BlockEdit, job: Job): readonly Change[] {
  const { source, action, text, reason } = edit;
  const at = wholeParagraph(source.paragraph);
  const options = withReason(job, source, reason);
  const comment = options.comment === undefined ? {} : { comment: options.comment };
  if (action === "delete") return [{ kind: "delete", id: `${options.id}.delete`, at, ...comment }];
  if (action === "insert-after")
    return [{ kind: "insert-after", id: `${options.id}.after`, at, text, ...comment }];
  return segmentChanges(source, text, options) ?? [];
}

function withReason(
  job: Job,
  source: ProtectedText,
  reason: string,
): { readonly id: string; readonly comment?: string } {
  const { id } = source.paragraph;
  return job.request.reasons === true && reason.trim() !== ""
    ? { id, comment: reason.trim().slice(0, 500) }
    : { id };
}

const DONE: Readonly<Record<RewriteKind, string>> = {
  shorten: "Shortened",
  simplify: "Put more simply",
  grammar: "Grammar and spelling",
  formal: "Made more formal",
  friendly: "Made friendlier",
  free: "Changed as instructed",
};

function reasonOf(kind: RewriteKind, before: string, after: string): string {
  const counts = kind === "shorten" ? `: ${wordCount(before)} words became ${wordCount(after)}` : "";
  return `${DONE[kind]}${counts}. Names, numbers and dates are those of the original.`;
}

function notesOn(
  job: Job,
  kinds: readonly RewriteKind[],
  isSmall: boolean,
  considered: number,
  done: Rewritten,
): readonly string[] {
  const { calls, tally, kind, request } = job;
  const notes: string[] = [];
  if (considered === 0) notes.push("nothing there is running text that this instruction may change");
  if (isSmall && kinds.length > 1)
    notes.push(`a model of this size does one thing at a time: only "${kind}" was done`);
  if (isSmall)
    notes.push(
      `${request.model.id} is a small model: it rewrites sentence by sentence, and code refused ${tally.refused()} of its ${tally.drawn()} candidates`,
    );
  if ((done.sentences?.byRule ?? 0) > 0)
    notes.push(`in ${done.sentences?.byRule} sentences code took out empty phrases, without the model`);
  if (calls.failed() > 0)
    notes.push(`${calls.failed()} calls of the model failed; what they were about stays as it is`);
  if (considered > 0 && done.rewritten.size === 0)
    notes.push("no safe change was found: the text stays as it is");
  return notes;
}

function summaryOf(
  job: Job,
  target: Target,
  considered: readonly Paragraph[],
  done: Rewritten,
  notes: readonly string[],
): EditSummary {
  const count = (paragraph: Paragraph): number => wordCount(paragraphText(paragraph));
  return {
    kind: job.kind,
    target: target.label,
    paragraphs: target.paragraphs.length,
    considered: considered.length,
    rewritten: done.rewritten.size,
    kept: considered.length - considered.filter((each) => done.rewritten.has(each.id)).length,
    words: {
      before: considered.reduce((sum, each) => sum + count(each), 0),
      after: considered.reduce((sum, each) => sum + (done.after.get(each.id) ?? count(each)), 0),
    },
    candidates: { drawn: job.tally.drawn(), refused: job.tally.refused(), reasons: job.tally.reasons() },
    ...(done.sentences && { sentences: done.sentences }),
    failedCalls: job.calls.failed(),
    notes,
  };
}
