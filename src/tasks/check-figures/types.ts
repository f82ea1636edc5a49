import type { Calculation } from "../ask/plan.ts";

/** How a figure is written: `12`, `12 %`, `12 percentage points`, `half`, `doubled`, `rose`, `the largest`. */
export type FigureForm = "number" | "percent" | "points" | "fraction" | "multiple" | "direction" | "rank";

/** How closely a figure is meant: `about 1.2 million`, `more than 500`, `nearly 40 %`. */
export type FigureBound = "exact" | "about" | "above" | "below" | "nearly" | "at-least" | "at-most";

/** A figure as it stands in a text. Offsets are UTF-16, of the paragraph. */
export type WrittenFigure = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly form: FigureForm;
  /**
   * What it says, scale words multiplied in. Per cent and fractions in hundredths, `doubled` is 2, `rose` 1, `fell` -1, `the
   * largest` 1, `the second smallest` -2.
   */
  readonly value: number;
  /** Worth of one in its last written place: 0.1 million for `1.2 million`. */
  readonly step: number;
  /** Worth of one in its last place that isn't a zero at its end: 100 for `1,200`. */
  readonly roundedStep: number;
  readonly bound: FigureBound;
  /** The upper end of a range: `between 3 and 5 million`; `value` is the lower one. */
  readonly upTo?: number;
  /** As written: `€`, `USD`. */
  readonly currency?: string;
  /** The digits alone, as written and without sign; only of numbers in digits. */
  readonly digits?: { readonly start: number; readonly end: number };
  /** What the digits are multiplied by. */
  readonly scale: number;
  readonly decimalMark: "." | ",";
  /** What groups digits; empty where nothing does. */
  readonly groupMark: string;
  /** What the same digits say by the other habit of writing numbers: 1.234 for `1,234`. */
  readonly otherValue?: number;
};

/** What a figure counts in its sentence. */
export type FigureRole = "value" | "count" | "change" | "share" | "rank" | "comparison" | "direction";

/** `unsupported` also covers several readings of which none fits: the note says so. */
export type Verdict = "confirmed" | "contradicted" | "unsupported";

/** Where a figure stands in a file. */
export type FigurePlace = {
  /** Id of a Word paragraph (`document:12`), or the number of a passage. */
  readonly paragraph: string;
  readonly start: number;
  readonly end: number;
  /** The sentence it stands in. */
  readonly sentence: string;
};

/** A figure of a text and what the workbooks say about it. */
export type Finding = {
  readonly figure: string;
  readonly place: FigurePlace;
  readonly role?: FigureRole;
  readonly verdict: Verdict;
  /** What the text says, as a number; per cent in hundredths. */
  readonly value: number;
  /** What the workbooks say, in the same unit. */
  readonly computed?: number;
  /** The same as the sentence would write it; absent where words would have to change. */
  readonly shouldBe?: string;
  /** The computed value for people: `1,234.5 €`, `number 3 of 5 (the first is West)`. */
  readonly shown?: string;
  readonly workbook?: string;
  readonly cells: readonly string[];
  readonly query?: string;
  readonly calculation?: Calculation;
  /** The query in words. */
  readonly computes?: string;
  /** Why it is unsupported, or how it was read. */
  readonly note?: string;
  /** The digits to replace, of the paragraph; only where `shouldBe` is. */
  readonly digits?: { readonly start: number; readonly end: number };
};
