import { prefixFor } from "../../xml/namespaces.ts";
import { isRevisionName } from "../revisions/settle-revisions.ts";
import type { StoryPart } from "../types.ts";

/** Gives out one `w:date` after the other, each another second, and none that the document has. */
export type RevisionDates = () => string;

/**
 * Author and date tell one change from another once Word or LibreOffice have renumbered the ids, so an edit of an
 * edited file must not repeat a second that is taken (17.13.5; seconds in UTC, ISO 8601).
 */
export function createRevisionDates(stories: readonly StoryPart[], first: Date): RevisionDates {
  const used = new Set<string>();
  for (const { tree } of stories) {
    if (!tree.names.some(isRevisionName)) continue;
    const prefix = prefixFor(tree.scopes[tree.scope[0]!]!, "w", false);
    const needle = `${prefix}:date=`;
    const { source } = tree;
    for (let at = source.indexOf(needle); at >= 0; at = source.indexOf(needle, at + needle.length)) {
      const value = Date.parse(
        source.slice(
          at + needle.length + 1,
          source.indexOf(source[at + needle.length]!, at + needle.length + 1),
        ),
      );
      if (!Number.isNaN(value)) used.add(written(value));
    }
  }
  let time = first.getTime();
  return () => {
    while (used.has(written(time))) time += 1000;
    const date = written(time);
    time += 1000;
    return date;
  };
}

function written(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}
