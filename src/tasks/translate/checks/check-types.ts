import type { Glossary } from "../../../files/glossary/types.ts";

export type CheckKind =
  | "codes"
  | "empty"
  | "numbers"
  | "terms"
  | "forbidden-term"
  | "length"
  | "too-long"
  | "language"
  | "untranslated"
  | "repetition"
  | "refusal"
  | "brackets"
  | "end-mark"
  | "consistency";

/**
 * `blocking`: the translation is not used; `serious`: it is used and a person must look at it; `minor`: worth a look.
 */
export type Severity = "blocking" | "serious" | "minor";

/** One thing that looks wrong with a translation, in a sentence. */
export type CheckFinding = { readonly kind: CheckKind; readonly severity: Severity; readonly text: string };

/** What a person sees of a segment: `red` must be read, `amber` should be, `green` showed nothing. */
export type Rating = "red" | "amber" | "green";

/** A source text and its translation, plain, with what the checks need to know about them. */
export type CheckedPair = {
  readonly source: string;
  readonly target: string;
  /** BCP 47 tags. */
  readonly from: string;
  readonly to: string;
  readonly glossary?: Glossary;
  readonly maxLength?: number;
  /** The usual length of a translation over that of its source; by language where it isn't given. */
  readonly usualRatio?: number;
};

/** Says which language a text is in, among some where they are given. */
export type IdentifyText = (
  text: string,
  among?: readonly string[],
) => Promise<{ readonly language: string; readonly isReliable: boolean }>;

/** The rating of a segment with these findings. */
export function ratingOf(findings: readonly CheckFinding[]): Rating {
  if (findings.some(({ severity }) => severity !== "minor")) return "red";
  return findings.length > 0 ? "amber" : "green";
}
