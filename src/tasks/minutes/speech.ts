import type { People } from "./people.ts";
import type { Sentence } from "./sentences.ts";
import type { SpeechPatterns } from "./speech-patterns.ts";

/** What the finders share: the speech cut into sentences, the tables, the people, the call's date. */
export type Speech = {
  readonly sentences: readonly (readonly Sentence[])[];
  readonly patterns: SpeechPatterns;
  readonly people: People;
  /** Date of the call at a cue, after midnight the next day. */
  readonly dateAt: (cue: number) => string | undefined;
  /** First names that are used as a person's somewhere, beside the participants. */
  readonly otherPeople: ReadonlySet<string>;
};
