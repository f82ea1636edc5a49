import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { validateOffice } from "../../../../test/validate-office.ts";
import { BadRequestError } from "../../../errors.ts";
import { hasPart, openPackage } from "../../opc/opc-package.ts";
import { openWord } from "../open-word.ts";
import { comments } from "../read/comments.ts";
import { lintTree } from "../revisions/lint-tracked-changes.ts";
import type { WordDocument } from "../types.ts";
import type { ContentBlock, ContentRun } from "./content.ts";
import { type CreateDocumentOptions, createDocument } from "./create-document.ts";
import { templateNumbering } from "./template-numbering.ts";
import { templateStyles } from "./template-styles.ts";
import {
  bodyOf,
  heading,
  line,
  paragraph,
  partText,
  run,
  stylesOf,
  table,
  template,
} from "./templates.fixture.ts";

const created = new Date("2026-11-23T09:00:00Z");
type Options = CreateDocumentOptions & { readonly language?: string };
const create = (blocks: readonly ContentBlock[], { language, ...options }: Options = {}): Uint8Array =>
  createDocument(
    blocks,
    { title: "T", author: "Ada Quill", created, ...(language && { language }) },
    options,
  );
const open = (bytes: Uint8Array): WordDocument => openWord(openPackage(bytes));
const texts = (bytes: Uint8Array, kind = "body"): string[] =>
  open(bytes)
    .paragraphs.filter(({ story }) => story.kind === kind)
    .map(({ spans }) => spans.map(({ text }) => text).join(""));
const body = (bytes: Uint8Array): string => partText(bytes, "/word/document.xml");
const with_ = (...runs: readonly ContentRun[]): ContentBlock => ({ kind: "paragraph", runs });

/** The smallest picture: one transparent point. */
const gif = Uint8Array.from(atob("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"), (character) =>
  character.charCodeAt(0),
);

describe("footnotes", () => {
  const noted = with_({
    text: "Costs fall.",
    note: [{ text: "Page 4, " }, { text: "here", link: "https://a.example/" }],
  });

  it("stand at the foot with separators, settings and links of their own", async () => {
    const bytes = create([noted]);
    expect(await validateOffice(bytes)).toEqual([]);
    expect(texts(bytes, "footnote").slice(2)).toEqual([" Page 4, here"]);
    expect(body(bytes)).toContain(
      '<w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="1"/>',
    );
    expect(partText(bytes, "/word/_rels/footnotes.xml.rels")).toContain('Target="https://a.example/"');
    expect(partText(bytes, "/word/settings.xml")).toContain(
      '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat>',
    );
  });

  it("are set directly in a template without their styles", async () => {
    const bytes = create([noted], { template: template(stylesOf("")) });
    expect(await validateOffice(bytes)).toEqual([]);
    expect(body(bytes)).toContain('<w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference');
    expect(partText(bytes, "/word/footnotes.xml")).not.toContain("Style");
  });

  it("go on behind those of the kept text, and replace those of replaced text", () => {
    const kept = (marker: string): Uint8Array => {
      const first = create([with_({ text: "Old", note: run("Old note") }), paragraph(marker)]);
      return create([noted], { template: first });
    };
    expect(texts(kept("{{content}}"), "footnote").slice(2)).toEqual([" Old note", " Page 4, here"]);
    expect(texts(kept("no marker"), "footnote").slice(2)).toEqual([" Page 4, here"]);
  });

  it("hold no other notes and no comments", () => {
    const inner = (note: ContentRun): ContentBlock => with_({ text: "", note: [note] });
    expect(() => create([inner({ text: "", note: run("x") })])).toThrow(BadRequestError);
    expect(() => create([inner({ text: "x", comment: "y" })])).toThrow(BadRequestError);
  });
});

