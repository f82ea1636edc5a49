import {
  type Change,
  diffDocuments,
  openFile,
  paragraphText,
  planChanges,
  wholeParagraph,
} from "../../../files/index.ts";
import type { TextUnit, UnitTarget } from "../../../files/units/types.ts";

export type SuggestOptions = { readonly author: string; readonly date: Date };

/** A Word document with suggestions in it, and what could not be suggested, as sentences. */
export type SuggestedDocument = { readonly bytes: Uint8Array; readonly notes: readonly string[] };

/** The source document with tracked changes that make it the translation: refusing them gives back the source. */
export function trackedTranslation(
  original: Uint8Array,
  translated: Uint8Array,
  { author, date }: SuggestOptions,
): SuggestedDocument {
  const { bytes, refused } = diffDocuments(openFile(original), openFile(translated), { author, date });
  const notes = [...new Set(refused.map(({ reason }) => reason))];
  return { bytes, notes };
}

/** The source document with each paragraph's translation in a comment beside it. */
export function commentedTranslation(
  original: Uint8Array,
  units: readonly TextUnit[],
  targets: readonly UnitTarget[],
  { author, date }: SuggestOptions,
): SuggestedDocument {
  const document = openFile(original);
  const textOf = new Map(targets.map(({ unit, text }) => [unit, text]));
  const byText = new Map(units.map(({ id, text }) => [comparable(text), textOf.get(id)]));
  const changes: Change[] = [];
  let without = 0;
  for (const paragraph of document.paragraphs) {
    const text = paragraphText(paragraph);
    if (!/\p{L}/u.test(text) || paragraph.story.kind === "comment") continue;
    const translation = byText.get(comparable(text));
    if (translation === undefined) without++;
    else if (translation !== text)
      changes.push({ kind: "comment", at: wholeParagraph(paragraph), text: translation });
  }
  const plan = planChanges(document, changes, { author, date });
  const { bytes } = plan.save();
  const left = without + plan.refused.length;
  const notes =
    left === 0 ? [] : [`${left} paragraphs got no comment (fields, headers and footers can't hold one)`];
  return { bytes, notes };
}

const comparable = (text: string): string => text.replace(/[\s\u00ad\ufffc]+/g, "");
