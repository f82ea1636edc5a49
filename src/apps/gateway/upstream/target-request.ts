import type { Target } from "../../../models/deployments/types.ts";
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
  const { base, query } = addressOf(target);
  const url = new URL(`${base.replace(/\/+$/, "")}/${operationWords(call.operation)}${query}`);
  const body = bodyFor(target, call);
  return {
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
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
  let text = body.toString("utf8");
  if (json.model !== target.model) text = replaceMember(text, "model", JSON.stringify(target.model));
  // A stream's tokens are counted like any other's; the chunk is kept from a caller who did not ask.
  if (isStream && !wantsUsage && (operation === "chat" || operation === "completions")) {
    const options = { ...(json.stream_options as object | null | undefined), include_usage: true };
    text = replaceMember(text, "stream_options", JSON.stringify(options));
  }
  return Buffer.from(text);
}
