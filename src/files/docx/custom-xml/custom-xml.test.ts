import { describe, expect, it } from "vitest";
import { validateOffice } from "../../../../test/validate-office.ts";
import { RoundTripError } from "../../../errors.ts";
import { rawData } from "../../opc/read-zip.ts";
import { openFile } from "../../open-file.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import type { WordDocument } from "../types.ts";
import { p, wordDocument } from "../word.fixture.ts";
import { addCustomXml } from "./add-custom-xml.ts";
import { customXmlParts } from "./custom-xml.ts";

const namespace = "urn:example:data:1";
const item = {
  namespace,
  name: "data",
  text: '{"a": "<b> & ]]>\n\\u0000"}',
  itemId: "{00000000-0000-4000-8000-000000000001}",
};

function added(document: WordDocument, text = item.text): WordDocument {
  return openFile(addCustomXml(document, { ...item, text }));
}

describe("addCustomXml", () => {
  it("gives back the text as it was put in", () => {
    expect(customXmlParts(added(wordDocument(p("Text."))), namespace)).toEqual([
      { part: "/customXml/item1.xml", namespace, name: "data", text: item.text },
    ]);
  });

  it("leaves every entry but the relationships and the content types byte for byte", () => {
    const before = wordDocument(p("Text."), { styles: "<w:style/>" });
    const after = added(before);
    const changed = before.package.archive.entries.filter((entry, index) => {
      const other = after.package.archive.entries[index]!;
      return !Buffer.from(rawData(after.package.archive, other)).equals(
        Buffer.from(rawData(before.package.archive, entry)),
      );
    });
    expect(changed.map(({ name }) => name)).toEqual(["[Content_Types].xml", "word/_rels/document.xml.rels"]);
    expect(
      after.package.archive.entries.slice(before.package.archive.entries.length).map(({ name }) => name),
    ).toEqual(["customXml/item1.xml", "customXml/itemProps1.xml", "customXml/_rels/item1.xml.rels"]);
  });

  it("is valid for the schema validator", { timeout: 60_000 }, async () => {
    const document = wordDocument(p("Text."));
    expect(await validateOffice(addCustomXml(document, item))).toEqual([]);
  });

  it("puts a second part beside the first", () => {
    const twice = added(added(wordDocument(p("Text."))), "second");
    expect(customXmlParts(twice, namespace).map(({ part, text }) => [part, text])).toEqual([
      ["/customXml/item1.xml", item.text],
      ["/customXml/item2.xml", "second"],
    ]);
  });

  it("stays in the file when all changes are rejected", () => {
    const document = wordDocument(
      `<w:p><w:ins w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"><w:r><w:t>x</w:t></w:r></w:ins></w:p>`,
    );
    const settled = openFile(settleChanges(added(document), { action: "reject" }));
    expect(customXmlParts(settled, namespace)).toHaveLength(1);
  });

  it("finds nothing in another namespace", () => {
    expect(customXmlParts(added(wordDocument(p("Text."))), "urn:other")).toEqual([]);
    expect(customXmlParts(wordDocument(p("Text.")), namespace)).toEqual([]);
  });

  it("refuses what XML can't hold", () => {
    expect(() => addCustomXml(wordDocument(p("Text.")), { ...item, text: "\u0000" })).toThrow(RoundTripError);
    expect(() => addCustomXml(wordDocument(p("Text.")), { ...item, name: "a b" })).toThrow(RoundTripError);
  });
});
