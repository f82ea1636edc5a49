import { expect, it } from "vitest";
import { p, r, revision, wordDocument } from "../word.fixture.ts";
import { bookmarkedText } from "./bookmarked-text.ts";

const marked = (content: string): string =>
  `<w:bookmarkStart w:id="7" w:name="here"/>${content}<w:bookmarkEnd w:id="7"/>`;

it("finds the text of a bookmark without what is deleted, and where it begins", () => {
  const deleted = `<w:del w:id="8" ${revision}><w:r><w:delText>48</w:delText></w:r></w:del>`;
  const document = wordDocument(p("First.") + p("Costs ", marked(`${deleted}${r("50 &lt; 60")}`), " euros"));
  const found = bookmarkedText(document, "here");
  expect(found).toMatchObject({ text: "50 < 60", start: 6 });
  expect(found?.paragraph?.id).toBe("document:1");
  expect(bookmarkedText(document, "nowhere")).toBeUndefined();
});

it("reads documents of other prefixes", () => {
  const uri = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  const documentXml = `<x:document xmlns:x="${uri}"><x:body><x:p><x:bookmarkStart x:id="1" x:name="here"/><x:r><x:t>50</x:t></x:r><x:bookmarkEnd x:id="1"/></x:p></x:body></x:document>`;
  expect(bookmarkedText(wordDocument("", { documentXml }), "here")?.text).toBe("50");
});
