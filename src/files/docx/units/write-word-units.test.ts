import { describe, expect, it } from "vitest";
import { BadRequestError } from "../../../errors.ts";
import { openFile } from "../../open-file.ts";
import type { UnitTarget } from "../../units/types.ts";
import { p, r, revision } from "../word.fixture.ts";
import { listWordUnits } from "./list-word-units.ts";
import { echo, field, partText, shown, unitFile } from "./units.fixture.ts";
import { writeWordUnits } from "./write-word-units.ts";

const target = (unit: string, text: string, more: Partial<UnitTarget> = {}): UnitTarget => ({
  unit,
  text,
  spans: [],
  atoms: [],
  ...more,
});

/** The body after its only unit was given that target. */
function body(bytes: Uint8Array, to: Partial<UnitTarget>, language = "en"): string {
  const [unit] = listWordUnits(bytes);
  const written = writeWordUnits(bytes, [{ ...echo(unit!), ...to }], { language });
  openFile(written.bytes);
  expect(written.flagged).toEqual([]);
  expect(written.refused).toEqual([]);
  return /<w:body>(.*)<w:sectPr/s.exec(partText(written.bytes))![1]!;
}

/** Styles whose default language is English, so that English targets name none. */
const english = {
  styles: '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en"/></w:rPr></w:rPrDefault></w:docDefaults>',
};
const t = (text: string): string =>
  `<w:t${/^\s|\s$/.test(text) ? ' xml:space="preserve"' : ""}>${text}</w:t>`;
const run = (text: string, properties = ""): string =>
  `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}${t(text)}</w:r>`;

describe("a paragraph with a target", () => {
  it("is one run where it has one look, its properties untouched", () => {
    const bytes = unitFile(
      `<w:p w:rsidR="00AA"><w:pPr><w:jc w:val="left"/></w:pPr>${r("One ", "<w:noProof/>")}${r("two")}</w:p>`,
      english,
    );
    expect(body(bytes, { text: "Three & four" })).toBe(
      `<w:p w:rsidR="00AA"><w:pPr><w:jc w:val="left"/></w:pPr>${run("Three &amp; four", "<w:noProof/>")}</w:p>`,
    );
  });

  it("has its formatting where the target has it, also in two places", () => {
    const bytes = unitFile(p(r("A long ") + r("word", "<w:b/>")), english);
    const spans = [
      { id: "1", start: 0, end: 1 },
      { id: "1", start: 5, end: 6 },
    ];
    expect(body(bytes, { text: "b or c", spans })).toBe(
      p(run("b", "<w:b/>") + run(" or ") + run("c", "<w:b/>")),
    );
  });

  it("has its link around the words the target says, and its notes", () => {
    const link = (content: string): string =>
      `<w:hyperlink r:id="rId9" w:history="1">${content}</w:hyperlink>`;
    const note = '<w:r><w:footnoteReference w:id="2"/></w:r>';
    const bytes = unitFile(p(r("See ") + link(r("this")) + note), english);
    const moved = {
      text: "That see",
      spans: [{ id: "1", start: 0, end: 4 }],
      atoms: [{ id: "2", offset: 4 }],
    };
    expect(body(bytes, moved)).toBe(p(`${link(run("That"))}${note}${run(" see")}`));
  });

  it("keeps fields, controls and insertions around their text", () => {
    const content = [
      field('HYPERLINK "http://a.b"', r("one")),
      `<w:sdt><w:sdtPr><w:tag w:val="x"/></w:sdtPr><w:sdtContent>${r("two")}</w:sdtContent></w:sdt>`,
      `<w:ins w:id="1" ${revision}>${r("three")}</w:ins>`,
    ].join("");
    const written = body(unitFile(p(r("Of "), content), english), {
      text: "Of ONETWOTHREE",
      spans: [
        { id: "1", start: 3, end: 6 },
        { id: "2", start: 6, end: 9 },
        { id: "3", start: 9, end: 14 },
      ],
    });
    expect(written).toContain(`<w:fldChar w:fldCharType="separate"/></w:r>${run("ONE")}<w:r><w:fldChar`);
    expect(written).toContain(`<w:sdtContent>${run("TWO")}</w:sdtContent></w:sdt>`);
    expect(written).toContain(`<w:ins w:id="1" ${revision}>${run("THREE")}</w:ins>`);
  });

  it("gives the second half of an insertion an id of its own", () => {
    const bytes = unitFile(p(r("a "), `<w:ins w:id="7" ${revision}>${r("new")}</w:ins>`), english);
    const spans = [
      { id: "1", start: 0, end: 1 },
      { id: "1", start: 2, end: 3 },
    ];
    const written = body(bytes, { text: "xyz", spans });
    expect([...written.matchAll(/<w:ins w:id="(\d+)"/g)].map(([, id]) => id)).toEqual(["7", "8"]);
  });

  it("writes what is in its text box as well", () => {
    const boxed = `<w:r><w:pict><v:shape><v:textbox><w:txbxContent>${p("Inner")}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`;
    const bytes = unitFile(p(r("Outer"), boxed), english);
    const targets = listWordUnits(bytes).map((unit) => echo(unit, unit.text.toUpperCase()));
    const text = partText(writeWordUnits(bytes, targets, { language: "en" }).bytes);
    expect(text).toContain(`<w:txbxContent><w:p>${run("INNER")}</w:p></w:txbxContent>`);
    expect(text).toContain(run("OUTER"));
  });

  it("writes tabs, line ends and special hyphens as Word does", () => {
    const bytes = unitFile(p("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>"), english);
    expect(body(bytes, { text: "b\u2011a\tc\u0007" })).toBe(
      p("<w:r><w:t>b</w:t><w:noBreakHyphen/><w:t>a</w:t><w:tab/><w:t>c</w:t></w:r>"),
    );
  });

  it("writes in the file's own prefix", () => {
    const documentXml = `<x:document xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><x:body><x:p><x:r><x:t>One</x:t></x:r></x:p></x:body></x:document>`;
    const bytes = unitFile("", { documentXml });
    const [unit] = listWordUnits(bytes);
    const written = partText(writeWordUnits(bytes, [echo(unit!, "Un")], { language: "fr" }).bytes);
    expect(written).toContain('<x:r><x:rPr><x:lang x:val="fr"/></x:rPr><x:t>Un</x:t></x:r>');
  });

  it("keeps every code and says so when the target lost some", () => {
    const bytes = unitFile(p(r("A "), r("b", "<w:b/>"), '<w:r><w:footnoteReference w:id="2"/></w:r>'));
    const [unit] = listWordUnits(bytes);
    const written = writeWordUnits(bytes, [target(unit!.id, "Z")], { language: "fr" });
    expect(written.flagged).toMatchObject([{ unit: unit!.id }]);
    expect(partText(written.bytes)).toContain('<w:footnoteReference w:id="2"/>');
    expect(listWordUnits(written.bytes)[0]!.text).toBe("Z");
  });
});

