import { describe, expect, it } from "vitest";
import { openFile } from "../../open-file.ts";
import { comments } from "../read/comments.ts";
import { findQuote, wholeParagraph } from "../read/find-quote.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import { at, expectEdit, p, planQuoted, r, revision, texts, wordDocument, xmlOf } from "../word.fixture.ts";
import { planChanges } from "./plan-changes.ts";

describe("replacing text", () => {
  it("marks only the words that differ", () => {
    const edited = expectEdit(
      wordDocument(p("Delivery within thirty (30) days of order.")),
      [{ kind: "replace", quote: "within thirty (30) days", text: "within fourteen (14) days" }],
      ["Delivery within fourteen (14) days of order."],
    );
    expect(texts(edited, "markup")[0]).toBe(
      "Delivery within {--thirty--}{++fourteen++} ({--30--}{++14++}) days of order.",
    );
  });

  it("keeps bold when a bold word is replaced", () => {
    const edited = expectEdit(
      wordDocument(p(r("Total "), r("80", "<w:b/>"), r(" items"))),
      [{ kind: "replace", quote: "80", text: "95" }],
      ["Total 95 items"],
    );
    expect(edited.paragraphs[0]!.spans.find((span) => span.inserted)).toMatchObject({
      text: "95",
      marks: { bold: true },
    });
    expect(xmlOf(edited)).toContain(r("Total "));
  });

  it("replaces a word that is split over runs", () => {
    expectEdit(
      wordDocument(p(r("con"), r("sign", "<w:i/>"), r("ment feed"))),
      [{ kind: "replace", quote: "consignment", text: "shipment" }],
      ["shipment feed"],
    );
  });

  it("inserts at the start, in the middle and at the end", () => {
    const before = wordDocument(p("one two"));
    expectEdit(before, [{ kind: "replace", quote: "one two", text: "zero one two" }], ["zero one two"]);
    expectEdit(before, [{ kind: "replace", quote: "one two", text: "one and two" }], ["one and two"]);
    expectEdit(before, [{ kind: "replace", quote: "one two", text: "one two three" }], ["one two three"]);
  });

  it("writes tabs and line breaks as Word does", () => {
    const edited = expectEdit(
      wordDocument(p("one two")),
      [{ kind: "replace", quote: "one two", text: "one\ttwo\nthree" }],
      ["one\ttwo\nthree"],
    );
    expect(xmlOf(edited)).toContain("<w:tab/>");
    expect(xmlOf(edited)).toContain("<w:br/>");
  });

  it("edits inside a hyperlink without leaving it", () => {
    const edited = expectEdit(
      wordDocument(p("See ", `<w:hyperlink r:id="L1">${r("our price list")}</w:hyperlink>`, " today."), {
        links: { L1: "https://a.example/" },
      }),
      [{ kind: "replace", quote: "price list", text: "tariff" }],
      ["See our tariff today."],
    );
    expect(edited.paragraphs[0]!.spans.find((span) => span.inserted)?.link).toBe("https://a.example/");
  });

  it("keeps bookmarks and note references where they are", () => {
    const note = '<w:r><w:footnoteReference w:id="1"/></w:r>';
    const body = p(
      "The old",
      '<w:bookmarkStart w:id="7" w:name="b"/>',
      r(" long"),
      '<w:bookmarkEnd w:id="7"/>',
      note,
      " text stays.",
    );
    const edited = expectEdit(
      wordDocument(body, { footnotes: '<w:footnote w:id="1"><w:p/></w:footnote>' }),
      [{ kind: "replace", quote: "old long text", text: "new text" }],
      ["The new text stays.", ""],
    );
    for (const kept of ["w:bookmarkStart", "w:bookmarkEnd", note]) expect(xmlOf(edited)).toContain(kept);
  });

  it("does not let text that Word dropped before appear", () => {
    const edited = expectEdit(
      wordDocument("<w:p><w:r><w:t>  padded words here</w:t></w:r></w:p>"),
      [{ kind: "replace", quote: "words", text: "texts" }],
      ["  padded texts here"],
    );
    expect(xmlOf(edited)).toContain('<w:t xml:space="preserve">  padded </w:t>');
  });

  it("puts a deletion inside somebody's pending insertion, and an insertion beside it", () => {
    const body = p("Start ", `<w:ins w:id="3" ${revision}>${r("their new words")}</w:ins>`, " end.");
    const edited = expectEdit(
      wordDocument(body),
      [{ kind: "replace", quote: "their new words", text: "their own words" }],
      ["Start their own words end."],
    );
    const xml = xmlOf(edited);
    expect(xml).toMatch(/<w:ins w:id="3"[^>]*>.*<w:del [^>]*w:author="Tandem"/);
    expect(xml).not.toMatch(/<w:ins [^>]*>(?:(?!<\/w:ins>).)*<w:ins /);
    const ids = [...xml.matchAll(/<w:(?:ins|del) w:id="(\d+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("leaves text that somebody deleted alone", () => {
    const body = p(
      "Keep ",
      `<w:del w:id="3" ${revision}><w:r><w:delText>gone </w:delText></w:r></w:del>`,
      "this text.",
    );
    expectEdit(
      wordDocument(body),
      [{ kind: "replace", quote: "Keep this text", text: "Keep that text" }],
      ["Keep that text."],
    );
  });

  it("edits both copies of a text box", () => {
    const box = (text: string): string => `<w:txbxContent>${p(text)}</w:txbxContent>`;
    const run = (text: string): string =>
      `<w:r><mc:AlternateContent><mc:Choice Requires="wps">${box(text)}</mc:Choice><mc:Fallback><w:pict>${box(text)}</w:pict></mc:Fallback></mc:AlternateContent></w:r>`;
    const edited = expectEdit(
      wordDocument(p("Host", run("in the box"))),
      [{ kind: "replace", quote: "the box", text: "a frame" }],
      ["Host", "in a frame"],
    );
    expect(xmlOf(edited).match(/<w:delText/g)).toHaveLength(2);
  });

  it("writes each change with a second of its own and ids that nothing else has", () => {
    const body = p('<w:bookmarkStart w:id="1" w:name="a"/>', "one two three", '<w:bookmarkEnd w:id="1"/>');
    const edited = expectEdit(
      wordDocument(body),
      [
        { kind: "replace", quote: "one", text: "1" },
        { kind: "replace", quote: "three", text: "3" },
      ],
      ["1 two 3"],
    );
    const dates = [...xmlOf(edited).matchAll(/<w:ins w:id="(\d+)"[^>]*w:date="([^"]*)"/g)];
    expect(dates.map((match) => match[2])).toEqual(["2026-01-02T03:04:05Z", "2026-01-02T03:04:06Z"]);
    expect(dates.map((match) => match[1])).not.toContain("1");
  });

  it("replaces directly on request", () => {
    const before = wordDocument(p(r("Total "), r("80", "<w:b/>"), r(" items")));
    const { bytes } = planQuoted(before, [{ kind: "replace", quote: "80 items", text: "95 parts" }], {
      mode: "direct",
    }).save();
    const after = openFile(bytes);
    expect(texts(after, "markup")).toEqual(["Total 95 parts"]);
    expect(xmlOf(after)).not.toContain("w:ins");
  });

  it("works with a default namespace and no prefix", () => {
    const documentXml =
      '<document xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><body><p><r><t>one two</t></r></p></body></document>';
    expectEdit(wordDocument("", { documentXml }), [{ kind: "replace", quote: "two", text: "2" }], ["one 2"]);
  });

  it("works with strict namespaces and another prefix", () => {
    const documentXml =
      '<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>one two</x:t></x:r></x:p></x:body></x:document>';
    const edited = expectEdit(
      wordDocument("", { documentXml }),
      [{ kind: "replace", quote: "two", text: "2", comment: "why" }],
      ["one 2"],
    );
    expect(edited.isStrict).toBe(true);
    expect(comments(edited)).toMatchObject([{ text: "why" }]);
  });
});

describe("deleting", () => {
  it("takes the whole paragraph with its mark", () => {
    expectEdit(
      wordDocument(p("one") + p("two") + p("three")),
      [{ kind: "delete", quote: "two" }],
      ["one", "three"],
    );
  });

  it("takes a part of a paragraph", () => {
    expectEdit(wordDocument(p("one two three")), [{ kind: "delete", quote: " two" }], ["one three"]);
  });

  it("leaves the mark of the last paragraph of a cell and of the body", () => {
    const cell = `<w:tbl><w:tr><w:tc>${p("in the cell")}</w:tc></w:tr></w:tbl>`;
    const edited = expectEdit(
      wordDocument(cell + p("last")),
      [
        { kind: "delete", quote: "in the cell" },
        { kind: "delete", quote: "last" },
      ],
      ["", ""],
    );
    expect(xmlOf(edited)).not.toContain("<w:pPr>");
  });

  it("keeps a section's set-up", () => {
    const body = `<w:p><w:pPr><w:sectPr/></w:pPr>${r("end of section")}</w:p>${p("next")}`;
    expectEdit(wordDocument(body), [{ kind: "delete", quote: "end of section" }], ["", "next"]);
  });

  it("takes a whole field along, with its instruction as deleted", () => {
    const char = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
    const field = `${char("begin")}<w:r><w:instrText> PAGE </w:instrText></w:r>${char("separate")}${r("1")}${char("end")}`;
    const edited = expectEdit(
      wordDocument(p("Page ", field) + p("x")),
      [{ kind: "delete", quote: "Page 1" }],
      ["x"],
    );
    expect(xmlOf(edited)).toContain("<w:delInstrText> PAGE </w:delInstrText>");
  });
});

describe("inserting paragraphs", () => {
  it("puts them after the quoted paragraph, in its style and list", () => {
    const item = (text: string): string =>
      `<w:p><w:pPr><w:pStyle w:val="List"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>${r(text)}</w:p>`;
    const edited = expectEdit(
      wordDocument(item("one") + item("two")),
      [{ kind: "insert-after", quote: "one", text: "one and a half\none and three quarters" }],
      ["one", "one and a half", "one and three quarters", "two"],
    );
    expect(edited.paragraphs[1]).toMatchObject({ styleId: "List", listLevel: 0 });
  });

  it("puts one after the last paragraph of the body and of a cell", () => {
    const cell = `<w:tbl><w:tr><w:tc>${p("cell")}</w:tc></w:tr></w:tbl>`;
    expectEdit(
      wordDocument(cell + p("last")),
      [
        { kind: "insert-after", quote: "last", text: "more" },
        { kind: "insert-after", quote: "cell", text: "below" },
      ],
      ["cell", "below", "last", "more"],
    );
  });

  it("looks like body text after a heading", () => {
    const styles = '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>';
    const body = `<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr>${r("Costs")}</w:p><w:p><w:pPr><w:jc w:val="both"/></w:pPr>${r("They are low.", "<w:i/>")}</w:p>`;
    const edited = expectEdit(
      wordDocument(body, { styles }),
      [{ kind: "insert-after", quote: "Costs", text: "New." }],
      ["Costs", "New.", "They are low."],
    );
    expect(edited.paragraphs[1]!.styleId).toBeUndefined();
    expect(edited.paragraphs[1]!.spans[0]!.marks.italic).toBe(true);
  });
});

describe("comments", () => {
  it("adds one with author, date and thread, making the parts it needs", () => {
    const edited = expectEdit(
      wordDocument(p("one two three")),
      [{ kind: "comment", quote: "two", text: "Why two?\nSource: a.xlsx" }],
      ["one two three"],
    );
    expect(comments(edited)).toMatchObject([
      {
        author: "Tandem",
        date: "2026-01-02T03:04:05Z",
        text: "Why two?\nSource: a.xlsx",
        quote: "two",
        isResolved: false,
      },
    ]);
  });

  it("answers and resolves one, also when it has no thread yet", () => {
    const existing = `<w:comment w:id="5" ${revision}>${p("Is that so?")}</w:comment>`;
    const body = p(
      '<w:commentRangeStart w:id="5"/>',
      "one",
      '<w:commentRangeEnd w:id="5"/>',
      '<w:r><w:commentReference w:id="5"/></w:r>',
      " two",
    );
    const before = wordDocument(body, { comments: existing });
    const plan = planChanges(
      before,
      [
        { kind: "reply", to: "5", text: "It is." },
        { kind: "resolve", comment: "5", resolved: true },
      ],
      at,
    );
    expect(plan.refused).toEqual([]);
    const after = comments(openFile(plan.save().bytes));
    expect(after).toMatchObject([
      { id: "5", isResolved: true, quote: "one" },
      { text: "It is.", replyTo: "5", quote: "one", author: "Tandem" },
    ]);
    const reopened = openFile(plan.save().bytes);
    const again = planChanges(reopened, [{ kind: "resolve", comment: "5", resolved: false }], at);
    expect(comments(openFile(again.save().bytes))[0]!.isResolved).toBe(false);
  });

  it("gives the reason of a change beside it", () => {
    const edited = expectEdit(
      wordDocument(p("about 900 euros")),
      [{ kind: "replace", quote: "900", text: "950", comment: "budget.xlsx!B4" }],
      ["about 950 euros"],
    );
    expect(comments(edited)).toMatchObject([{ text: "budget.xlsx!B4", quote: "950" }]);
  });
});

describe("refusals", () => {
  const code = (body: string, quote: string, text = "x", occurrence?: number): string => {
    const document = wordDocument(body);
    const place = findQuote(document, quote, occurrence === undefined ? {} : { occurrence });
    return planChanges(document, [{ kind: "replace", at: place, text }], at).refused[0]?.code ?? "applied";
  };

  it("refuses what Word computes, locks or moves", () => {
    expect(code(p("Page ", '<w:fldSimple w:instr="PAGE"><w:r><w:t>12</w:t></w:r></w:fldSimple>'), "12")).toBe(
      "locked",
    );
    expect(
      code(
        p(
          "a ",
          `<w:sdt><w:sdtPr><w:lock w:val="contentLocked"/></w:sdtPr><w:sdtContent>${r("fixed")}</w:sdtContent></w:sdt>`,
        ),
        "fixed",
      ),
    ).toBe("locked");
    expect(code(p("a ", `<w:moveTo w:id="1" ${revision}>${r("moved")}</w:moveTo>`), "moved")).toBe("locked");
    expect(code(p("a ", "<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath>"), "x+y")).toBe("locked");
  });

  it("refuses an overlap, a stale place, a change that changes nothing, and text that XML can't hold", () => {
    const document = wordDocument(p("one two three"));
    const place = findQuote(document, "two");
    const plan = planChanges(
      document,
      [
        { kind: "replace", at: place, text: "2" },
        { kind: "replace", at: place, text: "II" },
        { kind: "replace", at: { ...place, quote: "old" }, text: "x" },
        { kind: "replace", at: findQuote(document, "one"), text: "one" },
        { kind: "replace", at: findQuote(document, "three"), text: "a\u0000b" },
        { kind: "reply", to: "9", text: "x" },
      ],
      at,
    );
    expect(plan.applied).toHaveLength(1);
    expect(plan.refused.map((each) => each.code)).toEqual([
      "overlaps",
      "stale",
      "no-change",
      "invalid-text",
      "not-found",
    ]);
    for (const refusal of plan.refused) expect(refusal.fix).not.toBe("");
  });

  it("never mutates the document it was given", () => {
    const document = wordDocument(p("one two"));
    const before = document.package.archive.bytes.slice();
    planQuoted(document, [{ kind: "replace", quote: "two", text: "2" }]).save();
    expect(Buffer.from(document.package.archive.bytes).equals(Buffer.from(before))).toBe(true);
    expect(texts(document)).toEqual(["one two"]);
  });
});

it("settles back to the very bytes of the text when a run was not split", () => {
  const document = wordDocument(p("one") + p("two"));
  const { bytes } = planChanges(
    document,
    [{ kind: "insert-after", at: wholeParagraph(document.paragraphs[0]!), text: "new" }],
    at,
  ).save();
  const rejected = openFile(settleChanges(openFile(bytes), { action: "reject" }));
  expect(xmlOf(rejected)).toBe(xmlOf(document));
});
