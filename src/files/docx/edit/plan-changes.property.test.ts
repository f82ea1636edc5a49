import fc from "fast-check";
import { expect, it } from "vitest";
import { openFile } from "../../open-file.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import type { Change } from "../types.ts";
import { at, p, r, revision, texts, wordDocument } from "../word.fixture.ts";
import { planChanges } from "./plan-changes.ts";

const words = fc
  .array(fc.constantFrom("the", "old", "feed", "12,000", "is", "é", "&amp;", "x", " ", ".", "–"), {
    minLength: 1,
    maxLength: 5,
  })
  .map((list) => list.join(" "));
const run = fc
  .tuple(words, fc.constantFrom("", "<w:b/>", "<w:i/>"))
  .map(([text, properties]) => r(text, properties));
let id = 100;
const wrapped = fc
  .tuple(fc.constantFrom("", "ins", "del", "link", "mark", "tab", "smart"), run)
  .map(([kind, xml]) => {
    id++;
    switch (kind) {
      case "ins":
        return `<w:ins w:id="${id}" ${revision}>${xml}</w:ins>`;
      case "del":
        return `<w:del w:id="${id}" ${revision}>${xml.replaceAll("w:t>", "w:delText>").replaceAll("<w:t ", "<w:delText ")}</w:del>`;
      case "link":
        return `<w:hyperlink w:anchor="b">${xml}</w:hyperlink>`;
      case "mark":
        return `<w:bookmarkStart w:id="${id}" w:name="b${id}"/>${xml}<w:bookmarkEnd w:id="${id}"/>`;
      case "tab":
        return xml.replace("</w:r>", "<w:tab/><w:t>x</w:t></w:r>");
      case "smart":
        return `<w:smartTag w:element="a">${xml}</w:smartTag>`;
      default:
        return xml;
    }
  });
const paragraph = fc.array(wrapped, { minLength: 0, maxLength: 5 }).map((content) => p(...content));
const step = fc.record({
  kind: fc.constantFrom("replace", "replace", "delete", "insert-after", "comment"),
  paragraph: fc.nat(3),
  from: fc.nat(60),
  length: fc.integer({ min: 0, max: 30 }),
  text: fc.oneof(
    words.map((text) => text.replaceAll("&amp;", "&")),
    fc.string({ maxLength: 12 }),
  ),
  comment: fc.boolean(),
});

/** The range need not lie on words: programs may aim anywhere. */
function toChange(
  document: ReturnType<typeof wordDocument>,
  wanted: typeof step extends fc.Arbitrary<infer T> ? T : never,
): Change {
  const target = document.paragraphs[wanted.paragraph % document.paragraphs.length]!;
  const text = texts(document)[document.paragraphs.indexOf(target)]!;
  const start = Math.min(wanted.from, text.length);
  const end = Math.min(start + wanted.length, text.length);
  const place = { paragraph: target.id, start, end, quote: text.slice(start, end) };
  const comment = wanted.comment ? { comment: "why" } : {};
  if (wanted.kind === "delete") return { kind: "delete", at: place, ...comment };
  if (wanted.kind === "comment") return { kind: "comment", at: place, text: wanted.text };
  return { kind: wanted.kind as "replace" | "insert-after", at: place, text: wanted.text, ...comment };
}

it("either refuses a change or makes one that can be refused, on any mix of runs, revisions and markers", () => {
  fc.assert(
    fc.property(
      fc.array(paragraph, { minLength: 1, maxLength: 4 }),
      fc.array(step, { minLength: 1, maxLength: 4 }),
      (body, steps) => {
        const document = wordDocument(body.join(""));
        const plan = planChanges(
          document,
          steps.map((each) => toChange(document, each)),
          at,
        );
        // `save` itself checks that accepting gives the intended text and refusing the original.
        const edited = openFile(plan.save().bytes);
        const rejected = openFile(
          settleChanges(edited, { action: "reject", which: (change) => change.revision.author === "Tandem" }),
        );
        expect(texts(rejected)).toEqual(texts(document));
        expect(plan.applied.length + plan.refused.length).toBe(steps.length);
      },
    ),
    { numRuns: 300 },
  );
});
