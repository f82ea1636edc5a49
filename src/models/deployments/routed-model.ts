import { ModelError } from "../../errors.ts";
import { findEntry } from "../catalogue.ts";
import { estimateTokens } from "../estimate-tokens.ts";
import type { GenerateRequest, LanguageModel, StreamPart, Usage } from "../language-model.ts";
import { withEgress } from "../safety/egress.ts";
import { type MaskSession, maskSession } from "../safety/mask-text.ts";
import { judgeAttempt } from "./attempt-failure.ts";
import { isLocalTarget, permittedTargets, strictestPolicy } from "./permitted-targets.ts";
import { rankTargets } from "./rank-targets.ts";
import { noTarget, type TryTargetsOptions, tryTargets } from "./try-targets.ts";
import type { AttemptOutcome, DataPolicy, Deployment, Router, Target } from "./types.ts";

/** How long and how often the targets are tried. */
type Patience = Pick<TryTargetsOptions, "attempts" | "pauseMs" | "longestPauseMs" | "now" | "sleep">;

/** One attempt at one target, told when it is over. Failed ones may have been billed as well. */
export type RoutedAttempt = {
  readonly deployment: string;
  readonly target: Target;
  readonly outcome: AttemptOutcome;
  readonly usage: Usage;
  /** The usage is our count: the answer broke off before the provider's. */
  readonly isEstimate: boolean;
  readonly milliseconds: number;
  readonly error?: Error;
};

export type RoutedModelOptions = Patience & {
  /** The same value gets the same target while weights and breakers stay: a job's id. */
  readonly affinity?: string;
  /** The strictest that the documents of the job ask for; the deployment's own is added. */
  readonly dataPolicy?: DataPolicy;
  /** What `redact` replaced so far in this job. Defaults to nothing. */
  readonly maskSession?: MaskSession;
  /** The models belong to `open`: they are shared, and disposing of this one leaves them. Defaults to false. */
  readonly isShared?: boolean;
  readonly onAttempt?: (attempt: RoutedAttempt) => void;
  /** Milliseconds for a whole answer, or to the first part of a stream. Defaults to 600,000. */
  readonly timeoutMs?: number;
};

/** Keys and addresses become a model. It must not retry: the routed model is the one layer that does. */
export type OpenTarget = (target: Target) => Promise<LanguageModel>;

/**
 * A deployment as one model: a call goes to the target that the router chooses and, when that fails, to the next, for a
 * stream only before its first part. Local only when every permitted target is; its context is the smallest of theirs, so
 * that a job cut to fit one fits them all. `score` is absent. Throws `no-model` when the data policy permits no target.
 */
export function routedModel(
  router: Router,
  deployment: Deployment,
  open: OpenTarget,
  options: RoutedModelOptions = {},
): LanguageModel {
  const targets = permittedTargets(deployment, options.dataPolicy);
  const [first] = rankTargets(targets, options.affinity ?? "", Math.random);
  if (first === undefined) throw noTarget(deployment);
  const policy = strictestPolicy(deployment.dataPolicy, options.dataPolicy);
  const session = options.maskSession ?? maskSession();
  const opened = new Map<string, Promise<LanguageModel>>();
  const openOnce = (target: Target): Promise<LanguageModel> => {
    const known = opened.get(target.id);
    if (known !== undefined) return known;
    // What may leave is the deployment's promise: it is kept here, whatever opens the target.
    const opening = open(target).then((model) =>
      withEgress(model, { policy, session, isLocal: isLocalTarget(target) }),
    );
    opened.set(target.id, opening);
    opening.catch(() => opened.delete(target.id));
    return opening;
  };
  const call = { router, deployment, open: openOnce, options, targets };
  const entry = first.provider === "embedded" ? findEntry(first.model) : undefined;
  return {
    id: deployment.name,
    provider: targets.every(({ provider }) => provider === first.provider) ? first.provider : "deployment",
    contextTokens: Math.min(...targets.map(contextOf)),
    ...(entry === undefined ? {} : { parametersInBillions: entry.parametersInBillions }),
    isLocal: targets.every(isLocalTarget),
    generate: async (request) =>
      firstToAnswer(call, request, async (model, attempt) => {
        const generation = await model.generate({ ...request, signal: attempt.signal });
        attempt.answered(generation.usage);
        return generation;
      }),
    stream: (request) => routedStream(call, request),
    countTokens: async (text) => estimateTokens(text),
    [Symbol.asyncDispose]: async () => {
      const models = await Promise.allSettled(opened.values());
      opened.clear();
      if (options.isShared === true) return;
      for (const each of models) if (each.status === "fulfilled") await each.value[Symbol.asyncDispose]();
    },
  };
}

