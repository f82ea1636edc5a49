import type { Store } from "../../store/open-store.ts";
import type { ApiAnswer, ApiRequest } from "../gateway-mount.ts";
import { formBoundary, formField, formFile } from "../wire/form-field.ts";
import { noSuchAddress } from "../wire/no-such-address.ts";
import { listObject, pageOf } from "../wire/page.ts";
import { WireError } from "../wire/wire-error.ts";
import { addFile, fileContent, findFile, listFiles, removeFile, type StoredFile } from "./file-shelf.ts";

const PURPOSES: ReadonlySet<string> = new Set([
  "assistants",
  "batch",
  "fine-tune",
  "vision",
  "user_data",
  "evals",
]);
const MAX_PAGE = 10_000;

/** `…/files`: upload, list, look at, read and delete a project's files. */
export function filesPart(
  store: Store,
  { now }: { readonly now: () => Date },
): (request: ApiRequest) => Promise<ApiAnswer> {
  return async (request) => {
    const { method, path, admission } = request;
    const { projectId } = admission.caller;
    const [id, more, ...rest] = path.rest;
    if (rest.length > 0 || (more !== undefined && more !== "content")) throw noSuchAddress();
    if (id === undefined) {
      if (method === "POST") return upload(request, store, now());
      if (method === "GET") return list(request, store);
      throw noSuchAddress();
    }
    if (method === "DELETE" && more === undefined) {
      if (!(await removeFile(store, projectId, id))) throw noSuchFile(id);
      // Azure answers without a body, OpenAI with one.
      return path.shape === "azure-dated" ? { status: 204 } : { body: { id, object: "file", deleted: true } };
    }
    if (method !== "GET") throw noSuchAddress();
    const file = await findFile(store, projectId, id);
    if (file === undefined) throw noSuchFile(id);
    return more === undefined ? { body: describeFile(file) } : content(file, store);
  };
}

async function upload(request: ApiRequest, store: Store, now: Date): Promise<ApiAnswer> {
  const { body, contentType, path, admission, publicUrl } = request;
  const boundary = formBoundary(contentType);
  const purpose = boundary === undefined ? undefined : formField(body, boundary, "purpose");
  const file = boundary === undefined ? undefined : formFile(body, boundary, "file");
  if (purpose === undefined || !PURPOSES.has(purpose)) {
    const message = `"purpose" must be one of ${[...PURPOSES].join(", ")}.`;
    throw new WireError({ status: 400, code: "invalid_value", message, param: "purpose" });
  }
  if (file === undefined) {
    const message = '"file" is missing: send it as a part of multipart/form-data.';
    throw new WireError({ status: 400, code: "missing_required_parameter", message, param: "file" });
  }
  const { projectId } = admission.caller;
  const stored = await addFile(store, { projectId, name: file.name, purpose, content: file.content, now });
  const body201 = describeFile(stored);
  if (path.shape === "openai") return { body: body201 };
  const base = path.shape === "azure-v1" ? "/openai/v1/files" : "/openai/files";
  const version = path.apiVersion === undefined ? "" : `?api-version=${path.apiVersion}`;
  return { status: 201, headers: { location: `${publicUrl}${base}/${stored.id}${version}` }, body: body201 };
}

async function list({ query, admission }: ApiRequest, store: Store): Promise<ApiAnswer> {
  const { after, limit, order } = pageOf(query, { most: MAX_PAGE, usual: MAX_PAGE });
  const purpose = query.get("purpose");
  const found = await listFiles(store, admission.caller.projectId, {
    limit: limit + 1,
    order,
    ...(after === undefined ? {} : { after }),
    ...(purpose === null ? {} : { purpose }),
  });
  const data = found.slice(0, limit).map(describeFile);
  return { body: listObject(data, found.length > limit) };
}

async function content(file: StoredFile, store: Store): Promise<ApiAnswer> {
  const pieces: Buffer[] = [];
  for await (const piece of fileContent(store, file.id)) pieces.push(piece);
  const headers = { "content-type": "application/octet-stream", "content-length": String(file.bytes) };
  return { headers, body: Buffer.concat(pieces) };
}

/** OpenAI's file object. */
export type FileObject = {
  readonly id: string;
  readonly object: "file";
  readonly bytes: number;
  readonly created_at: number;
  readonly filename: string;
  readonly purpose: string;
  readonly status: "processed";
  readonly expires_at?: number;
};

function describeFile(file: StoredFile): FileObject {
  const { id, bytes, createdAt, expiresAt, name, purpose } = file;
  return {
    id,
    object: "file",
    bytes,
    created_at: Math.floor(createdAt.getTime() / 1_000),
    filename: name,
    purpose,
    status: "processed",
    ...(expiresAt === undefined ? {} : { expires_at: Math.floor(expiresAt.getTime() / 1_000) }),
  };
}

function noSuchFile(id: string): WireError {
  return new WireError({
    status: 404,
    code: "not_found",
    message: `No such File object: ${id.slice(0, 100)}`,
    param: "id",
  });
}
