import type { Operation } from "./operations.ts";

export type { Operation } from "./operations.ts";

/** What may leave the machine: nothing, only text without personal data and secrets, or everything. */
export type DataPolicy = "local-only" | "redact" | "any";

/** What a content filter of ours does with a finding: nothing, a note in Azure's annotations, or a refusal. */
export type FilterPolicy = "off" | "annotate" | "block";

/** Money for a million tokens, in the deployment's currency. */
export type Price = {
  readonly input: number;
  readonly output: number;
  /** Defaults to `input`. */
  readonly cachedInput?: number;
};

export type RateLimits = {
  /** Requests started in any 60 seconds. */
  readonly requestsPerMinute?: number;
  /** Tokens in any 60 seconds: reserved on an estimate, settled on what was used. */
  readonly tokensPerMinute?: number;
};

/** One place where a deployment's calls can go. */
export type Target = {
  /** Unique in its deployment, for example `openai-eu`. */
  readonly id: string;
  readonly provider: "embedded" | "openai" | "azure" | "openai-compatible" | "vllm";
  /** The model's name there; at Azure the deployment's, at vLLM an adapter's, embedded a catalogue id or a file. */
  readonly model: string;
  /** Address of the server; OpenAI has one of its own. */
  readonly baseUrl?: string;
  /** Filled in by `apps` from the environment variable that the config names; never stored or logged. */
  readonly apiKey?: string;
  /** Azure: a dated version selects deployment URLs; left out, the v1 API is used. */
  readonly apiVersion?: string;
  /** Targets of a lower order are tried first. Defaults to 0. */
  readonly order?: number;
  /** Share among targets of the same order. Defaults to 1; 0 takes no calls. */
  readonly weight?: number;
  readonly price?: Price;
  readonly limits?: RateLimits;
  /** Tokens that prompt and answer may take together. */
  readonly contextTokens?: number;
  /** Where the data is processed, for people: `westeurope`. */
  readonly region?: string;
  /** True when no text leaves machines that the user runs. Defaults to true for `embedded`, otherwise to false. */
  readonly isLocal?: boolean;
  /** False for servers that refuse `response_format: json_schema`. Defaults to true. */
  readonly structuredOutputs?: boolean;
};

/** A name that callers use for a model, and where its calls go. */
export type Deployment = {
  readonly name: string;
  /** What it serves. */
  readonly operations: readonly Operation[];
  readonly targets: readonly Target[];
  /** Most output tokens counted on when a caller names none. Defaults to 1,024. */
  readonly defaultOutputTokens?: number;
  readonly limits?: RateLimits;
  /** Defaults to `any`. */
  readonly dataPolicy?: DataPolicy;
  /** Defaults to `off`. */
  readonly filterPolicy?: FilterPolicy;
  /**
   * Hosts that answers may link to, their subdomains too; links that neither lead there nor stand in the request are made
   * harmless. Left out, links are not looked at.
   */
  readonly allowedLinks?: readonly string[];
  /** ISO 4217. Defaults to `USD`. */
  readonly currency?: string;
};

/** Tokens as a provider counted them. */
export type TokenUsage = {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Part of `inputTokens` that the provider had cached. */
  readonly cachedInputTokens?: number;
  /** Part of `outputTokens` that was thought, not written. */
  readonly reasoningTokens?: number;
};

/** How one attempt at a target ended, as the breaker hears of it. */
export type AttemptOutcome =
  | { readonly kind: "answered"; readonly milliseconds: number }
  /** `isTargetFault`: the target failed (no connection, 5xx, time-out), not the request. */
  | {
      readonly kind: "failed";
      readonly status?: number;
      readonly isTargetFault: boolean;
      readonly retryAfterMs?: number;
    };

export type TargetState = {
  readonly target: string;
  readonly breaker: "closed" | "open" | "half-open";
  /** When an open breaker lets a probe through. */
  readonly retryAt?: Date;
  readonly inFlight: number;
  /** Mean of the last attempts, milliseconds to the first byte. */
  readonly latencyMs?: number;
  readonly failures: number;
  readonly lastFailure?: { readonly at: Date; readonly reason: string };
};

/**
 * Decides where calls go. `choose` yields targets to try one after the other for one call: by order, then by weight (sticky
 * for one `affinity`, so that a canary keeps its callers), leaving out open breakers, targets that the data policy forbids
 * and those whose context is too small; the caller stops at the first that answers and fails over only before the first byte.
 */
export interface Router {
  readonly deployments: readonly Deployment[];
  find(name: string): Deployment | undefined;
  choose(deployment: Deployment, call: RoutedCall): Iterable<Target>;
  /** Must be called once for each target that was taken from `choose` and tried. */
  report(deployment: string, target: string, outcome: AttemptOutcome): void;
  states(deployment: string): readonly TargetState[];
}

export type RoutedCall = {
  /** Same value, same target while weights and breakers stay: a key's id, a job's id. */
  readonly affinity?: string;
  /** Estimated tokens of prompt and answer. */
  readonly tokens?: number;
  /** The strictest of the deployment's, the key's and the document's. */
  readonly dataPolicy?: DataPolicy;
};
