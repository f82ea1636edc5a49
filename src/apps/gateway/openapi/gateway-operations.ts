import type { JsonSchema } from "../../../json.ts";
import type { CalledPath } from "../wire/read-path.ts";
import { integer, oneOf, text } from "./schema-parts.ts";

/** What is served for one operation, whatever the shape of its address. */
export type DescribedOperation = {
  readonly id: string;
  readonly operation: CalledPath["operation"];
  readonly method: "get" | "post" | "delete";
  /** What follows the operation's own words in the address. */
  readonly path?: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** How it streams, where it can. */
  readonly stream?: string;
  readonly query?: readonly (readonly [name: string, schema: JsonSchema, isNeeded?: boolean])[];
  readonly request?: { readonly schema: string; readonly type?: "multipart/form-data" };
  readonly answer: { readonly says: string; readonly schema?: string; readonly type?: string };
  /** A call to a model: it counts against limits, and Azure's addresses may name its deployment. */
  readonly isCall?: boolean;
  /** Azure's addresses name a deployment here too, though none is asked. */
  readonly isOfDeployment?: boolean;
  /** Azure has nothing like it. */
  readonly isOpenaiOnly?: boolean;
};

const CHAT_STREAM =
  'With `"stream": true` the answer is server-sent events: `data: {chunk}` each, `data: [DONE]` at the end. An answer that breaks off ends with an event that has an `error`, without `[DONE]`.';
const RESPONSE_STREAM =
  'With `"stream": true` the answer is server-sent events: `event: TYPE` and `data: {…}` each, `response.completed` the last.';
const form = "multipart/form-data";
const call = { method: "post", tag: "Models", isCall: true } as const;

const calls: readonly DescribedOperation[] = [
  {
    ...call,
    id: "createChatCompletion",
    operation: "chat",
    summary: "Chat with a deployment",
    stream: CHAT_STREAM,
    request: { schema: "ChatRequest" },
    answer: { says: "The answer.", schema: "ChatCompletion" },
  },
  {
    ...call,
    id: "createResponse",
    operation: "responses",
    summary: "Ask for a response",
    description: "Responses are not kept here: `store` and `previous_response_id` are the provider's matter.",
    stream: RESPONSE_STREAM,
    request: { schema: "ResponseRequest" },
    answer: { says: "The response.", schema: "Response" },
  },
  {
    ...call,
    id: "createCompletion",
    operation: "completions",
    summary: "Continue a text",
    stream: CHAT_STREAM,
    request: { schema: "CompletionRequest" },
    answer: { says: "The continuation.", schema: "Completion" },
  },
  {
    ...call,
    id: "createEmbedding",
    operation: "embeddings",
    summary: "Turn texts into vectors",
    request: { schema: "EmbeddingRequest" },
    answer: { says: "A vector for each text.", schema: "EmbeddingList" },
  },
  {
    ...call,
    id: "createImage",
    operation: "images",
    summary: "Make images",
    request: { schema: "ImageRequest" },
    answer: { says: "The images.", schema: "ImageList" },
  },
  {
    ...call,
    id: "createImageEdit",
    operation: "image-edits",
    summary: "Change an image",
    request: { schema: "ImageForm", type: form },
    answer: { says: "The images.", schema: "ImageList" },
  },
  {
    ...call,
    id: "createTranscription",
    operation: "transcriptions",
    summary: "Write down what is said in a recording",
    request: { schema: "AudioForm", type: form },
    answer: { says: "The text.", schema: "AudioText" },
  },
  {
    ...call,
    id: "createTranslation",
    operation: "translations",
    summary: "Write down a recording in English",
    request: { schema: "AudioForm", type: form },
    answer: { says: "The text.", schema: "AudioText" },
  },
  {
    ...call,
    id: "createSpeech",
    operation: "speech",
    summary: "Speak a text",
    request: { schema: "SpeechRequest" },
    answer: { says: "The sound.", type: "audio/mpeg" },
  },
  {
    ...call,
    id: "createModeration",
    operation: "moderations",
    summary: "Classify texts by what may be harmful",
    request: { schema: "ModerationRequest" },
    answer: { says: "A finding for each text.", schema: "ModerationList" },
  },
];

const after = ["after", text("The last id of the page before.")] as const;

