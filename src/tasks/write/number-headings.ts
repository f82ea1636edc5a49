import type { ContentBlock } from "../../files/docx/create/content.ts";

export type NumberedHeadings = {
  readonly blocks: readonly ContentBlock[];
  /** One for each heading, in order. */
  readonly bookmarks: readonly string[];
};

/** Gives each heading that has no bookmark one, so that all can be found in the laid out document. */
export function numberHeadings(blocks: readonly ContentBlock[]): NumberedHeadings {
  const bookmarks: string[] = [];
  const named = blocks.map((block): ContentBlock => {
    if (block.kind !== "heading") return block;
    const bookmark = block.bookmark ?? `tandem_h${bookmarks.length + 1}`;
    bookmarks.push(bookmark);
    return { ...block, bookmark };
  });
  return { blocks: named, bookmarks };
}
