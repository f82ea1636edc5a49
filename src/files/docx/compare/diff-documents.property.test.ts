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
const field = (code: string, result: string): string =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> ${code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${result}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
const words = fc.array(word, { minLength: 1, maxLength: 3 }).map((all) => r(all.join(" ")));
const box = (content: string): string =>
  `<w:r><mc:AlternateContent><mc:Choice Requires="w14"><w:pict><w:txbxContent>${content}</w:txbxContent></w:pict></mc:Choice><mc:Fallback><w:pict><w:txbxContent>${content}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>`;
const wrapped = fc
  .tuple(
    fc.array(words, { minLength: 1, maxLength: 2 }).map((runs) => runs.join("")),
    fc.constantFrom(
      (content: string) => `<w:hyperlink w:anchor="x">${content}</w:hyperlink>`,
      (content: string) =>
        `<w:sdt><w:sdtPr><w:alias w:val="c"/></w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`,
      (content: string) => field("REF a", content),
      (content: string) => `<w:fldSimple w:instr="REF a">${content}</w:fldSimple>`,
      (content: string) => box(`<w:p>${content}</w:p>`),
    ),
  )
  .map(([content, wrap]) => wrap(content));
const inline = fc.oneof(
  { weight: 8, arbitrary: run },
  { weight: 2, arbitrary: wrapped },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "<w:r><w:tab/></w:r>",
      '<w:r><w:br w:type="page"/></w:r>',
      "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>",
    ),
  },
);
const properties = fc.constantFrom(
  "",
  '<w:pPr><w:jc w:val="center"/></w:pPr>',
  '<w:pPr><w:pStyle w:val="A"/><w:rPr><w:b/></w:rPr></w:pPr>',
);

type Paragraph = { readonly kind: "paragraph"; readonly own: string; readonly content: readonly string[] };
type Table = { readonly kind: "table"; readonly rows: readonly (readonly string[])[] };
type Contents = { readonly kind: "contents"; readonly entries: readonly string[] };
type Other = { readonly kind: "other"; readonly xml: string };
type Block = Paragraph | Table | Contents | Other;

const paragraph: fc.Arbitrary<Paragraph> = fc
  .tuple(properties, fc.array(inline, { maxLength: 4 }))
  .map(([own, content]) => ({ kind: "paragraph", own, content }));
const cell = fc
  .array(paragraph, { minLength: 1, maxLength: 2 })
  .map((content) => content.map(xmlOf).join(""));
const table: fc.Arbitrary<Table> = fc
  .integer({ min: 1, max: 4 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 3 }),
  )
  .map((rows) => ({ kind: "table", rows }));
const control: fc.Arbitrary<Other> = fc.array(paragraph, { minLength: 1, maxLength: 2 }).map((content) => ({
  kind: "other",
  xml: `<w:sdt><w:sdtPr><w:alias w:val="b"/></w:sdtPr><w:sdtContent>${content.map(xmlOf).join("")}</w:sdtContent></w:sdt>`,
}));
const contents: fc.Arbitrary<Contents> = fc
  .array(words, { minLength: 1, maxLength: 4 })
  .map((entries) => ({ kind: "contents", entries }));
const block: fc.Arbitrary<Block> = fc.oneof(
  { weight: 6, arbitrary: paragraph },
  { weight: 2, arbitrary: table },
  { weight: 1, arbitrary: control },
  { weight: 1, arbitrary: contents },
);
const blocks = fc.array(block, { maxLength: 6 });

function xmlOf(block: Block): string {
  if (block.kind === "other") return block.xml;
  if (block.kind === "paragraph") return `<w:p>${block.own}${block.content.join("")}</w:p>`;
  if (block.kind === "contents") {
    const [head, tail] = field("TOC", "|").split("|");
    return `${block.entries.map((entry, index) => `<w:p>${index === 0 ? head : ""}${entry}</w:p>`).join("")}<w:p>${tail}</w:p>`;
  }
  const cells = (row: readonly string[]): string =>
    row.map((each) => `<w:tc><w:tcPr/>${each}</w:tc>`).join("");
  const rows = block.rows.map((row) => `<w:tr>${cells(row)}</w:tr>`).join("");
  return `<w:tbl><w:tblPr/><w:tblGrid>${"<w:gridCol/>".repeat(block.rows[0]!.length)}</w:tblGrid>${rows}</w:tbl>`;
}

/** The block with its content edited: a paragraph cut in two or joined with another, words or a column changed. */
function edited(block: Block, other: Block, place: number): Block[] {
  if (block.kind === "paragraph") {
    const at = place % (block.content.length + 1);
    const [head, tail] = [block.content.slice(0, at), block.content.slice(at)];
    if (other.kind !== "paragraph")
      return [
        { ...block, content: head },
        { ...block, content: tail },
      ];
    const added = other.content[0] ?? "";
    return [
      { ...block, content: place % 2 === 0 ? [...head, added, ...tail] : [...head, added, ...tail.slice(1)] },
    ];
  }
  if (block.kind === "other") return [block];
  if (block.kind === "contents") {
    const at = place % block.entries.length;
    const added = other.kind === "contents" ? other.entries.slice(0, 1) : [];
    return [
      { kind: "contents", entries: block.entries.toSpliced(at, block.entries.length > 1 ? 1 : 0, ...added) },
    ];
  }
  const at = place % block.rows[0]!.length;
  const fresh = other.kind === "table" ? other.rows[0]![0]! : undefined;
  if (fresh === undefined && block.rows[0]!.length === 1) return [block];
  const rows = block.rows.map((row) =>
    fresh === undefined ? row.toSpliced(at, 1) : row.toSpliced(at, 0, fresh),
  );
  return [{ kind: "table", rows }];
}

/** A document and a version of it: blocks kept, dropped, repeated, replaced, edited, joined and added. */
const versions = fc
  .tuple(
    blocks,
    fc.infiniteStream(
      fc.constantFrom("keep", "keep", "keep", "drop", "twice", "replace", "add", "edit", "edit", "join"),
    ),
    fc.infiniteStream(block),
    fc.infiniteStream(fc.nat(11)),
    paragraph,
    fc.boolean(),
  )
  .map(([before, choices, others, places, last, keepsLast]) => {
    const after: Block[] = [];
    for (const each of before) {
      const other = others.next().value;
      const previous = after.at(-1);
      switch (choices.next().value) {
        case "drop":
          break;
        case "twice":
          after.push(each, each);
          break;
        case "replace":
          after.push(other);
          break;
        case "add":
          after.push(each, other);
          break;
        case "edit":
          after.push(...edited(each, other, places.next().value));
          break;
        case "join":
          if (previous?.kind === "paragraph" && each.kind === "paragraph")
            after.splice(-1, 1, { ...each, content: [...previous.content, ...each.content] });
          else after.push(each);
          break;
        default:
          after.push(each);
      }
    }
    const end = keepsLast ? xmlOf(last) : "<w:p><w:r><w:t>Other end</w:t></w:r></w:p>";
    return { before: [...before, last].map(xmlOf).join(""), after: after.map(xmlOf).join("") + end };
  });

function documentOf(blocks: readonly Block[]): WordDocument {
  return wordDocument(blocks.map(xmlOf).join(""));
}

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
        const [old, fresh] = [documentOf([...before, one]), documentOf([...after, two])];
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
        const document = documentOf([...content, last]);
        expect(diffDocuments(document, documentOf([...content, last]), at).isSame).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
