import type { Passage, SourceText } from "../../../files/passages/passage.ts";
import type { PassageReference, Sources } from "../types.ts";
import { stemsOf } from "./stems.ts";

export type IndexedPassage = {
  readonly reference: PassageReference;
  readonly source: SourceText;
  readonly passage: Passage;
  /** How often each stem stands in its text, and with more weight in the headings above it. */
  readonly counts: ReadonlyMap<string, number>;
  /** Number of stems of the text. */
  readonly length: number;
  /** The row that names its columns; only of rows below one. */
  readonly header?: Passage;
  /** Other rows have their names of columns from it. */
  readonly isHeader: boolean;
};

/** All passages of the sources, read once for all sections. */
export type PassageIndex = {
  readonly passages: readonly IndexedPassage[];
  /** In how many passages each stem stands. */
  readonly spread: ReadonlyMap<string, number>;
  readonly averageLength: number;
  readonly at: (reference: PassageReference) => IndexedPassage | undefined;
};

/** A word of a heading counts for more than one in the middle of a text. */
const HEADING_WEIGHT = 1.5;
const indexes = new WeakMap<Sources, PassageIndex>();

/** The index of the sources' passages; headings are in it through the passages below them. */
export function indexPassages(sources: Sources): PassageIndex {
  const known = indexes.get(sources);
  if (known !== undefined) return known;
  const passages = sources.texts.flatMap((source) => {
    const byNumber = new Map(source.passages.map((passage) => [passage.number, passage]));
    const headers = new Set(
      source.passages.flatMap(({ number, header }) => (header === number ? [] : (header ?? []))),
    );
    return source.passages.map((passage) => ({
      ...indexPassage(source, passage, byNumber.get(passage.header ?? 0)),
      isHeader: headers.has(passage.number),
    }));
  });
  const spread = new Map<string, number>();
  let sum = 0;
  for (const { counts, length } of passages) {
    sum += length;
    for (const stem of counts.keys()) spread.set(stem, (spread.get(stem) ?? 0) + 1);
  }
  const byKey = new Map(passages.map((each) => [keyOf(each.reference), each]));
  const index: PassageIndex = {
    passages,
    spread,
    averageLength: passages.length === 0 ? 1 : Math.max(1, sum / passages.length),
    at: (reference) => byKey.get(keyOf(reference)),
  };
  indexes.set(sources, index);
  return index;
}

/** The same for the same passage. */
export function keyOf({ source, passage }: PassageReference): string {
  return `${passage} ${source}`;
}

function indexPassage(
  source: SourceText,
  passage: Passage,
  named: Passage | undefined,
): Omit<IndexedPassage, "isHeader"> {
  const header = named?.number === passage.number ? undefined : named;
  const stems = [...stemsOf(passage.text), ...stemsOf(header?.text ?? "")];
  const counts = new Map<string, number>();
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  for (const heading of passage.headings)
    for (const stem of stemsOf(heading)) counts.set(stem, (counts.get(stem) ?? 0) + HEADING_WEIGHT);
  return {
    reference: { source: source.name, passage: passage.number },
    source,
    passage,
    counts,
    length: stems.length,
    ...(header !== undefined && { header }),
  };
}
