/**
 * Who would have to do what, by the form of the words alone.
 * `speaker`, `addressee`: that person; `group`: the speaker's organisation; `nobody`: an order to no one in particular.
 */
export type Obliged = "speaker" | "addressee" | "group" | "nobody";

/** One way of taking on, asking for or handing out work. */
export type SpeechForm = {
  readonly pattern: RegExp;
  readonly obliged: Obliged;
  /**
   * `firm`: stands by itself; `offer`: stands when the other side takes it up; `request`: stands when the other side
   * accepts; `duty`: said of oneself without a promise; `hedged`: never a commitment.
   */
  readonly force: "firm" | "offer" | "request" | "duty" | "hedged";
  /** True for `from me`, `by us` forms in which the grammatical subject is not the one who owes. */
  readonly reversed?: boolean;
};

/** Everything the minutes need to know about how one language is spoken. Patterns are tried on `plain` text. */
export type SpeechPatterns = {
  readonly language: string;
  /** Forms in order; the first that fits a clause wins. The group `deed` holds what is to be done. */
  readonly forms: readonly SpeechForm[];
  /** Follows a person's name: `will`, `is going to`. The group `deed` as above. */
  readonly namedForm: RegExp;
  /** What a deed has to be: work that outlives the call. */
  readonly deed: RegExp;
  /** Deeds that happen in the call itself. */
  readonly inCall: RegExp;
  readonly negation: RegExp;
  readonly hedge: RegExp;
  readonly condition: RegExp;
  /** Words before a form that make it a report, a question about it or a supposition. */
  readonly reported: RegExp;
  /** Replies. `takesOn` is an acceptance in the first person, which also says who. */
  readonly accept: RegExp;
  readonly takesOn: RegExp;
  readonly decline: RegExp;
  readonly dodge: RegExp;
  readonly handsBack: RegExp;
  readonly retract: RegExp;
  readonly decided: RegExp;
  readonly settles: RegExp;
  readonly proposes: RegExp;
  readonly agrees: RegExp;
  readonly notDecided: RegExp;
  readonly earlierTime: RegExp;
  readonly openIssue: RegExp;
  readonly meeting: RegExp;
  readonly question: RegExp;
};
