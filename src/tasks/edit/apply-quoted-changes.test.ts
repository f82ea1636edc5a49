import { describe, expect, test } from "vitest";
import { comments, openFile, paragraphText, settleChanges, trackedChanges } from "../../files/index.ts";
import { applyQuotedChanges } from "./apply-quoted-changes.ts";
import { bodyTexts, wordFile } from "./document.fixture.ts";

const FILE = wordFile(
  "# Terms",
  "The vendor delivers within 30 days after the order. The customer pays within 30 days.",
  "Interest is due at 5 percent.",
  "The “Services” are listed in the annex – see below.",
);
const BEFORE = bodyTexts(FILE);
const OPTIONS = { author: "Rita Example", date: new Date("2026-03-02T10:00:00Z") };

describe("applyQuotedChanges", () => {
  test("makes every kind of change, tracked, and both ways back are open", () => {
    const outcome = applyQuotedChanges(
      FILE,
      [
        { kind: "replace", quote: "30 days after", text: "14 days after", comment: "agreed on the phone" },
        { kind: "delete", quote: "Interest is due at 5 percent." },
        { kind: "insert-after", quote: "listed in the annex", text: "One more.\nAnd another." },
        { kind: "comment", quote: "customer pays", text: "Who exactly?" },
      ],
      OPTIONS,
    );
    expect(outcome.results.map((result) => result.status)).toEqual([
      "applied",
      "applied",
      "applied",
      "applied",
    ]);
    const bytes = outcome.bytes!;
    expect(bodyTexts(settleChanges(openFile(bytes), { action: "reject" }))).toEqual(BEFORE);
    expect(bodyTexts(settleChanges(openFile(bytes), { action: "accept" }))).toEqual([
      "Terms",
      "The vendor delivers within 14 days after the order. The customer pays within 30 days.",
      "The “Services” are listed in the annex – see below.",
      "One more.",
      "And another.",
    ]);
    expect(new Set(trackedChanges(openFile(bytes)).map((change) => change.revision.author))).toEqual(
      new Set(["Rita Example"]),
    );
    expect(comments(openFile(bytes)).map((comment) => comment.text)).toEqual([
      "agreed on the phone",
      "Who exactly?",
    ]);
    expect(outcome.receipt?.parts.some((part) => part.state === "raw")).toBe(true);
  });

  test("writes nothing when one of the changes is refused", () => {
    const outcome = applyQuotedChanges(
      FILE,
      [
        { kind: "replace", quote: "5 percent", text: "6 percent", id: "rate" },
        { kind: "delete", quote: "within 30 days" },
      ],
      OPTIONS,
    );
    expect(outcome.bytes).toBeUndefined();
    expect(outcome.results).toMatchObject([
      { index: 0, id: "rate", status: "applied", before: "5 percent", after: "6 percent" },
      {
        index: 1,
        id: "change-2",
        status: "refused",
        code: "ambiguous",
        fix: expect.stringContaining("occurrence"),
      },
    ]);
  });

  test("writes the others with partial", () => {
    const outcome = applyQuotedChanges(
      FILE,
      [
        { kind: "replace", quote: "5 percent", text: "6 percent" },
        { kind: "delete", quote: "nowhere to be found" },
      ],
      { ...OPTIONS, partial: true, mode: "direct" },
    );
    expect(outcome.results.map((result) => result.status)).toEqual(["applied", "refused"]);
    expect(bodyTexts(outcome.bytes!)).toContain("Interest is due at 6 percent.");
    expect(trackedChanges(openFile(outcome.bytes!))).toEqual([]);
  });

  test("picks the occurrence that is asked for", () => {
    const outcome = applyQuotedChanges(
      FILE,
      [{ kind: "replace", quote: "30 days", text: "10 days", occurrence: 2 }],
      OPTIONS,
    );
    expect(outcome.redline.map((entry) => entry.after)).toEqual([
      "The vendor delivers within 30 days after the order. The customer pays within 10 days.",
    ]);
  });

  test("shows several changes of one paragraph as one redline", () => {
    const outcome = applyQuotedChanges(
      FILE,
      [
        { kind: "replace", quote: "customer", text: "buyer" },
        { kind: "replace", quote: "vendor", text: "seller" },
      ],
      OPTIONS,
    );
    expect(outcome.redline).toMatchObject([
      {
        kind: "changed",
        after: "The seller delivers within 30 days after the order. The buyer pays within 30 days.",
      },
    ]);
  });

  test("refuses changes that overlap, and the first one stands", () => {
    const outcome = applyQuotedChanges(
      FILE,
      [
        { kind: "replace", quote: "The vendor delivers", text: "The seller delivers" },
        { kind: "replace", quote: "vendor delivers within", text: "vendor ships within" },
      ],
      { ...OPTIONS, partial: true },
    );
    expect(outcome.results).toMatchObject([{ status: "applied" }, { status: "refused", code: "overlaps" }]);
  });

  test("refuses a change that changes nothing", () => {
    const outcome = applyQuotedChanges(
      FILE,
      [{ kind: "replace", quote: "5 percent", text: "5 percent" }],
      OPTIONS,
    );
    expect(outcome.results).toMatchObject([{ status: "refused", code: "no-change" }]);
  });

  test("refuses text that Word can't hold", () => {
    const outcome = applyQuotedChanges(
      FILE,
      [{ kind: "replace", quote: "5 percent", text: "5\u0000" }],
      OPTIONS,
    );
    expect(outcome.results).toMatchObject([{ status: "refused", code: "invalid-text" }]);
  });

  test("writes nothing for no changes", () => {
    expect(applyQuotedChanges(FILE, [], OPTIONS)).toEqual({ results: [], redline: [] });
  });
});

