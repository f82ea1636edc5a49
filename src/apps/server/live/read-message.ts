import {
  type ClientMessage,
  clientMessage,
  MAX_NAME_LENGTH,
  type ServerMessage,
} from "../protocol/live-messages.ts";

/** What can't be done, for the client. */
export type Refusal = {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** The client's name of the line that is refused. */
  readonly line?: string;
};

export type ReadMessage =
  | { readonly message: ClientMessage; readonly refusal?: undefined }
  | { readonly refusal: Refusal; readonly message?: undefined };

/** A refusal as the client is told of it. */
export function errorMessage({ line, ...error }: Refusal, fatal: boolean): ServerMessage {
  return { type: "error", error, ...(line !== undefined && { line }), fatal };
}

/** Reads a frame. The refusal names the field and what it should be, never what it was. */
export function readClientMessage(data: Buffer, isBinary: boolean): ReadMessage {
  if (isBinary)
    return refused("messages are text frames", "audio travels as base64 in input_audio_buffer.append");
  const value = parseJson(data);
  if (value === undefined) return refused("the frame is no JSON");
  const { data: message, error } = clientMessage.safeParse(withoutPrefix(value));
  if (message !== undefined) return { message };
  const [issue] = error.issues;
  const place = issue?.path.map(String).join(".") ?? "";
  const { refusal } = refused(
    place === "" ? "the frame is no message" : `${place}: ${issue?.message ?? "is wrong"}`,
  );
  return { refusal: { ...refusal, ...lineOf(value) } };
}

/** The name of the line that a message is about. */
export function lineOf(message: unknown): { readonly line?: string } {
  const { line } = Object(message) as { readonly line?: unknown };
  return typeof line === "string" && line.length <= MAX_NAME_LENGTH ? { line } : {};
}

function refused(message: string, hint?: string): { readonly refusal: Refusal } {
  return { refusal: { code: "bad-message", message, ...(hint !== undefined && { hint }) } };
}

function parseJson(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Some clients say `session.input_text.line` for `input_text.line`. */
function withoutPrefix(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const { type } = value as { type?: unknown };
  const [, rest] =
    (typeof type === "string" && /^session\.((?!session\.)[a-z_]+\.[a-z_]+)$/.exec(type)) || [];
  return rest === undefined ? value : { ...value, type: rest };
}