const resources: readonly DescribedOperation[] = [
  {
    id: "listModels",
    operation: "models",
    method: "get",
    tag: "Models",
    summary: "List the deployments that the key may use",
    answer: { says: "Each deployment is a model for its callers.", schema: "ModelList" },
  },
  {
    id: "retrieveModel",
    operation: "models",
    method: "get",
    path: "/{model}",
    tag: "Models",
    summary: "Look at one deployment",
    answer: { says: "The deployment.", schema: "Model" },
  },
  {
    id: "createFile",
    operation: "files",
    method: "post",
    tag: "Files",
    summary: "Upload a file, at most 200 MB",
    request: { schema: "FileForm", type: form },
    answer: { says: "The file.", schema: "File" },
  },
  {
    id: "listFiles",
    operation: "files",
    method: "get",
    tag: "Files",
    summary: "List the files of the key's project",
    query: [after, ["limit", integer()], ["order", oneOf(["asc", "desc"])], ["purpose", text()]],
    answer: { says: "A page of files.", schema: "FileList" },
  },
  {
    id: "retrieveFile",
    operation: "files",
    method: "get",
    path: "/{file_id}",
    tag: "Files",
    summary: "Look at a file",
    answer: { says: "The file.", schema: "File" },
  },
  {
    id: "downloadFile",
    operation: "files",
    method: "get",
    path: "/{file_id}/content",
    tag: "Files",
    summary: "Read a file's content",
    answer: { says: "The bytes.", type: "application/octet-stream" },
  },
  {
    id: "deleteFile",
    operation: "files",
    method: "delete",
    path: "/{file_id}",
    tag: "Files",
    summary: "Delete a file",
    answer: { says: "It is gone.", schema: "FileDeleted" },
  },
  {
    id: "createBatch",
    operation: "batches",
    method: "post",
    tag: "Batches",
    summary: "Have many calls made within a day",
    description:
      "They are made with the key that made the batch, count against its limits, and wait where it is at one.",
    isOfDeployment: true,
    request: { schema: "BatchRequest" },
    answer: { says: "The batch.", schema: "Batch" },
  },
  {
    id: "listBatches",
    operation: "batches",
    method: "get",
    tag: "Batches",
    summary: "List the batches of the key's project",
    isOfDeployment: true,
    query: [after, ["limit", integer()]],
    answer: { says: "A page of batches.", schema: "BatchList" },
  },
  {
    id: "retrieveBatch",
    operation: "batches",
    method: "get",
    path: "/{batch_id}",
    tag: "Batches",
    summary: "Look at a batch",
    isOfDeployment: true,
    answer: { says: "The batch.", schema: "Batch" },
  },
  {
    id: "cancelBatch",
    operation: "batches",
    method: "post",
    path: "/{batch_id}/cancel",
    tag: "Batches",
    summary: "Cancel a batch",
    description: "What was answered until then can be had.",
    isOfDeployment: true,
    answer: { says: "The batch.", schema: "Batch" },
  },
];

const TIMES = [
  ["start_time", integer("Seconds since 1970."), true],
  ["end_time", integer("Seconds since 1970. Defaults to now.")],
  ["limit", integer("Buckets of a page.")],
  ["page", text("The `next_page` of the page before.")],
  ["project_ids", text("With commas between them.")],
] as const;
const width = ["bucket_width", oneOf(["1m", "1h", "1d"])] as const;
const admin = { operation: "usage", method: "get", tag: "Usage", isOpenaiOnly: true } as const;
const needsAdmin = "For keys with the admin scope.";

const usage: readonly DescribedOperation[] = [
  {
    ...admin,
    id: "usageCompletions",
    path: "/usage/completions",
    summary: "Tokens of chats, responses and completions",
    description: needsAdmin,
    query: [...TIMES, width, ["group_by", text("project_id, api_key_id, model; with commas.")]],
    answer: { says: "A bucket for each step of time.", schema: "UsagePage" },
  },
  {
    ...admin,
    id: "usageEmbeddings",
    path: "/usage/embeddings",
    summary: "Tokens of embeddings",
    description: needsAdmin,
    query: [...TIMES, width, ["group_by", text("project_id, api_key_id, model; with commas.")]],
    answer: { says: "A bucket for each step of time.", schema: "UsagePage" },
  },
  {
    ...admin,
    id: "costs",
    path: "/costs",
    summary: "Costs by day",
    description: needsAdmin,
    query: [...TIMES, ["group_by", text("project_id")]],
    answer: { says: "A bucket for each day.", schema: "CostPage" },
  },
];

/** Everything that the gateway serves. Fine-tuning is not among it: its addresses answer 501. */
export const describedOperations: readonly DescribedOperation[] = [...calls, ...resources, ...usage];
