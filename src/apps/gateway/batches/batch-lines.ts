import type { Operation } from "../../../models/deployments/types.ts";

/** One line of a batch's input, checked. */
export type BatchLine = {
  /** From 1. */
  readonly number: number;
  readonly customId: string;
  readonly body: Readonly<Record<string, unknown>>;
};

/** What is wrong with an input, as OpenAI writes it into the batch. */
export type BatchError = {
  readonly code: string;
  readonly line: number | null;
  readonly message: string;
  readonly param: string | null;
};

const ENDPOINTS: Readonly<Record<string, Operation>> = {
  "/chat/completions": "chat",
  "/responses": "responses",
  "/embeddings": "embeddings",
  "/completions": "completions",
  "/moderations": "moderations",
};

/** The operation of a batch's endpoint: `/v1/chat/completions`, at Azure `/chat/completions`. */
export function batchOperation(endpoint: unknown): Operation | undefined {
  return typeof endpoint === "string" ? ENDPOINTS[endpoint.replace(/^\/v1(?=\/)/, "")] : undefined;
}

const MOST_LINES = 100_000;
const MOST_ERRORS = 20;

/** Reads the lines of an input; either all are good or none is run. */
export function readBatchLines(
  text: string,
  endpoint: string,
): { readonly lines: readonly BatchLine[]; readonly errors: readonly BatchError[] } {
  const lines: BatchLine[] = [];
  const errors: BatchError[] = [];
  const seen = new Set<string>();
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    if (raw.trim() === "") continue;
    if (errors.length >= MOST_ERRORS) break;
    const line = readLine(raw, index + 1, endpoint);
    if ("code" in line) errors.push(line);
    else if (seen.has(line.customId)) {
      errors.push(fault("duplicate_custom_id", line.number, `The custom_id is used twice.`, "custom_id"));
    } else {
      seen.add(line.customId);
      lines.push(line);
    }
  }
  if (errors.length === 0 && lines.length === 0) {
    errors.push(fault("empty_file", null, "The input file has no lines.", null));
  }
  if (lines.length > MOST_LINES) {
    errors.push(fault("too_many_tasks", null, `A batch has at most ${MOST_LINES} lines.`, null));
  }
  return { lines, errors };
}

function readLine(raw: string, number: number, endpoint: string): BatchLine | BatchError {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return fault("invalid_json_line", number, "This line is not parseable as valid JSON.", null);
  }
  const { custom_id, method, url, body } = (typeof value === "object" && value !== null ? value : {}) as {
    readonly [name: string]: unknown;
  };
  if (typeof custom_id !== "string" || custom_id === "") {
    return fault("missing_required_parameter", number, "custom_id is missing.", "custom_id");
  }
  if (method !== "POST") return fault("invalid_method", number, "method must be POST.", "method");
  if (typeof url !== "string" || batchOperation(url) !== batchOperation(endpoint)) {
    return fault("invalid_url", number, `url must be ${endpoint}, the endpoint of the batch.`, "url");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return fault("missing_required_parameter", number, "body must be an object.", "body");
  }
  if ("stream" in body && body.stream === true) {
    return fault("unsupported_parameter", number, "A batch has no streams.", "body.stream");
  }
  return { number, customId: custom_id, body: body as Readonly<Record<string, unknown>> };
}

function fault(code: string, line: number | null, message: string, param: string | null): BatchError {
  return { code, line, message, param };
}
