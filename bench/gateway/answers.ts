const content =
  "A backup of the order database is taken every night and kept for thirty-five days. It can be restored within four hours, which was last tried in March; the record of that trial stands in annex two, together with the names of those who are on call. ";

/** A chat answer of about 900 bytes. */
export const chatAnswer: object = {
  id: "chatcmpl-0123456789abcdef",
  object: "chat.completion",
  created: 1_700_000_000,
  model: "m",
  choices: [
    {
      index: 0,
      message: { role: "assistant", content: content.repeat(2), refusal: null, annotations: [] },
      logprobs: null,
      finish_reason: "stop",
    },
  ],
  usage: { prompt_tokens: 29, completion_tokens: 64, total_tokens: 93 },
  system_fingerprint: "fp_0123456789",
};

const chunk = (more: object): string =>
  `data: ${JSON.stringify({ id: "chatcmpl-0123456789abcdef", object: "chat.completion.chunk", created: 1_700_000_000, model: "m", system_fingerprint: "fp_0123456789", ...more })}\n\n`;

/** A stream: 64 chunks, one with the usage, and the end. */
export const streamFrames: readonly string[] = [
  ...Array.from({ length: 64 }, (_, index) =>
    chunk({
      choices: [{ index: 0, delta: { content: ` word${index}` }, logprobs: null, finish_reason: null }],
    }),
  ),
  chunk({ choices: [], usage: { prompt_tokens: 29, completion_tokens: 64, total_tokens: 93 } }),
  "data: [DONE]\n\n",
];
