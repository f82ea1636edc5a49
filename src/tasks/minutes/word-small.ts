import { type ModelJob, type ModelPart, orUndefined, participantsOf, type Tally } from "./model-job.ts";
import { sentenceMessages } from "./prompt.ts";
import { evidenceOf } from "./sentences.ts";
import { mainTopics, salientSentences } from "./summarise.ts";
import type { Item, Topic } from "./types.ts";
import { wordingFault } from "./verify-wording.ts";

const DRAWS = [0, 0.6, 0.9] as const;

/** One sentence for each main topic, drawn a few times; the first that passes every check stands. */
export async function wordSmall(job: ModelJob, tally: Tally): Promise<ModelPart> {
  const topics = mainTopics(job.topics, job.speech);
  const step = "wording the summary with the model";
  const summary: Item[] = [];
  job.context.emit({ kind: "step-started", step, total: topics.length });
  for (const [index, topic] of topics.entries()) {
    job.context.signal?.throwIfAborted();
    const line = await drawLine(topic, job, tally);
    if (line !== undefined) summary.push(line);
    job.context.emit({ kind: "step-progressed", step, done: index + 1, total: topics.length });
  }
  return { texts: new Map(), picked: new Set(), titles: new Map(), summary };
}

async function drawLine(topic: Topic, job: ModelJob, tally: Tally): Promise<Item | undefined> {
  const sentences = salientSentences(topic, job.speech, 3).sort((a, b) => a.cue.index - b.cue.index);
  const [best] = salientSentences(topic, job.speech, 1);
  if (best === undefined) return undefined;
  const { signal } = job.context;
  for (const [seed, temperature] of DRAWS.entries()) {
    const generation = await orUndefined(
      () =>
        job.model.generate({
          messages: sentenceMessages(sentences.map((one) => one.text)),
          maxTokens: 70,
          temperature,
          seed: seed + 1,
          ...(signal === undefined ? {} : { signal }),
        }),
      job,
    );
    const text = generation?.text.trim().replace(/^["“]|["”]$/gu, "") ?? "";
    const isFirstPerson = /\b(?:I|you|my|your|me)\b/u.test(text);
    const fault =
      isFirstPerson || !/[.!]$/u.test(text)
        ? "not one plain sentence"
        : wordingFault(
            text,
            { texts: sentences.map((one) => one.text), names: [] },
            { participants: participantsOf(job), share: 0.85 },
          );
    if (fault === undefined) return { text, evidence: sentences.map((one) => evidenceOf(one)) };
    tally.refused.push(fault);
  }
  return undefined;
}
