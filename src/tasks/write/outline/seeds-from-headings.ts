import type { Passage, SourceText } from "../../../files/passages/passage.ts";
import { wordCount } from "../rank/stems.ts";
import type { PassageReference } from "../types.ts";
import { type SectionSeed, tidyLevels } from "./section-seed.ts";

type Found = {
  readonly level: number;
  readonly heading: string;
  /** Of the text up to the next heading. */
  readonly words: number;
  readonly own: readonly PassageReference[];
};

const longestHeading = 120;
/** Parts of a document that the next one has its own of, or none. */
const APPARATUS =
  /^(?:table of )?contents$|^(?:appendix|appendices|annex(?:es)?|bibliography|references|glossary|index|acknowledge?ments?|list of (?:figures|tables)|sources|inhalt(?:sverzeichnis)?|anhang|literatur(?:verzeichnis)?|quellen|glossar|sommaire|annexes?|bibliographie|índice|anexos?|bibliografía|referencias)\b/iu;

/**
 * The headings of a text as sections, with the passages below each and their length as the share. A single heading on
 * top of all others is the document's title, and left out. `most` bounds their number: the innermost levels go first.
 */
export function seedsFromHeadings(
  source: SourceText,
  options: { readonly most: number; readonly isAsked: boolean },
): SectionSeed[] {
  const found = withoutTitle(headingsOf(source), source.title);
  const kept = atMost(found, options.most);
  return tidyLevels(kept).map(({ level, heading, words, own }, index, all): SectionSeed => {
    const holdsOthers = (all[index + 1]?.level ?? 0) > level;
    return {
      level,
      heading,
      purpose: "",
      share: holdsOthers && words < 12 ? 0 : Math.max(words, 15),
      isAsked: options.isAsked,
      own,
    };
  });
}

/** How many headings a text has that hold something. */
export function headingCount(source: SourceText): number {
  return withoutTitle(headingsOf(source), source.title).length;
}

function headingsOf(source: SourceText): Found[] {
  const found: Found[] = [];
  for (const passage of source.passages) {
    if (passage.kind === "heading") found.push(heading(passage));
    else {
      const last = found.at(-1);
      if (last !== undefined)
        found[found.length - 1] = {
          ...last,
          words: last.words + wordCount(passage.text),
          own: [...last.own, { source: source.name, passage: passage.number }],
        };
    }
  }
  return found.filter(
    ({ heading: text }) => text.length <= longestHeading && /\p{L}/u.test(text) && !APPARATUS.test(text),
  );
}

function heading(passage: Passage): Found {
  // The numbers of the old document's headings are its own; the template numbers the new ones.
  const text = passage.text.replace(/^(?:\d+(?:\.\d+)*\.?|[A-Z]\.|[IVX]+\.)\s+(?=\p{L})/u, "").trim();
  return { level: passage.level ?? 1, heading: text, words: 0, own: [] };
}

function withoutTitle(found: readonly Found[], title: string | undefined): Found[] {
  const [first, ...rest] = found;
  if (first === undefined) return [];
  const isAbove = rest.every(({ level }) => level > first.level);
  const isTitle = rest.length > 1 && (isAbove || first.heading === title?.trim());
  return isTitle ? rest : [...found];
}

function atMost(found: readonly Found[], most: number): Found[] {
  const levels = [...new Set(found.map(({ level }) => level))].sort((a, b) => b - a);
  let kept = [...found];
  for (const level of levels) {
    if (kept.length <= most) return kept;
    if (level !== levels.at(-1)) kept = foldLevel(kept, level);
  }
  if (kept.length <= most) return kept;
  const largest = new Set([...kept].sort((a, b) => b.words - a.words).slice(0, Math.max(1, most)));
  return kept.filter((each) => largest.has(each));
}

/** What stands under headings of that level goes to the heading above them. */
function foldLevel(found: readonly Found[], level: number): Found[] {
  const kept: Found[] = [];
  for (const each of found) {
    const above = kept.at(-1);
    if (each.level < level || above === undefined) kept.push(each);
    else
      kept[kept.length - 1] = {
        ...above,
        words: above.words + each.words,
        own: [...above.own, ...each.own],
      };
  }
  return kept;
}
