import type { CodedTarget, TextUnit } from "../units/types.ts";

/** A translatable stretch of a text file. */
export type TextBlock = {
  readonly unit: TextUnit;
  readonly start: number;
  readonly end: number;
  /**
   * The target as it stands in the file in place of `start` to `end`. `slice` gives the file's own text, with what was
   * written inside it (the title of a link).
   */
  readonly write: (target: CodedTarget, slice: (start: number, end: number) => string) => WrittenBlock;
};

export type WrittenBlock = {
  readonly text: string;
  readonly flagged?: string;
};
