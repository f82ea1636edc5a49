/** One part of the package in both files; hashes are SHA-256 in hex of the inflated bytes. */
export type PartRecord = {
  readonly name: string;
  readonly state: "same" | "changed" | "added" | "removed";
  readonly before?: string;
  readonly after?: string;
};

/**
 * What kind of difference stands somewhere. `tracked` and `comment` can be refused in Word; `addition` is a part,
 * style, list or relationship that only they use, without effect once they are refused; `direct` is all else.
 */
export type DifferenceKind = "tracked" | "comment" | "addition" | "direct";

/** One place that differs. */
export type PlaceRecord = {
  readonly part: string;
  readonly kind: DifferenceKind;
  /** What happened there, in words. */
  readonly what: string;
  /** Id of the paragraph in the edited file, `document:12`. */
  readonly paragraph?: string;
  /** Author of the tracked change or comment. */
  readonly author?: string;
  /** The text concerned, cut at 200 characters. */
  readonly text?: string;
};

/** What an edited file did to its original, place by place, and whether all of it can be refused. */
export type Certificate = {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: "tandem"; readonly version: string };
  /** When it was made, ISO 8601. */
  readonly date: string;
  /** SHA-256 in hex of the whole files. */
  readonly original: { readonly sha256: string };
  readonly edited: { readonly sha256: string };
  /** Set when only this author's changes were taken as refusable. */
  readonly author?: string;
  /** True when nothing but tracked changes and comments were made, so that refusing them gives the original. */
  readonly isRefusable: boolean;
  /** Whether rejecting the new changes gives the original's text, and its XML but for how runs are cut. */
  readonly rejected: { readonly isSameText: boolean; readonly isSameXml: boolean };
  readonly parts: readonly PartRecord[];
  readonly places: readonly PlaceRecord[];
};
