import type { PassageReference } from "../types.ts";

/** A section before it is known what it rests on. */
export type SectionSeed = {
  readonly level: 1 | 2 | 3;
  readonly heading: string;
  readonly purpose: string;
  /** Part of the document's length, in any unit; 0 for a heading that only holds others. */
  readonly share: number;
  /** Somebody asked for it: it stays even when nothing is found for it. */
  readonly isAsked: boolean;
  /** The passages that stand under this heading in the source it was taken from. */
  readonly own?: readonly PassageReference[];
  /** It is about the source that `own` names, whatever that source comes back to. */
  readonly isChapter?: true;
};

/** Levels that begin at 1 and never skip one, at most 3. */
export function tidyLevels<T extends { readonly level: number }>(
  sections: readonly T[],
): (Omit<T, "level"> & { readonly level: 1 | 2 | 3 })[] {
  const used = [...new Set(sections.map(({ level }) => level))].sort((a, b) => a - b);
  let before = 0;
  return sections.map((section) => {
    const wanted = Math.min(used.indexOf(section.level) + 1, before + 1, 3);
    before = wanted;
    return { ...section, level: wanted as 1 | 2 | 3 };
  });
}

/** The place of each section in the outline, as printed: `2`, `2.1`. */
export function sectionIds(levels: readonly (1 | 2 | 3)[]): string[] {
  const counters = [0, 0, 0];
  return levels.map((level) => {
    counters[level - 1]!++;
    counters.fill(0, level);
    return counters
      .slice(0, level)
      .map((count) => Math.max(1, count))
      .join(".");
  });
}
