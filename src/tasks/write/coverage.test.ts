import { expect, it } from "vitest";
import { coverageOf, coverageText } from "./coverage.ts";
import { extractSection } from "./extract/extract-section.ts";
import { requestFor, SMALL, sectionOf, uses } from "./sources.fixture.ts";
import type { Draft } from "./types.ts";

it("says which passages were read, offered and cited, and why the others were not", () => {
  const section = sectionOf("Risks", { uses: [...uses("proposal.docx", 16), ...uses("call.vtt", 4, 5, 6)] });
  const outline = { title: "T", language: "en-GB", sections: [section] };
  const draft: Draft = { outline, sections: [extractSection(requestFor(section))], engine: "" };
  const coverage = coverageOf(draft, SMALL);
  expect(coverage.texts[0]).toMatchObject({
    source: "proposal.docx",
    passages: 9,
    read: 9,
    offered: 1,
    cited: 1,
    percent: 11,
  });
  expect(coverage.texts[1]!.leftOut).toEqual([
    { from: 1, to: 1, reason: "a question" },
    { from: 2, to: 3, reason: "not chosen for a section" },
    { from: 4, to: 4, reason: "chosen, but nothing of it was quoted" },
    { from: 5, to: 5, reason: "a question" },
  ]);
  expect(coverageText(coverage)).toBe(`proposal.docx: 9 passages read, 1 offered to sections, 1 cited (11 %)
  not chosen for a section: 3, 6-7, 9, 11-14
call.vtt: 6 passages read, 3 offered to sections, 1 cited (17 %)
  a question: 1, 5
  not chosen for a section: 2-3
  chosen, but nothing of it was quoted: 4
`);
});
