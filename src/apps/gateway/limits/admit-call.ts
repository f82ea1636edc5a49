import type { Deployment } from "../../../models/deployments/types.ts";
import type { KnownKey } from "../keys/key-directory.ts";
import type { Admission, AdmissionRequest, Refusal } from "../types.ts";
import { callCost, highestPrice } from "./call-cost.ts";
import type { EstimateFactors } from "./estimate-factors.ts";
import type { Amounts, Meter } from "./meter.ts";
import type { MeterChains } from "./meter-chains.ts";
import { limitRefusal, rateState } from "./refusals.ts";
import type { Reservations, ReservedCall } from "./reservations.ts";
import type { SlicePump } from "./slice-pump.ts";

/** What a call is held against. */
export type CallLimits = {
  readonly now: () => number;
  readonly pump: SlicePump;
  readonly chains: MeterChains;
  readonly calls: Reservations;
  readonly factors: EstimateFactors;
  /** Value of one unit of a deployment's currency in the budgets' currency. */
  readonly rateOf: (currency: string) => number;
};

type PermittedCall = {
  readonly request: AdmissionRequest;
  readonly key: KnownKey;
  readonly deployment: Deployment | undefined;
};

/** How often a call may be passed over by others before it is refused. */
const mostAttempts = 8;

/** Lets a permitted call in at all levels or refuses it; waits only where this process's slices don't suffice. */
export function admitCall(
  limits: CallLimits,
  { request, key, deployment }: PermittedCall,
): Admission | Refusal | Promise<Admission | Refusal> {
  const { now, pump, chains } = limits;
  const at = now();
  const { meters } = chains.chainOf(key, deployment, at);
  const amounts = amountsOf(request, deployment, limits);
  const estimated = request.estimate?.inputTokens;
  const { operation, job } = request;
  const call: ReservedCall = { key, deployment, operation, job, meters, amounts, at, estimated };
  const isFresh = pump.isFresh(at);
  let mustWait = false;
  for (const meter of meters) {
    const need = amounts[meter.metric];
    if (need > meter.limit) return limitRefusal(meter, { amounts, meters, now: at });
    if (meter.waiting === 0 && hasRoom(meter, need, isFresh)) continue;
    const { shortage } = meter;
    if (shortage !== undefined && need >= shortage.need && at < shortage.until)
      return limitRefusal(meter, { amounts, meters, now: at });
    mustWait = true;
  }
  return mustWait ? waitForSlices(limits, call) : reserved(limits, call);
}

function reserved({ calls }: CallLimits, call: ReservedCall): Admission {
  const reservation = calls.reserve(call);
  return { kind: "admitted", caller: callerOf(call.key), reservation, rate: rateState(call.meters) };
}

function waitForSlices(limits: CallLimits, call: ReservedCall): Promise<Admission | Refusal> {
  const { now, pump } = limits;
  const { meters, amounts } = call;
  return new Promise((resolve, reject) => {
    let attempts = 0;
    pump.wait({
      needs: meters.map((meter) => ({ meter, amount: amounts[meter.metric] })),
      fail: reject,
      attempt: () => {
        attempts++;
        const at = now();
        const isFresh = pump.isFresh(at);
        const short = meters.find((meter) => !hasRoom(meter, amounts[meter.metric], isFresh));
        if (short === undefined) resolve(reserved(limits, { ...call, at }));
        else if (short.shortage !== undefined || (attempts >= mostAttempts && isNearlyGone(short, amounts)))
          resolve(limitRefusal(short, { amounts, meters, now: at }));
        else return false;
        return true;
      },
    });
  });
}

/** A slice that ran out because calls used more than was estimated says nothing about the limit. */
function isNearlyGone(meter: Meter, amounts: Amounts): boolean {
  return meter.elsewhere < amounts[meter.metric];
}

/** A window's slice can't be spent when it was not renewed in time. */
function hasRoom(meter: Meter, need: number, isFresh: boolean): boolean {
  return need === 0 || (meter.free >= need && (isFresh || meter.period !== "minute"));
}

function amountsOf(
  { estimate }: AdmissionRequest,
  deployment: Deployment | undefined,
  { factors, rateOf }: { readonly factors: EstimateFactors; readonly rateOf: (currency: string) => number },
): Amounts {
  if (deployment === undefined) return { requests: 1, tokens: 1, money: 0 };
  const price = highestPrice(deployment);
  const inputTokens = Math.ceil(sound(estimate?.inputTokens) * factors.of(deployment.name));
  const outputTokens = Math.ceil(sound(estimate?.outputTokens));
  const isPriced = price.input > 0 || price.output > 0;
  const rate = isPriced ? rateOf(deployment.currency ?? "USD") : 0;
  const cost = callCost({ inputTokens, outputTokens }, price) * rate;
  // What can't be estimated counts as one, so that a budget that is gone refuses it too.
  return {
    requests: 1,
    tokens: Math.max(1, inputTokens + outputTokens),
    money: isPriced ? Math.max(1, Math.ceil(cost)) : 0,
  };
}

function sound(estimate: number | undefined): number {
  return estimate !== undefined && Number.isFinite(estimate) ? Math.max(0, estimate) : 0;
}

/** The caller behind a key. */
export function callerOf(key: KnownKey): Admission["caller"] {
  return { keyId: key.id, projectId: key.projectId, scopes: key.scopes };
}
