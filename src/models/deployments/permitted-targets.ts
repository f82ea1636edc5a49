import type { DataPolicy, Deployment, Target } from "./types.ts";

const STRICTNESS: Readonly<Record<DataPolicy, number>> = { any: 0, redact: 1, "local-only": 2 };

/** The stricter of several policies; those left out count as `any`. */
export function strictestPolicy(...policies: readonly (DataPolicy | undefined)[]): DataPolicy {
  return policies.reduce<DataPolicy>(
    (strictest, policy) =>
      policy !== undefined && STRICTNESS[policy] > STRICTNESS[strictest] ? policy : strictest,
    "any",
  );
}

/** Whether text sent there stays on machines that the user runs. */
export function isLocalTarget(target: Target): boolean {
  return target.isLocal ?? target.provider === "embedded";
}

/** The targets that take calls and that both the deployment's policy and the call's permit. */
export function permittedTargets(deployment: Deployment, policy?: DataPolicy): readonly Target[] {
  const isLocalOnly = strictestPolicy(deployment.dataPolicy, policy) === "local-only";
  return deployment.targets.filter(
    (target) => (target.weight ?? 1) > 0 && (!isLocalOnly || isLocalTarget(target)),
  );
}
