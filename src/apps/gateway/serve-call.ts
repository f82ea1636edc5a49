import { judgeAttempt } from "../../models/deployments/attempt-failure.ts";
import { tryTargets } from "../../models/deployments/try-targets.ts";
import type { Deployment, Target, TokenUsage } from "../../models/deployments/types.ts";
import { estimateTokens, type TokenEstimate } from "./estimate-tokens.ts";
import type { Gateway } from "./gateway.ts";
import { type CallPolicy, openCallPolicy } from "./policy/open-call-policy.ts";
import type { PolicyResponse } from "./policy/policy-response.ts";
import type { Call } from "./read-call.ts";
import type { CallEnded } from "./telemetry/call-ended.ts";
import type { Admission, AdmissionRequest, Caller, RateState } from "./types.ts";
import type { CallerResponse } from "./upstream/caller-response.ts";
import { CallerGone, type Relayed, relay } from "./upstream/relay.ts";
import { targetRequest } from "./upstream/target-request.ts";
import { callFailure } from "./wire/call-failure.ts";
import { rateHeaders } from "./wire/rate-headers.ts";
import { WireError } from "./wire/wire-error.ts";

const DEFAULT_OUTPUT_TOKENS = 1_024;

/**
 * Answers one call: admitted first, whatever its shape; then sent to the deployment's targets, one after the other until
 * the first byte; then settled on what it used. Rejects with `WireError` where nothing has been sent.
 */
export async function serveCall(
  call: Call,
  presented: Pick<AdmissionRequest, "secret" | "keyId">,
  response: CallerResponse,
  gateway: Gateway,
): Promise<void> {
  const [started, clock] = [new Date(), performance.now()];
  const end = (how: Omit<CallEnded, "call" | "started" | "milliseconds">): void =>
    gateway.ended?.({ ...how, call, started, milliseconds: performance.now() - clock });
  let admission: Admission | undefined;
  let headers: Readonly<Record<string, string>> = {};
  try {
    const deployment = gateway.router.find(call.deployment);
    const estimate = estimateOf(call, deployment);
    const verdict = await gateway.admissions.admit(admissionRequest(call, presented, estimate));
    headers = answerHeaders(call, verdict.rate);
    if (verdict.kind === "refused") throw new WireError({ ...verdict, headers });
    admission = verdict;
    checkDeployment(call, deployment);
    const policy = await openCallPolicy(call, deployment, verdict.caller, gateway);
    const attempted = { call, deployment, policy, caller: verdict.caller, headers };
    const { relayed, target, through } = await tryDeployment(attempted, response, gateway);
    settle(relayed, target, estimate, verdict, performance.now() - clock);
    await through?.finished();
    const { usage, status, firstByteMs, isWhole } = relayed;
    const counts = usage === undefined ? {} : { usage };
    const { id, provider, model } = target;
    end({ caller: verdict.caller, target: { id, provider, model }, status, firstByteMs, isWhole, ...counts });
  } catch (thrown) {
    admission?.reservation.release();
    const error = callFailure(thrown, call, headers);
    const who = admission === undefined ? {} : { caller: admission.caller };
    end({ ...who, status: error.status, errorCode: error.code, isWhole: false });
    throw error;
  }
}

/** Tokens are written only where a model writes. */
function estimateOf({ json = {}, operation }: Call, deployment: Deployment | undefined): TokenEstimate {
  const estimate = estimateTokens(json, deployment?.defaultOutputTokens ?? DEFAULT_OUTPUT_TOKENS);
  const writes = operation === "chat" || operation === "responses" || operation === "completions";
  return writes ? estimate : { ...estimate, outputTokens: 0 };
}

function admissionRequest(
  { operation, deployment, job }: Call,
  presented: Pick<AdmissionRequest, "secret" | "keyId">,
  estimate: TokenEstimate,
): AdmissionRequest {
  return { ...presented, operation, deployment, estimate, ...(job === undefined ? {} : { job }) };
}

function answerHeaders({ id, path }: Call, rate: RateState): Readonly<Record<string, string>> {
  return { ...rateHeaders(rate, path.shape), "x-request-id": id, "apim-request-id": id };
}

function checkDeployment(call: Call, deployment: Deployment | undefined): asserts deployment is Deployment {
  if (deployment === undefined) throw unknownDeployment(call);
  if (!deployment.operations.includes(call.operation)) throw unsupported(call);
}

