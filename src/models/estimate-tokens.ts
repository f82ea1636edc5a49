/**
 * A guess at the tokens of a text that errs on the high side, for servers whose tokenizer we do not have.
 * English words cost one token per four letters begun, digits and punctuation one each,
 * other scripts one per two bytes of UTF-8; real tokenizers need less of each in running text.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [run] of text.matchAll(/[A-Za-z]+| ?\d+|\s+|[^\sA-Za-z\d]/gu)) {
    tokens += tokensOfRun(run);
  }
  return Math.ceil(tokens);
}

function tokensOfRun(run: string): number {
  // Many tokenizers take digits one by one, and the space before them apart.
  if (/\d/.test(run)) return run.length;
  if (run.trim() === "") return run === " " ? 0 : Math.ceil(run.length / 4);
  if (/[A-Za-z]/.test(run)) return Math.ceil(run.length / 4);
  const bytes = new TextEncoder().encode(run).length;
  return Math.max(1, bytes / 2);
}
