import { describe, expect, it } from "vitest";
import { p, r, wordFile } from "../files/docx/word.fixture.ts";
import { findQuote, openFile, planChanges, savePackage, settleChanges } from "../files/index.ts";
import { type DecisionEntry, decisions } from "./decisions.ts";
import { decisionOn, type Issued, issued, retyped, settle } from "./issued.fixture.ts";
import { issueLedger } from "./ledger.ts";

const cell = (text: string): string =>
  `<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>${p(text)}</w:tc>`;
const row = (...texts: readonly string[]): string => `<w:tr>${texts.map(cell).join("")}</w:tr>`;
const table =
  '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>' +
  `${row("Goods", "Days")}${row("Bolts", "30")}${row("Nuts", "14")}</w:tbl>`;
const file = wordFile(
  p("Terms of delivery") +
    p("The supplier delivers the goods within 30 days after the order.") +
    p("Interest is due at five percent of the price.") +
    table +
    p("The end of the contract."),
);
const picture = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
  (character) => character.charCodeAt(0),
);

function changedXml(bytes: Uint8Array, change: (xml: string) => string): Uint8Array {
  const document = openFile(bytes);
  const xml = change(document.stories[0]!.tree.source);
  return savePackage(document.package, new Map([["/word/document.xml", new TextEncoder().encode(xml)]]));
}

/** What another program makes of the formatting: other spellings of the same, and defaults said aloud. */
function respelled(bytes: Uint8Array): Uint8Array {
  return changedXml(bytes, (xml) =>
    xml
      .replace(/<w:b\/>/g, '<w:b w:val="true"/><w:bCs w:val="true"/>')
      .replace(/<w:jc w:val="center"\/>/g, '<w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/>')
      .replace(/<w:r><w:t/g, '<w:r><w:rPr><w:color w:val="auto"/><w:u w:val="none"/></w:rPr><w:t'),
  );
}

describe.each([
  ["format", { kind: "format", quote: "within 30 days", set: { bold: true, color: "C00000" } }],
  ["format-paragraph", { kind: "format-paragraph", quote: "Interest is due", set: { alignment: "center" } }],
  ["split", { kind: "split", quote: "after the order" }],
  ["merge", { kind: "merge", quote: "after the order" }],
  ["insert-row", { kind: "insert-row", quote: "Bolts", cells: ["Screws", "21"] }],
  ["delete-row", { kind: "delete-row", quote: "Bolts" }],
  ["insert-column", { kind: "insert-column", quote: "Days", cells: ["Price", "2.10", "0.40"] }],
  ["delete-column", { kind: "delete-column", quote: "Days" }],
  [
    "insert-table",
    {
      kind: "insert-table",
      quote: "Interest is due",
      rows: [
        ["Year", "Rate"],
        ["2026", "5 %"],
      ],
    },
  ],
  ["insert-image", { kind: "insert-image", quote: "Interest is due", image: picture, altText: "A dot" }],
] as const)("decisions on %s", (kind, change) => {
  it("are read as pending, accepted and rejected", async () => {
    const given = await issued(file, [change]);
    expect(given.ledger.suggestions).toHaveLength(1);
    const accepted = settle(given.bytes, given, "s1", "accept");
    const rejected = settle(given.bytes, given, "s1", "reject");
    for (const also of [(bytes: Uint8Array): Uint8Array => bytes, respelled]) {
      expect(decisionOn(also(given.bytes), given)).toMatchObject({ id: "s1", kind, outcome: "pending" });
      expect(decisionOn(also(accepted), given)).toMatchObject({ outcome: "accepted" });
      expect(decisionOn(also(rejected), given)).toMatchObject({ outcome: "rejected" });
    }
    expect(decisionOn(given.original, given).outcome).toBe("rejected");
  });

  it("are pending still when names and dates are taken out of the file", async () => {
    const given = await issued(file, [change]);
    const anonymous = changedXml(given.bytes, (xml) =>
      xml.replace(/w:author="Tandem"/g, 'w:author="Author"').replace(/ w:date="[^"]*"/g, ""),
    );
    expect(decisionOn(anonymous, given).outcome).toBe("pending");
  });
});