describe("captions", () => {
  const caption = (label: "table" | "figure", text = "Costs"): ContentBlock => ({
    kind: "caption",
    label,
    runs: run(text),
  });

  it("are counted for each label in the words of the language", async () => {
    const blocks = [caption("table"), table(["a"], ["b"]), caption("figure"), caption("table", "")];
    const bytes = create(blocks, { language: "de-DE" });
    expect(await validateOffice(bytes)).toEqual([]);
    expect(texts(bytes).filter((text) => /\d/.test(text))).toEqual([
      "Tabelle 1: Costs",
      "Abbildung 1: Costs",
      "Tabelle 2",
    ]);
    expect(body(bytes)).toContain(" SEQ Tabelle \\* ARABIC ");
    expect(texts(create(blocks, { language: "fr" }))).toContain("Tableau 1\u00a0: Costs");
  });

  it("stay with the table below them and not with what follows a picture", () => {
    const picture: ContentBlock = { kind: "picture", image: gif, altText: "A point" };
    const keeps = (blocks: readonly ContentBlock[]): boolean[] =>
      [...body(create(blocks)).matchAll(/<w:pStyle w:val="Caption"\/>(<w:keepNext\/>)?/g)].map(
        ([, keep]) => keep !== undefined,
      );
    expect(keeps([caption("table"), table(["a"], ["b"])])).toEqual([true]);
    expect(keeps([picture, caption("figure"), picture, caption("figure")])).toEqual([false, false]);
  });

  it("go on from the captions of the kept text, in its words", () => {
    const first = create([caption("figure", "Old"), paragraph("{{content}}")], { language: "nl" });
    const bytes = create([caption("figure", "New")], { template: first, language: "en" });
    expect(texts(bytes)).toContain("Figuur 2: New");
    const replaced = create([caption("figure", "Old")], { language: "nl" });
    expect(texts(create([caption("figure", "New")], { template: replaced, language: "en" }))).toEqual([
      "Figure 1: New",
    ]);
  });

  it("are set directly in a template without the style", () => {
    const bytes = create([caption("table")], { template: template(stylesOf("")) });
    expect(body(bytes)).not.toContain("pStyle");
    expect(texts(bytes)).toEqual(["Table 1: Costs"]);
  });
});

describe("a table of contents", () => {
  const headings = [heading(1, "One"), heading(2, "One and a half"), heading(4, "Deep"), heading(1, "Two")];
  const contents: ContentBlock = { kind: "contents", title: "Contents" };
  const entries = (bytes: Uint8Array): string[] => texts(bytes).filter((text) => text.includes("\t"));

  it("has its entries, linked to the headings, with pages that are told", async () => {
    const bytes = create([contents, ...headings], { pageNumbers: [1, 1, 2, 3] });
    expect(await validateOffice(bytes)).toEqual([]);
    expect(entries(bytes)).toEqual(["One\t1", "One and a half\t1", "Two\t3"]);
    expect(body(bytes)).toContain(' TOC \\o "1-3" \\h \\z \\u ');
    expect(body(bytes)).not.toContain("w:dirty");
    for (const [, name] of body(bytes).matchAll(/w:anchor="(_Toc\d+)"/g))
      expect(body(bytes)).toContain(`w:name="${name}"`);
  });

  it("leaves pages that nobody told empty, for Word to fill", () => {
    const bytes = create([contents, ...headings]);
    expect(entries(bytes)).toEqual(["One\t", "One and a half\t", "Two\t"]);
    expect(body(bytes)).toContain('<w:fldChar w:fldCharType="begin" w:dirty="true"/>');
    expect(() => create([contents, ...headings], { pageNumbers: [1] })).toThrow(BadRequestError);
  });

  it("shows the labels of numbered headings", () => {
    const levels = [0, 1].map(
      (level) =>
        `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="${level === 0 ? "%1" : "%1.%2"}"/></w:lvl>`,
    );
    const numbering = templateNumbering
      .replace(
        "<w:abstractNum ",
        `<w:abstractNum w:abstractNumId="7">${levels.join("")}</w:abstractNum><w:abstractNum `,
      )
      .replace("</w:numbering>", '<w:num w:numId="9"><w:abstractNumId w:val="7"/></w:num></w:numbering>');
    const numbered = [1, 2].reduce(
      (xml, level) =>
        xml.replace(
          `<w:outlineLvl w:val="${level - 1}"/>`,
          `<w:numPr><w:ilvl w:val="${level - 1}"/><w:numId w:val="9"/></w:numPr><w:outlineLvl w:val="${level - 1}"/>`,
        ),
      templateStyles,
    );
    const bytes = create([contents, ...headings], {
      template: template({ "word/numbering.xml": numbering, "word/styles.xml": numbered }),
    });
    expect(entries(bytes)).toEqual(["1\tOne\t", "1.1\tOne and a half\t", "2\tTwo\t"]);
  });

  it("is valid without headings, and in a template without its styles", async () => {
    expect(await validateOffice(create([contents]))).toEqual([]);
    const bytes = create([contents, ...headings], { template: template(stylesOf("")) });
    expect(await validateOffice(bytes)).toEqual([]);
    expect(body(bytes)).toContain('<w:tab w:val="right" w:leader="dot" w:pos="9356"/>');
  });
});

