/** What a call is counted as before it is made: tokens read and written. */
export type TokenEstimate = { readonly inputTokens: number; readonly outputTokens: number };

// Measured on English prose; other languages differ, so admission learns a factor for each model.
const TOKENS_PER_CHARACTER = 0.82 / 4;
const TOKENS_PER_PICTURE = 1_000;
/** What surrounds each message and each tool. */
const TOKENS_PER_ITEM = 4;

/** Estimates a call from its body, without a tokenizer: that would block the server for large prompts. */
export function estimateTokens(
  body: Readonly<Record<string, unknown>>,
  defaultOutputTokens: number,
): TokenEstimate {
  const read = [body.messages, body.input, body.prompt, body.instructions, body.tools, body.response_format];
  const characters = read.reduce<number>((sum, each) => sum + charactersOf(each, 0), 0);
  const items = [body.messages, body.input, body.tools].reduce<number>(
    (sum, each) => sum + (Array.isArray(each) ? each.length : 0),
    0,
  );
  const answers = Math.max(1, wholeNumber(body.n) ?? 1, wholeNumber(body.best_of) ?? 1);
  const most =
    wholeNumber(body.max_completion_tokens) ??
    wholeNumber(body.max_output_tokens) ??
    wholeNumber(body.max_tokens) ??
    defaultOutputTokens;
  return {
    inputTokens: Math.ceil(characters * TOKENS_PER_CHARACTER) + items * TOKENS_PER_ITEM,
    outputTokens: most * answers,
  };
}

function charactersOf(value: unknown, depth: number): number {
  if (typeof value === "string") {
    return value.startsWith("data:") ? TOKENS_PER_PICTURE / TOKENS_PER_CHARACTER : value.length;
  }
  // Arrays of token numbers, as embeddings take them: each is a token.
  if (typeof value === "number") return 1 / TOKENS_PER_CHARACTER;
  if (typeof value !== "object" || value === null || depth > 50) return 0;
  let sum = 0;
  for (const each of Object.values(value)) sum += charactersOf(each, depth + 1);
  return sum;
}

function wholeNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 10_000_000
    ? value
    : undefined;
}
