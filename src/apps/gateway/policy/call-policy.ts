import type { IncomingHttpHeaders } from "node:http";
import type { DataPolicy } from "../../../models/deployments/types.ts";
import type { Call } from "../read-call.ts";
import { WireError } from "../wire/wire-error.ts";

const POLICIES: readonly DataPolicy[] = ["local-only", "redact", "any"];

/**
 * What a caller says of a call in headers: `x-tandem-data-policy`, which can only make a deployment's policy stricter, and
 * `x-tandem-job`. Throws `WireError` 400 for a word that is none, since a policy that is not understood must not be lost.
 */
export function readCallHeaders(headers: IncomingHttpHeaders): Pick<Call, "dataPolicy" | "job"> {
  const policy = oneOf(headers["x-tandem-data-policy"])?.trim().toLowerCase();
  const job = oneOf(headers["x-tandem-job"])?.trim();
  const known = POLICIES.find((each) => each === policy);
  if (policy !== undefined && known === undefined) {
    throw badHeader("x-tandem-data-policy", `must be one of ${POLICIES.join(", ")}`);
  }
  if (job !== undefined && !/^[\w.:-]{1,200}$/.test(job)) {
    throw badHeader("x-tandem-job", "must be 1 to 200 letters, digits, dots, colons, hyphens or underscores");
  }
  return { ...(known !== undefined && { dataPolicy: known }), ...(job !== undefined && { job }) };
}

function oneOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(",") : value;
}

function badHeader(name: string, rule: string): WireError {
  return new WireError({
    status: 400,
    code: "invalid_header",
    message: `The header ${name} ${rule}.`,
    param: name,
  });
}
