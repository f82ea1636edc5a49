import type { RateState, Refusal } from "../types.ts";
import { amountOfNanos } from "./call-cost.ts";
import { type Amounts, type Meter, windowMs } from "./meter.ts";

/** The values of the rate headers: of all limits that hold, the one with the least left. */
export function rateState(meters: readonly Meter[]): RateState {
  let requests: Meter | undefined;
  let tokens: Meter | undefined;
  for (const meter of meters) {
    if (meter.period !== "minute") continue;
    if (meter.metric === "requests" && (requests === undefined || remaining(meter) < remaining(requests)))
      requests = meter;
    if (meter.metric === "tokens" && (tokens === undefined || remaining(meter) < remaining(tokens)))
      tokens = meter;
  }
  const state: { -readonly [Name in keyof RateState]: RateState[Name] } = {};
  if (requests !== undefined) {
    state.limitRequests = requests.limit;
    state.remainingRequests = remaining(requests);
    state.resetRequestsMs = resetMs(requests);
  }
  if (tokens !== undefined) {
    state.limitTokens = tokens.limit;
    state.remainingTokens = remaining(tokens);
    state.resetTokensMs = resetMs(tokens);
  }
  return state;
}

function remaining({ free, elsewhere, limit }: Meter): number {
  return Math.max(0, Math.min(limit, Math.floor(free + elsewhere)));
}

/** How long until the limit is whole again, were nothing more to come. */
function resetMs(meter: Meter): number {
  return meter.limit === 0
    ? windowMs
    : Math.ceil((windowMs * (meter.limit - remaining(meter))) / meter.limit);
}

/** The refusal of a call that this limit has no room for. */
export function limitRefusal(
  meter: Meter,
  {
    amounts,
    meters,
    now,
  }: { readonly amounts: Amounts; readonly meters: readonly Meter[]; readonly now: number },
): Refusal {
  const rate = rateState(meters);
  const owner = meter.level === "organisation" ? "the organisation" : `this ${meter.level}`;
  if (meter.period !== "minute") {
    const amount =
      meter.metric === "money" ? `budget of ${amountOfNanos(meter.limit)}` : `${meter.limit} tokens`;
    const message = `The ${amount} a ${meter.period} of ${owner} ${meter.metric === "money" ? "is" : "are"} used up; it starts anew at ${new Date(meter.endsAt).toISOString()}.`;
    return { kind: "refused", status: 429, code: "insufficient_quota", message, rate };
  }
  const limit = `${meter.limit} ${meter.metric} a minute of ${owner}`;
  const need = amounts[meter.metric];
  if (need > meter.limit) {
    const message = `This call counts as ${need} ${meter.metric}, more than the ${limit}. Shorten the prompt or ask for fewer output tokens.`;
    return { kind: "refused", status: 429, code: "rate_limit_exceeded", message, rate };
  }
  const retryAfterMs = Math.min(
    Math.max(1, Math.ceil((meter.shortage?.retryAt ?? now + 250) - now)),
    windowMs + 250,
  );
  const message = `Rate limit reached: ${limit}. Try again in ${(retryAfterMs / 1000).toFixed(1)} s.`;
  return { kind: "refused", status: 429, code: "rate_limit_exceeded", message, retryAfterMs, rate };
}

export const unknownKey: Refusal = {
  kind: "refused",
  status: 401,
  code: "invalid_api_key",
  message: "The API key is missing, unknown, revoked or expired.",
  rate: {},
};

export function unknownDeployment(name: string): Refusal {
  const message = `The model or deployment "${name}" does not exist.`;
  return { kind: "refused", status: 404, code: "model_not_found", message, rate: {} };
}

export function notPermitted(what: string): Refusal {
  const message = `This API key may not use ${what}.`;
  return { kind: "refused", status: 403, code: "permission_denied", message, rate: {} };
}