type Call = {
  readonly router: Router;
  readonly deployment: Deployment;
  readonly open: OpenTarget;
  readonly options: RoutedModelOptions;
  readonly targets: readonly Target[];
};

async function* routedStream(call: Call, request: GenerateRequest): AsyncGenerator<StreamPart> {
  const { parts, first, attempt } = await firstToAnswer(call, request, async (model, current) => {
    const stream = model.stream({ ...request, signal: current.signal })[Symbol.asyncIterator]();
    const part = await stream.next();
    current.firstPart();
    return { parts: stream, first: part, attempt: current };
  });
  let text = "";
  let last = first;
  try {
    while (last.done !== true) {
      if (last.value.kind === "end") attempt.answered(last.value.generation.usage);
      else text += last.value.text;
      yield last.value;
      last = await parts.next();
    }
  } catch (thrown) {
    attempt.failed(thrown, text);
    throw thrown;
  } finally {
    // The reader left, or the stream ended without its last part.
    attempt.left(text);
    await parts.return?.();
  }
}

function firstToAnswer<T>(
  call: Call,
  request: GenerateRequest,
  run: (model: LanguageModel, attempt: Attempt) => Promise<T>,
): Promise<T> {
  const { router, deployment, options } = call;
  const { affinity, dataPolicy } = options;
  const routed = {
    tokens: tokensOf(request, deployment),
    ...(affinity === undefined ? {} : { affinity }),
    ...(dataPolicy === undefined ? {} : { dataPolicy }),
  };
  const { signal } = request;
  return tryTargets({ ...options, router, deployment, call: routed, signal }, async (target) => {
    const attempt = beginAttempt(call, target, request);
    try {
      return await run(await call.open(target), attempt);
    } catch (thrown) {
      attempt.failed(thrown, "");
      throw thrown;
    }
  });
}

type Attempt = {
  readonly signal: AbortSignal;
  /** The time limit no longer applies. */
  readonly firstPart: () => void;
  readonly answered: (usage: Usage) => void;
  readonly failed: (thrown: unknown, text: string) => void;
  /** The caller wants no more of it. */
  readonly left: (text: string) => void;
};

function beginAttempt(call: Call, target: Target, request: GenerateRequest): Attempt {
  const { router, deployment, options } = call;
  const { now = Date.now, timeoutMs = 600_000 } = options;
  const started = now();
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new ModelError("model-failed", "no answer in time")), timeoutMs);
  let firstByteMs: number | undefined;
  let isOver = false;
  const end = (outcome: AttemptOutcome, usage: Usage, isEstimate: boolean, error?: Error): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    router.report(deployment.name, target.id, outcome);
    const milliseconds = now() - started;
    const about = { deployment: deployment.name, target, outcome, usage, isEstimate, milliseconds };
    options.onAttempt?.({ ...about, ...(error === undefined ? {} : { error }) });
  };
  const used = (text: string): Usage => ({
    inputTokens: promptTokens(request),
    outputTokens: estimateTokens(text),
  });
  const answer = (): AttemptOutcome => ({ kind: "answered", milliseconds: firstByteMs ?? now() - started });
  return {
    signal: request.signal === undefined ? limit.signal : AbortSignal.any([request.signal, limit.signal]),
    firstPart: () => {
      clearTimeout(timer);
      firstByteMs = now() - started;
    },
    answered: (usage) => end(answer(), usage, false),
    failed: (thrown, text) => {
      const isAbort = request.signal?.aborted === true;
      const judged = judgeAttempt(thrown);
      const outcome: AttemptOutcome = isAbort ? { kind: "failed", isTargetFault: false } : judged.outcome;
      const isBilled = isAbort || judged.mayBeBilled || text !== "";
      const usage = isBilled ? used(text) : { inputTokens: 0, outputTokens: 0 };
      end(outcome, usage, true, thrown instanceof Error ? thrown : new Error(String(thrown)));
    },
    left: (text) => end(answer(), used(text), true),
  };
}

function promptTokens(request: GenerateRequest): number {
  return request.messages.reduce((sum, message) => sum + estimateTokens(message.content), 0);
}

function tokensOf(request: GenerateRequest, deployment: Deployment): number {
  return promptTokens(request) + (request.maxTokens ?? deployment.defaultOutputTokens ?? 1_024);
}

/** Tokens that a target's prompt and answer may take; the connectors' own defaults where the deployment is silent. */
function contextOf(target: Target): number {
  const hosted = target.provider === "openai" || target.provider === "azure";
  return target.contextTokens ?? (hosted ? 128_000 : 8_192);
}
