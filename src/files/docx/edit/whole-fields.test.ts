import { describe, expect, it } from "vitest";
import { validateOffice } from "../../../../test/validate-office.ts";
import { openFile } from "../../open-file.ts";
import {
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

const mark = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
const code = (text: string): string => `<w:r><w:instrText xml:space="preserve"> ${text} </w:instrText></w:r>`;
const field = (instruction: string, result: string): string =>
  `${mark("begin")}${code(instruction)}${mark("separate")}${result}${mark("end")}`;
const body = (content: string): string => `<w:p>${content}</w:p>${p("Last")}`;
const page = field("PAGE", r("12"));

/** The refusal codes of one change. */
function refusals(content: string, change: QuotedTestChange): string[] {
  const plan = planQuoted(wordDocument(body(content)), [change]);
  if (plan.refused.length === 0) plan.save();
  return plan.refused.map(({ code: each }) => each);
}

describe("deleting whole fields", () => {
  it("deletes begin, code, separate, result and end together", async () => {
    const before = wordDocument(body(r("on page ") + page + r(" below")));
    const edited = expectEdit(before, [{ kind: "delete", quote: "12" }], ["on page  below", "Last"]);
    const deleted = [...xmlOf(edited).matchAll(/<w:del [^>]*>(.*?)<\/w:del>/g)].map((match) => match[1]!);
    expect(deleted.join("").match(/<w:fldChar /g)).toHaveLength(3);
    expect(deleted.join("")).toContain("<w:delInstrText");
    expect(xmlOf(edited)).not.toContain("<w:instrText");
    expect(await validateOffice(planQuoted(before, [{ kind: "delete", quote: "12" }]).save().bytes)).toEqual(
      [],
    );
  }, 30_000);

  it("takes every field along that a longer stretch covers, also one that shows nothing", () => {
    const index = `${mark("begin")}${code('XE "term"')}${mark("end")}`;
    const edited = expectEdit(
      wordDocument(
        body(r("keep this, ") + page + index + r(" of ") + field("NUMPAGES", r("20")) + r(" pages")),
      ),
      [{ kind: "delete", quote: "this, 12 of 20 pa" }],
      ["keep ges", "Last"],
    );
    expect(xmlOf(edited)).not.toContain("<w:instrText");
  });

  it("deletes a field all of whose parts stand in one run", () => {
    const run = `<w:r><w:t xml:space="preserve">a b</w:t><w:fldChar w:fldCharType="begin"/><w:instrText> PAGE </w:instrText><w:fldChar w:fldCharType="separate"/><w:t>7</w:t><w:fldChar w:fldCharType="end"/><w:t xml:space="preserve">c d</w:t></w:r>`;
    expectEdit(wordDocument(body(run)), [{ kind: "replace", quote: "b7c", text: "x" }], ["a x d", "Last"]);
    expectEdit(wordDocument(body(run)), [{ kind: "delete", quote: "7" }], ["a bc d", "Last"]);
    expectEdit(wordDocument(body(run)), [{ kind: "delete", quote: "b7" }], ["a c d", "Last"]);
  });

  it("puts words after what replaces a field, when both are asked for at one place", () => {
    const before = wordDocument(body(r("see ") + field('HYPERLINK "http://example.org"', r("here"))));
    const place = { paragraph: "document:0", start: 0, end: 8, quote: "see here" };
    const end = { ...place, start: 8, quote: "" };
    const changes = [
      { kind: "replace", at: end, text: " now" },
      { kind: "replace", at: place, text: "look" },
    ] as const;
    expect(texts(openFile(planChanges(before, changes, at).save().bytes))[0]).toBe("look now");
  });

  it("refuses a part of a result, and other words in its place", () => {
    const link = r("see ") + field("REF x", r("Annex ") + r("A")) + r(" for more");
    expect(refusals(link, { kind: "delete", quote: "Annex" })).toEqual(["locked"]);
    expect(refusals(link, { kind: "delete", quote: "A for" })).toEqual(["locked"]);
    expect(refusals(link, { kind: "replace", quote: "Annex A", text: "Schedule B" })).toEqual(["locked"]);
    expect(refusals(link, { kind: "replace", quote: "Annex A", text: "Annex B" })).toEqual(["locked"]);
    expect(refusals(r("page ") + page, { kind: "replace", quote: "page 12", text: "leaf 13" })).toEqual([
      "locked",
    ]);
  });

  it("takes a replacement that leaves the result out as a deletion", () => {
    const content = r("As shown in ") + field("REF f", r("Figure 3")) + r(", sales rose.");
    expectEdit(
      wordDocument(body(content)),
      [{ kind: "replace", quote: "As shown in Figure 3, sales", text: "Sales" }],
      ["Sales rose.", "Last"],
    );
    expectEdit(
      wordDocument(body(content)),
      [{ kind: "replace", quote: "shown in Figure 3", text: "we know" }],
      ["As we know, sales rose.", "Last"],
    );
  });

  it("takes nested fields together or not at all", () => {
    const inCode = `${mark("begin")}${code("IF")}${page}${code('> 1 "many" "one"')}${mark("separate")}${r("many")}${mark("end")}`;
    const before = wordDocument(body(r("a ") + inCode + r(" b")));
    const text = texts(before)[0]!;
    const quote = text.slice(2, -2);
    const edited = expectEdit(before, [{ kind: "delete", quote }], ["a  b", "Last"]);
    expect(xmlOf(edited)).not.toContain("<w:instrText");
    expect(refusals(r("a ") + inCode, { kind: "delete", quote: "12" })).toEqual(["locked"]);
    const inResult = field('HYPERLINK "http://example.org"', r("the page ") + page);
    expectEdit(wordDocument(body(inResult)), [{ kind: "delete", quote: "12" }], ["the page ", "Last"]);
    const outer = expectEdit(
      wordDocument(body(r("see ") + inResult)),
      [{ kind: "delete", quote: "the page 12" }],
      ["see ", "Last"],
    );
    expect(xmlOf(outer)).not.toContain("<w:instrText");
  });

  it("takes a link away with its words, and leaves a form field to fill", () => {
    const link = expectEdit(
      wordDocument(body(r("see ") + field('HYPERLINK "http://example.org"', r("here")))),
      [{ kind: "delete", quote: "here" }],
      ["see ", "Last"],
    );
    expect(xmlOf(link)).not.toContain("<w:instrText");
    const form = expectEdit(
      wordDocument(body(r("name: ") + field("FORMTEXT", r("Ann")))),
      [{ kind: "delete", quote: "Ann" }],
      ["name: ", "Last"],
    );
    expect(xmlOf(form)).toContain("<w:instrText");
  });

  it("nests the deletion in somebody's pending insertion, and keeps bookmarks in the result", () => {
    const edited = expectEdit(
      wordDocument(
        body(
          r("a ") +
            `<w:ins w:id="90" ${revision}>${page}</w:ins>` +
            field("REF b", `<w:bookmarkStart w:id="91" w:name="b"/>${r("B")}<w:bookmarkEnd w:id="91"/>`),
        ),
      ),
      [{ kind: "delete", quote: "12B" }],
      ["a ", "Last"],
    );
    expect(xmlOf(edited)).toContain("w:bookmarkStart");
  });

  it("refuses a simple field where changes are tracked, and deletes it where not", () => {
    const simple = `${r("page ")}<w:fldSimple w:instr=" PAGE ">${r("12")}</w:fldSimple>`;
    const before = wordDocument(body(simple));
    const plan = planQuoted(before, [{ kind: "delete", quote: "12" }]);
    expect(plan.refused).toMatchObject([
      { code: "locked", fix: expect.stringContaining("without tracking") },
    ]);
    const direct = planQuoted(before, [{ kind: "delete", quote: "12" }], { mode: "direct" });
    expect(xmlOf(openFile(direct.save().bytes))).not.toContain("fldSimple");
  });

  it("refuses a field that goes on in another paragraph", () => {
    const before = wordDocument(
      `<w:p>${r("a")}${mark("begin")}${code("TOC")}${mark("separate")}${r("one")}</w:p><w:p>${r("two")}${page}${mark("end")}</w:p>${p("Last")}`,
    );
    for (const quote of ["one", "two12", "12"])
      expect(planQuoted(before, [{ kind: "delete", quote }]).refused).toMatchObject([{ code: "locked" }]);
  });

  it("deletes directly without leaving a part", () => {
    const before = wordDocument(body(r("on page ") + page + r(" below")));
    const { bytes } = planQuoted(before, [{ kind: "delete", quote: " 12" }], { mode: "direct" }).save();
    expect(xmlOf(openFile(bytes))).not.toMatch(/fldChar|instrText/);
  });
});
