/** What a deployment can be asked for, in OpenAI's words. */
export const OPERATIONS = [
  "chat",
  "responses",
  "completions",
  "embeddings",
  "images",
  "image-edits",
  "transcriptions",
  "translations",
  "speech",
  "moderations",
] as const;

export type Operation = (typeof OPERATIONS)[number];
