import type { DataPolicy } from "../../../models/deployments/types.ts";
import type { Gateway } from "../gateway.ts";
import type { Call } from "../read-call.ts";
import type { Caller } from "../types.ts";

/** A `fetch` for filters elsewhere: what they are sent for a call is written down like any other departure. */
export function recordingSend(
  call: Call,
  caller: Caller,
  policy: DataPolicy,
  { record }: Pick<Gateway, "record">,
): typeof fetch {
  return (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const body = Buffer.from(typeof init?.body === "string" ? init.body : "");
    const target = { provider: "content-filter", id: new URL(address).host };
    record?.({ call, caller, target, body, policy, masked: 0 });
    return fetch(input, { ...init, body });
  };
}
