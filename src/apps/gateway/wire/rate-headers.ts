import type { RateState } from "../types.ts";
import type { PathShape } from "./read-path.ts";

/** `x-ratelimit-*` of the limits that are set. OpenAI writes the resets as durations, Azure as whole seconds. */
export function rateHeaders(rate: RateState, shape: PathShape): Record<string, string> {
  const headers: Record<string, string> = {};
  const put = (name: string, value: string | number | undefined): void => {
    if (value !== undefined) headers[`x-ratelimit-${name}`] = String(value);
  };
  const reset = (milliseconds: number | undefined): string | undefined => {
    if (milliseconds === undefined) return undefined;
    return shape === "openai" ? duration(milliseconds) : String(Math.ceil(milliseconds / 1_000));
  };
  put("limit-requests", rate.limitRequests);
  put("remaining-requests", rate.remainingRequests);
  put("reset-requests", reset(rate.resetRequestsMs));
  put("limit-tokens", rate.limitTokens);
  put("remaining-tokens", rate.remainingTokens);
  put("reset-tokens", reset(rate.resetTokensMs));
  return headers;
}

/** `12ms`, `1.5s`, `6m0s`, `1h0m0s`. */
function duration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.ceil(milliseconds)}ms`;
  const seconds = Math.round(milliseconds / 10) / 100;
  if (seconds < 60) return `${seconds}s`;
  const whole = Math.ceil(seconds);
  const hours = Math.floor(whole / 3_600);
  const minutes = Math.floor((whole % 3_600) / 60);
  return `${hours > 0 ? `${hours}h` : ""}${minutes}m${whole % 60}s`;
}
