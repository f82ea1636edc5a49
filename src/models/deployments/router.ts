import { type BreakerSettings, type CircuitBreaker, circuitBreaker, type Lesson } from "./circuit-breaker.ts";
import { permittedTargets } from "./permitted-targets.ts";
import { rankTargets } from "./rank-targets.ts";
import { type TargetPace, targetPace } from "./target-pace.ts";
import type {
  AttemptOutcome,
  Deployment,
  RateLimits,
  RoutedCall,
  Router,
  Target,
  TargetState,
} from "./types.ts";

export type RouterOptions = {
  /** The time in milliseconds since 1970: `Date.now`. */
  readonly now: () => number;
  /** In [0, 1); draws among targets for calls without an affinity. Defaults to `Math.random`. */
  readonly random?: () => number;
  readonly breaker?: BreakerSettings;
};

// A server that limits calls without saying for how long.
const UNSAID_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 3_600_000;
// Weight of the newest attempt in the mean latency.
const NEWEST = 0.2;

type Watch = {
  readonly breaker: CircuitBreaker;
  pace: TargetPace;
  limits?: RateLimits | undefined;
  inFlight: number;
  latencyMs?: number;
  lastFailure?: { readonly at: Date; readonly reason: string };
};

/**
 * A router over deployments; a function instead of a list lets them change while it runs. Each target that was taken from
 * `choose` has to be reported on, one that was not tried as `failed` without a fault. State is kept by names, per process.
 */
export function createRouter(
  deployments: readonly Deployment[] | (() => readonly Deployment[]),
  options: RouterOptions,
): Router {
  const { now, random = Math.random } = options;
  const { listed, find } = deploymentIndex(deployments);
  const watchOf = watchList(options.breaker);

  return {
    get deployments() {
      return listed();
    },
    find,
    *choose(deployment: Deployment, call: RoutedCall): Generator<Target> {
      const tokens = call.tokens ?? 0;
      const candidates = permittedTargets(deployment, call.dataPolicy).filter(
        ({ contextTokens }) => contextTokens === undefined || tokens <= contextTokens,
      );
      for (const target of rankTargets(candidates, call.affinity, random)) {
        // Looked at only now: earlier targets may have taken a while to fail.
        const time = now();
        const watch = watchOf(deployment.name, target.id, target);
        if (!watch.breaker.admits(time) || !watch.pace.admits(time, tokens)) continue;
        watch.breaker.begin(time);
        watch.pace.begin(time, tokens);
        watch.inFlight += 1;
        yield target;
      }
    },
    report(deployment, target, outcome) {
      const named = find(deployment)?.targets.find((each) => each.id === target);
      takeIn(watchOf(deployment, target, named), outcome, now());
    },
    states(deployment) {
      const time = now();
      const targets = find(deployment)?.targets ?? [];
      return targets.map((target) => stateOf(target, watchOf(deployment, target.id, target), time));
    },
  };
}

function deploymentIndex(deployments: readonly Deployment[] | (() => readonly Deployment[])): {
  readonly listed: () => readonly Deployment[];
  readonly find: (name: string) => Deployment | undefined;
} {
  const listed = typeof deployments === "function" ? deployments : () => deployments;
  let of: readonly Deployment[] = [];
  let byName: ReadonlyMap<string, Deployment> = new Map();
  return {
    listed,
    find: (name) => {
      const list = listed();
      if (of !== list) byName = new Map(list.map((each) => [each.name, each]));
      of = list;
      return byName.get(name);
    },
  };
}

type WatchOf = (deployment: string, id: string, target: Target | undefined) => Watch;

/** What is known of each target, by names, so that a changed config keeps it. */
function watchList(breaker: BreakerSettings | undefined): WatchOf {
  const watches = new Map<string, Watch>();
  return (deployment, id, target) => {
    const key = `${deployment}\u0000${id}`;
    let watch = watches.get(key);
    if (watch === undefined) {
      watch = { breaker: circuitBreaker(breaker), pace: targetPace(undefined), inFlight: 0 };
      watches.set(key, watch);
    }
    if (target !== undefined && target.limits !== watch.limits) {
      watch.pace = targetPace(target.limits);
      watch.limits = target.limits;
    }
    return watch;
  };
}

function takeIn(watch: Watch, outcome: AttemptOutcome, time: number): void {
  watch.inFlight = Math.max(0, watch.inFlight - 1);
  if (outcome.kind === "answered") {
    const before = watch.latencyMs ?? outcome.milliseconds;
    watch.latencyMs = before + (outcome.milliseconds - before) * NEWEST;
  }
  watch.breaker.end(time, lessonOf(outcome));
  if (outcome.kind !== "failed") return;
  const { status, retryAfterMs, isTargetFault } = outcome;
  const pause = retryAfterMs ?? (status === 429 ? UNSAID_PAUSE_MS : 0);
  if (pause > 0) watch.breaker.pauseUntil(time + Math.min(pause, LONGEST_PAUSE_MS));
  if (isTargetFault || pause > 0) {
    const reason = status === undefined ? "no answer" : `HTTP ${status}`;
    watch.lastFailure = { at: new Date(time), reason };
  }
}

/** A refusal of the request shows that the target answers; a limit or a caller that left shows nothing. */
function lessonOf(outcome: AttemptOutcome): Lesson {
  if (outcome.kind === "answered") return "answers";
  if (outcome.isTargetFault) return "fault";
  return outcome.status === undefined || outcome.status === 429 ? "nothing" : "answers";
}

function stateOf(target: Target, watch: Watch, time: number): TargetState {
  const { kind, retryAt = watch.pace.retryAt(time), faultsInARow } = watch.breaker.state(time);
  return {
    target: target.id,
    breaker: kind,
    ...(retryAt === undefined ? {} : { retryAt: new Date(retryAt) }),
    inFlight: watch.inFlight,
    ...(watch.latencyMs === undefined ? {} : { latencyMs: watch.latencyMs }),
    failures: faultsInARow,
    ...(watch.lastFailure === undefined ? {} : { lastFailure: watch.lastFailure }),
  };
}
