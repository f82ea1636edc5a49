import { describe, expect, it } from "vitest";
import { p, r, wordFile } from "../files/docx/word.fixture.ts";
import { findQuote, openFile, planChanges } from "../files/index.ts";
import { type IssuedChange, issueLedger } from "./ledger.ts";

const file = wordFile(
  p("The goods are the goods and stay the goods.") + p("Interest is due.") + p("The end."),
);

async function namesOf(changes: readonly IssuedChange[] | undefined): Promise<string[]> {
  const document = openFile(file);
  const at = (quote: string, occurrence?: number): ReturnType<typeof findQuote> =>
    findQuote(document, quote, occurrence === undefined ? {} : { occurrence });
  const plan = planChanges(
    document,
    [
      { id: "second", kind: "delete", at: at("goods", 2) },
      { id: "note", kind: "comment", at: at("Interest"), text: "goods" },
      { id: "bold", kind: "format", at: at("Interest"), set: { bold: true } },
      { id: "first", kind: "delete", at: at("goods", 1) },
    ],
    { author: "Tandem", date: new Date("2026-03-02T10:00:00Z") },
  );
  expect(plan.refused).toEqual([]);
  const { suggestions } = await issueLedger({
    original: file,
    issued: plan.save().bytes,
    applied: changes ?? plan.applied,
  });
  return suggestions.map(({ id, kind, before, after }) => `${id} ${kind} ${before}>${after}`);
}

describe("the names of suggestions", () => {
  it("are those of the changes of their second, whatever the words", async () => {
    expect(await namesOf(undefined)).toEqual([
      "second delete goods>",
      "bold format bold off>bold",
      "first delete goods>",
    ]);
  });

  it("go by words where no seconds are known", async () => {
    const changes = [
      { id: "one", kind: "delete", before: "goods", after: "" },
      { id: "two", kind: "delete", before: "the goods", after: "the" },
    ];
    const [first, , last] = await namesOf(changes);
    expect([first, last]).toEqual(["one delete goods>", expect.stringMatching(/^(two|change-3) /)]);
  });

  it("are numbers and kinds where nothing is known of the changes", async () => {
    expect(await namesOf([])).toEqual([
      "change-1 delete goods>",
      "change-2 format bold off>bold",
      "change-3 delete goods>",
    ]);
  });

  it("leave out what has no author: the old grid of a table goes with its columns", async () => {
    const cell = (text: string): string =>
      `<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/></w:tcPr>${p(text)}</w:tc>`;
    const grid = '<w:tblGrid><w:gridCol w:w="900"/><w:gridCol w:w="900"/></w:tblGrid>';
    const table = wordFile(
      `<w:tbl><w:tblPr/>${grid}<w:tr>${cell("One")}${cell("Two")}</w:tr></w:tbl>${p(r("After."))}`,
    );
    const document = openFile(table);
    const change = { id: "gone", kind: "delete-column", at: findQuote(document, "Two") } as const;
    const plan = planChanges(document, [change], { author: "Tandem", date: new Date() });
    const options = { original: table, issued: plan.save().bytes, applied: plan.applied };
    expect((await issueLedger(options)).suggestions.map(({ id }) => id)).toEqual(["gone"]);
  });
});
