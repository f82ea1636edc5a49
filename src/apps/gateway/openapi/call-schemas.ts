import type { JsonSchema } from "../../../json.ts";
import { fields, flag, integer, listOf, number, oneOf, orNull, ref, text } from "./schema-parts.ts";

const model = text(
  "The name of a deployment. In addresses with `/deployments/{deployment}/` that name counts.",
);
const isOpen = true;
const passedOn = "Fields besides these are passed on to the provider as they are.";
const stream = flag("Answer as server-sent events.");

const message: JsonSchema = fields(
  {
    role: oneOf(["system", "developer", "user", "assistant", "tool"]),
    content: { description: "A text, or parts: texts, images, sound, files; as the model allows." },
    "tool_calls?": listOf({ type: "object" }),
    "tool_call_id?": text(),
  },
  { isOpen },
);

const usage: JsonSchema = fields(
  {
    prompt_tokens: integer(),
    completion_tokens: integer(),
    total_tokens: integer(),
    "prompt_tokens_details?": fields({ "cached_tokens?": integer() }, { isOpen }),
    "completion_tokens_details?": fields({ "reasoning_tokens?": integer() }, { isOpen }),
  },
  { isOpen },
);

/** Bodies of calls to models and of their answers. */
export const callSchemas: Readonly<Record<string, JsonSchema>> = {
  ChatRequest: fields(
    {
      model,
      messages: listOf(message),
      "stream?": stream,
      "stream_options?": fields({ "include_usage?": flag("One more event with the usage at the end.") }),
      "max_completion_tokens?": integer(
        "Most tokens of the answer. Counted against limits until it is known what was used.",
      ),
      "max_tokens?": integer("The older name of `max_completion_tokens`."),
      "temperature?": number(),
      "top_p?": number(),
      "stop?": { anyOf: [text(), listOf(text())] },
      "tools?": listOf({ type: "object" }),
      "tool_choice?": {},
      "response_format?": {
        type: "object",
        description:
          'For example {"type": "json_schema", "json_schema": {"name": …, "strict": true, "schema": …}}.',
      },
    },
    { isOpen, description: passedOn },
  ),
  ChatCompletion: fields(
    {
      id: text(),
      object: { const: "chat.completion" },
      created: integer("Seconds since 1970."),
      model: text(),
      choices: listOf(
        fields(
          {
            index: integer(),
            message,
            finish_reason: oneOf(["stop", "length", "tool_calls", "content_filter", "function_call"]),
          },
          { isOpen },
        ),
      ),
      "usage?": usage,
    },
    { isOpen },
  ),
  ResponseRequest: fields(
    {
      model,
      input: { description: "A text, or a list of messages and items." },
      "instructions?": text(),
      "stream?": stream,
      "max_output_tokens?": integer(),
      "text?": { type: "object", description: "`format` asks for JSON of a schema." },
      "tools?": listOf({ type: "object" }),
    },
    { isOpen, description: passedOn },
  ),
  Response: fields(
    {
      id: text(),
      object: { const: "response" },
      created_at: number("Seconds since 1970."),
      status: oneOf(["completed", "failed", "in_progress", "cancelled", "queued", "incomplete"]),
      model: text(),
      output: listOf({ type: "object" }),
      "usage?": fields(
        { input_tokens: integer(), output_tokens: integer(), total_tokens: integer() },
        { isOpen },
      ),
    },
    { isOpen },
  ),
  CompletionRequest: fields(
    {
      model,
      prompt: { description: "A text or a list of them." },
      "max_tokens?": integer(),
      "stream?": stream,
    },
    { isOpen, description: passedOn },
  ),
  Completion: fields(
    {
      id: text(),
      object: { const: "text_completion" },
      created: integer(),
      model: text(),
      choices: listOf(fields({ index: integer(), text: text(), finish_reason: orNull(text()) }, { isOpen })),
      "usage?": usage,
    },
    { isOpen },
  ),
  EmbeddingRequest: fields(
    {
      model,
      input: { description: "A text or a list of them." },
      "dimensions?": integer(),
      "encoding_format?": oneOf(["float", "base64"]),
    },
    { isOpen, description: passedOn },
  ),
  EmbeddingList: fields(
    {
      object: { const: "list" },
      model: text(),
      data: listOf(
        fields({
          object: { const: "embedding" },
          index: integer(),
          embedding: { anyOf: [listOf(number()), text("base64 of 32-bit floats")] },
        }),
      ),
      usage: fields({ prompt_tokens: integer(), total_tokens: integer() }, { isOpen }),
    },
    { isOpen },
  ),
  ImageRequest: fields(
    { model, prompt: text(), "n?": integer(), "size?": text() },
    { isOpen, description: passedOn },
  ),
  ImageForm: fields(
    { model, prompt: text(), image: { type: "string", contentMediaType: "application/octet-stream" } },
    { isOpen, description: passedOn },
  ),
  ImageList: fields(
    { created: integer(), data: listOf(fields({ "url?": text(), "b64_json?": text() }, { isOpen })) },
    { isOpen },
  ),
  SpeechRequest: fields(
    { model, input: text(), voice: text(), "response_format?": text() },
    { isOpen, description: passedOn },
  ),
  AudioForm: fields(
    {
      model,
      file: { type: "string", contentMediaType: "application/octet-stream" },
      "language?": text(),
      "response_format?": text(),
    },
    { isOpen, description: passedOn },
  ),
  AudioText: fields({ text: text() }, { isOpen }),
  ModerationRequest: fields({ "model?": model, input: {} }, { isOpen, description: passedOn }),
  ModerationList: fields({ id: text(), model: text(), results: listOf(ref("Moderation")) }, { isOpen }),
  Moderation: fields(
    { flagged: flag(), categories: { type: "object" }, category_scores: { type: "object" } },
    { isOpen },
  ),
};
