import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Change, findQuote, openFile, planChanges, type WordDocument } from "../../files/index.ts";
import { onTerminal, testWorld } from "./cli-io.fixture.ts";
import { del, docxOf, h1, ins, p, r } from "./docx.fixture.ts";
import { plainRedline, type RedlineBlock, renderRedline, trackedRedline, wordRedline } from "./redline.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

const original = openFile(
  docxOf(
    [
      h1("Payment"),
      `<w:p>${r("Pay ")}${del(1, "Ann", "at once")}${ins(2, "Ann", "within thirty days of delivery")}${r(".")}</w:p>`,
      p("Untouched."),
      h1("Term"),
      p("It lasts two years."),
      `<w:tbl><w:tr><w:tc>${p("Fee")}</w:tc><w:tc>${p("10 EUR")}</w:tc></w:tr></w:tbl>`,
    ].join(""),
  ),
);

function edit(changes: readonly ((document: WordDocument) => Change)[], author = "Tandem"): WordDocument {
  const made = changes.map((change) => change(original));
  const plan = planChanges(original, made, { author, date: new Date("2025-03-01T00:00:00Z") });
  expect(plan.refused).toEqual([]);
  return openFile(plan.save().bytes);
}
const replace =
  (quote: string, text: string, comment?: string) =>
  (document: WordDocument): Change => ({
    kind: "replace",
    at: findQuote(document, quote),
    text,
    ...(comment !== undefined && { comment }),
  });
const terminal = async (columns = 80): Promise<Terminal> => openTerminal((await testWorld({ columns })).io);
const show = async (blocks: readonly RedlineBlock[], columns?: number): Promise<string> =>
  renderRedline(blocks, await terminal(columns));

describe("trackedRedline", () => {
  it("shows touched paragraphs only, under their headings, in CriticMarkup", async () => {
    const edited = edit([replace("two years", "three years"), replace("10 EUR", "12 EUR")]);
    expect(await show(trackedRedline(original, edited, { author: "Tandem" }))).toBe(
      [
        "Term",
        "  It lasts {--two--}{++three++} years.",
        "",
        "Term > table 1, row 1, column 2",
        "  {--10--}{++12++} EUR",
      ].join("\n"),
    );
  });

  it("keeps other people's changes apart, also where ours cuts one in two", () => {
    const edited = edit([replace("thirty", "ten")]);
    const [block, ...others] = trackedRedline(original, edited, { author: "Tandem" });
    expect(others).toEqual([]);
    expect(block?.pieces).toEqual([
      { text: "Pay ", state: "same" },
      { text: "at once", state: "old-deleted" },
      { text: "within ", state: "old-inserted" },
      { text: "thirty", state: "deleted" },
      { text: "ten", state: "inserted" },
      { text: " days of delivery", state: "old-inserted" },
      { text: ".", state: "same" },
    ]);
  });

  it("shows new comments beside their paragraph", async () => {
    const edited = edit([replace("two", "three", "as agreed")]);
    expect(await show(trackedRedline(original, edited, { author: "Tandem" }))).toBe(
      "Term\n  It lasts {--two--}{++three++} years.\n    [comment by Tandem] as agreed",
    );
  });

  it("shows paragraphs that came or went whole", async () => {
    const edited = edit([
      (document) => ({ kind: "insert-after", at: findQuote(document, "Untouched."), text: "New one." }),
      (document) => ({ kind: "delete", at: findQuote(document, "It lasts two years.") }),
    ]);
    expect(await show(trackedRedline(original, edited, { author: "Tandem" }))).toBe(
      "Payment\n  {++New one.++}\n\nTerm\n  {--It lasts two years.--}",
    );
  });
});

describe("plainRedline", () => {
  it("compares texts where there are no tracked changes", async () => {
    const id = original.paragraphs.find((each) =>
      each.spans.some((span) => span.text.includes("two years")),
    )!.id;
    const entries = [
      {
        paragraph: id,
        kind: "changed",
        before: "It lasts two years.",
        after: "It lasts a year.",
        comments: ["why"],
      },
      { paragraph: id, kind: "inserted", before: "", after: "More.", comments: [] },
    ] as const;
    expect(await show(plainRedline(original, entries, "Me"))).toBe(
      "Term\n  It lasts {--two years--}{++a year++}.\n    [comment by Me] why\n\n  {++More.++}",
    );
  });
});

describe("renderRedline", () => {
  it("wraps to the width", async () => {
    const edited = edit([replace("within thirty days of delivery", "in ten days")]);
    const text = await show(trackedRedline(original, edited, { author: "Tandem" }), 30);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(30);
  });

  it("strikes red and underlines green on a terminal", async () => {
    const { io } = await testWorld({ isTty: onTerminal });
    const blocks = [{ place: "", pieces: wordRedline("one two", "one three"), comments: [] }];
    expect(renderRedline(blocks, openTerminal(io))).toBe(
      "  one \u001b[31m\u001b[9mtwo\u001b[29m\u001b[39m\u001b[32m\u001b[4mthree\u001b[24m\u001b[39m",
    );
  });

  it("shows escape characters of the document instead of sending them", async () => {
    const evil = "\u001b]0;x\u0007";
    const blocks: RedlineBlock[] = [
      {
        place: evil,
        numbering: evil,
        pieces: [{ text: evil, state: "inserted" }],
        comments: [{ author: evil, text: evil }],
      },
    ];
    expect(await show(blocks)).not.toContain("\u001b");
  });
});

describe("wordRedline", () => {
  it.each([
    ["One thing is open in Dublin.", " in Dublin.", "{--One thing is open--} in Dublin."],
    ["two years", "two weeks", "two {--years--}{++weeks++}"],
    ["within", "with", "{--within--}{++with++}"],
    ["", "new", "{++new++}"],
    ["a b a", "a", "a{-- b a--}"],
    ["same", "same", "same"],
    ["𝒜 b", "ℬ b", "{--𝒜--}{++ℬ++} b"],
  ])("from %j to %j", async (before, after, shown) => {
    expect(await show([{ place: "", pieces: wordRedline(before, after), comments: [] }])).toBe(`  ${shown}`);
  });

  it("holds both texts, whatever they are", () => {
    const text = fc.array(fc.constantFrom("a", "b", " ", "-", "ab", "𝒜", "é")).map((list) => list.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = wordRedline(before, after);
        const view = (other: string): string =>
          pieces
            .filter(({ state }) => state !== other)
            .map((piece) => piece.text)
            .join("");
        expect([view("inserted"), view("deleted")]).toEqual([before, after]);
      }),
    );
  });
});
