import type { CodedTarget, CodedText } from "../units/types.ts";

/** How far a segment's translation is, in the words of XLIFF 2.1 (4.3.1.29). */
export type XliffState = "initial" | "translated" | "reviewed" | "final";

/** Something to read beside a text: where it stands, what a check found. */
export type XliffNote = { readonly category: string; readonly text: string };

export type XliffSegment = {
  readonly source: CodedText;
  readonly target?: CodedTarget;
  readonly state: XliffState;
  readonly notes: readonly XliffNote[];
  /** White space between this segment and the next. */
  readonly after?: string;
};

export type XliffUnit = {
  /** Id of the unit in its file. */
  readonly unit: string;
  readonly notes?: readonly XliffNote[];
  readonly segments: readonly XliffSegment[];
};

/** A translation for people and translation tools to read and correct. */
export type XliffDocument = {
  /** Name of the source file. */
  readonly original: string;
  /** Digest of the source file's bytes, so that a translation isn't put into another file. */
  readonly sourceHash: string;
  /** BCP 47 tags. */
  readonly source: string;
  readonly target: string;
  readonly units: readonly XliffUnit[];
};

export const xliffNamespace = "urn:oasis:names:tc:xliff:document:2.0";
export const ownNamespace = "urn:tandem:xliff";
