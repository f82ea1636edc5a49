import { describe, expect, it } from "vitest";
import type { WrittenUnits } from "../../units/types.ts";
import { p, r } from "../word.fixture.ts";
import { listWordUnits } from "./list-word-units.ts";
import { echo, namespaces, partText, unitFile } from "./units.fixture.ts";
import { writeWordUnits } from "./write-word-units.ts";

const emu = (points: number): number => points * 12_700;

type Box = {
  /** In points. */
  readonly width?: number;
  readonly height?: number;
  /** Attributes and children of `wps:bodyPr`. */
  readonly body?: readonly [attributes: string, children: string];
  /** Attributes of `wps:txbx`. */
  readonly chain?: string;
};

/** A shape with text. Its usual size leaves room for two lines of 12 points, not for three. */
function shape(content: string, { width = 144, height = 46, body = ["", ""], chain = "" }: Box = {}): string {
  const size = `<a:ext cx="${emu(width)}" cy="${emu(height)}"/>`;
  return `<wps:wsp><wps:spPr><a:xfrm><a:off x="0" y="0"/>${size}</a:xfrm></wps:spPr><wps:txbx${chain}><w:txbxContent>${content}</w:txbxContent></wps:txbx><wps:bodyPr ${body[0]}>${body[1]}</wps:bodyPr></wps:wsp>`;
}

function drawing(graphic: string, { width = 144, height = 46 }: Box = {}): string {
  return `<w:drawing><wp:inline><wp:extent cx="${emu(width)}" cy="${emu(height)}"/><a:graphic><a:graphicData uri="x">${graphic}</a:graphicData></a:graphic></wp:inline></w:drawing>`;
}

const boxed = (content: string, box?: Box): string => p(`<w:r>${drawing(shape(content, box), box)}</w:r>`);
const styles =
  '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>';

const short = "Two lines of text stand in this box";
const long = "Four lines or even more than these are what the text in this box needs in another language";

/** What is said when every unit gets that text. */
function overflowing(
  body: string,
  text = long,
  language = "en",
  sheet = styles,
): WrittenUnits["overflowing"] {
  const bytes = unitFile(body, { styles: sheet });
  const targets = listWordUnits(bytes).map((unit) => echo(unit, text));
  return writeWordUnits(bytes, targets, { language }).overflowing;
}

describe("a translated text box of fixed size", () => {
  it("is named by its first translated unit where the translation needs more room than it has", () => {
    const body = p("Before") + boxed(p(short));
    const bytes = unitFile(body, { styles });
    const [, unit] = listWordUnits(bytes);
    const written = writeWordUnits(bytes, [echo(unit!, long)], { language: "en" });
    expect(unit!.place).toBe("text box");
    expect(written.overflowing).toEqual([
      { unit: unit!.id, reason: expect.stringMatching(/^the text is about \d+ % higher than its box$/) },
    ]);
  });

  it("is not named where the translation fits, where it is not translated, or where the source did not fit", () => {
    expect(overflowing(boxed(p(short)), "Still two lines of text in the box")).toEqual([]);
    expect(overflowing(boxed(p(short)), short)).toEqual([]);
    expect(overflowing(boxed(p(long)), `${long} ${long}`)).toEqual([]);
    const bytes = unitFile(boxed(p(short)), { styles });
    expect(writeWordUnits(bytes, [], { language: "en" }).overflowing).toEqual([]);
  });

  it("is written to the byte like one that grows and of which nothing is said", () => {
    const written = (autofit: string): string => {
      const bytes = unitFile(boxed(p(short), { body: ["", `<a:${autofit}/>`] }), { styles });
      const [unit] = listWordUnits(bytes);
      return partText(writeWordUnits(bytes, [echo(unit!, long)], { language: "en" }).bytes);
    };
    expect(written("noAutofit").replace("noAutofit", "spAutoFit")).toBe(written("spAutoFit"));
  });

  it.each([
    ["a:spAutoFit", 0],
    ["a:normAutofit", 1],
    ["a:noAutofit", 1],
  ])("with %s is named %i times", (autofit, times) => {
    expect(overflowing(boxed(p(short), { body: ["", `<${autofit}/>`] }))).toHaveLength(times);
  });

  it("has the room that its insets leave", () => {
    const three = "Three lines are what this text needs in a box so wide";
    const wide = { body: ['lIns="0" tIns="0" rIns="0" bIns="0"', ""] } as const;
    expect(overflowing(boxed(p(short)), three)).toHaveLength(1);
    expect(overflowing(boxed(p(short), wide), three)).toEqual([]);
    const tight = { height: 60, body: ['tIns="0.3in" bIns="0"', ""] } as const;
    expect(overflowing(boxed(p(short), { height: 60 }), three)).toEqual([]);
    expect(overflowing(boxed(p(short), tight), three)).toHaveLength(1);
  });

  it("counts all of its paragraphs, also those that are no unit or have no text", () => {
    const box = { height: 80 };
    expect(overflowing(boxed(p(r("One line")), box), "Two lines of text for this box")).toEqual([]);
    const others = `${p(r("2026"))}<w:p/><w:p><w:pPr><w:rPr><w:sz w:val="36"/></w:rPr></w:pPr></w:p>`;
    expect(overflowing(boxed(p(r("One")) + others, box), "Two lines of text for this box")).toHaveLength(1);
  });

  it("is as wide as its lines are long where the text is turned", () => {
    const box = { width: 40, height: 300 };
    expect(overflowing(boxed(p(r("Short")), { ...box, body: ['vert="vert270"', ""] }), short)).toEqual([]);
    expect(overflowing(boxed(p(r("Short")), { ...box, height: 60 }), short)).toHaveLength(1);
  });
});

