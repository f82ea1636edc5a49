import type { StyleEdit } from "./compose-edits.ts";
import { knownWords } from "./known-words.ts";
import { planEdits } from "./plan-edits.ts";
import { styleLanguageOf } from "./style-language.ts";
import { plainText } from "./style-text.ts";
import type { Finding, HouseRule } from "./types.ts";

/** A text as the style wants it, as far as code can tell. */
export type StyledText = {
  readonly text: string;
  /** What was changed; offsets count in the text that was given. */
  readonly edits: readonly StyleEdit[];
  /** What code found and could not mend; offsets count in the new text. */
  readonly open: readonly Finding[];
};

/**
 * Makes every change that code knows in a plain text, a paragraph a line. Placeholders such as `[[f1]]`, quotations,
 * citations, links and code stay as they are. Doing it twice changes nothing more.
 */
export function applyStyleToText(text: string, rules: readonly HouseRule[]): StyledText {
  const known = knownWords([text]);
  const language = styleLanguageOf(text, "en") ?? "en";
  const lines: string[] = [];
  const edits: StyleEdit[] = [];
  const open: Finding[] = [];
  let before = 0;
  let after = 0;
  for (const line of text.split("\n")) {
    const planned = planEdits(plainText(line, { language, known }), rules);
    lines.push(planned.text);
    edits.push(
      ...planned.edits.map((edit) => ({ ...edit, start: edit.start + before, end: edit.end + before })),
    );
    open.push(...planned.open.map((each) => ({ ...each, start: each.start + after, end: each.end + after })));
    before += line.length + 1;
    after += planned.text.length + 1;
  }
  return { text: lines.join("\n"), edits, open };
}
