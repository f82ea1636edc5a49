/** Languages whose headings, number words and dates a rule file and a document may use. */
export type StyleLanguage = "en" | "de" | "fr" | "es" | "pt";

/** Sections of a rule file; they decide how a line is read and what letter its id begins with. */
export type RuleSection =
  | "terms"
  | "forbidden"
  | "voice"
  | "numbers"
  | "dates"
  | "punctuation"
  | "headings"
  | "abbreviations"
  | "other";

/** How a date is written: the order of its parts and whether the month is a name. */
export type DateStyle = {
  readonly order: "dmy" | "mdy" | "ymd";
  readonly month: "name" | "short" | "number";
  /** Between numbers: `.`, `/`, `-`. */
  readonly sign: string;
  /** Two digits for day and month. */
  readonly isPadded: boolean;
};

/** What a rule asks for. All kinds but `model` are checked by code. */
export type RuleCheck =
  | { readonly kind: "term"; readonly avoid: readonly string[]; readonly use: string }
  | { readonly kind: "forbidden"; readonly words: readonly string[] }
  /** `from`: the smallest number that is grouped. */
  | { readonly kind: "thousands"; readonly sign: string; readonly from: number; readonly inTables: boolean }
  | { readonly kind: "decimal"; readonly sign: "." | ","; readonly inTables: boolean }
  | { readonly kind: "percent-space"; readonly space: string }
  | { readonly kind: "unit-space"; readonly space: string }
  | { readonly kind: "currency"; readonly position: "before" | "after"; readonly space: string }
  | { readonly kind: "spell-out"; readonly from: number; readonly to: number }
  | { readonly kind: "date"; readonly style: DateStyle; readonly inTables: boolean }
  | { readonly kind: "sentence-length"; readonly words: number }
  | { readonly kind: "quotation-marks"; readonly open: string; readonly close: string }
  | { readonly kind: "apostrophe"; readonly sign: string }
  | { readonly kind: "single-space" }
  /** The space before `:`, `;`, `!` and `?`. */
  | { readonly kind: "sign-space"; readonly space: string }
  | { readonly kind: "ellipsis"; readonly sign: "…" | "..." }
  | { readonly kind: "dash"; readonly sign: "–" | "—"; readonly isSpaced: boolean }
  | { readonly kind: "serial-comma"; readonly isWanted: boolean }
  | { readonly kind: "heading-case"; readonly letterCase: "sentence" | "title" }
  | { readonly kind: "abbreviation"; readonly known: readonly string[] }
  /** `passive`: only sentences that look passive have to be shown to a model. */
  | { readonly kind: "model"; readonly about: "passive" | "anything" };

/** One rule of a house style. */
export type HouseRule = {
  /** As written (`T1`), or made of the section's letter and a number. Unique. */
  readonly id: string;
  /** Line in the file, from 1. */
  readonly line: number;
  /** The rule as the person wrote it, without id and reason. */
  readonly text: string;
  /** Why, in the person's words; "" when the file does not say. */
  readonly reason: string;
  readonly section: RuleSection;
  readonly check: RuleCheck;
};

/** A line that is no rule. `error`: it looks like one and nothing will check it; `note`: it was taken as explanation. */
export type StyleProblem = {
  readonly kind: "error" | "note";
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly message: string;
};

/** A rule file as it was understood. */
export type HouseStyle = { readonly rules: readonly HouseRule[]; readonly problems: readonly StyleProblem[] };

/** A stretch of text: UTF-16 offsets. */
export type TextRange = { readonly start: number; readonly end: number };

/** What one check found in one text. Without `replacement` code does not know what should stand there. */
export type Found = TextRange & { readonly replacement?: string; readonly message: string };

/** A place that breaks a rule. */
export type Finding = Found & {
  readonly rule: HouseRule;
  /** Id of the paragraph; absent for plain text. */
  readonly paragraph?: string;
  readonly quote: string;
};
