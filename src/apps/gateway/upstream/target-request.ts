import type { Operation, Target } from "../../../models/deployments/types.ts";
import type { Call } from "../read-call.ts";
import { formBoundary, replaceFormField } from "../wire/form-field.ts";
import { operationWords } from "../wire/read-path.ts";
import { replaceMember } from "../wire/replace-member.ts";

/** What is sent to a provider. */
export type TargetRequest = {
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

const OPENAI = "https://api.openai.com/v1";

/** The same call for one target: its address, its key, its name of the model; the rest of the body as the caller wrote it. */
export function targetRequest(target: Target, call: Call): TargetRequest {
  const { origin, path } = addressFor(target, call.operation);
  const body = bodyFor(target, call);
  return {
    origin,
    path,
    headers: {
      "content-type": call.contentType,
      "content-length": String(body.length),
      accept: call.isStream ? "text/event-stream" : "*/*",
      // What passes through is read for its usage.
      "accept-encoding": "identity",
      "user-agent": "tandem",
      ...keyHeader(target),
    },
    body,
  };
}

type Address = Pick<TargetRequest, "origin" | "path">;

/** Reading an address costs more than all the rest of a request: it is done once for each target. */
const addresses = new WeakMap<Target, Map<Operation, Address>>();

function addressFor(target: Target, operation: Operation): Address {
  const known = addresses.get(target) ?? new Map<Operation, Address>();
  addresses.set(target, known);
  let address = known.get(operation);
  if (address === undefined) {
    const { base, query } = addressOf(target);
    const { origin, pathname, search } = new URL(
      `${base.replace(/\/+$/, "")}/${operationWords(operation)}${query}`,
    );
    address = { origin, path: `${pathname}${search}` };
    known.set(operation, address);
  }
  return address;
}

function addressOf(target: Target): { readonly base: string; readonly query: string } {
  if (target.provider !== "azure") return { base: target.baseUrl ?? OPENAI, query: "" };
  const resource = (target.baseUrl ?? "").replace(/\/+$/, "").replace(/\/openai(\/v1)?$/, "");
  if (target.apiVersion === undefined) return { base: `${resource}/openai/v1`, query: "" };
  return {
    base: `${resource}/openai/deployments/${encodeURIComponent(target.model)}`,
    query: `?api-version=${encodeURIComponent(target.apiVersion)}`,
  };
}

function keyHeader({ provider, apiKey }: Target): Readonly<Record<string, string>> {
  if (apiKey === undefined || apiKey === "") return {};
  return provider === "azure" ? { "api-key": apiKey } : { authorization: `Bearer ${apiKey}` };
}

function bodyFor(target: Target, { json, body, contentType, isStream, wantsUsage, operation }: Call): Buffer {
  if (json === undefined) {
    return replaceFormField(body, formBoundary(contentType) ?? "", "model", target.model);
  }
  // A stream's tokens are counted like any other's; the chunk is kept from a caller who did not ask.
  const asksUsage = isStream && !wantsUsage && (operation === "chat" || operation === "completions");
  if (json.model === target.model && !asksUsage) return body;
  let text = body.toString("utf8");
  if (json.model !== target.model) text = replaceMember(text, "model", JSON.stringify(target.model));
  if (asksUsage) {
    const options = { ...(json.stream_options as object | null | undefined), include_usage: true };
    text = replaceMember(text, "stream_options", JSON.stringify(options));
  }
  return Buffer.from(text);
}
