import { describe, expect, it } from "vitest";
import { validateOffice } from "../../../../test/validate-office.ts";
import { openFile } from "../../open-file.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import { trackedChanges } from "../revisions/tracked-changes.ts";
import type { CharacterFormat, WordDocument } from "../types.ts";
import {
  anchored,
  at,
  expectEdit,
  p,
  planQuoted,
  type QuotedTestChange,
  r,
  revision,
  texts,
  wordDocument,
  xmlOf,
} from "../word.fixture.ts";
import { planChanges } from "./plan-changes.ts";

const format = (quote: string, set: CharacterFormat): QuotedTestChange => ({ kind: "format", quote, set });

/** The file with the text formatted, the plan having refused nothing; texts are the same in every view. */
function formatted(before: WordDocument, quote: string, set: CharacterFormat): WordDocument {
  return expectEdit(before, [format(quote, set)], texts(before));
}

/** The properties of the run that holds exactly that text, once all is accepted. */
function accepted(document: WordDocument, text: string): string {
  const xml = xmlOf(openFile(settleChanges(document, { action: "accept" })));
  const run = xml.match(new RegExp(`<w:r>((?:(?!</w:r>).)*)<w:t[^>]*>${text}</w:t></w:r>`));
  return run?.[1] ?? "no such run";
}

const styles = [
  '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>',
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
  '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:rPr><w:b/><w:color w:val="1F4E79"/><w:u w:val="single"/></w:rPr></w:style>',
  '<w:style w:type="character" w:default="1" w:styleId="Plain"><w:name w:val="Default Paragraph Font"/></w:style>',
  '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>',
  '<w:style w:type="character" w:styleId="Quiet"><w:name w:val="Quiet"/><w:rPr><w:color w:val="808080"/></w:rPr></w:style>',
  '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblStylePr w:type="firstRow"><w:rPr><w:i/></w:rPr></w:tblStylePr></w:style>',
].join("");
const heading = (content: string): string => `<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr>${content}</w:p>`;

