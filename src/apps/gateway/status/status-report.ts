import { isLocalTarget, permittedTargets } from "../../../models/deployments/permitted-targets.ts";
import type { Deployment, Router, Target, TargetState } from "../../../models/deployments/types.ts";
import type { CallCounts, HourCounts } from "./call-counts.ts";
import type { Incident } from "./watch-router.ts";

export type TargetStatus = {
  readonly id: string;
  readonly provider: string;
  readonly model: string;
  /** True when no text leaves machines that the user runs. */
  readonly isLocal: boolean;
  readonly region: string | null;
  /** `off`: takes no calls (weight 0, or the data policy forbids it). `unusable`: a key or a file is missing. */
  readonly state: "ready" | "probing" | "failing" | "paused" | "off" | "unusable";
  readonly reason: string | null;
  readonly retryAt: string | null;
  readonly latencyMs: number | null;
  readonly inFlight: number;
  readonly lastHour: HourCounts;
};

export type DeploymentStatus = {
  readonly name: string;
  readonly operations: readonly string[];
  readonly dataPolicy: string;
  readonly isAvailable: boolean;
  readonly targets: readonly TargetStatus[];
  readonly lastHour: HourCounts;
};

/** What the status page and `/status.json` say. No address, no key, no text. */
export type StatusReport = {
  readonly at: string;
  readonly since: string;
  readonly version: string;
  readonly isAvailable: boolean;
  readonly deployments: readonly DeploymentStatus[];
  readonly incidents: readonly {
    readonly deployment: string;
    readonly target: string;
    readonly began: string;
    readonly ended: string | null;
    readonly reason: string;
  }[];
};

/** Why a target can't be asked at all, known from the start: its key or its file is missing. */
export type TargetProblem = (deployment: string, target: string) => string | undefined;

export type StatusSources = {
  readonly router: Router;
  readonly counts: CallCounts;
  readonly incidents: () => readonly Incident[];
  readonly problemOf: TargetProblem;
  readonly now: () => Date;
  readonly since: Date;
  readonly version: string;
};

const ASKED: ReadonlySet<TargetStatus["state"]> = new Set(["ready", "probing", "paused"]);

/** How the deployments of this process are. */
export function statusReport(sources: StatusSources): StatusReport {
  const { router, now, since, version } = sources;
  const deployments = router.deployments.map((each) => deploymentStatus(each, sources));
  return {
    at: now().toISOString(),
    since: since.toISOString(),
    version,
    isAvailable: deployments.length > 0 && deployments.every(({ isAvailable }) => isAvailable),
    deployments,
    incidents: sources.incidents().map(({ deployment, target, began, ended, reason }) => ({
      deployment,
      target,
      began: began.toISOString(),
      ended: ended?.toISOString() ?? null,
      reason,
    })),
  };
}

function deploymentStatus(deployment: Deployment, sources: StatusSources): DeploymentStatus {
  const { name, operations, dataPolicy = "any" } = deployment;
  const states = new Map(sources.router.states(name).map((state) => [state.target, state]));
  const permitted = new Set(permittedTargets(deployment).map(({ id }) => id));
  const targets = deployment.targets.map((target) =>
    targetStatus(name, target, states.get(target.id), permitted.has(target.id), sources),
  );
  // A pause is short, and calls wait for it.
  const isAvailable = targets.some(({ state }) => ASKED.has(state));
  return { name, operations, dataPolicy, isAvailable, targets, lastHour: sources.counts.of(name) };
}

function targetStatus(
  deployment: string,
  target: Target,
  state: TargetState | undefined,
  isPermitted: boolean,
  { counts, problemOf }: StatusSources,
): TargetStatus {
  const { id, provider, model, region } = target;
  const problem = problemOf(deployment, id);
  return {
    id,
    provider,
    // A file's place is nobody's business.
    model: model.replace(/^.*[\\/](?=[^\\/]+\.gguf$)/i, ""),
    isLocal: isLocalTarget(target),
    region: region ?? null,
    ...judged(state, problem, isPermitted),
    retryAt: state?.retryAt?.toISOString() ?? null,
    latencyMs: state?.latencyMs === undefined ? null : Math.round(state.latencyMs),
    inFlight: state?.inFlight ?? 0,
    lastHour: counts.of(deployment, id),
  };
}

function judged(
  state: TargetState | undefined,
  problem: string | undefined,
  isPermitted: boolean,
): Pick<TargetStatus, "state" | "reason"> {
  if (!isPermitted) return { state: "off", reason: "takes no calls" };
  if (problem !== undefined) return { state: "unusable", reason: problem };
  const reason = state?.lastFailure?.reason ?? null;
  if (state?.breaker === "open") return { state: state.failures > 0 ? "failing" : "paused", reason };
  if (state?.breaker === "half-open") return { state: "probing", reason };
  if (state?.retryAt !== undefined) return { state: "paused", reason: reason ?? "at its own limit" };
  return { state: "ready", reason: null };
}
