import type { Look } from "../files/docx/read/look.ts";

/** What was issued for one suggestion: which words it takes away and puts in, where, and under whose name and second. */
export type Suggestion = {
  /** The id of the change it was made from, unique in its ledger. */
  readonly id: string;
  /** The kind of that change: `replace`, `delete`, `insert-after`, … */
  readonly kind: string;
  /** Part name, for example `/word/document.xml`, as it was issued; another program may name it anew. */
  readonly part: string;
  readonly story: string;
  /** Position of its first paragraph among all paragraphs of the part, from 0. */
  readonly ordinal: number;
  /** Only a hint: programs drop and renumber it. */
  readonly paraId?: string;
  /** The text of the place before and after, as the change had it. */
  readonly before: string;
  readonly after: string;
  /** Whole text of its paragraphs with this one suggestion refused and accepted, one a line. */
  readonly paragraphBefore: string;
  readonly paragraphAfter: string;
  /** Up to 80 characters of the paragraph on either side. */
  readonly leftContext: string;
  readonly rightContext: string;
  /** Hashes of the neighbouring paragraphs, as in the ledger's stories; "" at an end. */
  readonly previousHash: string;
  readonly nextHash: string;
  readonly author: string;
  /** `w:date` of its revisions, another second for each suggestion: with the author the key that outlives a save. */
  readonly date: string;
  /** `w:id`s of its revisions as issued; programs renumber them. */
  readonly revisionIds: readonly string[];
  /** `w:id` of the comment that was issued with it. */
  readonly commentId?: string;
};

/** How a suggestion `of` that changes formatting finds and leaves a text or a paragraph: only what it changes. */
export type IssuedLook = {
  readonly of: number;
  readonly before: Look;
  readonly after: Look;
  /** It looked as its styles say: programs write other defaults into a file, and then so do the styles. */
  readonly isPlain?: boolean;
};

/** A stretch of an issued paragraph. `of` is the index of the suggestion that takes it away (`old`) or puts it in (`new`). */
export type IssuedSegment = {
  readonly text: string;
  readonly side?: "old" | "new";
  readonly of?: number;
  /** Somebody else's change was pending on it, or it is computed by Word: it may be gone or another text. */
  readonly isLoose?: boolean;
  readonly looks?: readonly IssuedLook[];
  /** The text stands for a picture, and this is what it is known by. */
  readonly picture?: IssuedPicture;
};

/** A picture's bytes as a hash, and its text for people who don't see it: programs keep one or the other. */
export type IssuedPicture = { readonly hash: string; readonly altText: string };

/** A paragraph near a suggestion, in words. */
export type IssuedText = {
  readonly hash: string;
  readonly segments: readonly IssuedSegment[];
  /** The suggestion that inserts or deletes the paragraph's mark, or the row or cell it stands in. */
  readonly mark?: { readonly side: "old" | "new"; readonly of: number };
  /** The table row that comes or goes with that suggestion: all its paragraphs have the same. */
  readonly row?: string;
  /** Suggestions that change the paragraph's own formatting. */
  readonly looks?: readonly IssuedLook[];
};

/** A paragraph as issued: its words near a suggestion, elsewhere only their hash. */
export type IssuedParagraph = string | IssuedText;

/** Parts whose order programs keep: the body, all headers, all footers, … */
export type IssuedStory = { readonly story: string; readonly paragraphs: readonly IssuedParagraph[] };

/** What was proposed to people in one file, so that a copy that comes back can be read. Plain JSON. */
export type Ledger = {
  readonly schemaVersion: 1;
  /** SHA-256 of the file the changes were made to, in hexadecimal. */
  readonly original: { readonly sha256: string };
  /** SHA-256 of the file that was given out; absent in the copy that the file itself holds. */
  readonly issued: { readonly sha256?: string };
  readonly author: string;
  readonly suggestions: readonly Suggestion[];
  readonly stories: readonly IssuedStory[];
};