describe("the size of text in a box", () => {
  const style = (size: number): string =>
    `${styles}<w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:sz w:val="${size}"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Label"><w:basedOn w:val="Base"/></w:style>`;
  const labelled = (run: string): string => p(`<w:pPr><w:pStyle w:val="Label"/></w:pPr>${run}`);

  it("is that of its runs, else of its style, else the document's", () => {
    const small = '<w:sz w:val="10"/>';
    expect(overflowing(boxed(p(r(short))))).toHaveLength(1);
    expect(overflowing(boxed(p(r(short, small))))).toEqual([]);
    expect(overflowing(boxed(labelled(r(short))), long, "en", style(10))).toEqual([]);
    expect(overflowing(boxed(labelled(r(short, '<w:sz w:val="24"/>'))), long, "en", style(10))).toHaveLength(
      1,
    );
  });

  it("is 10 points where nobody says", () => {
    const three = "Three lines are what this text needs in a box so wide";
    expect(overflowing(boxed(p(r(short))), three, "en", "")).toEqual([]);
    expect(overflowing(boxed(p(r(short))), long, "en", "")).toHaveLength(1);
  });

  it("counts with the distance of lines and the space between paragraphs", () => {
    const spaced = (attributes: string): string =>
      boxed(p(`<w:pPr><w:spacing ${attributes}/></w:pPr>${r("One line")}`));
    const two = "Two lines of text for this box";
    expect(overflowing(spaced('w:line="240" w:lineRule="auto"'), two)).toEqual([]);
    expect(overflowing(spaced('w:line="480" w:lineRule="auto"'), two)).toHaveLength(1);
    expect(overflowing(spaced('w:line="600" w:lineRule="exact"'), two)).toHaveLength(1);
    expect(overflowing(spaced('w:before="400"'), two)).toHaveLength(1);
    expect(overflowing(spaced('w:after="400"'), two)).toEqual([]);
  });

  it("of right-to-left text is the one for complex scripts", () => {
    const arabic = "نص من سطرين في هذا المربع";
    const sheet = (complex: number): string =>
      styles.replace('<w:szCs w:val="24"/>', `<w:szCs w:val="${complex}"/>`);
    expect(overflowing(boxed(p(r(short))), arabic, "ar", sheet(24))).toEqual([]);
    expect(overflowing(boxed(p(r(short))), arabic, "ar", sheet(56))).toHaveLength(1);
    // A run's own size is written for complex scripts too.
    expect(overflowing(boxed(p(r(short, '<w:sz w:val="24"/>'))), arabic, "ar", sheet(56))).toEqual([]);
    const back = boxed(p(r(arabic, '<w:rtl/><w:szCs w:val="20"/>')));
    expect(overflowing(back, short, "en")).toEqual([]);
    expect(overflowing(back, long, "en")).toHaveLength(1);
  });

  it("that can't be read makes nothing of the box", () => {
    for (const size of ["", "-4", "big", "0", "999999"])
      expect(overflowing(boxed(p(r(short, `<w:sz w:val="${size}"/>`))))).toEqual([]);
  });
});

