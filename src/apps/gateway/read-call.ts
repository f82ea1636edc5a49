import type { DataPolicy, Operation } from "../../models/deployments/types.ts";
import { formBoundary, formField } from "./wire/form-field.ts";
import type { CalledPath } from "./wire/read-path.ts";
import { WireError } from "./wire/wire-error.ts";

/** A request to a model, read once and the same whatever its address and client. */
export type Call = {
  readonly id: string;
  readonly path: CalledPath;
  readonly operation: Operation;
  /** The name under which it asks for a model. */
  readonly deployment: string;
  readonly contentType: string;
  readonly body: Buffer;
  /** The body where it is JSON. */
  readonly json?: Readonly<Record<string, unknown>>;
  readonly isStream: boolean;
  /** True when the caller asked for the usage at the end of the stream. */
  readonly wantsUsage: boolean;
  /** The job that it belongs to: a batch, or what the caller names in `x-tandem-job`. */
  readonly job?: string;
  /** What the caller asks for besides the deployment's policy. */
  readonly dataPolicy?: DataPolicy;
};

/** Operations whose calls carry a file, and so are forms. */
export const FORMS: ReadonlySet<Operation> = new Set(["transcriptions", "translations", "image-edits"]);

/** Reads a call's body. Throws `WireError` 400 that says what is wrong with it. */
export function readCall(
  id: string,
  path: CalledPath & { readonly operation: Operation },
  contentType: string,
  body: Buffer,
): Call {
  const { operation } = path;
  const read = { id, path, operation, contentType, body };
  if (FORMS.has(operation) && formBoundary(contentType) !== undefined) {
    return { ...read, ...readForm(path, contentType, body) };
  }
  const json = readJson(body);
  const isStream = json.stream === true;
  const options = json.stream_options as { readonly include_usage?: unknown } | null | undefined;
  return {
    ...read,
    json,
    deployment: path.deployment ?? modelOf(json.model, operation),
    isStream,
    wantsUsage: isStream && options?.include_usage === true,
  };
}

function readForm(
  path: CalledPath,
  contentType: string,
  body: Buffer,
): Pick<Call, "deployment" | "isStream" | "wantsUsage"> {
  const boundary = formBoundary(contentType)!;
  return {
    deployment: path.deployment ?? modelOf(formField(body, boundary, "model"), path.operation),
    isStream: formField(body, boundary, "stream")?.trim() === "true",
    wantsUsage: true,
  };
}

function readJson(body: Buffer): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    throw new WireError({
      status: 400,
      code: "invalid_json",
      message: "We could not parse the JSON body of your request.",
    });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new WireError({
    status: 400,
    code: "invalid_type",
    message: "The body of the request must be a JSON object.",
  });
}

function modelOf(model: unknown, operation: string): string {
  if (typeof model === "string" && model.trim() !== "") return model;
  // OpenAI has a default for moderations alone.
  if (operation === "moderations") return "omni-moderation-latest";
  throw new WireError({
    status: 400,
    code: model === undefined ? "missing_required_parameter" : "invalid_type",
    message: "You must name a deployment: give its name as `model`.",
    param: "model",
  });
}
