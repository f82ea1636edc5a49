import type { Dispatcher } from "undici";
import type { DataPolicy, Router, Target } from "../../models/deployments/types.ts";
import type { OpenFilters } from "./policy/judge-call.ts";
import type { MaskSessions } from "./policy/mask-sessions.ts";
import type { Call } from "./read-call.ts";
import type { CallEnded } from "./telemetry/call-ended.ts";
import type { Admissions, Caller } from "./types.ts";
import type { CallerResponse } from "./upstream/caller-response.ts";
import type { Relayed } from "./upstream/relay.ts";

/** What leaves this machine with one attempt. */
export type Departure = {
  readonly call: Call;
  readonly caller: Caller;
  /** Who gets it: a deployment's target, or `content-filter` and its host. */
  readonly target: { readonly id: string; readonly provider: string; readonly region?: string };
  /** The bytes that are sent. */
  readonly body: Buffer;
  /** The data policy that held. */
  readonly policy: DataPolicy;
  /** Values that were replaced by tokens. */
  readonly masked: number;
};

/** What the gateway works with; everything that lasts or reaches out is passed in. */
export type Gateway = {
  readonly router: Router;
  readonly admissions: Admissions;
  /** Sends requests to providers and keeps their connections. */
  readonly dispatcher: Dispatcher;
  /** Answers a call with the embedded model, in the same form as a provider would. */
  readonly answerHere: (
    target: Target,
    call: Call,
    response: CallerResponse,
    headers: Readonly<Record<string, string>>,
  ) => Promise<Relayed>;
  /** Told of each departure before it happens; what it throws keeps the bytes here. */
  readonly record?: (departure: Departure) => void;
  /** Tokens of jobs. Without them each call has its own. */
  readonly sessions?: MaskSessions;
  /** Filters besides our own rules. */
  readonly openFilters?: OpenFilters;
  /** Told of each call when it is over. */
  readonly ended?: (call: CallEnded) => void;
  /** Longest wait for a target that asks to be left alone, in milliseconds. */
  readonly patienceMs: number;
  readonly firstByteTimeoutMs: number;
  readonly idleTimeoutMs: number;
};