describe("nothing is said of a text box", () => {
  it("whose copy for old programs says the same a second time", () => {
    const fallback = `<w:pict><v:shape style="width:144pt;height:50pt"><v:textbox><w:txbxContent>${p(short)}</w:txbxContent></v:textbox></v:shape></w:pict>`;
    const both = (second: string): string =>
      p(
        `<w:r><mc:AlternateContent><mc:Choice Requires="wps">${drawing(shape(p(short)))}</mc:Choice><mc:Fallback>${second}</mc:Fallback></mc:AlternateContent></w:r>`,
      );
    expect(overflowing(both(fallback))).toHaveLength(1);
    expect(overflowing(both(drawing(shape(p(short)))))).toHaveLength(1);
    expect(overflowing(p(`<w:r>${fallback}</w:r>`))).toEqual([]);
  });

  it.each([
    ["holds a table", `<w:tbl><w:tr><w:tc>${p("a")}</w:tc></w:tr></w:tbl>`, {}],
    ["holds a picture", p("<w:r><w:drawing/></w:r>"), {}],
    ["does not wrap its lines", "", { body: ['wrap="none"', ""] }],
    ["is smaller than its insets", "", { height: 5 }],
    ["has no size", "", { width: 0 }],
    ["has insets that can't be read", "", { body: ['lIns="wide"', ""] }],
  ] as const)("that %s", (_, more, box) => {
    expect(overflowing(boxed(p(short) + more, box))).toEqual([]);
  });

  it("that goes on in another one", () => {
    const linked = `<wps:wsp><wps:linkedTxbx id="3" seq="1"/><wps:bodyPr/></wps:wsp>`;
    const first = boxed(p(short), { chain: ' id="3"' });
    expect(overflowing(first)).toHaveLength(1);
    expect(overflowing(first + p(`<w:r>${drawing(linked)}</w:r>`))).toEqual([]);
  });
});

describe("a paragraph of a text box that keeps its text", () => {
  it("counts with its source text", () => {
    const fixed = `<w:sdt><w:sdtPr><w:citation/></w:sdtPr><w:sdtContent>${p(short)}</w:sdtContent></w:sdt>`;
    expect(overflowing(boxed(fixed))).toEqual([]);
    const bytes = unitFile(boxed(fixed + p("One"), { height: 65 }), { styles });
    const targets = listWordUnits(bytes).map((unit) => echo(unit, unit.text === "One" ? "Two" : long));
    const { overflowing: found, refused } = writeWordUnits(bytes, targets, { language: "en" });
    expect(refused).toHaveLength(1);
    expect(found).toEqual([]);
  });
});

describe("a text box in a group or a header", () => {
  it("is as large as the group draws it", () => {
    const group = (factor: number): string =>
      p(
        `<w:r>${drawing(`<g:wgp xmlns:g="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"><g:grpSpPr><a:xfrm><a:ext cx="${300 * factor}" cy="${300 * factor}"/><a:chExt cx="300" cy="300"/></a:xfrm></g:grpSpPr>${shape(p(short))}</g:wgp>`)}</w:r>`,
      );
    expect(overflowing(group(1))).toHaveLength(1);
    expect(overflowing(group(3))).toEqual([]);
    expect(overflowing(group(0))).toEqual([]);
  });

  it("is named in every part of the file", () => {
    const header = {
      name: "/word/header9.xml",
      word: "header",
      xml: `<w:hdr ${namespaces}>${boxed(p(short))}</w:hdr>`,
    };
    const bytes = unitFile(boxed(p(short)), { styles }, [header]);
    const targets = listWordUnits(bytes).map((unit) => echo(unit, long));
    const { overflowing: found = [] } = writeWordUnits(bytes, targets, { language: "en" });
    expect(found.map(({ unit }) => unit.split("#")[0])).toEqual(["/word/document.xml", "/word/header9.xml"]);
  });
});