describe("decisions on formatting", () => {
  const bold = (): Promise<Issued> =>
    issued(file, [{ kind: "format", quote: "within 30 days", set: { bold: true, size: 14 } }]);
  const formatted = (
    bytes: Uint8Array,
    set: { readonly size?: number; readonly italic?: boolean },
  ): Uint8Array => {
    const document = openFile(bytes);
    const change = { kind: "format", at: findQuote(document, "within 30 days"), set } as const;
    return planChanges(document, [change], { author: "Bob", date: new Date(), mode: "direct" }).save().bytes;
  };

  it("are modified when a third formatting is there, and say which", async () => {
    const given = await bold();
    const entry = decisionOn(formatted(settle(given.bytes, given, "s1", "accept"), { size: 18 }), given);
    expect(entry).toMatchObject({ outcome: "modified", text: "bold, size 18" });
  });

  it("don't mind formatting that the suggestion was not about", async () => {
    const given = await bold();
    for (const [action, outcome] of [
      ["accept", "accepted"],
      ["reject", "rejected"],
    ] as const) {
      const file = formatted(settle(given.bytes, given, "s1", action), { italic: true });
      expect(decisionOn(file, given).outcome).toBe(outcome);
    }
  });

  it("follow the words when others are put in among them, and know when they are gone", async () => {
    const given = await bold();
    const accepted = settle(given.bytes, given, "s1", "accept");
    expect(decisionOn(retyped(accepted, "supplier", "seller and its agent"), given).outcome).toBe("accepted");
    const sentence = "The supplier delivers the goods within 30 days after the order.";
    expect(decisionOn(retyped(accepted, sentence, ""), given).outcome).toBe("removed");
  });

  it("are partial when only some of the words were settled", async () => {
    // What is bold already parts the rest in two.
    const mixed = wordFile(
      `<w:p>${r("The goods are due ")}${r("net ", "<w:b/>")}${r("within 30 days.")}</w:p>`,
    );
    const change = { kind: "format", quote: "due net within 30 days", set: { bold: true } } as const;
    const given = await issued(mixed, [change]);
    const half = settleChanges(openFile(given.bytes), {
      action: "accept",
      which: ({ number }) => number === 1,
    });
    expect(decisionOn(half, given).outcome).toBe("partial");
    const mixedUp = settleChanges(openFile(half), { action: "reject" });
    expect(decisionOn(mixedUp, given).outcome).toBe("partial");
  });
});

describe("decisions on rows and columns", () => {
  it("keep a person's wording of one cell", async () => {
    const given = await issued(file, [{ kind: "insert-row", quote: "Bolts", cells: ["Screws", "21"] }]);
    const accepted = settle(given.bytes, given, "s1", "accept");
    expect(decisionOn(retyped(accepted, "Screws", "Wood screws"), given)).toMatchObject({
      outcome: "modified",
    });
  });

  it("tell two suggested rows of much the same words apart", async () => {
    const given = await issued(file, [
      { kind: "insert-row", quote: "Bolts", cells: ["Screws", "21"] },
      { kind: "insert-row", quote: "Nuts", cells: ["Screws", "30"] },
    ]);
    const both = settle(settle(given.bytes, given, "s1", "reject"), given, "s2", "accept");
    expect(outcomes(both, given)).toEqual(["rejected", "accepted"]);
  });
});