describe("formatting text", () => {
  it("cuts the run at the ends and keeps the old properties in the change", () => {
    const edited = formatted(wordDocument(p(r("one two three", "<w:i/>"))), "two", { bold: true });
    expect(xmlOf(edited)).toContain(
      `${r("one ", "<w:i/>")}<w:r><w:rPr><w:b/><w:i/><w:rPrChange w:id="1" w:author="Tandem" w:date="2026-01-02T03:04:05Z"><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr><w:t>two</w:t></w:r>${r(" three", "<w:i/>")}`.replace(
        "<w:t>two",
        '<w:t xml:space="preserve">two',
      ),
    );
    expect(trackedChanges(edited)).toMatchObject([{ kind: "run-formatting", text: "two" }]);
  });

  it("says what differs before and after", () => {
    const before = wordDocument(p(r("one ", '<w:sz w:val="20"/>'), r("two", "<w:b/>")), { styles });
    const plan = planQuoted(before, [format("one two", { bold: true, size: 12.5, vertical: "superscript" })]);
    expect(plan.applied).toMatchObject([
      { before: "bold off, baseline, size 10/11", after: "bold, superscript, size 12.5" },
    ]);
    expect(() => plan.save()).not.toThrow();
  });

  it("writes each property in its place, in the order of the schema", async () => {
    const set: CharacterFormat = {
      bold: true,
      italic: true,
      underline: true,
      strike: true,
      vertical: "subscript",
      highlight: "Yellow",
      color: "#c00000",
      size: 9.5,
      font: "Georgia",
      style: "quiet",
    };
    const before = wordDocument(p(r("text", '<w:caps/><w:spacing w:val="20"/><w:lang w:val="en-GB"/>')), {
      styles,
    });
    const edited = formatted(before, "text", set);
    expect(accepted(edited, "text")).toBe(
      '<w:rPr><w:rStyle w:val="Quiet"/><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Georgia"/><w:b/><w:i/><w:caps/><w:strike/><w:color w:val="C00000"/><w:spacing w:val="20"/><w:sz w:val="19"/><w:szCs w:val="19"/><w:highlight w:val="yellow"/><w:u w:val="single"/><w:vertAlign w:val="subscript"/><w:lang w:val="en-GB"/></w:rPr>',
    );
    expect(await validateOffice(planQuoted(before, [format("text", set)]).save().bytes)).toEqual([]);
  }, 30_000);

  it("switches off what the run says by taking it away, and what a style says by saying no", () => {
    const plain = wordDocument(
      p(r("text", '<w:b/><w:dstrike/><w:u w:val="wave"/><w:highlight w:val="red"/>')),
    );
    const off = { bold: false, strike: false, underline: false, highlight: "none", color: "auto" } as const;
    expect(accepted(formatted(plain, "text", off), "text")).toBe("");
    const styled = wordDocument(heading(r("text", "<w:i/>")), { styles });
    expect(accepted(formatted(styled, "text", { ...off, italic: false }), "text")).toBe(
      '<w:rPr><w:b w:val="0"/><w:color w:val="auto"/><w:u w:val="none"/></w:rPr>',
    );
  });

  it("leaves text that looks that way already, by itself or by its style", () => {
    const before = wordDocument(heading(r("one ") + r("two", '<w:b w:val="0"/>')), { styles });
    const edited = formatted(before, "one two", { bold: true });
    expect(xmlOf(edited).match(/rPrChange /g)).toHaveLength(1);
    expect(planQuoted(before, [format("one", { bold: true, underline: true })]).refused).toMatchObject([
      { code: "no-change" },
    ]);
  });

  it("takes styles of two kinds that both switch on as switching off", () => {
    const before = wordDocument(heading(r("text", '<w:rStyle w:val="Strong"/>')), { styles });
    expect(planQuoted(before, [format("text", { bold: false })]).refused).toMatchObject([
      { code: "no-change" },
    ]);
    expect(accepted(formatted(before, "text", { bold: true }), "text")).toContain("<w:b/>");
  });

  it("says no where a part of a table's style may switch on", () => {
    const cell = `<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr><w:tr><w:tc>${p("cell")}</w:tc></w:tr></w:tbl>`;
    const before = wordDocument(cell + p("last"), { styles });
    expect(accepted(formatted(before, "cell", { italic: false }), "cell")).toBe(
      '<w:rPr><w:i w:val="0"/></w:rPr>',
    );
  });

  it("sets the properties of the script that the text is in", () => {
    const before = wordDocument(p("latin") + p("שלום") + p("東京"));
    const set = { bold: true, font: "Arial" };
    expect(accepted(formatted(before, "latin", set), "latin")).not.toContain("bCs");
    expect(accepted(formatted(before, "שלום", set), "שלום")).toContain("<w:b/><w:bCs/>");
    expect(accepted(formatted(before, "東京", set), "東京")).toContain('w:eastAsia="Arial"');
  });

  it("ousts a theme's font and colour and keeps the other fonts", () => {
    const old =
      '<w:rFonts w:asciiTheme="majorHAnsi" w:hAnsiTheme="majorHAnsi" w:eastAsia="SimSun" w:hint="eastAsia"/><w:color w:val="FF0000" w:themeColor="accent1"/>';
    const edited = formatted(wordDocument(p(r("text", old))), "text", { font: "Arial", color: "FF0000" });
    expect(accepted(edited, "text")).toBe(
      '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="SimSun" w:hint="eastAsia"/><w:color w:val="FF0000"/></w:rPr>',
    );
  });

  it("takes a character style away by the name of the default one", () => {
    const before = wordDocument(p(r("text", '<w:rStyle w:val="Strong"/>')), { styles });
    const plan = planQuoted(before, [format("text", { style: "default paragraph font" })]);
    expect(plan.applied).toMatchObject([{ before: "style Strong", after: "style none" }]);
    expect(accepted(openFile(plan.save().bytes), "text")).toBe("");
  });

  it("formats in one request with changes of the words around, and with a comment", () => {
    const before = wordDocument(p("The supplier delivers within 30 days of the order."));
    const edited = expectEdit(
      before,
      [
        { kind: "replace", quote: "within 30", text: "in 14" },
        { kind: "format", quote: "supplier delivers", set: { italic: true }, comment: "Defined term" },
        { kind: "format", quote: "order.", set: { bold: true } },
        { kind: "delete", quote: "The " },
        { kind: "comment", quote: "delivers", text: "Really?" },
      ],
      ["supplier delivers in 14 days of the order."],
    );
    const dates = trackedChanges(edited).map((change) => change.revision.date);
    expect(new Set(dates).size).toBe(4);
  });

  it("writes plain properties in direct mode", () => {
    const before = wordDocument(p("one two"));
    const { bytes } = planQuoted(before, [format("two", { bold: true })], { mode: "direct" }).save();
    expect(xmlOf(openFile(bytes))).toContain(`${r("one ")}${r("two", "<w:b/>")}`);
  });

  it("works in a default namespace and with another prefix", () => {
    for (const [prefix, root] of [
      ["", 'xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'],
      ["x:", 'xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"'],
    ] as const) {
      const n = (name: string): string => prefix + name;
      const documentXml = `<${n("document")} ${root}><${n("body")}><${n("p")}><${n("r")}><${n("t")}>one two</${n("t")}></${n("r")}></${n("p")}></${n("body")}></${n("document")}>`;
      formatted(wordDocument("", { documentXml }), "two", { bold: true, size: 12 });
    }
  });
});

