import { type ModelJob, type ModelPart, orUndefined, type Tally } from "./model-job.ts";
import { sentenceMessages } from "./prompt.ts";
import { shorteningFault } from "./shortening-fault.ts";
import type { Item } from "./types.ts";
import { wordsOf } from "./words.ts";

const DRAWS = [0, 0.5] as const;
/** Lines of this many words are read with ease; longer ones may gain by being shortened. */
const READ_WITH_EASE = 20;

/**
 * For models below a billion parameters: they invent too much to write lines of their own (measured: of six real calls
 * two got a false sentence that stood on words of the call), so they may only leave words out of long lines of the
 * summary that code chose. A line without a safe shorter form stays as it was spoken.
 */
export async function wordSmall(job: ModelJob, tally: Tally): Promise<ModelPart> {
  const step = "shortening the summary with the model";
  const summary: Item[] = [];
  job.context.emit({ kind: "step-started", step, total: job.summary.length });
  for (const [index, line] of job.summary.entries()) {
    job.context.signal?.throwIfAborted();
    const shorter = wordsOf(line.text).length > READ_WITH_EASE ? await shorten(line, job, tally) : undefined;
    summary.push(shorter === undefined ? line : { ...line, text: shorter });
    job.context.emit({ kind: "step-progressed", step, done: index + 1, total: job.summary.length });
  }
  return { texts: new Map(), picked: new Set(), titles: new Map(), summary };
}

async function shorten(line: Item, job: ModelJob, tally: Tally): Promise<string | undefined> {
  const { signal } = job.context;
  for (const [seed, temperature] of DRAWS.entries()) {
    const generation = await orUndefined(
      () =>
        job.model.generate({
          messages: sentenceMessages(line.text),
          maxTokens: 70,
          temperature,
          seed: seed + 1,
          ...(signal === undefined ? {} : { signal }),
        }),
      job,
    );
    const text = generation?.text.trim().replace(/^["“]|["”]$/gu, "") ?? "";
    const fault = shorteningFault(text, line.text);
    if (fault === undefined) return text;
    tally.refused.push(fault);
  }
  return undefined;
}
