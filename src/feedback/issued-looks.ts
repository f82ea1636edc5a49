import { type Look, lookDifference, looksLike, type StyledLook } from "../files/docx/read/look.ts";
import { paragraphLook } from "../files/docx/read/paragraph-look.ts";
import { textLooks } from "../files/docx/read/text-looks.ts";
import type { Paragraph, Revision, WordDocument } from "../files/index.ts";
import type { IssuedLook } from "./ledger-types.ts";

/** The index of the suggestion that a revision belongs to; undefined for others' revisions. */
export type OwnerOf = (revision: Revision | undefined) => number | undefined;

/** Text whose formatting a suggestion changes; offsets count all of a paragraph's spans. */
export type LookRange = { readonly start: number; readonly end: number; readonly look: IssuedLook };

type Changed = StyledLook & { readonly pending?: StyledLook & { readonly revision: Revision } };

/** The stretches of a paragraph's text that suggestions format. */
export function lookRanges(document: WordDocument, paragraph: Paragraph, ownerOf: OwnerOf): LookRange[] {
  return textLooks(document, paragraph).flatMap(({ start, end, ...changed }) =>
    issuedLook(changed, ownerOf).map((look) => ({ start, end, look })),
  );
}

/** The suggestions that format the paragraph itself. */
export function paragraphLooks(document: WordDocument, paragraph: Paragraph, ownerOf: OwnerOf): IssuedLook[] {
  return issuedLook(paragraphLook(document, paragraph), ownerOf);
}

function issuedLook({ look, pending }: Changed, ownerOf: OwnerOf): IssuedLook[] {
  const of = ownerOf(pending?.revision);
  if (pending === undefined || of === undefined) return [];
  const changed = lookDifference(pending.look, look);
  const isPlain = looksLike(pending.base, changed.before);
  return [{ of, ...changed, ...(isPlain && { isPlain }) }];
}

/** What a look says, in a few words: `bold off, size 12`. */
export function describeLook(look: Look): string {
  return Object.entries(look)
    .map(([name, value]) => {
      if (/^(on|true)$/.test(value)) return name;
      return /^(|off|false)$/.test(value) ? `${name} off` : `${name} ${value}`;
    })
    .join(", ");
}
