import { BadRequestError } from "../../../errors.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { escapeAttribute } from "../../xml/xml-text.ts";
import { attribute, descendantsNamed } from "../../xml/xml-tree.ts";
import { createRevisionIds } from "../edit/revision-ids.ts";
import type { WordDocument } from "../types.ts";
import type { ContentPlace } from "./content-context.ts";

/** Puts bookmarks around content, each with an id of its own, and knows the names that are taken. */
export type BookmarkWriter = {
  /** `content` between the marks of a bookmark of that name (17.13.6). */
  readonly around: (name: string, content: string) => string;
  /** A new name as Word gives the headings of a table of contents. */
  readonly headingName: () => string;
  /** Those given out. */
  readonly headingNames: readonly string[];
  /** Names of bookmarks in the document, in lower case: Word does not tell upper from lower. */
  readonly names: ReadonlySet<string>;
  /** A `w:id` that nothing in the document has, also for comments. */
  readonly nextId: () => string;
};

/**
 * Bookmarks for a document, beside those it has outside the place that new text replaces. `nextId` gives ids that
 * nothing in it has, its own by default.
 */
export function createBookmarks(
  { stories }: WordDocument,
  nextId: () => string = createRevisionIds(stories),
  place?: ContentPlace,
): BookmarkWriter {
  const names = new Set(
    stories.flatMap(({ name, tree }) => (name === place?.part ? namesOf(place.tree, place) : namesOf(tree))),
  );
  const taken = [...names].map((name) => Number(/^_toc(\d{1,9})$/.exec(name)?.[1] ?? 0));
  const first = Math.max(200_000_000, ...taken) + 1;
  const headingNames: string[] = [];
  return {
    around: (name, content) => {
      checkBookmark(name);
      const id = nextId();
      names.add(name.toLowerCase());
      return `<w:bookmarkStart w:id="${id}" w:name="${escapeAttribute(name)}"/>${content}<w:bookmarkEnd w:id="${id}"/>`;
    },
    headingName: () => {
      const name = `_Toc${first + headingNames.length}`;
      headingNames.push(name);
      return name;
    },
    headingNames,
    names,
    nextId,
  };
}

function namesOf(
  tree: XmlTree,
  replaced: { readonly start: number; readonly end: number } = { start: 0, end: 0 },
): string[] {
  return descendantsNamed(tree, 0, "w:bookmarkStart")
    .filter((each) => tree.start[each]! < replaced.start || tree.end[each]! > replaced.end)
    .map((each) => (attribute(tree, each, "w:name") ?? "").toLowerCase());
}

/** Throws `BadRequestError` for a name that Word would not keep. */
export function checkBookmark(name: string): void {
  if (/^[A-Za-z_][A-Za-z0-9_]{0,39}$/.test(name)) return;
  throw new BadRequestError(`${JSON.stringify(name)} can't be the name of a bookmark`, {
    hint: "Use 1 to 40 of A-Z a-z 0-9 _, the first one a letter or _.",
  });
}
