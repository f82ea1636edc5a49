/** Somebody who speaks. `domain` is the organisation's internet domain (`acme.example`) when the source tells it. */
export type Speaker = { readonly name: string; readonly domain?: string };

/** What is odd about a cue's time. The cue keeps its time and its place; nothing is reordered. */
export type TimeFlag = "no-time" | "passed-midnight" | "went-backwards";

/** One utterance: one speaker, one stretch of text (WebVTT's word). */
export type Cue = {
  /** Position in the transcript, from 0. */
  readonly index: number;
  /** Seconds from the transcript's zero: midnight of the first day for clock times, the recording's start for offsets. */
  readonly start?: number;
  readonly end?: number;
  /** The time as the source wrote it, for quoting: `09:14:05`. */
  readonly time?: string;
  /** Line of the text file, from 1, where the cue has no time to be found by. */
  readonly line?: number;
  readonly speaker?: Speaker;
  readonly text: string;
  readonly flags: readonly TimeFlag[];
};

export type TranscriptFormat = "chat-log" | "webvtt" | "srt" | "teams-docx" | "slack-json" | "name-text";

export type Transcript = {
  readonly format: TranscriptFormat;
  /** `clock`: times of day; `offset`: time since the recording began; `none`: no times at all. */
  readonly timeKind: "clock" | "offset" | "none";
  readonly title?: string;
  /** Date of the call as `YYYY-MM-DD`, when the source tells it. */
  readonly date?: string;
  /** In order of first appearance, one entry a person. */
  readonly speakers: readonly Speaker[];
  readonly cues: readonly Cue[];
  /** Sentences for the person: lines skipped, times that went backwards. */
  readonly warnings: readonly string[];
};
