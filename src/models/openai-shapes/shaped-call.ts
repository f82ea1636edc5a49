import type { JsonSchema } from "../../json.ts";
import type { Message } from "../language-model.ts";
import type { ToolSet } from "./tool-calls.ts";

/** A request of any of OpenAI's text shapes, in one form. */
export type ShapedCall = {
  /** The name that the caller used; answers repeat it. */
  readonly model: string;
  readonly messages: readonly Message[];
  /** How many answers are wanted. */
  readonly choices: number;
  readonly stop: readonly string[];
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly seed?: number;
  /** The answer has to be JSON, of this schema. */
  readonly schema?: JsonSchema;
  readonly tools?: ToolSet;
  readonly isStream: boolean;
  /** A last chunk with the usage of the stream is wanted. */
  readonly includeUsage: boolean;
};

/** What answers need besides the model: names and times come from outside. */
export type ShapeContext = {
  readonly now: () => Date;
  /** A random part for ids. Defaults to a UUID without hyphens. */
  readonly newId?: () => string;
  readonly signal?: AbortSignal;
};

/** An id such as `chatcmpl-3f…`. */
export function newId(prefix: string, context: Pick<ShapeContext, "newId">): string {
  return prefix + (context.newId?.() ?? crypto.randomUUID().replaceAll("-", ""));
}

/** Seconds since 1970, as OpenAI writes times. */
export function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1_000);
}
