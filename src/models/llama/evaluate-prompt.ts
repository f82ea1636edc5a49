import type { LlamaContextSequence, Token } from "node-llama-cpp";

// The engine looks at a signal only once it generates; in pieces of this size an abort is noticed within a second.
const PIECE = 256;

/**
 * Brings the sequence to the state in which all of the prompt but its last token is evaluated, keeping what it
 * already shares with the prompt. Rejects with the signal's reason between two pieces.
 */
export async function evaluatePrompt(
  sequence: LlamaContextSequence,
  prompt: readonly Token[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const wanted = prompt.slice(0, -1);
  await sequence.adaptStateToTokens(wanted, false);
  for (let index = sequence.nextTokenIndex; index < wanted.length; index += PIECE) {
    signal?.throwIfAborted();
    await sequence.evaluateWithoutGeneratingNewTokens(wanted.slice(index, index + PIECE));
  }
  signal?.throwIfAborted();
}
