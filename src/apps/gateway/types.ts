import type { Operation, TokenUsage } from "../../models/deployments/types.ts";

/** Who calls. */
export type Caller = {
  readonly keyId: string;
  readonly projectId: string;
  /** Where scopes are set, operations and deployments outside them are refused. */
  readonly scopes: readonly string[];
};

/** What admission needs to know of a call; the same for every path shape, header and client. */
export type AdmissionRequest = {
  /** The key as it was presented; only its hash is ever stored. */
  readonly secret: string | undefined;
  /** A key that was admitted before, for work of its own that goes on without its secret (a batch). Never a caller's word. */
  readonly keyId?: string;
  /** `admin` operations are files, batches, usage: they take a scope, not tokens. */
  readonly operation: Operation | "models" | "files" | "batches" | "usage";
  readonly deployment?: string;
  readonly estimate?: { readonly inputTokens: number; readonly outputTokens: number };
  /** A job of Tandem or a batch that this call belongs to. */
  readonly job?: string;
};

/** Rate headers' values; absent where no limit is set. `reset` in milliseconds. */
export type RateState = {
  readonly limitRequests?: number;
  readonly remainingRequests?: number;
  readonly resetRequestsMs?: number;
  readonly limitTokens?: number;
  readonly remainingTokens?: number;
  readonly resetTokensMs?: number;
};

export type Refusal = {
  readonly kind: "refused";
  readonly status: 401 | 403 | 404 | 429;
  /** OpenAI's code: `invalid_api_key`, `model_not_found`, `rate_limit_exceeded`, `insufficient_quota`, `permission_denied`. */
  readonly code: string;
  readonly message: string;
  readonly retryAfterMs?: number;
  readonly rate: RateState;
};

/** What was set aside for one call. Exactly one of `settle` and `release` is called; a second call does nothing. */
export type Reservation = {
  /** The call used this much. `isEstimate` when the count is ours, because the answer broke off before the provider's. */
  readonly settle: (used: UsedCall) => void;
  /** Nothing was used. */
  readonly release: () => void;
};

export type UsedCall = {
  readonly usage: TokenUsage;
  readonly target: string;
  readonly status: number;
  readonly milliseconds: number;
  /** Milliseconds to the first byte of the answer. */
  readonly firstByteMs?: number;
  readonly isEstimate: boolean;
};

export type Admission = {
  readonly kind: "admitted";
  readonly caller: Caller;
  readonly reservation: Reservation;
  readonly rate: RateState;
};

/** Keys, scopes, budgets and rates in one verdict. Synchronous once a key is known: no store is asked on the hot path. */
export interface Admissions {
  admit(request: AdmissionRequest): Promise<Admission | Refusal> | Admission | Refusal;
}
