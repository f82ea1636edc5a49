import { ModelError } from "../../errors.ts";
import type { Cue } from "../../files/transcript/transcript.ts";
import type { LanguageModel } from "../../models/language-model.ts";
import type { TaskContext } from "../task.ts";
import type { Candidate } from "./merge-candidates.ts";
import type { Speech } from "./speech.ts";
import type { Evidence, Item, Topic } from "./types.ts";

/** A candidate with the safe wording code gave it. */
export type Worded = { readonly id: string; readonly candidate: Candidate; readonly text: string };

/** What came back from the model and passed every check. */
export type ModelWork = {
  /** Checked wordings by candidate id. */
  readonly texts: ReadonlyMap<string, string>;
  /** Weak candidates the model picked. */
  readonly picked: ReadonlySet<string>;
  readonly summary: readonly Item[];
  /** Checked titles by the topic's place. */
  readonly titles: ReadonlyMap<number, string>;
  readonly refused: readonly string[];
  readonly calls: number;
  readonly notes: readonly string[];
};

export type ModelJob = {
  readonly model: LanguageModel;
  readonly context: Pick<TaskContext, "emit" | "signal">;
  readonly cues: readonly Cue[];
  readonly items: readonly Worded[];
  readonly topics: readonly Topic[];
  /** The summary by code, in the words spoken. */
  readonly summary: readonly Item[];
  readonly speech: Speech;
};

/** Counts of one run, filled as the model is asked. */
export type Tally = { calls: number; readonly refused: string[]; readonly notes: string[] };

/** What one way of asking brings home. */
export type ModelPart = Pick<ModelWork, "texts" | "picked" | "summary" | "titles">;

/** Who speaks in the evidence. */
export const speakersOf: (evidence: readonly Evidence[]) => string[] = (evidence) =>
  evidence.flatMap((one) => one.speaker ?? []);

/** Names no wording may use unless its cues do. */
export function participantsOf(job: ModelJob): string[] {
  return job.speech.people.participants.map((one) => one.name);
}

/** A model that answers wrongly costs the wording, not the minutes; anything else goes up. */
export async function orUndefined<T>(ask: () => Promise<T>, job: ModelJob): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    job.context.signal?.throwIfAborted();
    if (error instanceof ModelError && (error.code === "model-output" || error.code === "model-failed"))
      return undefined;
    throw error;
  }
}
