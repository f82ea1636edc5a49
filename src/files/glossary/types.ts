/**
 * A rule about a word or phrase. `approved`: one of `targets` must be used, the first is the best; `forbidden`: none of
 * `targets` may be used; `keep`: it stays as it is.
 */
export type GlossaryTerm = {
  readonly source: string;
  readonly targets: readonly string[];
  readonly kind: "approved" | "forbidden" | "keep";
  readonly note?: string;
  readonly caseSensitive?: boolean;
};

export type Glossary = {
  readonly terms: readonly GlossaryTerm[];
  /** Entries that say nothing about this pair of languages, by their line. */
  readonly skipped: readonly { readonly line: number; readonly reason: string }[];
};

export type GlossaryFormat = "csv" | "tsv" | "tbx";

export type ReadGlossaryOptions = {
  readonly format: GlossaryFormat;
  /** BCP 47 tags. An entry in `en-GB` counts for `en` and `en-US` where these have none. */
  readonly source: string;
  readonly target: string;
};

/** Longest term, in characters; what is longer is a sentence. */
export const maxTermLength = 500;
