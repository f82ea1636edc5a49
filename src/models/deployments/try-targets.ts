import { ModelError } from "../../errors.ts";
import { sleep } from "../retry.ts";
import { judgeAttempt } from "./attempt-failure.ts";
import { permittedTargets } from "./permitted-targets.ts";
import type { Deployment, RoutedCall, Router, Target } from "./types.ts";

export type TryTargetsOptions = {
  readonly router: Router;
  readonly deployment: Deployment;
  readonly call: RoutedCall;
  /** All attempts together. Defaults to 2 more than there are targets. */
  readonly attempts?: number;
  /** First pause when every target has failed; it doubles. Milliseconds, defaults to 500. */
  readonly pauseMs?: number;
  /** When no target can be asked for longer than this, the call fails. Milliseconds, defaults to 60,000. */
  readonly longestPauseMs?: number;
  /** Defaults to `Date.now`. Must be the router's clock. */
  readonly now?: () => number;
  /** Defaults to timers. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Runs `attempt` at the targets that the router chooses until one answers, a failure is final, or attempts and patience are
 * used up: the one layer that retries. `attempt` reports to the router; it throws where another target may be tried, and
 * what it throws is judged by `judgeAttempt`.
 */
export async function tryTargets<T>(
  options: TryTargetsOptions,
  attempt: (target: Target) => Promise<T>,
): Promise<T> {
  const { router, deployment, call, pauseMs = 500, longestPauseMs = 60_000, now = Date.now } = options;
  const targets = permittedTargets(deployment, call.dataPolicy);
  if (targets.length === 0) throw noTarget(deployment);
  let left = options.attempts ?? targets.length + 2;
  let last: Error | undefined;
  for (let round = 0; ; round += 1) {
    let isWorthAnother = false;
    let tried = 0;
    for (const target of router.choose(deployment, call)) {
      left -= 1;
      tried += 1;
      try {
        return await attempt(target);
      } catch (thrown) {
        options.signal?.throwIfAborted();
        const failure = judgeAttempt(thrown);
        last = thrown instanceof Error ? thrown : new Error(String(thrown));
        if (!failure.canGoElsewhere) throw last;
        isWorthAnother ||= failure.isTransient;
      }
      if (left <= 0) break;
    }
    const chance = nextChance(router, deployment, targets, call.tokens ?? 0) - now();
    const wait = chance > 0 ? chance : pauseMs * 2 ** round;
    const isHopeless = tried > 0 && !isWorthAnother;
    if (left <= 0 || isHopeless || wait > longestPauseMs || round > 8)
      throw last ?? allBusy(deployment, wait);
    await (options.sleep ?? sleep)(wait, options.signal);
  }
}

/** When the first target may be asked again; infinitely late when the call is too long for each. */
function nextChance(
  router: Router,
  deployment: Deployment,
  targets: readonly Target[],
  tokens: number,
): number {
  const fitting = targets.filter(
    ({ contextTokens }) => contextTokens === undefined || tokens <= contextTokens,
  );
  const ids = new Set(fitting.map(({ id }) => id));
  const states = router.states(deployment.name).filter(({ target }) => ids.has(target));
  return Math.min(...states.map(({ retryAt }) => retryAt?.getTime() ?? 0));
}

/** Says that the data policy leaves no target for a text. */
export function noTarget(deployment: Deployment): ModelError {
  return new ModelError(
    "no-model",
    `the deployment ${deployment.name} has no target that this text may go to`,
    {
      hint: "its data policy or the document's keeps text on this machine: add an embedded or local target",
    },
  );
}

function allBusy(deployment: Deployment, wait: number): ModelError {
  const when = Number.isFinite(wait) ? `again in ${Math.ceil(wait / 1_000)} s` : "for a text of this length";
  return new ModelError("model-failed", `no target of the deployment ${deployment.name} can be asked now`, {
    hint: `tandem deployments shows their state; try ${when}`,
  });
}
