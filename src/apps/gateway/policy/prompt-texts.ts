import type { Call } from "../read-call.ts";

/** What goes to the model, for filters. */
export type PromptTexts = {
  /** One list of texts a prompt; only completions have several prompts. */
  readonly prompts: readonly (readonly string[])[];
  /** Texts that nobody typed as an instruction: results of tools, and what stands between `<documents>` marks. */
  readonly documents: readonly string[];
};

type JsonObject = Readonly<Record<string, unknown>>;

const DOCUMENTS = /<documents>([\s\S]*?)<\/documents>/gi;

/** The texts of a call that a filter judges; none where the call is made of bytes. */
export function promptTexts({ json, operation }: Pick<Call, "json" | "operation">): PromptTexts {
  if (json === undefined || operation === "moderations") return { prompts: [], documents: [] };
  if (operation === "completions") {
    const prompts = Array.isArray(json.prompt) ? json.prompt : [json.prompt];
    const texts = prompts.filter((each): each is string => typeof each === "string");
    return { prompts: texts.map((each) => [each]), documents: texts.flatMap(marked) };
  }
  const items = [json.messages, json.input].flatMap((each) => (Array.isArray(each) ? each : []));
  const results = items.filter(isToolResult).flatMap((each) => textsOf(each.content ?? each.output));
  const said = [json.instructions, json.prompt, ...topTexts(json)].flatMap((each) => textsOf(each));
  const texts = [...said, ...items.filter((each) => !isToolResult(each)).flatMap((each) => contents(each))];
  const documents = [...results, ...texts.flatMap(marked)];
  return { prompts: [[...texts, ...results]], documents };
}

function topTexts({ input }: JsonObject): readonly unknown[] {
  return typeof input === "string" ? [input] : [];
}

function isToolResult(item: unknown): item is JsonObject {
  if (typeof item !== "object" || item === null) return false;
  const { role, type } = item as JsonObject;
  return role === "tool" || role === "function" || String(type).endsWith("_output");
}

function contents(item: unknown): readonly string[] {
  if (typeof item === "string") return [item];
  if (typeof item !== "object" || item === null) return [];
  const { content } = item as JsonObject;
  return textsOf(content);
}

/** A text, or the texts of content parts. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  if (!Array.isArray(value)) return [];
  return value.flatMap((part: JsonObject | string) =>
    typeof part === "string" ? [part] : typeof part?.text === "string" ? [part.text] : [],
  );
}

function marked(text: string): readonly string[] {
  return [...text.matchAll(DOCUMENTS)].flatMap(([, document]) => (document ? [document] : []));
}