describe("what is not written", () => {
  it("leaves the bytes alone when every target is its source", () => {
    const bytes = unitFile(p(r("One "), r("two", "<w:b/>")), english);
    const targets = listWordUnits(bytes).map((unit) => echo(unit));
    expect(writeWordUnits(bytes, targets, { language: "en" }).bytes).toEqual(bytes);
  });

  it("refuses the text of a control that is bound to data", () => {
    const bytes = unitFile(
      `<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr><w:sdtContent>${p("Acme")}</w:sdtContent></w:sdt>`,
    );
    const [unit] = listWordUnits(bytes);
    const written = writeWordUnits(bytes, [echo(unit!, "Other")], { language: "fr" });
    expect(written.refused).toMatchObject([{ unit: unit!.id, reason: expect.stringContaining("bound") }]);
    expect(written.bytes).toEqual(bytes);
  });

  it("shows a translated title wherever a control is bound to it", () => {
    const core = {
      name: "/docProps/core.xml",
      word: "core-properties",
      from: "/",
      type: "application/vnd.openxmlformats-package.core-properties+xml",
      xml: '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The plan</dc:title></cp:coreProperties>',
    };
    const bound = (content: string): string =>
      `<w:sdt><w:sdtPr><w:dataBinding w:xpath="/ns0:coreProperties[1]/ns1:title[1]"/></w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`;
    const split = r("The ") + r("plan");
    const bytes = unitFile(bound(p(split)) + p(r("About: "), bound(split)), {}, [core]);
    const units = listWordUnits(bytes);
    expect(units.map((unit) => shown(unit))).toEqual(["About: <1:object=The plan/>", "The plan"]);
    const targets = [echo(units[0]!, "Sur : "), echo(units[1]!, "Le plan")];
    const { bytes: out, refused } = writeWordUnits(bytes, targets, { language: "fr" });
    expect(refused).toEqual([]);
    expect(partText(out).match(/Le plan/g)).toHaveLength(2);
    expect(partText(out)).not.toContain("The");
  });

  it("throws for a unit that the file does not have, and for no language", () => {
    const bytes = unitFile(p("One"));
    expect(() => writeWordUnits(bytes, [target("/x#1", "a")], { language: "fr" })).toThrow(BadRequestError);
    expect(() => writeWordUnits(bytes, [], { language: '"/>' })).toThrow(BadRequestError);
  });
});

