import type { LocalTime } from "../slots/types.ts";

/** The words an item rests on: a stretch of one cue exactly as the transcript has it. */
export type Evidence = {
  readonly quote: string;
  /** Index of the cue in the transcript, from 0. */
  readonly cue: number;
  /** The cue's time as the source wrote it; absent when the source has no times. */
  readonly time?: string;
  readonly speaker?: string;
};

export type Participant = {
  readonly name: string;
  readonly domain?: string;
  readonly organisation?: string;
  /** Cues spoken; 0 for somebody on the roster who said nothing. */
  readonly turns: number;
};

/** A day as people said it; `date` (`YYYY-MM-DD`) only when it can mean one day alone. */
export type Due = { readonly text: string; readonly date?: string };

/**
 * How firm an action is. `stated`: the owner took it on in so many words; `implied`: somebody else named the
 * owner, or nobody answered the request; `conditional`: hedged or tied to a condition; `unassigned`: nobody named.
 */
export type ActionStatus = "stated" | "implied" | "conditional" | "unassigned";

export type Action = {
  readonly text: string;
  /** A participant's name, an organisation, or the word `unassigned` when the words do not say who. */
  readonly owner: string;
  /** To whom it is owed, when the words say so. */
  readonly counterpart?: string;
  readonly due?: Due;
  readonly status: ActionStatus;
  readonly evidence: readonly Evidence[];
};

/** A decision, an open question or a line of the summary. */
export type Item = { readonly text: string; readonly evidence: readonly Evidence[] };

export type Topic = {
  readonly title: string;
  /** Times of the first and last cue as the source wrote them. */
  readonly start?: string;
  readonly end?: string;
  readonly firstCue: number;
  readonly lastCue: number;
};

/** When the next meeting is. `start` is an ISO 8601 instant in UTC, present only when day, hour and zone are sure. */
export type NextMeeting = {
  readonly text: string;
  readonly start?: string;
  readonly durationMinutes?: number;
  /** IANA zone the time was said in. */
  readonly timeZone?: string;
  readonly resolved: boolean;
  /** Why it is not resolved, as a clause: `no hour was agreed`. */
  readonly reason?: string;
  readonly evidence: readonly Evidence[];
};

/** A time that is free in every calendar that was given; ISO 8601 instants in UTC. */
export type ProposedTime = {
  readonly start: string;
  readonly end: string;
  readonly local: readonly LocalTime[];
};

/** Times for the next meeting from the sides' calendars, of which nothing but busy or free is used. */
export type MeetingProposals = {
  readonly durationMinutes: number;
  /** ISO 8601 instants between which times were looked for. */
  readonly from: string;
  readonly to: string;
  /** The call's words for that period; absent when it named none. */
  readonly period?: string;
  readonly times: readonly ProposedTime[];
  /** What the people have to settle: an agreed time that is taken, or a day that can be read in two ways. */
  readonly question?: string;
  /** Why there are no times, as a clause. */
  readonly reason?: string;
  /** What would give a time, in words. */
  readonly alternatives?: readonly string[];
};

/** What was thrown away and why, once a reason. */
export type Dropped = { readonly reason: string; readonly count: number };

/** What code checked on the way to the minutes. */
export type MinutesChecks = {
  /** Places in the transcript that looked like an action, a decision or a question. */
  readonly candidates: number;
  readonly itemsKept: number;
  readonly itemsDropped: readonly Dropped[];
  /** Wordings of a model that failed their check; the words of the transcript stand instead. */
  readonly wordingsRefused: readonly Dropped[];
  readonly modelCalls: number;
};

/** The minutes of one call as plain data; the published JSON is exactly this. */
export type Minutes = {
  readonly schemaVersion: 1;
  readonly title: string;
  /** `YYYY-MM-DD`. */
  readonly date?: string;
  /** BCP 47 language of the speech as far as the tables know it. */
  readonly language: string;
  readonly participants: readonly Participant[];
  readonly summary: readonly Item[];
  readonly topics: readonly Topic[];
  readonly decisions: readonly Item[];
  readonly actions: readonly Action[];
  readonly openQuestions: readonly Item[];
  readonly nextMeeting?: NextMeeting;
  /** Only where calendars were given and the next meeting is not settled, or its time is taken. */
  readonly proposals?: MeetingProposals;
  readonly checks: MinutesChecks;
  /** Sentences for the person: what was not possible and what to look at. */
  readonly notes: readonly string[];
};

/** Somebody who may be named in the call: a line of the roster. */
export type RosterEntry = { readonly name: string; readonly email?: string; readonly organisation?: string };

/** The owner's name when the words do not say who. */
export const UNASSIGNED = "unassigned";
