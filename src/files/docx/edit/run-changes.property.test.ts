import fc from "fast-check";
import { expect, it } from "vitest";
import { openFile } from "../../open-file.ts";
import { descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import type { Change, CharacterFormat, WordDocument } from "../types.ts";
import { at, p, r, texts, wordDocument } from "../word.fixture.ts";
import { canonicalChildren } from "./canonical-xml.ts";
import { planChanges } from "./plan-changes.ts";

const styles = [
  '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/><w:rPr><w:i/></w:rPr></w:style>',
  '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>',
].join("");
const authors = ["Tandem", "Ann"] as const;
let id = 100;
const signed = (author: string): string =>
  `w:id="${++id}" w:author="${author}" w:date="2025-05-05T05:05:0${id % 10}Z"`;

const words = fc.array(fc.constantFrom("old", "feed", "12", "is", "é", "שלום", "x", " ", "."), {
  minLength: 1,
  maxLength: 4,
});
const properties = fc.constantFrom(
  "",
  "<w:b/>",
  '<w:rStyle w:val="Strong"/><w:sz w:val="20"/>',
  '<w:i w:val="0"/><w:lang w:val="en-GB"/>',
);
const author = fc.constantFrom(...authors);
const run = fc
  .tuple(words, properties, fc.option(author, { freq: 6 }))
  .map(([text, own, by]) =>
    r(
      text.join(" "),
      by === null
        ? own
        : `${own}<w:rPrChange ${signed(by)}><w:rPr><w:u w:val="single"/></w:rPr></w:rPrChange>`,
    ),
  );
const deleted = (xml: string): string =>
  xml.replaceAll("w:t>", "w:delText>").replaceAll("<w:t ", "<w:delText ");
const mark = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
const field = (code: string, result: string): string =>
  `${mark("begin")}<w:r><w:instrText> ${code} </w:instrText></w:r>${mark("separate")}${result}${mark("end")}`;
const piece = fc
  .tuple(
    fc.constantFrom(
      "run",
      "run",
      "ins",
      "ins",
      "ins2",
      "insdel",
      "del",
      "link",
      "mark",
      "tab",
      "smart",
      "page",
      "url",
      "simple",
    ),
    fc.array(run, { minLength: 1, maxLength: 2 }),
    author,
  )
  .map(([kind, runs, by]) => {
    const xml = runs.join("");
    switch (kind) {
      case "ins":
        return `<w:ins ${signed(by)}>${xml}</w:ins>`;
      case "ins2":
        return `<w:hyperlink w:anchor="b"><w:ins ${signed(by)}>${xml}</w:ins></w:hyperlink>`;
      case "insdel":
        return `<w:ins ${signed("Ann")}>${runs[0]}<w:del ${signed("Bo")}>${deleted(runs.at(-1)!)}</w:del></w:ins>`;
      case "del":
        return `<w:del ${signed(by)}>${deleted(xml)}</w:del>`;
      case "link":
        return `<w:hyperlink w:anchor="b">${xml}</w:hyperlink>`;
      case "mark":
        return `<w:bookmarkStart w:id="${++id}" w:name="b${id}"/>${xml}<w:bookmarkEnd w:id="${id}"/>`;
      case "tab":
        return xml.replace("</w:r>", "<w:tab/><w:t>x</w:t></w:r>");
      case "smart":
        return `<w:ins ${signed(by)}><w:smartTag w:element="a">${xml}</w:smartTag></w:ins>`;
      case "page":
        return field("PAGE", xml);
      case "url":
        return field('HYPERLINK "http://example.org"', xml);
      case "simple":
        return `<w:fldSimple w:instr=" PAGE ">${xml}</w:fldSimple>`;
      default:
        return xml;
    }
  });
const paragraph = fc
  .tuple(fc.array(piece, { maxLength: 5 }), fc.option(author, { freq: 3 }))
  .map(([content, by]) =>
    by === null
      ? p(...content)
      : `<w:p><w:pPr><w:rPr><w:ins ${signed(by)}/></w:rPr></w:pPr>${content.map((each) => `${each}`).join("")}</w:p>`,
  );
const set: fc.Arbitrary<CharacterFormat> = fc.constantFrom<CharacterFormat[]>(
  { bold: true },
  { bold: false },
  { italic: false, size: 10 },
  { style: "Strong", color: "FF0000" },
  { underline: true, font: "Arial" },
  { vertical: "superscript", highlight: "yellow" },
);
const step = fc.record({
  kind: fc.constantFrom("format", "format", "replace", "replace", "delete", "whole"),
  paragraph: fc.nat(3),
  from: fc.nat(40),
  length: fc.integer({ min: 0, max: 20 }),
  text: words.map((list) => list.join(" ")),
  set,
  comment: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The range need not lie on words: programs may aim anywhere. */
function toChange(document: WordDocument, wanted: Step): Change {
  const targets = document.paragraphs.filter((each) => each.story.kind === "body");
  const index = wanted.paragraph % targets.length;
  const [target, text] = [targets[index]!, texts(document)[index]!];
  const isWhole = wanted.kind === "whole";
  const start = isWhole ? 0 : Math.min(wanted.from, text.length);
  const end = isWhole ? text.length : Math.min(start + wanted.length, text.length);
  const place = { paragraph: target.id, start, end, quote: text.slice(start, end) };
  const comment = wanted.comment ? { comment: "why" } : {};
  if (wanted.kind === "format") return { kind: "format", at: place, set: wanted.set, ...comment };
  if (wanted.kind === "replace") return { kind: "replace", at: place, text: wanted.text, ...comment };
  return { kind: "delete", at: place, ...comment };
}

/** The body with everything refused, comments and what held nothing but a comment left out. */
function refused(document: WordDocument): string {
  const { tree } = openFile(settleChanges(document, { action: "reject" })).stories[0]!;
  const isHollow = (link: number): boolean => descendantsNamed(tree, link, "w:t").length === 0;
  return canonicalChildren(tree, 0, (element) => {
    const name = nameOf(tree, element);
    return name.startsWith("w:comment") || (name === "w:hyperlink" && isHollow(element));
  });
}

it("formats and edits by two authors in turn can all be refused, whatever is pending already", () => {
  fc.assert(
    fc.property(
      fc.array(paragraph, { minLength: 1, maxLength: 4 }),
      fc.array(fc.tuple(author, fc.array(step, { minLength: 1, maxLength: 4 })), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.constantFrom("tracked" as const, "tracked" as const, "tracked" as const, "direct" as const),
      (body, requests, mode) => {
        const original = wordDocument(body.join("") + p("The end."), { styles });
        let document = original;
        for (const [by, steps] of requests) {
          const changes = steps.map((each) => toChange(document, each));
          const plan = planChanges(document, changes, { ...at, author: by, mode });
          expect(plan.applied.length + plan.refused.length).toBe(steps.length);
          // `save` itself checks that accepting gives the intended text and look, and refusing the original.
          document = openFile(plan.save().bytes);
        }
        if (mode === "tracked") expect(refused(document)).toBe(refused(original));
      },
    ),
    { numRuns: 200 },
  );
});
