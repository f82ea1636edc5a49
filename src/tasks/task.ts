import type { z } from "zod";
import type { LanguageModel } from "../models/language-model.ts";

/** Something worth telling the person while a task runs. Events are noun-verb. */
export type TaskEvent =
  | { readonly kind: "step-started"; readonly step: string; readonly total?: number }
  | { readonly kind: "step-progressed"; readonly step: string; readonly done: number; readonly total: number }
  | { readonly kind: "note"; readonly text: string };

/** What a task may use besides its input. Clocks, models and people's settings are passed in, never reached for. */
export type TaskContext = {
  /** Absent when no model is to be had: the task does its deterministic part and says so, or fails with a hint. */
  readonly model?: LanguageModel;
  readonly now: Date;
  /** IANA name, for example `Europe/Lisbon`. */
  readonly timeZone: string;
  readonly signal?: AbortSignal;
  readonly emit: (event: TaskEvent) => void;
  /** Where long work keeps what is done, so that it can go on after an abort. Absent: nothing is kept. */
  readonly checkpoint?: Checkpoint;
  /** Finds pages by laying a document out. Absent: nothing here can. */
  readonly layOut?: LayOut;
};

/** The page that each of these bookmarks of a Word file is printed on, or why that can't be said surely. */
export type LayOut = (
  docx: Uint8Array,
  bookmarks: readonly string[],
) => Promise<
  | { readonly kind: "pages"; readonly pages: readonly number[] }
  | { readonly kind: "unknown"; readonly reason: string }
>;

/** A small store of one job's finished steps, by name (`section-2`); what a step holds is the task's own JSON. */
export type Checkpoint = {
  readonly read: (step: string) => Promise<string | undefined>;
  readonly write: (step: string, text: string) => Promise<void>;
};

/** One thing a person may ask. The CLI command, and later the HTTP route and the MCP tool, derive from it. */
export type Task<Input, Output> = {
  readonly name: string;
  /** One line, in the imperative. */
  readonly summary: string;
  readonly input: z.ZodType<Input>;
  readonly run: (input: Input, context: TaskContext) => Promise<Output>;
};