describe("the target's language", () => {
  const written = (bytes: Uint8Array, language: string): Uint8Array =>
    writeWordUnits(
      bytes,
      listWordUnits(bytes).map((unit) => echo(unit, `${unit.text}x`)),
      { language },
    ).bytes;

  it("stands in the styles and replaces what runs say", () => {
    const out = written(
      unitFile(p(r("One", '<w:lang w:val="en-US" w:bidi="ar-SA"/>')) + p("Two"), english),
      "de",
    );
    expect(partText(out, "/word/styles.xml")).toContain('<w:lang w:val="de"/>');
    expect(partText(out)).toContain('<w:rPr><w:lang w:val="de" w:bidi="ar-SA"/></w:rPr>');
    expect(partText(out)).toContain(p(run("Twox")));
  });

  it("stands in the runs where only a part is translated", () => {
    const bytes = unitFile(p("One") + p("Two"), english);
    const [unit] = listWordUnits(bytes);
    const out = writeWordUnits(bytes, [echo(unit!, "Un")], { language: "fr" }).bytes;
    expect(partText(out)).toContain(`${p(run("Un", '<w:lang w:val="fr"/>'))}${p(r("Two"))}`);
    expect(partText(out, "/word/styles.xml")).toBe(partText(bytes, "/word/styles.xml"));
  });

  it("turns paragraphs, runs, tables and sections to the left, and back", () => {
    const table = `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tr><w:tc>${p(r("One", '<w:b/><w:sz w:val="20"/>'))}</w:tc></w:tr></w:tbl>`;
    const bytes = unitFile(`${table}<w:p><w:pPr><w:jc w:val="left"/></w:pPr>${r("Two")}</w:p>`);
    const arabic = written(bytes, "ar");
    expect(partText(arabic)).toContain(
      '<w:tblPr><w:bidiVisual/><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tr><w:tc><w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:b/><w:bCs/><w:sz w:val="20"/><w:szCs w:val="20"/><w:rtl/><w:lang w:bidi="ar"/></w:rPr>',
    );
    expect(partText(arabic)).toContain('<w:pPr><w:bidi/><w:jc w:val="left"/></w:pPr>');
    expect(partText(arabic)).toContain("<w:sectPr><w:bidi/></w:sectPr>");
    expect(partText(written(arabic, "fr"))).not.toMatch(/bidi\/>|bidiVisual|w:rtl/);
  });

  it("switches a style's direction off where the style has the other one", () => {
    const styles =
      '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:bidi/></w:pPr><w:rPr><w:rtl/></w:rPr></w:style>';
    const out = partText(written(unitFile(p("One"), { styles }), "fr"));
    expect(out).toContain('<w:p><w:pPr><w:bidi w:val="0"/></w:pPr><w:r><w:rPr><w:rtl w:val="0"/><w:lang');
  });

  it("names an East Asian font where the document names none", () => {
    const out = partText(written(unitFile(p(r("One", '<w:rFonts w:ascii="Arial"/>'))), "ja"));
    expect(out).toMatch(/<w:rFonts w:ascii="Arial" w:eastAsia="[^"]+"\/><w:lang w:eastAsia="ja"\/>/);
    const named = {
      styles:
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="MS Mincho"/></w:rPr></w:rPrDefault></w:docDefaults>',
    };
    expect(partText(written(unitFile(p("One"), named), "ja"))).not.toContain("rFonts");
  });
});

it("reads again what it wrote", () => {
  const bytes = unitFile(
    p(r("See "), `<w:hyperlink r:id="rId9">${r("this")}</w:hyperlink>`, r(" now")),
    english,
  );
  const [unit] = listWordUnits(bytes);
  const out = writeWordUnits(bytes, [echo(unit!, "SEE THIS NOW")], { language: "en" }).bytes;
  expect(shown(listWordUnits(out)[0]!)).toBe("SEE <1l>THIS</1> NOW");
});
