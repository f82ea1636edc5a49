import { type MaskSession, maskText } from "../../../models/safety/mask-text.ts";
import { type Call, FORMS } from "../read-call.ts";
import { type JsonPlace, rewriteJsonStrings } from "./rewrite-json-strings.ts";

/** A call as it may leave, or why it may not. */
export type MaskedCall =
  | {
      readonly kind: "masked";
      readonly call: Call;
      /** How many different values were replaced. */
      readonly count: number;
    }
  | { readonly kind: "unmaskable"; readonly reason: string };

/** Their requests are recordings and pictures. */

/** Members whose text a provider reads as a word of its own, not as text of somebody. */
const WORDS: ReadonlySet<string> = new Set([
  "model",
  "role",
  "type",
  "id",
  "object",
  "name",
  "call_id",
  "tool_call_id",
  "item_id",
  "file_id",
  "previous_response_id",
  "encrypted_content",
  "signature",
  "status",
  "format",
  "pattern",
  "required",
  "$ref",
  "$schema",
]);

/** Below these, names are the caller's own, so that `id` may be anybody's. */
const FREE: ReadonlySet<string> = new Set([
  "metadata",
  "variables",
  "const",
  "default",
  "enum",
  "example",
  "examples",
]);

/**
 * Replaces personal data and secrets in every text of a call's body, and only there: the rest stays as it was written.
 * What no rule can read (recordings, pictures, files, lists of token numbers) can't be masked.
 */
export function maskCall(call: Call, session: MaskSession): MaskedCall {
  const { json, operation, body } = call;
  if (json === undefined || FORMS.has(operation)) return unmaskable(`the ${operation} operation sends bytes`);
  if (hasTokenNumbers(json.prompt) || hasTokenNumbers(json.input)) {
    return unmaskable("the text is given as token numbers");
  }
  const used = new Set<string>();
  const mask = (text: string): string => {
    const masked = maskText(text, session);
    for (const token of masked.tokens) used.add(token);
    return masked.text;
  };
  let carries: string | undefined;
  const text = body.toString("utf8");
  const masked = rewriteJsonStrings(text, (value, place) => {
    const held = bytesIn(value, place);
    carries ??= held;
    return held !== undefined || isWord(place) ? value : maskValue(value, place, mask);
  });
  if (carries !== undefined) return unmaskable(`it carries ${carries}`);
  if (operation === "speech" && used.size > 0) {
    return unmaskable("personal data can't be put back into speech");
  }
  const sent = masked === text ? call : { ...call, body: Buffer.from(masked) };
  return { kind: "masked", call: sent, count: used.size };
}

function unmaskable(reason: string): MaskedCall {
  return { kind: "unmaskable", reason };
}

/** Whether the string there is a word of the protocol, which is neither masked nor unmasked. */
export function isWord(place: JsonPlace): boolean {
  return WORDS.has(place.at(-1) ?? "") && !place.some((name) => FREE.has(name));
}

/** A tool call's arguments are JSON again; its own strings are masked there, each behind its name: that may be a label. */
function maskValue(value: string, place: JsonPlace, mask: (text: string) => string): string {
  if (place.at(-1) !== "arguments" || !isJson(value)) return mask(value);
  return rewriteJsonStrings(value, (inner, innerPlace) => {
    const label = `${innerPlace.at(-1) ?? ""}: `;
    const masked = mask(label + inner);
    return masked.startsWith(label) ? masked.slice(label.length) : mask(inner);
  });
}

function bytesIn(value: string, place: JsonPlace): string | undefined {
  const name = place.at(-1);
  if (/^data:[^,]{0,200};base64,/i.test(value)) return "a picture or a file";
  if (name === "file_data") return "a file";
  if (name === "data" && place.at(-2) === "input_audio") return "a recording";
  if (name === "b64_json" || (name === "data" && place.at(-2) === "source")) return "a picture or a file";
  return undefined;
}

function hasTokenNumbers(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  return value.some((each) => typeof each === "number" || (Array.isArray(each) && hasTokenNumbers(each)));
}

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
