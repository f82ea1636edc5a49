import { prefixFor } from "../../xml/namespaces.ts";
import type { StoryPart } from "../types.ts";

/** Gives out `w:id` values that no revision, bookmark or comment range of any story has. */
export type RevisionIds = () => string;

/**
 * Word has refused files whose revision ids collide with bookmark ids, so one counter serves all of them
 * (17.13.4, 17.13.5, 17.13.6).
 */
export function createRevisionIds(stories: readonly StoryPart[]): RevisionIds {
  const used = new Set<number>();
  for (const { tree } of stories) {
    const prefix = prefixFor(tree.scopes[tree.scope[0]!]!, "w", false);
    if (prefix === undefined) continue;
    const needle = `${prefix}:id=`;
    const { source } = tree;
    for (let at = source.indexOf(needle); at >= 0; at = source.indexOf(needle, at + needle.length)) {
      const value = Number.parseInt(source.slice(at + needle.length + 1, at + needle.length + 12), 10);
      if (!Number.isNaN(value)) used.add(value);
    }
  }
  let last = 0;
  for (const id of used) if (id > last && id < 0x7fff0000) last = id;
  return () => {
    do last++;
    while (used.has(last));
    return String(last);
  };
}