type Attempted = {
  readonly call: Call;
  readonly deployment: Deployment;
  readonly policy: CallPolicy;
  readonly caller: Caller;
  readonly headers: Readonly<Record<string, string>>;
};

type Served = {
  readonly relayed: Relayed;
  readonly target: Target;
  readonly through: PolicyResponse | undefined;
};

function tryDeployment(attempted: Attempted, response: CallerResponse, gateway: Gateway): Promise<Served> {
  const { call, deployment, policy, caller, headers } = attempted;
  const gone = new AbortController();
  // The event also comes after an answer that was read to its end.
  const leave = (): void => {
    if (!response.writableFinished) gone.abort();
  };
  response.once("close", leave);
  const options = {
    router: gateway.router,
    deployment,
    call: { affinity: call.job ?? caller.keyId, dataPolicy: policy.routing },
    longestPauseMs: gateway.patienceMs,
    signal: gone.signal,
  };
  const attempt = async (target: Target): Promise<Served> => {
    const through = policy.responseFor(target, response);
    const relayed = await watched(deployment, target, gateway, () =>
      target.provider === "embedded"
        ? gateway.answerHere(target, call, through ?? response, headers)
        : sendAway(target, attempted, through ?? response, gateway),
    ).catch((thrown: unknown) => {
      through?.release();
      throw thrown;
    });
    return { relayed, target, through };
  };
  return tryTargets(options, attempt).finally(() => response.off("close", leave));
}

/** Runs one attempt and tells the router how it went. */
async function watched(
  { name }: Deployment,
  { id }: Target,
  { router }: Gateway,
  run: () => Promise<Relayed>,
): Promise<Relayed> {
  try {
    const relayed = await run();
    const isTargetFault = !relayed.isWhole && !relayed.isCallerGone;
    router.report(
      name,
      id,
      isTargetFault
        ? { kind: "failed", isTargetFault }
        : { kind: "answered", milliseconds: relayed.firstByteMs },
    );
    return relayed;
  } catch (thrown) {
    const isCallerGone = thrown instanceof CallerGone;
    router.report(
      name,
      id,
      isCallerGone ? { kind: "failed", isTargetFault: false } : judgeAttempt(thrown).outcome,
    );
    throw thrown;
  }
}

async function sendAway(
  target: Target,
  { call, caller, policy, headers }: Attempted,
  response: CallerResponse,
  gateway: Gateway,
): Promise<Relayed> {
  const { call: sent, masked } = policy.callFor(target) ?? { call, masked: 0 };
  const request = targetRequest(target, sent);
  gateway.record?.({ call, caller, target, body: request.body, policy: policy.dataPolicy, masked });
  return relay(request, response, {
    dispatcher: gateway.dispatcher,
    headers,
    isStream: call.isStream,
    keepsUsage: call.wantsUsage,
    firstByteTimeoutMs: gateway.firstByteTimeoutMs,
    idleTimeoutMs: gateway.idleTimeoutMs,
  });
}

/** What the provider counted; where its answer broke off before, what we saw of it. */
function settle(
  relayed: Relayed,
  target: Target,
  estimate: { readonly inputTokens: number },
  { reservation }: Admission,
  milliseconds: number,
): void {
  const { usage, events, status, firstByteMs, isWhole } = relayed;
  if (usage === undefined && !isWhole && events === 0) {
    reservation.release();
    return;
  }
  const seen: TokenUsage = { inputTokens: estimate.inputTokens, outputTokens: events };
  const isEstimate = usage === undefined;
  reservation.settle({
    usage: usage ?? seen,
    target: target.id,
    status,
    milliseconds,
    firstByteMs,
    isEstimate,
  });
}

function unknownDeployment({ path, deployment }: Call): WireError {
  const isAzure = path.shape === "azure-dated";
  return new WireError({
    status: 404,
    code: isAzure ? "DeploymentNotFound" : "model_not_found",
    message: isAzure
      ? "The API deployment for this resource does not exist."
      : `The model \`${deployment.slice(0, 100)}\` does not exist or you do not have access to it.`,
    ...(isAzure ? {} : { param: "model" }),
  });
}

function unsupported({ operation, deployment }: Call): WireError {
  return new WireError({
    status: 400,
    code: "OperationNotSupported",
    message: `The ${operation} operation does not work with the deployment ${deployment}: it is not among its operations.`,
    param: "model",
  });
}
