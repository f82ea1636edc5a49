import type { Operation } from "../../../models/deployments/types.ts";

/** Which service's addresses a caller uses. */
export type PathShape = "openai" | "azure-v1" | "azure-dated";

/** What an address asks for, whichever shape it has. */
export type CalledPath = {
  readonly shape: PathShape;
  readonly operation: Operation | "models" | "files" | "batches" | "fine-tuning" | "usage";
  /** Named by the address; otherwise the body's `model` names it. */
  readonly deployment?: string;
  /** What follows the operation's own words: `["file-1", "content"]`. */
  readonly rest: readonly string[];
  readonly apiVersion?: string;
};

/** The words of an operation in an address, the same in all shapes. */
const OPERATIONS: readonly (readonly [words: string, operation: CalledPath["operation"]])[] = [
  ["chat/completions", "chat"],
  ["responses", "responses"],
  ["completions", "completions"],
  ["embeddings", "embeddings"],
  ["images/generations", "images"],
  ["images/edits", "image-edits"],
  ["audio/transcriptions", "transcriptions"],
  ["audio/translations", "translations"],
  ["audio/speech", "speech"],
  ["moderations", "moderations"],
  ["models", "models"],
  ["files", "files"],
  ["batches", "batches"],
  ["fine_tuning", "fine-tuning"],
  ["organization", "usage"],
];

/** The words of an operation in an address: `chat/completions`. */
export function operationWords(operation: CalledPath["operation"]): string {
  return OPERATIONS.find(([, known]) => known === operation)![0];
}

/**
 * Reads the address of a request: `/v1/…`, `/openai/v1/…`, `/openai/deployments/{name}/…` and, for what Azure keeps outside
 * of deployments, `/openai/…`. Undefined where nothing is served.
 */
export function readPath(url: string): CalledPath | undefined {
  const cut = url.indexOf("?");
  const path = (cut < 0 ? url : url.slice(0, cut)).replace(/\/+$/, "");
  const query = new URLSearchParams(cut < 0 ? "" : url.slice(cut + 1));
  const version = query.get("api-version");
  const apiVersion = version === null ? {} : { apiVersion: version };
  if (path.startsWith("/v1/")) return named("openai", path.slice(4), {});
  if (path.startsWith("/openai/v1/")) return named("azure-v1", path.slice(11), apiVersion);
  const dated = /^\/openai\/deployments\/([^/]+)\/(.+)$/.exec(path);
  if (dated !== null) {
    const deployment = decoded(dated[1]!);
    return deployment === undefined
      ? undefined
      : named("azure-dated", dated[2]!, { deployment, ...apiVersion });
  }
  return path.startsWith("/openai/") ? named("azure-dated", path.slice(8), apiVersion) : undefined;
}

function named(
  shape: PathShape,
  words: string,
  more: { readonly deployment?: string; readonly apiVersion?: string },
): CalledPath | undefined {
  const found = OPERATIONS.find(([known]) => words === known || words.startsWith(`${known}/`));
  if (found === undefined) return undefined;
  const [known, operation] = found;
  const rest =
    words === known
      ? []
      : words
          .slice(known.length + 1)
          .split("/")
          .map(decoded);
  return rest.every((each) => each !== undefined) ? { shape, operation, rest, ...more } : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
