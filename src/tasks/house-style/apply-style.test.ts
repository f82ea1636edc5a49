import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyStyleToText } from "./apply-style.ts";
import { beforeEdits, composeEdits, type StyleEdit, withEdits } from "./compose-edits.ts";
import { rulesOf } from "./style.fixture.ts";
import { styleNotesForPrompt } from "./style-notes-for-prompt.ts";

const RULES = [
  "## Terms",
  '"utilise" -> "use" (plain words)',
  '"client" -> "organisation"',
  '"organisation" -> "house"',
  "## Numbers",
  "thousands with a thin space",
  "decimal comma",
  "percent sign after a no-break space",
  "spell out one to nine",
  "a no-break space between number and unit",
  "euro sign after the amount",
  "## Dates",
  "dates as 17 November 2026",
  "## Punctuation",
  "“curly” quotation marks",
  "typographic apostrophe",
  "one space after a full stop",
  "an en dash with spaces",
  "serial comma",
];

describe("applying a style to a text", () => {
  test("leaves placeholders, and works line by line", () => {
    const { text, open } = applyStyleToText(
      'The client "utilises [[f1]] on\nCLIENT 5% of [[utilise]].',
      rulesOf(...RULES),
    );
    expect(text).toBe('The house "utilises [[f1]] on\nCLIENT 5\u00a0% of [[utilise]].');
    expect(open).toEqual([]);
  });

  test("lets rules build on each other, and names all of them", () => {
    const before = "An old client left.";
    const { text, edits } = applyStyleToText(before, rulesOf(...RULES));
    expect(text).toBe("An old house left.");
    expect(
      edits.map((edit) => [before.slice(edit.start, edit.end), edit.text, edit.rules.map((rule) => rule.id)]),
    ).toEqual([["client", "house", ["T2", "T3"]]]);
  });

  test("does nothing the second time, whatever the text", () => {
    const word = fc.constantFrom(
      ..."utilise Utilised client Clients a an An 5 12 12345 1,234.5 1.234,5 3.5 50% 5 € €5 km 2026-11-17 03/04/2026 3 May 2026 \" “ ” ' - — , and . ... people it's (see [1]) Ann".split(
        " ",
      ),
    );
    const rules = rulesOf(...RULES);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(word, fc.constantFrom(" ", "", "  ", ". ", ", ")), { maxLength: 14 }),
        (parts) => {
          const once = applyStyleToText(parts.flat().join(""), rules);
          expect(applyStyleToText(once.text, rules).edits).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  });
});

test("edits of two rounds become edits of the first text", () => {
  const rules = rulesOf('"aa" -> "bb"');
  const editsOf = (text: string): fc.Arbitrary<readonly StyleEdit[]> =>
    fc
      .array(fc.tuple(fc.nat(text.length), fc.nat(text.length), fc.stringMatching(/^[A-Z]{0,4}$/u)), {
        maxLength: 5,
      })
      .map((list) => {
        const edits: StyleEdit[] = [];
        for (const [a, b, words] of list.toSorted((x, y) => Math.min(x[0], x[1]) - Math.min(y[0], y[1]))) {
          const [start, end] = [Math.min(a, b), Math.max(a, b)];
          if (start < end && start >= (edits.at(-1)?.end ?? 0))
            edits.push({ start, end, text: words, rules });
        }
        return edits;
      });
  const text = "abcdefghijklmnop";
  const both = editsOf(text).chain((first) =>
    editsOf(withEdits(text, first)).map((next) => ({ first, next })),
  );
  fc.assert(
    fc.property(both, ({ first, next }) => {
      const composed = composeEdits(text, first, next);
      const now = withEdits(text, first);
      expect(withEdits(text, composed)).toBe(withEdits(now, next));
      for (const [index, edit] of composed.entries())
        expect(edit.start).toBeGreaterThanOrEqual(composed[index - 1]?.end ?? 0);
      // A stretch that no edit touches is found where it was.
      for (let at = 0; at < now.length; at++) {
        const { start, end } = beforeEdits(first, { start: at, end: at + 1 });
        if (/[a-z]/u.test(now.charAt(at))) expect(text.slice(start, end)).toBe(now.charAt(at));
      }
    }),
  );
});

test("the notes for a prompt are the rules with ids and reasons", () => {
  expect(styleNotesForPrompt(rulesOf("## Voice", "V3: active voice (clear)"))).toBe(
    "House style. Keep to every rule:\n- V3: active voice (clear)",
  );
  expect(styleNotesForPrompt([])).toBe("");
});
