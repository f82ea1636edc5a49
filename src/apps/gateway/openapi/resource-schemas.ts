import type { JsonSchema } from "../../../json.ts";
import { fields, flag, integer, listOf, number, oneOf, orNull, ref, text } from "./schema-parts.ts";

const isOpen = true;
const time = integer("Seconds since 1970.");

const pageOf = (name: string): JsonSchema =>
  fields({
    object: { const: "list" },
    data: listOf(ref(name)),
    first_id: orNull(text()),
    last_id: orNull(text()),
    has_more: flag("Ask again with `after` set to `last_id`."),
  });

const bucketsOf = (name: string): JsonSchema =>
  fields({
    object: { const: "page" },
    data: listOf(
      fields({
        object: { const: "bucket" },
        start_time: time,
        end_time: time,
        results: listOf(ref(name)),
      }),
    ),
    has_more: flag(),
    next_page: orNull(text("Give it as `page`.")),
  });

/** Bodies of what is not a call to a model. */
export const resourceSchemas: Readonly<Record<string, JsonSchema>> = {
  Error: fields({
    error: fields(
      {
        message: text("For people."),
        type: text(),
        param: orNull(text("The field that is wrong.")),
        code: orNull(
          text(
            "For programs: invalid_api_key, permission_denied, model_not_found, DeploymentNotFound, rate_limit_exceeded, insufficient_quota, context_length_exceeded, content_filter and others.",
          ),
        ),
      },
      { isOpen },
    ),
  }),
  OwnError: fields({
    error: fields({ code: text(), message: text(), "hint?": text("What to do about it.") }),
  }),
  Model: fields(
    { id: text("The name of the deployment."), object: { const: "model" }, created: time, owned_by: text() },
    { isOpen },
  ),
  ModelList: fields({ object: { const: "list" }, data: listOf(ref("Model")) }),
  FileForm: fields({
    purpose: oneOf(["assistants", "batch", "fine-tune", "vision", "user_data", "evals"]),
    file: { type: "string", contentMediaType: "application/octet-stream" },
  }),
  File: fields({
    id: text(),
    object: { const: "file" },
    bytes: integer(),
    created_at: time,
    filename: text(),
    purpose: text(),
    status: { const: "processed" },
    "expires_at?": time,
  }),
  FileList: pageOf("File"),
  FileDeleted: fields({ id: text(), object: { const: "file" }, deleted: { const: true } }),
  BatchRequest: fields({
    input_file_id: text("A file of purpose `batch`: a line of JSON for each call."),
    endpoint: text("The same for every line, such as /v1/chat/completions."),
    completion_window: { const: "24h" },
    "metadata?": orNull({ type: "object", additionalProperties: text() }),
  }),
  Batch: fields({
    id: text(),
    object: { const: "batch" },
    endpoint: text(),
    errors: orNull({ type: "object" }),
    input_file_id: text(),
    completion_window: text(),
    status: oneOf(["validating", "failed", "in_progress", "completed", "expired", "cancelled"]),
    output_file_id: orNull(text("The answers; read it at /files/{file_id}/content.")),
    error_file_id: orNull(text("Lines that failed.")),
    created_at: time,
    in_progress_at: orNull(time),
    expires_at: time,
    finalizing_at: orNull(time),
    completed_at: orNull(time),
    failed_at: orNull(time),
    expired_at: orNull(time),
    cancelling_at: orNull(time),
    cancelled_at: orNull(time),
    request_counts: fields({ total: integer(), completed: integer(), failed: integer() }),
    metadata: orNull({ type: "object" }),
  }),
  BatchList: pageOf("Batch"),
  UsageResult: fields({
    object: text(),
    input_tokens: integer(),
    "output_tokens?": integer(),
    "input_cached_tokens?": integer(),
    num_model_requests: integer(),
    project_id: orNull(text()),
    api_key_id: orNull(text()),
    model: orNull(text("A deployment, as callers name it.")),
  }),
  UsagePage: bucketsOf("UsageResult"),
  CostResult: fields({
    object: { const: "organization.costs.result" },
    amount: fields({ value: number(), currency: text("ISO 4217 in small letters.") }),
    project_id: orNull(text()),
  }),
  CostPage: bucketsOf("CostResult"),
  Health: fields({ status: { const: "ok" } }),
  Readiness: fields({
    status: oneOf(["ready", "not ready"]),
    checks: listOf(fields({ name: text(), ok: flag(), "reason?": text() })),
  }),
  Status: fields(
    {
      at: text(),
      since: text(),
      version: text(),
      isAvailable: flag(),
      deployments: listOf({ type: "object" }),
      incidents: listOf({ type: "object" }),
    },
    { description: "Deployments with their targets, and when targets failed. No address, no key, no text." },
  ),
};
