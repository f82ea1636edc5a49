import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openFile } from "../../open-file.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import type { WordDocument } from "../types.ts";
import { at, r, texts, wordDocument } from "../word.fixture.ts";
import { diffDocuments } from "./diff-documents.ts";

const word = fc.constantFrom(
  "pay",
  "the",
  "price",
  "within",
  "14",
  "30",
  "days",
  "of",
  "notice",
  "Ärger",
  "合同",
  "😀",
);
const format = fc.constantFrom("", "<w:b/>", "<w:i/>", '<w:b/><w:color w:val="FF0000"/>');
const run = fc
  .tuple(fc.array(word, { minLength: 1, maxLength: 5 }), format)
  .map(([words, properties]) => r(`${words.join(" ")} `, properties));
const field =
  '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>';
const inline = fc.oneof(
  { weight: 8, arbitrary: run },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "<w:r><w:tab/></w:r>",
      '<w:r><w:br w:type="page"/></w:r>',
      field,
      `<w:hyperlink w:anchor="x">${r("link")}</w:hyperlink>`,
      `<w:sdt><w:sdtPr><w:alias w:val="c"/></w:sdtPr><w:sdtContent>${r("control")}</w:sdtContent></w:sdt>`,
      "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>",
    ),
  },
);
const properties = fc.constantFrom(
  "",
  '<w:pPr><w:jc w:val="center"/></w:pPr>',
  '<w:pPr><w:pStyle w:val="A"/><w:rPr><w:b/></w:rPr></w:pPr>',
);
const paragraph = fc
  .tuple(properties, fc.array(inline, { maxLength: 4 }))
  .map(([own, content]) => `<w:p>${own}${content.join("")}</w:p>`);
const cell = fc
  .array(paragraph, { minLength: 1, maxLength: 2 })
  .map((content) => `<w:tc><w:tcPr/>${content.join("")}</w:tc>`);
const row = fc.tuple(cell, cell).map((cells) => `<w:tr>${cells.join("")}</w:tr>`);
const table = fc
  .array(row, { minLength: 1, maxLength: 3 })
  .map((rows) => `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>${rows.join("")}</w:tbl>`);
const control = fc
  .array(paragraph, { minLength: 1, maxLength: 2 })
  .map(
    (content) =>
      `<w:sdt><w:sdtPr><w:alias w:val="b"/></w:sdtPr><w:sdtContent>${content.join("")}</w:sdtContent></w:sdt>`,
  );
const block = fc.oneof(
  { weight: 6, arbitrary: paragraph },
  { weight: 1, arbitrary: table },
  { weight: 1, arbitrary: control },
);
const blocks = fc.array(block, { maxLength: 6 });

/** A document and a version of it: blocks kept, dropped, repeated, replaced and added. */
const versions = fc
  .tuple(
    blocks,
    fc.infiniteStream(fc.constantFrom("keep", "keep", "keep", "drop", "twice", "replace", "add")),
    fc.infiniteStream(block),
    paragraph,
    fc.boolean(),
  )
  .map(([before, choices, others, last, keepsLast]) => {
    const after = before.flatMap((each) => {
      switch (choices.next().value) {
        case "drop":
          return [];
        case "twice":
          return [each, each];
        case "replace":
          return [others.next().value];
        case "add":
          return [each, others.next().value];
        default:
          return [each];
      }
    });
    const end = keepsLast ? last : "<w:p><w:r><w:t>Other end</w:t></w:r></w:p>";
    return { before: [...before, last].join(""), after: [...after, end].join("") };
  });

function settled(bytes: Uint8Array, action: "accept" | "reject"): WordDocument {
  return openFile(settleChanges(openFile(bytes), { action }));
}

describe("comparing any two documents", () => {
  it("gives the first when all is refused and the second when all is accepted", () => {
    fc.assert(
      fc.property(versions, ({ before, after }) => {
        const [old, fresh] = [wordDocument(before), wordDocument(after)];
        const { bytes, refused } = diffDocuments(old, fresh, at);
        expect(texts(settled(bytes, "reject"))).toEqual(texts(old));
        if (refused.length === 0) expect(texts(settled(bytes, "accept"))).toEqual(texts(fresh));
      }),
      { numRuns: 300 },
    );
  });

  it("of documents that have nothing in common as well", () => {
    fc.assert(
      fc.property(blocks, blocks, paragraph, paragraph, (before, after, one, two) => {
        const [old, fresh] = [wordDocument(before.join("") + one), wordDocument(after.join("") + two)];
        const { bytes, refused } = diffDocuments(old, fresh, at);
        expect(texts(settled(bytes, "reject"))).toEqual(texts(old));
        expect(refused).toEqual([]);
        expect(texts(settled(bytes, "accept"))).toEqual(texts(fresh));
      }),
      { numRuns: 200 },
    );
  });

  it("finds no difference between a document and itself", () => {
    fc.assert(
      fc.property(blocks, paragraph, (content, last) => {
        const document = wordDocument(content.join("") + last);
        expect(diffDocuments(document, wordDocument(content.join("") + last), at).isSame).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
