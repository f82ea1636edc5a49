import type { z } from "zod";
import { BadRequestError, TandemError } from "../../errors.ts";
import { readErrorBody } from "../provider-failure.ts";

/** A request that OpenAI's shape does not allow or that this engine cannot serve, in OpenAI's words. */
export class RequestShapeError extends BadRequestError {
  /** The parameter at fault, `messages[0].content` for example. */
  readonly param: string | null;
  /** OpenAI's code: `unsupported_parameter`, `invalid_type`, `missing_required_parameter`. */
  readonly shapeCode: string;

  constructor(message: string, param: string | null, shapeCode: string) {
    super(message);
    this.param = param;
    this.shapeCode = shapeCode;
  }
}

/** The body of an error answer. */
export type OpenAIErrorBody = {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
  };
};

/** A refusal that names a parameter which the engine cannot honour. */
export function unsupported(param: string, why = "it is not supported with this model"): RequestShapeError {
  return new RequestShapeError(`Unsupported parameter: '${param}': ${why}.`, param, "unsupported_parameter");
}

/** Status and body for whatever was thrown. Messages of faults of ours stay inside. */
export function openaiError(thrown: unknown): { readonly status: number; readonly body: OpenAIErrorBody } {
  if (thrown instanceof RequestShapeError) {
    return errorOf(400, thrown.message, "invalid_request_error", thrown.param, thrown.shapeCode);
  }
  const refusal = providerRefusal(thrown);
  if (refusal !== undefined) {
    return errorOf(400, (thrown as Error).message, "invalid_request_error", null, refusal);
  }
  if (thrown instanceof BadRequestError) {
    return errorOf(400, thrown.message, "invalid_request_error", null, "bad_request");
  }
  if (!(thrown instanceof TandemError)) {
    return errorOf(500, "The server had an error while processing your request.", "server_error", null, null);
  }
  switch (thrown.code) {
    case "refused":
      return errorOf(403, thrown.message, "invalid_request_error", null, "refused");
    case "no-model":
      return errorOf(503, thrown.message, "server_error", null, "model_unavailable");
    case "model-output":
      return errorOf(502, thrown.message, "server_error", null, "model_output");
    case "model-failed":
      return errorOf(503, thrown.message, "server_error", null, "model_failed");
    default:
      return errorOf(500, thrown.message, "server_error", null, null);
  }
}

const PASSED_ON = new Set(["context_length_exceeded", "content_filter"]);

function providerRefusal(thrown: unknown): string | undefined {
  const cause: unknown = thrown instanceof TandemError ? thrown.cause : undefined;
  if (typeof cause !== "object" || cause === null) return undefined;
  const { code } = readErrorBody((cause as { responseBody?: string }).responseBody);
  return code !== undefined && PASSED_ON.has(code) ? code : undefined;
}

function errorOf(
  status: number,
  message: string,
  type: string,
  param: string | null,
  code: string | null,
): { readonly status: number; readonly body: OpenAIErrorBody } {
  return { status, body: { error: { message, type, param, code } } };
}

/** Checks a body against a schema that knows every parameter; null means absent, as it does at OpenAI. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new RequestShapeError("The body has to be a JSON object.", null, "invalid_type");
  }
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw shapeErrorOf(parsed.error.issues[0], given);
}

function shapeErrorOf(issue: z.core.$ZodIssue | undefined, given: object): RequestShapeError {
  if (issue === undefined) return new RequestShapeError("The body has another form.", null, "invalid_type");
  if (issue.code === "unrecognized_keys") {
    const param = pathOf([...issue.path, issue.keys[0] ?? ""]);
    return new RequestShapeError(`Unknown parameter: '${param}'.`, param, "unknown_parameter");
  }
  const param = pathOf(issue.path);
  const [first] = issue.path;
  if (issue.path.length === 1 && first !== undefined && !Object.hasOwn(given, first)) {
    const message = `Missing required parameter: '${param}'.`;
    return new RequestShapeError(message, param, "missing_required_parameter");
  }
  const code =
    issue.code === "invalid_type" || issue.code === "invalid_union" ? "invalid_type" : "invalid_value";
  return new RequestShapeError(`Invalid value for '${param}': ${issue.message}.`, param, code);
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) =>
      typeof part === "number" ? `[${part}]` : `${index === 0 ? "" : "."}${String(part)}`,
    )
    .join("");
}
