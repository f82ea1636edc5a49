import { titleOf } from "../outline/source-title.ts";
import type { OutlineSection, PassageReference, Sources } from "../types.ts";
import { type PassageQuery, queryOf } from "./passage-query.ts";

/**
 * What a section looks for. A section that is called as its only source is a chapter about that source: whatever it
 * comes back to.
 */
export function sectionQuery(
  section: Pick<OutlineSection, "heading" | "purpose">,
  uses: readonly PassageReference[],
  { texts }: Sources,
): PassageQuery {
  const query = queryOf(section);
  const [first] = uses;
  const source = texts.find(({ name }) => name === first?.source);
  const isChapter =
    source !== undefined &&
    titleOf(source) === section.heading &&
    uses.every((use) => use.source === source.name);
  return isChapter ? { ...query, isSummary: true } : query;
}
