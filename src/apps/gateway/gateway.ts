import type { Dispatcher } from "undici";
import type { Router, Target } from "../../models/deployments/types.ts";
import type { Call } from "./read-call.ts";
import type { CallEnded } from "./telemetry/call-ended.ts";
import type { Admissions } from "./types.ts";
import type { CallerResponse } from "./upstream/caller-response.ts";
import type { Relayed } from "./upstream/relay.ts";

/** What leaves this machine with one attempt. */
export type Departure = {
  readonly call: Call;
  /** Id of the caller's key. */
  readonly key: string;
  readonly target: Target;
  /** The bytes that are sent. */
  readonly body: Buffer;
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
  /** Told of each departure before it happens. */
  readonly record?: (departure: Departure) => void;
  /** Told of each call when it is over. */
  readonly ended?: (call: CallEnded) => void;
  /** Longest wait for a target that asks to be left alone, in milliseconds. */
  readonly patienceMs: number;
  readonly firstByteTimeoutMs: number;
  readonly idleTimeoutMs: number;
};
