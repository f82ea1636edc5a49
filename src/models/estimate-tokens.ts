/**
 * A guess at the tokens of a text that errs on the high side, for servers whose tokenizer we do not have.
 * English words cost one token per four letters begun, digits one per two, punctuation one each,
 * other scripts one per two bytes of UTF-8; real tokenizers need less of each in running text.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [run] of text.matchAll(/[A-Za-z]+|\d+|[ \t\r\n]+|[^\sA-Za-z\d]/gu)) {
    tokens += tokensOfRun(run);
  }
  return Math.ceil(tokens);
}

function tokensOfRun(run: string): number {
  const first = run.codePointAt(0) ?? 0;
  if (first <= 32) return run === " " ? 0 : Math.ceil(run.length / 4);
  if (first >= 48 && first <= 57) return Math.ceil(run.length / 2);
  if (first < 128) return /[A-Za-z]/.test(run) ? Math.ceil(run.length / 4) : 1;
  if (first < 0x800) return 1;
  return first < 0x10000 ? 1.5 : 2;
}