describe("formatting in special places", () => {
  it("stays in links, free controls, cells, headers, notes and both copies of a text box", () => {
    const box = (text: string): string => `<w:txbxContent>${p(text)}</w:txbxContent>`;
    const body = [
      p("See ", `<w:hyperlink w:anchor="b">${r("the price list")}</w:hyperlink>`),
      p(`<w:sdt><w:sdtPr/><w:sdtContent>${r("free control")}</w:sdtContent></w:sdt>`),
      `<w:tbl><w:tr><w:tc>${p("a cell")}</w:tc></w:tr></w:tbl>`,
      `<w:p>${r("Text")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>`,
      `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">${box("the box")}</mc:Choice><mc:Fallback><w:pict>${box("the box")}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`,
    ].join("");
    const before = wordDocument(body, {
      header: p("a header"),
      footnotes: `<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>${r("a note")}</w:p></w:footnote>`,
    });
    const quotes = ["price", "control", "cell", "box", "header", "note"];
    const edited = expectEdit(
      before,
      quotes.map((quote) => format(quote, { bold: true })),
      texts(before),
    );
    const all = edited.stories.map(({ tree }) => tree.source).join("");
    expect(all.match(/<w:rPrChange /g)).toHaveLength(quotes.length + 1);
    expect(xmlOf(edited)).toMatch(/<w:hyperlink [^>]*>.*rPrChange.*<\/w:hyperlink>/);
  });

  it("formats inside somebody's pending insertion without breaking it up", () => {
    const before = wordDocument(p("Start ", `<w:ins w:id="3" ${revision}>${r("their new words")}</w:ins>`));
    const edited = formatted(before, "new", { bold: true });
    expect(xmlOf(edited).match(/<w:ins /g)).toHaveLength(1);
    expect(trackedChanges(edited).map(({ kind }) => kind)).toEqual(["insertion", "run-formatting"]);
  });

  it("leaves a note's number and what somebody deleted as they look", () => {
    const gone = `<w:del w:id="3" ${revision}><w:r><w:delText>gone </w:delText></w:r></w:del>`;
    const note =
      '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r>';
    const before = wordDocument(p("one ", gone, "two", note, " three"));
    const edited = formatted(before, "one two three", { vertical: "baseline", bold: true });
    expect(xmlOf(edited)).toContain(note);
    expect(xmlOf(edited)).toContain(gone);
  });

  it("refuses what is locked or computed, and what somebody's change of formatting covers", () => {
    const pending = `<w:b/><w:rPrChange w:id="5" ${revision}><w:rPr/></w:rPrChange>`;
    const control = `<w:sdt><w:sdtPr><w:lock w:val="contentLocked"/></w:sdtPr><w:sdtContent>${r("fixed")}</w:sdtContent></w:sdt>`;
    const before = wordDocument(
      p("Page ", '<w:fldSimple w:instr="PAGE"><w:r><w:t>12</w:t></w:r></w:fldSimple>') +
        p(control) +
        p("a ", "<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath>") +
        p(r("pending", pending)),
    );
    for (const quote of ["Page 12", "fixed", "a x+y", "pending"])
      expect(planQuoted(before, [format(quote, { italic: true })]).refused).toMatchObject([
        { code: "locked" },
      ]);
    expect(planQuoted(before, [format("pending", { bold: true })]).refused).toMatchObject([
      { code: "no-change" },
    ]);
  });

  it("refuses values that Word doesn't know, and says which there are", () => {
    const before = wordDocument(p("text"), { styles });
    for (const [set, fix] of [
      [{}, /bold/],
      [{ highlight: "pink" }, /yellow/],
      [{ color: "red" }, /hexadecimal/],
      [{ size: 10.3 }, /halves/],
      [{ size: 0 }, /1 to 1638/],
      [{ font: " " }, /font/],
      [{ style: "Bold-ish" }, /Default Paragraph Font, Strong, Quiet/],
      [{ bold: "yes" as unknown as boolean }, /true or false/],
    ] as const) {
      const [refusal] = planQuoted(before, [format("text", set)]).refused;
      expect(refusal?.fix).toMatch(fix);
    }
  });

  it("refuses two formats, or a format and other words, for the same text", () => {
    const before = wordDocument(p("one two three"));
    const changes = [
      format("one two", { bold: true }),
      format("two three", { italic: true }),
      { kind: "replace", quote: "one", text: "1" } as const,
      { kind: "delete", quote: "one two three" } as const,
    ];
    const plan = planQuoted(before, changes);
    expect(plan.refused.map(({ id, code }) => `${id} ${code}`)).toEqual([
      "2 overlaps",
      "3 overlaps",
      "4 overlaps",
    ]);
    const empty = { paragraph: "document:0", start: 3, end: 3, quote: "" };
    expect(
      planChanges(before, [{ kind: "format", at: empty, set: { bold: true } }], at).refused,
    ).toMatchObject([{ code: "unsupported" }]);
  });
});

