import { describe, expect, it } from "vitest";
import { validateOffice } from "../../test/validate-office.ts";
import { BadRequestError } from "../errors.ts";
import { p, revision, wordFile } from "../files/docx/word.fixture.ts";
import { openFile, settleChanges } from "../files/index.ts";
import { sha256 } from "../tasks/sha256.ts";
import { decisions } from "./decisions.ts";
import { embedLedger, findLedgers, issue } from "./issue.ts";
import { author, issued } from "./issued.fixture.ts";
import { readLedger } from "./read-ledger.ts";

const file = wordFile(
  p("Delivery of the goods") +
    `<w:p><w:r><w:t xml:space="preserve">Theirs </w:t></w:r><w:ins w:id="7" ${revision}><w:r><w:t>stays.</w:t></w:r></w:ins></w:p>` +
    p("The supplier delivers within 30 days.") +
    p("The end."),
);

describe("issueLedger", () => {
  it("says for each suggestion what was where, under whose name and second", async () => {
    const given = await issued(file, [
      { kind: "replace", quote: "30 days", text: "two weeks", comment: "as agreed" },
      { kind: "delete", quote: "The end." },
    ]);
    expect(given.ledger).toMatchObject({
      schemaVersion: 1,
      original: { sha256: await sha256(file) },
      issued: { sha256: await sha256(given.bytes) },
      author,
    });
    const [first, second] = given.ledger.suggestions;
    expect(first).toMatchObject({
      id: "s1",
      kind: "replace",
      part: "/word/document.xml",
      story: "body",
      ordinal: 2,
      before: "30 days",
      after: "two weeks",
      paragraphBefore: "The supplier delivers within 30 days.",
      paragraphAfter: "The supplier delivers within two weeks.",
      leftContext: "The supplier delivers within ",
      rightContext: ".",
      author,
      date: "2026-03-02T10:00:00Z",
      commentId: expect.any(String),
    });
    expect(first!.revisionIds).toHaveLength(2);
    expect(second).toMatchObject({
      id: "s2",
      kind: "delete",
      before: "The end.",
      after: "",
      date: "2026-03-02T10:00:01Z",
    });
  });

  it("leaves other people's changes out, and paragraphs far from a suggestion in hashes", async () => {
    const given = await issued(file, [{ kind: "replace", quote: "30 days", text: "two weeks" }]);
    expect(given.ledger.suggestions).toHaveLength(1);
    expect(typeof given.ledger.stories[0]!.paragraphs[0]).toBe("string");
    expect(JSON.stringify(given.ledger)).not.toContain("Delivery of the goods");
  });

  it("survives JSON", async () => {
    const { ledger } = await issued(file, [
      { kind: "insert-after", quote: "The end.", text: "More.\nAnd more." },
    ]);
    expect(readLedger(JSON.stringify(ledger))).toEqual(ledger);
  });
});

describe("issue", () => {
  it("puts the ledger into the file, valid, and finds it there after a save", {
    timeout: 60_000,
  }, async () => {
    const {
      original,
      bytes: plain,
      ledger: outside,
    } = await issued(file, [
      { kind: "replace", quote: "30 days", text: "“two” <weeks>\t&\uffff".replace("\uffff", "") },
    ]);
    const { bytes, ledger } = await issue({ original, issued: plain });
    expect(await validateOffice(bytes)).toEqual([]);
    expect(ledger.issued.sha256).toBe(await sha256(bytes));
    const [inside] = findLedgers(openFile(bytes));
    expect(inside!.issued).toEqual({});
    expect(inside!.stories).toEqual(outside.stories);
    const rejected = openFile(settleChanges(openFile(bytes), { action: "reject" }));
    expect(decisions(rejected, findLedgers(rejected)[0]!).map(({ outcome }) => outcome)).toEqual([
      "rejected",
    ]);
  });

  it("leaves the file as it is when nothing is to be put into it", async () => {
    const given = await issued(file, [{ kind: "delete", quote: "The end." }]);
    const { bytes } = await issue({ original: given.original, issued: given.bytes, embed: false });
    expect(bytes).toBe(given.bytes);
    expect(findLedgers(openFile(bytes))).toEqual([]);
  });

  it("keeps an earlier ledger beside a new one", async () => {
    const { bytes, ledger } = await issued(file, [{ kind: "delete", quote: "The end." }]);
    const twice = embedLedger(embedLedger(bytes, ledger), { ...ledger, author: "Second" });
    expect(findLedgers(openFile(twice)).map((each) => each.author)).toEqual([author, "Second"]);
  });
});

describe("readLedger", () => {
  it.each([
    ["", "not JSON"],
    ["{}", "no ledger"],
    ['{"schemaVersion": 2}', "no ledger"],
    [
      '{"schemaVersion":1,"original":{"sha256":""},"issued":{},"author":"","suggestions":[],"stories":[{"story":"body","paragraphs":[{"hash":"","segments":[{"text":"a","side":"old","of":3}]}]}]}',
      "does not have",
    ],
  ])("refuses %j", (json, message) => {
    expect(() => readLedger(json)).toThrow(BadRequestError);
    expect(() => readLedger(json)).toThrow(message);
  });
});