describe("decisions", () => {
  const both = (): Promise<Issued> =>
    issued(file, [
      { kind: "replace", quote: "30 days", text: "two weeks" },
      { kind: "replace", quote: "five", text: "six" },
    ]);

  it("go by the minute in a file that Word has saved, also when one suggestion is of a full minute", async () => {
    const given = await both();
    const saved = (bytes: Uint8Array): Uint8Array =>
      changedXml(bytes, (xml) => xml.replace(/T10:00:\d\dZ/g, "T10:00:00Z"));
    expect(outcomes(saved(given.bytes), given)).toEqual(["pending", "pending"]);
    const settled = settle(settle(given.bytes, given, "s1", "accept"), given, "s2", "reject");
    expect(outcomes(saved(settled), given)).toEqual(["accepted", "rejected"]);
  });

  it("are read from where a paragraph was pasted when it was cut and pasted with changes tracked", async () => {
    const given = await both();
    const settled = settle(given.bytes, given, "s1", "accept");
    const document = openFile(settled);
    const text = "The supplier delivers the goods within two weeks after the order.";
    const plan = planChanges(
      document,
      [
        { id: "cut", kind: "delete", at: findQuote(document, text) },
        { id: "paste", kind: "insert-after", at: findQuote(document, "The end of the contract."), text },
      ],
      { author: "Bob", date: new Date("2026-04-01T08:00:00Z") },
    );
    expect(plan.refused).toEqual([]);
    expect(decisionOn(plan.save().bytes, given).outcome).toBe("accepted");
  });

  it("are unsure about paragraphs of the same words, side by side, of which some are gone", async () => {
    const twins = wordFile(p("First.") + p("The same words.").repeat(3) + p("Last."));
    const document = openFile(twins);
    const changes = [1, 2].map((index) => {
      const { id } = document.paragraphs[index]!;
      const at = { paragraph: id, start: 0, end: 15, quote: "The same words." };
      return { id: `s${index}`, kind: "delete" as const, at };
    });
    const plan = planChanges(document, changes, { author: "Tandem", date: new Date("2026-03-02T10:00:00Z") });
    const { bytes } = plan.save();
    const given = {
      original: twins,
      bytes,
      ledger: await issueLedger({ original: twins, issued: bytes, applied: plan.applied }),
    };
    const mixed = settle(settle(bytes, given, "s1", "accept"), given, "s2", "reject");
    expect(outcomes(mixed, given)).toEqual(["unsure", "unsure"]);
    const all = settle(settle(bytes, given, "s1", "accept"), given, "s2", "accept");
    expect(outcomes(all, given)).toEqual(["accepted", "accepted"]);
  });

  it("don't take an acceptance for a refusal where a colleague changed nearly all around it", async () => {
    const rows = row("goods of the first class", "before May") + row("the invoice", "within a month");
    const small = wordFile(
      p("Our team reports.") +
        `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>${rows}</w:tbl>${p("End.")}`,
    );
    const given = await issued(small, [
      { kind: "replace", quote: "the invoice", text: "the “Goods” the invoice" },
    ]);
    const accepted = settle(given.bytes, given, "s1", "accept");
    const changed = changedXml(accepted, (xml) =>
      xml.replace(/<w:tr>.*?<\/w:tr>/, "").replace(">the ", ">quarterly "),
    );
    expect(
      openFile(changed)
        .paragraphs[1]!.spans.map(({ text }) => text)
        .join(""),
    ).toBe("quarterly “Goods” the invoice");
    expect(decisionOn(changed, given).outcome).not.toBe("rejected");
  });

  it("don't take a heading of the same words that was moved for one whose deletion was accepted", async () => {
    const headings = wordFile(
      p("General rules") +
        p("Each party returns the goods.") +
        p("General rules") +
        p("The invoice is due.") +
        p("End."),
    );
    const document = openFile(headings);
    const { id } = document.paragraphs[0]!;
    const at = { paragraph: id, start: 0, end: 13, quote: "General rules" };
    const plan = planChanges(document, [{ id: "s1", kind: "delete", at }], {
      author: "Tandem",
      date: new Date(),
    });
    const { bytes } = plan.save();
    const ledger = await issueLedger({ original: headings, issued: bytes, applied: plan.applied });
    const given = { original: headings, bytes, ledger };
    const moved = changedXml(settle(bytes, given, "s1", "accept"), (xml) => {
      const heading = /<w:p>(?:(?!<\/w:p>).)*General rules.*?<\/w:p>/.exec(xml)![0];
      return xml.replace(heading, "").replace("<w:sectPr/>", `${heading}<w:sectPr/>`);
    });
    expect(decisionOn(moved, given).outcome).not.toBe("rejected");
  });

  it("give one of two reworded paragraphs as modified although the other one stands as it was put in", async () => {
    const given = await issued(file, [
      { kind: "insert-after", quote: "Terms of delivery", text: "Prices are net.\nFreight is extra." },
    ]);
    const accepted = settle(given.bytes, given, "s1", "accept");
    expect(
      decisionOn(retyped(accepted, "Freight is extra.", "Carriage paid by the seller"), given),
    ).toMatchObject({
      outcome: "modified",
      text: "Prices are net.\nCarriage paid by the seller",
    });
  });
});

function outcomes(bytes: Uint8Array, { ledger }: Issued): DecisionEntry["outcome"][] {
  return decisions(openFile(bytes), ledger).map(({ outcome }) => outcome);
}
