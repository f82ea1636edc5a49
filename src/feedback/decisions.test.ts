import { describe, expect, it } from "vitest";
import { p, wordFile } from "../files/docx/word.fixture.ts";
import { openFile, savePackage } from "../files/index.ts";
import { decisions } from "./decisions.ts";
import { decisionOn, type Issued, issued, retyped, settle } from "./issued.fixture.ts";

const before = "The supplier delivers the goods within 30 days after the order.";
const file = wordFile(
  p("Delivery") + p(before) + p("Interest is due at five percent.") + p("The end of the contract."),
);

const replaced = (): Promise<Issued> =>
  issued(file, [{ kind: "replace", quote: "30 days", text: "two weeks" }]);

function changedXml(bytes: Uint8Array, change: (xml: string) => string): Uint8Array {
  const document = openFile(bytes);
  const xml = change(document.stories[0]!.tree.source);
  return savePackage(document.package, new Map([["/word/document.xml", new TextEncoder().encode(xml)]]));
}

describe("decisions", () => {
  it("reads a suggestion nobody touched as pending", async () => {
    const given = await replaced();
    const entry = decisionOn(given.bytes, given);
    expect(entry).toMatchObject({
      id: "s1",
      kind: "replace",
      before: "30 days",
      after: "two weeks",
      outcome: "pending",
    });
    expect(entry.revisionIds).toHaveLength(2);
    expect(entry.text).toBeUndefined();
  });

  it("reads accepted and rejected ones from the words alone", async () => {
    const given = await replaced();
    expect(decisionOn(settle(given.bytes, given, "s1", "accept"), given).outcome).toBe("accepted");
    expect(decisionOn(settle(given.bytes, given, "s1", "reject"), given).outcome).toBe("rejected");
    expect(decisionOn(given.original, given).outcome).toBe("rejected");
  });

  it("calls it partial when only one half of the pair is settled", async () => {
    const given = await replaced();
    for (const action of ["accept", "reject"] as const)
      for (const kind of ["insertion", "deletion"] as const)
        expect(decisionOn(settle(given.bytes, given, "s1", action, kind), given).outcome).toBe("partial");
  });

  it("keeps the person's words when they are neither the old nor the new ones", async () => {
    const given = await replaced();
    const accepted = retyped(settle(given.bytes, given, "s1", "accept"), "two weeks", "14 working days");
    expect(decisionOn(accepted, given)).toMatchObject({ outcome: "modified", text: "14 working days" });
    const rejected = retyped(settle(given.bytes, given, "s1", "reject"), "30 days", "a month");
    expect(decisionOn(rejected, given)).toMatchObject({ outcome: "modified", text: "a month" });
  });

  it("keeps the person's words when they changed what stands between the words we put in", async () => {
    const given = await issued(file, [
      { kind: "replace", quote: "delivers the goods within 30 days", text: "ships the goods in 30 days" },
    ]);
    const accepted = settle(given.bytes, given, "s1", "accept");
    expect(decisionOn(accepted, given).outcome).toBe("accepted");
    expect(decisionOn(retyped(accepted, "goods", "parcels"), given)).toMatchObject({
      outcome: "modified",
      text: "ships the parcels in 30 days",
    });
    expect(decisionOn(retyped(accepted, "order", "purchase"), given).outcome).toBe("accepted");
  });

  it("sees words changed inside a pending insertion, and by whom", async () => {
    const given = await replaced();
    expect(decisionOn(retyped(given.bytes, "two", "three", "tracked"), given)).toMatchObject({
      outcome: "modified",
      text: "three weeks",
      decidedBy: ["Bob"],
    });
    expect(decisionOn(retyped(given.bytes, "weeks", "months"), given)).toMatchObject({
      outcome: "modified",
      text: "two months",
    });
  });

  it("gives the words around the change as well when the change had them", async () => {
    const given = await issued(file, [
      { kind: "replace", quote: before, text: before.replace("30", "forty") },
    ]);
    const entry = decisionOn(retyped(settle(given.bytes, given, "s1", "accept"), "forty", "fifty"), given);
    expect(entry).toMatchObject({ outcome: "modified", text: before.replace("30", "fifty") });
  });

  it("tells a removed paragraph from a refused suggestion", async () => {
    const given = await issued(file, [
      { kind: "replace", quote: "after the order", text: "after the signed order" },
    ]);
    const rejected = settle(given.bytes, given, "s1", "reject");
    expect(decisionOn(rejected, given).outcome).toBe("rejected");
    expect(decisionOn(retyped(rejected, before, ""), given).outcome).toBe("removed");
  });

  it("finds a moved paragraph", async () => {
    const given = await replaced();
    const moved = changedXml(settle(given.bytes, given, "s1", "accept"), (xml) => {
      const paragraph = /<w:p>(?:(?!<\/w:p>).)*two weeks.*?<\/w:p>/.exec(xml)![0];
      return xml.replace(paragraph, "").replace("<w:sectPr/>", `${paragraph}<w:sectPr/>`);
    });
    expect(decisionOn(moved, given).outcome).toBe("accepted");
  });

  it("reads whole paragraphs that were put in or taken away", async () => {
    const given = await issued(file, [
      { kind: "insert-after", quote: "Delivery", text: "A new first rule.\nAnd a second one." },
      { kind: "delete", quote: "Interest is due at five percent." },
    ]);
    const outcomes = (bytes: Uint8Array): string[] =>
      decisions(openFile(bytes), given.ledger).map(({ outcome }) => outcome);
    expect(outcomes(given.bytes)).toEqual(["pending", "pending"]);
    const mixed = settle(settle(given.bytes, given, "s1", "reject"), given, "s2", "accept");
    expect(outcomes(mixed)).toEqual(["rejected", "accepted"]);
    const other = settle(settle(given.bytes, given, "s1", "accept"), given, "s2", "reject");
    expect(outcomes(other)).toEqual(["accepted", "rejected"]);
  });

  it("tells which of the same words in a paragraph was meant", async () => {
    const repeated = wordFile(p("Goods are goods and goods stay goods in the end."));
    const given = await issued(repeated, [{ kind: "delete", quote: "and goods " }]);
    expect(decisionOn(settle(given.bytes, given, "s1", "accept"), given).outcome).toBe("accepted");
    expect(decisionOn(settle(given.bytes, given, "s1", "reject"), given).outcome).toBe("rejected");
  });

  it("is unsure where two explanations fit as well", async () => {
    const twins = wordFile(
      p("One row of one table says this.") + p("The same words.") + p("The same words.") + p("The last row."),
    );
    const document = openFile(twins);
    expect(document.paragraphs).toHaveLength(4);
    const given = await issued(twins, [{ kind: "replace", quote: "last row", text: "final row" }]);
    const lost = changedXml(given.bytes, (xml) =>
      xml.replace(/<w:body>.*<\/w:body>/, `<w:body>${p("Other words altogether.")}</w:body>`),
    );
    expect(["removed", "unsure"]).toContain(decisionOn(lost, given).outcome);
  });

  it("goes neither by ids nor by paragraph ids", async () => {
    const given = await replaced();
    const renumbered = changedXml(given.bytes, (xml) => xml.replace(/(<w:(?:ins|del) w:id=")\d+/g, "$10"));
    expect(decisionOn(renumbered, given).outcome).toBe("pending");
  });

  it("knows ours by the minute when a program drops the seconds, and by the words when it drops the author", async () => {
    const given = await replaced();
    const byMinute = changedXml(given.bytes, (xml) => xml.replace(/T10:00:\d\dZ/g, "T10:00:00Z"));
    expect(decisionOn(byMinute, given).outcome).toBe("pending");
    const anonymous = changedXml(given.bytes, (xml) =>
      xml.replace(/w:author="Tandem" w:date="[^"]*"/g, 'w:author="Author"'),
    );
    expect(decisionOn(anonymous, given).outcome).toBe("pending");
  });

  it("does not take typographic quotes or trailing spaces for a decision", async () => {
    const quoted = wordFile(p("The “Goods” are the customer’s within 30 days."));
    const given = await issued(quoted, [{ kind: "replace", quote: "30", text: "14" }]);
    const accepted = settle(given.bytes, given, "s1", "accept");
    const plain = changedXml(accepted, (xml) =>
      xml.replace(/[“”]/g, "&quot;").replace("’", "'").replace("days.", "days.  "),
    );
    expect(decisionOn(plain, given).outcome).toBe("accepted");
  });

  it("reads a change inside a word", async () => {
    const given = await issued(file, [{ kind: "replace", quote: "suppl", text: "client suppl" }]);
    expect(decisionOn(settle(given.bytes, given, "s1", "accept"), given).outcome).toBe("accepted");
    expect(decisionOn(settle(given.bytes, given, "s1", "reject"), given).outcome).toBe("rejected");
  });

  it("answers for every suggestion, also from an empty document", async () => {
    const given = await issued(file, [
      { kind: "replace", quote: "30 days", text: "two weeks" },
      { kind: "delete", quote: " of the contract" },
    ]);
    const entries = decisions(openFile(wordFile("<w:p/>")), given.ledger);
    expect(entries.map(({ id, outcome }) => [id, outcome])).toEqual([
      ["s1", "removed"],
      ["s2", "removed"],
    ]);
  });
});