describe("bookmarks and references", () => {
  const marked = with_({ text: "12 %", bookmark: "f1" });

  it("point at each other, and a reference without text shows what it points at", async () => {
    const bytes = create([
      with_(
        { text: "", reference: "t1" },
        { text: " and " },
        { text: "", reference: "F1" },
        { text: " in " },
        { text: "", reference: "h" },
      ),
      { ...heading(1, "Costs"), bookmark: "h" } as ContentBlock,
      { kind: "caption", label: "table", runs: run("x"), bookmark: "t1" },
      table(["a"], ["b"]),
      marked,
    ]);
    expect(await validateOffice(bytes)).toEqual([]);
    expect(texts(bytes)[0]).toBe("Table 1 and 12 % in Costs");
    expect(body(bytes)).toContain(" REF t1 \\h ");
  });

  it("are refused when they point nowhere, are there twice or have no name that Word keeps", () => {
    expect(() => create([with_({ text: "x", reference: "f2" }), marked])).toThrow(/no such bookmark/);
    expect(() => create([marked, marked])).toThrow(/twice/);
    expect(() => create([with_({ text: "x", bookmark: "a b" })])).toThrow(BadRequestError);
    const kept = template(
      bodyOf(
        `<w:p><w:bookmarkStart w:id="1" w:name="F1"/><w:bookmarkEnd w:id="1"/></w:p>${line("{{content}}")}`,
      ),
    );
    expect(() => create([marked], { template: kept })).toThrow(/twice/);
    const replaced = template(
      bodyOf('<w:p><w:bookmarkStart w:id="1" w:name="F1"/><w:bookmarkEnd w:id="1"/></w:p>'),
    );
    expect(texts(create([marked], { template: replaced }))).toEqual(["12 %"]);
  });
});

describe("comments", () => {
  it("stand beside their text, signed by the author", async () => {
    const bytes = create([with_({ text: "Is this so?", comment: "Ask Marta.\nBy Friday." })]);
    expect(await validateOffice(bytes)).toEqual([]);
    expect(comments(open(bytes))).toMatchObject([
      {
        author: "Ada Quill",
        quote: "Is this so?",
        text: "Ask Marta.\nBy Friday.",
        date: "2026-11-23T09:00:00Z",
      },
    ]);
  });

  it("of a replaced body go with their parts", () => {
    const first = create([with_({ text: "Secret", comment: "Hidden remark" })]);
    const bytes = create([paragraph("New")], { template: first });
    expect(comments(open(bytes))).toEqual([]);
    for (const part of ["comments", "commentsExtended", "commentsIds"])
      expect(hasPart(openPackage(bytes), `/word/${part}.xml`)).toBe(false);
  });
});

