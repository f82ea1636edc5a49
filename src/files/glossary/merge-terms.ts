import type { GlossaryTerm } from "./types.ts";

/** The terms with those of one source and kind made one, targets in the order in which they came. */
export function mergeTerms(terms: readonly GlossaryTerm[]): GlossaryTerm[] {
  const merged = new Map<string, GlossaryTerm>();
  for (const term of terms) {
    const key = `${term.kind}\n${term.caseSensitive === true}\n${term.source}`;
    const known = merged.get(key);
    const note = [known?.note, term.note].filter((each) => each !== undefined);
    merged.set(key, {
      ...known,
      ...term,
      targets: [...new Set([...(known?.targets ?? []), ...term.targets])],
      ...(note.length === 0 ? {} : { note: [...new Set(note)].join("; ") }),
    });
  }
  return [...merged.values()];
}
