import { frameData } from "../stream/event-frames.ts";

type JsonObject = Record<string, unknown>;

/** A piece of a text in a frame of a stream. */
export type TextPiece = {
  /** Which text it continues: one a choice and member, or an item and part. */
  readonly channel: string;
  /** The text is JSON in itself: arguments of a tool call. */
  readonly isArguments: boolean;
  readonly text: string;
  readonly replace: (text: string) => void;
};

/** One frame of a stream of chat completions, completions or responses, read. */
export type StreamFrame = {
  readonly bytes: Buffer;
  /** The data where it is a JSON object; changed through `replace` alone. */
  readonly data: JsonObject | undefined;
  readonly pieces: readonly TextPiece[];
  /** Beginnings of the names of the channels that end with it. */
  readonly ends: readonly string[];
  /** The choice's or the answer's last frame: the prefixes of what is over, for annotations. */
  readonly isLast: boolean;
};

/** Members of a delta that are no text. */
const NO_TEXT: ReadonlySet<string> = new Set([
  "role",
  "id",
  "type",
  "name",
  "data",
  "signature",
  "encrypted_content",
]);
/** Sound and pictures, in base64. */
const NO_TEXT_EVENT = /^response\.(audio\.delta|image_generation_call\.partial_image)$/;
const LAST_EVENT = /^response\.(completed|incomplete|failed)$/;

/** Finds the texts in a frame. */
export function readFrame(bytes: Buffer): StreamFrame {
  const text = dataOf(bytes);
  if (text === "[DONE]") return { bytes, data: undefined, pieces: [], ends: [""], isLast: true };
  const data = parsed(text);
  if (data === undefined) return { bytes, data, pieces: [], ends: [], isLast: false };
  if (Array.isArray(data.choices)) return { bytes, data, ...readChoices(data.choices), isLast: false };
  const type = typeof data.type === "string" ? data.type : "";
  return { bytes, data, ...readEvent(data, type), isLast: LAST_EVENT.test(type) };
}

/** Nearly every frame is one line. */
function dataOf(bytes: Buffer): string {
  const frame = bytes.toString("utf8");
  const isOneLine = frame.startsWith("data: {") && frame.indexOf("\n") === frame.length - 2;
  return isOneLine ? frame.slice(6, -2) : frameData(bytes);
}

function readChoices(choices: readonly unknown[]): Pick<StreamFrame, "pieces" | "ends"> {
  const pieces: TextPiece[] = [];
  const ends: string[] = [];
  for (const choice of choices) {
    if (!isObject(choice)) continue;
    const prefix = `choice ${String(choice.index)}:`;
    if (typeof choice.text === "string") pieces.push(pieceOf(choice, "text", `${prefix}text`, choice));
    if (isObject(choice.delta)) collect(choice.delta, `${prefix}`, choice, pieces);
    if (typeof choice.finish_reason === "string") ends.push(prefix);
  }
  return { pieces, ends };
}

function collect(value: JsonObject, path: string, choice: JsonObject, pieces: TextPiece[]): void {
  for (const [name, each] of Object.entries(value)) {
    if (typeof each === "string") {
      if (each !== "" && !NO_TEXT.has(name)) pieces.push(pieceOf(value, name, `${path}${name}`, choice));
    } else if (Array.isArray(each)) {
      for (const [at, inner] of each.entries()) {
        if (isObject(inner)) collect(inner, `${path}${name} ${String(inner.index ?? at)}.`, choice, pieces);
      }
    } else if (isObject(each)) collect(each, `${path}${name}.`, choice, pieces);
  }
}

function readEvent(data: JsonObject, type: string): Pick<StreamFrame, "pieces" | "ends"> {
  const [, base, step] = /^(response\..+)\.(delta|done)$/.exec(type) ?? [];
  if (LAST_EVENT.test(type)) return { pieces: [], ends: [""] };
  if (base === undefined) return { pieces: [], ends: [] };
  const numbers = [data.output_index, data.content_index, data.summary_index].map((each) => each ?? "");
  const channel = `${base} ${numbers.join(" ")} ${String(data.item_id ?? "")}`;
  if (step === "done") return { pieces: [], ends: [channel] };
  const isText = typeof data.delta === "string" && data.delta !== "" && !NO_TEXT_EVENT.test(type);
  return { pieces: isText ? [pieceOf(data, "delta", channel, data)] : [], ends: [] };
}

function pieceOf(owner: JsonObject, name: string, channel: string, around: JsonObject): TextPiece {
  return {
    channel,
    isArguments: name === "arguments" || channel.includes("arguments"),
    text: owner[name] as string,
    replace: (text) => {
      owner[name] = text;
      // They describe the text that is no longer there.
      if (Array.isArray(around.logprobs)) around.logprobs = [];
      else if (around.logprobs !== undefined) around.logprobs = null;
    },
  };
}

/** The frame with its data written anew; what else it had (`event:`, comments) stays, an event's name follows its data. */
export function writeFrame({ bytes, data }: StreamFrame): Buffer {
  const others = bytes
    .toString("utf8")
    .split(/\r?\n/)
    .filter((line) => line !== "" && !line.startsWith("data:"))
    .map((line) =>
      line.startsWith("event:") && typeof data?.type === "string" ? `event: ${data.type}` : line,
    );
  return Buffer.from(`${[...others, `data: ${JSON.stringify(data)}`].join("\n")}\n\n`);
}

function parsed(text: string): JsonObject | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