describe("formatting a second time", () => {
  const once = (): WordDocument =>
    openFile(planQuoted(wordDocument(p("one two three")), [format("one two", { bold: true })]).save().bytes);

  it("changes the author's own pending formatting where it stands and keeps the oldest look", () => {
    const twice = openFile(planQuoted(once(), [format("two three", { italic: true })]).save().bytes);
    const rejected = openFile(settleChanges(twice, { action: "reject" }));
    expect(xmlOf(rejected)).not.toContain("rPr");
    expect(accepted(twice, "two")).toBe("<w:rPr><w:b/><w:i/></w:rPr>");
    const ids = [...xmlOf(twice).matchAll(/rPrChange w:id="(\d+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(3);
  });

  it("leaves nothing where the old look is given back", () => {
    const twice = openFile(planQuoted(once(), [format("one two", { bold: false })]).save().bytes);
    expect(xmlOf(twice)).not.toContain("rPr");
    expect(texts(twice)).toEqual(["one two three"]);
  });

  it("refuses another author's", () => {
    const plan = planChanges(once(), anchored(once(), [format("two", { italic: true })]), {
      ...at,
      author: "Ann",
    });
    expect(plan.refused).toMatchObject([{ code: "locked" }]);
  });

  it("changes words in text with pending formatting", () => {
    const before = once();
    const plan = planQuoted(before, [{ kind: "replace", quote: "ne tw", text: "x" }]);
    const edited = openFile(plan.save().bytes);
    expect(texts(edited)).toEqual(["oxo three"]);
    expect(texts(openFile(settleChanges(edited, { action: "reject" })))).toEqual(["one two three"]);
  });
});
