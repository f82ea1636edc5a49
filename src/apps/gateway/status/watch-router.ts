import type { AttemptOutcome, Router, TargetState } from "../../../models/deployments/types.ts";

/** A time in which a target was left out because it failed. */
export type Incident = {
  readonly deployment: string;
  readonly target: string;
  readonly began: Date;
  /** Absent while it lasts. */
  readonly ended?: Date;
  /** `HTTP 503`, `no answer`: no text of anybody. */
  readonly reason: string;
};

export type WatchedRouter = {
  readonly router: Router;
  /** Newest first. */
  readonly incidents: () => readonly Incident[];
};

const MOST_INCIDENTS = 100;

/** A router that remembers when its breakers opened and closed. */
export function watchRouter(router: Router, now: () => Date): WatchedRouter {
  const incidents: Incident[] = [];
  const stateOf = (deployment: string, target: string): TargetState | undefined =>
    router.states(deployment).find((each) => each.target === target);
  const lasting = (deployment: string, target: string): number =>
    incidents.findIndex(
      (each) => each.deployment === deployment && each.target === target && each.ended === undefined,
    );
  const note = (deployment: string, target: string, { kind }: AttemptOutcome): void => {
    const at = lasting(deployment, target);
    if (at < 0 && kind === "answered") return;
    const state = stateOf(deployment, target);
    if (state === undefined) return;
    // A server that asked for a pause has not failed.
    if (at < 0 && state.breaker === "open" && state.failures > 0) {
      const reason = state.lastFailure?.reason ?? "no answer";
      incidents.unshift({ deployment, target, began: now(), reason });
      incidents.length = Math.min(incidents.length, MOST_INCIDENTS);
    } else if (at >= 0 && state.breaker === "closed") {
      incidents[at] = { ...incidents[at]!, ended: now() };
    }
  };
  return {
    incidents: () => [...incidents],
    router: {
      get deployments() {
        return router.deployments;
      },
      find: (name) => router.find(name),
      choose: (deployment, call) => router.choose(deployment, call),
      states: (deployment) => router.states(deployment),
      report: (deployment, target, outcome) => {
        router.report(deployment, target, outcome);
        note(deployment, target, outcome);
      },
    },
  };
}
