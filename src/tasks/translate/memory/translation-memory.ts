import type { CodedTarget, CodedText } from "../../../files/units/types.ts";

/** How far an entry can be trusted: nothing was found wrong with it, or a person read it. */
export type EntryState = "checked" | "reviewed";

/**
 * A segment and its translation. The ids of its codes are ranks within the segment, counted from 1 over spans and then
 * atoms, so that they fit every segment with the same codes.
 */
export type MemoryEntry = {
  /** BCP 47 tags. */
  readonly from: string;
  readonly to: string;
  readonly source: CodedText;
  readonly target: CodedTarget;
  /** Plain text of the segments beside it; empty at the ends of a file. */
  readonly before: string;
  readonly after: string;
  /** The engine's id, or where a person's translation came from. */
  readonly origin: string;
  readonly state: EntryState;
  /** ISO 8601. */
  readonly changed: string;
};

/** A store of translations. What it gives back is data like any other: codes are checked before they are used. */
export interface TranslationMemory {
  /** Entries of the pair with one of these keys (`memoryKey`), the latest first. */
  withKeys(
    from: string,
    to: string,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, readonly MemoryEntry[]>>;
  /** Entries of the pair that share words with the text, the likeliest first. */
  similar(from: string, to: string, text: string, limit: number): Promise<readonly MemoryEntry[]>;
  /** The entries of the pair that were added last, to learn from. */
  latest(from: string, to: string, limit: number): Promise<readonly MemoryEntry[]>;
  /** Adds entries; one with the same source, context, codes and origin takes the place of the older. */
  add(entries: readonly MemoryEntry[]): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
