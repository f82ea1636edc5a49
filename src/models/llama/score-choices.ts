import type { ControlledEvaluateInputItem, LlamaContextSequence, Token } from "node-llama-cpp";
import { evaluatePrompt } from "./evaluate-prompt.ts";

// Below what a 32-bit float can hold as a probability; keeps an impossible token from making the mean infinite.
const LEAST_PROBABILITY = 1e-38;

/**
 * The mean log-probability per token of each choice as the continuation of the prompt: softmax over the whole
 * vocabulary at temperature 1, token by token. The end of the turn is not counted.
 */
export async function scoreChoices(
  sequence: LlamaContextSequence,
  prompt: readonly Token[],
  choices: readonly (readonly Token[])[],
  signal: AbortSignal | undefined,
): Promise<number[]> {
  const last = prompt.at(-1);
  if (last === undefined) throw new RangeError("a prompt has at least one token");
  const scores: number[] = [];
  for (const choice of choices) {
    await evaluatePrompt(sequence, prompt, signal);
    const steps: ControlledEvaluateInputItem[] = [last, ...choice.slice(0, -1)].map((token) => [
      token,
      { generateNext: { probabilities: true, options: { temperature: 1, topK: 0, topP: 1, minP: 0 } } },
    ]);
    let sum = 0;
    await sequence.controlledEvaluate(steps, {
      onTokenResult: (index, { next }) => {
        const expected = choice[index];
        const probability = expected === undefined ? 0 : (next.probabilities?.get(expected) ?? 0);
        sum += Math.log(Math.max(probability, LEAST_PROBABILITY));
      },
    });
    scores.push(sum / choice.length);
  }
  return scores;
}
