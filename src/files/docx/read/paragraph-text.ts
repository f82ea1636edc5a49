import type { Paragraph, View } from "../types.ts";

/**
 * The paragraph's text: with all changes accepted ("final"), all rejected ("original"), or both in CriticMarkup
 * (`{--old--}{++new++}`, "markup"). Offsets of an `Anchor` count in the final text.
 */
export function paragraphText(paragraph: Paragraph, view: View = "final"): string {
  return paragraph.spans
    .map(({ text, inserted, deleted }) => {
      if (view === "final") return deleted ? "" : text;
      if (view === "original") return inserted ? "" : text;
      if (text === "" || (inserted && deleted)) return "";
      if (deleted) return `{--${text}--}`;
      return inserted ? `{++${text}++}` : text;
    })
    .join("");
}
