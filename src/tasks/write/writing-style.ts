import { applyStyleToText } from "../house-style/apply-style.ts";
import { parseHouseStyle } from "../house-style/parse-house-style.ts";
import { styleNotesForPrompt } from "../house-style/style-notes-for-prompt.ts";
import type { WriteSectionOptions } from "./model/write-section-with-model.ts";

/** A house style as writing takes it: lines for the model, changes that code makes afterwards, what was not understood. */
export type WritingStyle = Pick<WriteSectionOptions, "styleNotes" | "restyle"> & {
  readonly notes: readonly string[];
};

/** Reads a house style. Undefined when none is given; quoted sentences keep their words under any. */
export function writingStyle(text: string | undefined): WritingStyle | undefined {
  if (text === undefined) return undefined;
  const { rules, problems } = parseHouseStyle(text);
  const lines = styleNotesForPrompt(rules);
  return {
    styleNotes: lines === "" ? [] : [lines],
    restyle: (sentence) => applyStyleToText(sentence, rules).text,
    notes: problems
      .filter(({ kind }) => kind === "error")
      .map(({ line, message }) => `house style, line ${line}: ${message}`),
  };
}