describe("pictures", () => {
  const picture = (image: Uint8Array, altText = "A point", width?: number): ContentBlock => ({
    kind: "picture",
    image,
    altText,
    ...(width !== undefined && { width }),
  });

  it("are stored once and shown with their text for people who don't see them", async () => {
    const bytes = create([picture(gif), picture(gif, "Again", 72)]);
    expect(await validateOffice(bytes)).toEqual([]);
    const media = openPackage(bytes).archive.entries.filter(({ name }) => name.includes("media/"));
    expect(media).toHaveLength(1);
    expect(body(bytes)).toContain('<wp:extent cx="914400" cy="914400"/>');
    expect(body(bytes).match(/descr="Again"/g)).toHaveLength(2);
  });

  it("of a replaced body go with it, also when a new one takes their name", () => {
    const first = create([picture(gif)]);
    expect(
      hasPart(openPackage(create([paragraph("x")], { template: first })), "/word/media/image1.gif"),
    ).toBe(false);
    const again = openPackage(create([picture(gif)], { template: first }));
    expect(again.archive.entries.filter(({ name }) => name.includes("media/"))).toHaveLength(1);
  });

  it("that nobody can show or hear are refused", () => {
    expect(() => create([picture(new Uint8Array([1, 2, 3]))])).toThrow(BadRequestError);
    expect(() => create([picture(gif.slice(0, 5))])).toThrow(BadRequestError);
    expect(() => create([picture(gif, " ")])).toThrow(BadRequestError);
    expect(() => create([picture(gif, "x", 0)])).toThrow(BadRequestError);
  });
});

describe("blocks of every kind in any order", () => {
  const word = fc.stringMatching(/^[A-Za-z<&"' ]{1,12}$/);
  const anyRun: fc.Arbitrary<ContentRun> = fc.record(
    {
      text: word,
      bold: fc.boolean(),
      link: fc.constant("https://a.example/?b&c"),
      comment: fc.constant("c"),
      note: word.map(run),
    },
    { requiredKeys: ["text"] },
  );
  const runs = fc.array(anyRun, { maxLength: 3 });
  const anyBlock: fc.Arbitrary<ContentBlock> = fc.oneof(
    runs.map((each): ContentBlock => ({ kind: "paragraph", runs: each })),
    fc
      .tuple(fc.constantFrom(1, 2, 3, 4), runs)
      .map(([level, each]): ContentBlock => ({ kind: "heading", level, runs: each })),
    fc
      .tuple(fc.boolean(), fc.nat(8), runs)
      .map(([ordered, level, each]): ContentBlock => ({ kind: "list-item", ordered, level, runs: each })),
    runs.map((each): ContentBlock => ({ kind: "caption", label: "table", runs: each })),
    fc
      .tuple(runs, runs)
      .map(([a, b]): ContentBlock => ({ kind: "table", widths: [1, 2], header: [], rows: [[a, b]] })),
    fc.constant<ContentBlock>({ kind: "picture", image: gif, altText: 'A "point"' }),
    fc.constant<ContentBlock>({ kind: "contents", title: "Contents" }),
  );

  it("make a document that reads as it was written and holds nothing that Word refuses", () => {
    const templates = [{}, { template: template({ ...stylesOf(""), "word/numbering.xml": null }) }];
    fc.assert(
      fc.property(fc.array(anyBlock, { maxLength: 12 }), fc.constantFrom(...templates), (blocks, options) => {
        const bytes = create(blocks, options);
        for (const { tree } of open(bytes).stories) expect(lintTree(tree)).toEqual([]);
        const written = blocks.flatMap((block) =>
          "runs" in block ? [block.runs] : block.kind === "table" ? block.rows.flat() : [],
        );
        const shown = texts(bytes).join("\n");
        for (const each of written) expect(shown).toContain(each.map(({ text }) => text).join(""));
        const notes = written.flat().flatMap(({ note }) => note ?? []);
        const wanted = notes.map(({ text }) => ` ${text}`);
        expect(texts(bytes, "footnote").slice(notes.length === 0 ? 0 : 2)).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });
});

describe("tables", () => {
  it("set columns to the right, header and cells alike", () => {
    const block = { ...table(["Item", "Sum"], ["Pumps", "12"]), align: ["left", "right"] } as ContentBlock;
    expect(body(create([block])).match(/<w:jc w:val="right"\/>/g)).toHaveLength(2);
    expect(() => create([{ ...block, align: ["left"] } as ContentBlock])).toThrow(BadRequestError);
  });
});