describe("a quote that is not there", () => {
  const refusalOf = (quote: string, occurrence?: number): Record<string, unknown> =>
    applyQuotedChanges(FILE, [{ kind: "delete", quote, ...(occurrence && { occurrence }) }], OPTIONS)
      .results[0]!;

  test.each([
    ["other quotation marks and dashes are taken as alike", 'The "Services" are listed in the annex - see'],
  ])("%s", (_, quote) => {
    expect(refusalOf(quote)).toMatchObject({ status: "applied" });
  });

  test("that differs in spaces is shown as it stands", () => {
    expect(refusalOf("Interest  is due at5 percent")).toMatchObject({
      code: "not-found",
      reason: expect.stringContaining("spaces"),
      fix: expect.stringContaining('"Interest is due at 5 percent"'),
    });
  });

  test("that differs in capitals is shown as it stands", () => {
    expect(refusalOf("INTEREST IS DUE")).toMatchObject({ fix: expect.stringContaining('"Interest is due"') });
  });

  test("that is nearly there brings the nearest text", () => {
    expect(refusalOf("Interest is payable at 7 percent")).toMatchObject({
      code: "not-found",
      fix: expect.stringContaining("Interest is due at 5 percent."),
    });
  });

  test("that runs over paragraphs says so", () => {
    expect(refusalOf("within 30 days.\nInterest is due")).toMatchObject({ code: "crosses-paragraphs" });
  });

  test("that a tracked change has deleted says so", () => {
    const edited = applyQuotedChanges(FILE, [{ kind: "delete", quote: "at 5 percent" }], OPTIONS).bytes!;
    const [result] = applyQuotedChanges(
      edited,
      [{ kind: "delete", quote: "due at 5 percent" }],
      OPTIONS,
    ).results;
    expect(result).toMatchObject({ code: "not-found", reason: expect.stringContaining("tracked change") });
  });

  test("that occurs less often than asked is told how often", () => {
    expect(refusalOf("30 days", 3)).toMatchObject({
      code: "not-found",
      reason: expect.stringContaining("2 times"),
    });
  });

  test("that resembles nothing still has a fix", () => {
    expect(refusalOf("zebra crossing xylophone")).toMatchObject({
      code: "not-found",
      fix: expect.stringMatching(/\S/),
    });
  });
});

test("a quote typed with plain signs leaves the document's own signs alone", () => {
  const { bytes, results } = applyQuotedChanges(
    FILE,
    [
      {
        kind: "replace",
        quote: '"Services" are listed in the annex - see',
        text: '"Services" are named in the annex - see',
      },
    ],
    OPTIONS,
  );
  expect(results[0]).toMatchObject({ status: "applied", after: "“Services” are named in the annex – see" });
  const { paragraphs } = openFile(bytes!);
  const edited = paragraphs.find((each) => paragraphText(each).includes("Services"))!;
  expect(paragraphText(edited, "markup")).toBe(
    "The “Services” are {--listed--}{++named++} in the annex – see below.",
  );
});
