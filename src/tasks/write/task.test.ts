import { describe, expect, it } from "vitest";
import { ModelError } from "../../errors.ts";
import { paragraphText } from "../../files/docx/read/paragraph-text.ts";
import { openFile } from "../../files/open-file.ts";
import { scriptedModel } from "../../models/scripted.ts";
import type { Checkpoint, TaskEvent } from "../task.ts";
import { contextOf } from "./sources.fixture.ts";
import { type WriteInput, type WriteOutput, writeTask } from "./task.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const PROPOSAL = `# Harbour pilot

## Background

Bookings reach the Harbour Desk by telephone. This costs the desk about 30 hours a week.

## Scope

- A booking form for the 40 regular carriers, in English and Portuguese.
- A daily report of berths and waiting times for the Harbour Desk.

## Price

The pilot costs EUR 18,500 without VAT. One half is due on 3 May 2027.

## Risks

The port authority may not grant access to the berth data before June.
`;

const CALL = `09:00:00 Anna: Good morning, can you hear me?
09:00:05 Bruno: Loud and clear.
09:00:09 Anna: Agreed, the pilot starts on 10 May 2027 with six carriers.
09:00:20 Bruno: I'll send the berth data to Carla by Friday.
`;

const input = (more: Partial<WriteInput> = {}): WriteInput => ({
  prompt: "Write a one-page project brief with sections on scope, costs, risks and next steps.",
  sources: [
    { name: "proposal.md", bytes: bytes(PROPOSAL) },
    { name: "call.txt", bytes: bytes(CALL) },
  ],
  author: "Carla",
  ...more,
});

const textOf = ({ docx }: WriteOutput): string =>
  openFile(docx!)
    .paragraphs.map((paragraph) => paragraphText(paragraph))
    .join("\n");

function memory(): Checkpoint & { readonly kept: Map<string, string>; writes: string[] } {
  const kept = new Map<string, string>();
  const writes: string[] = [];
  return {
    kept,
    writes,
    read: async (step) => kept.get(step),
    write: async (step, text) => {
      writes.push(step);
      kept.set(step, text);
    },
  };
}

/** Says what no source says, with quotes that stand nowhere or say something else. */
const inventor = scriptedModel((request) => {
  const isOutline = JSON.stringify(request.schema ?? {}).includes('"title"');
  if (isOutline)
    return {
      json: { title: "Harbour", sections: [{ level: 1, heading: "Costs", purpose: "Costs", words: 80 }] },
    };
  const sentences = [
    {
      text: "The pilot costs EUR 99,999.",
      basis: "source",
      quotes: [{ passage: "p1", quote: "The pilot costs EUR 99,999." }],
    },
    { text: "Omega Line has signed.", basis: "source", quotes: [{ passage: "p1", quote: "The pilot" }] },
    { text: "All carriers agreed in 2019.", basis: "prompt", quotes: [] },
    { text: "the 7 million that Omega Line owes", basis: "missing", quotes: [] },
  ];
  return { json: { blocks: [{ kind: "paragraph", sentences }] } };
});

describe("writeTask", () => {
  it("writes a document of the sources' own sentences, and says what is missing", async () => {
    const result = await writeTask.run(
      input({ prompt: "A brief with sections on scope, costs and insurance." }),
      contextOf(),
    );
    const text = textOf(result);
    expect(text).toContain("A booking form for the 40 regular carriers, in English and Portuguese.");
    expect(text).toContain("The pilot costs EUR 18,500 without VAT.");
    expect(text).toContain("[to be supplied: Insurance]");
    expect(result.missing).toEqual([{ section: "3", heading: "Insurance", text: "Insurance" }]);
    expect(result.engine).toBe("the sources' own sentences");
    expect(result.sections.map(({ heading, by }) => [heading, by])).toEqual([
      ["Scope", "extract"],
      ["Costs", "extract"],
      ["Insurance", "extract"],
    ]);
    expect(result.coverage.texts.map(({ source }) => source)).toEqual(["proposal.md", "call.txt"]);
    expect(result.refused).toEqual([]);
  });

  it("stops at the outline, and writes from one that a person has changed", async () => {
    const { docx, outline } = await writeTask.run(input({ outlineOnly: true }), contextOf());
    expect(docx).toBeUndefined();
    expect(outline).toContain("## 2 Costs\n");
    expect(outline).toContain("<!-- proposal.md");
    const edited = outline.replace("## 2 Costs", "## 2 What it costs").replace(/## 4 [\s\S]*$/u, "");
    const result = await writeTask.run(input({ outline: edited }), contextOf());
    expect(textOf(result)).toContain("What it costs");
    expect(result.sections).toHaveLength(3);
  });

  it("says which line of an outline is wrong", async () => {
    const outline = "# T\n\n## Costs\nuses: other.docx 1\n";
    await expect(writeTask.run(input({ outline }), contextOf())).rejects.toThrow(
      'line 4 of the outline: there is no source "other.docx"',
    );
  });

  it("takes figures and tables from a workbook, with a record in the file", async () => {
    const orders = { name: "orders.csv", bytes: bytes("Month,Amount EUR\nMay,12\nJune,14\nJuly,9\n") };
    const outline =
      "# T\n\n## Costs\nfigure: Total = orders.csv total Amount EUR\nfigure: Worst = orders.csv how nice is it\ntable: orders.csv A1:B4\n";
    const result = await writeTask.run(input({ sources: [orders], outline }), contextOf());
    expect(result.figures.map(({ id, value, cells }) => [id, value, cells.length > 0])).toEqual([
      ["f1", 35, true],
    ]);
    const text = textOf(result);
    expect(text).toMatch(/Total: .*35/u);
    expect(text).toContain("[to be supplied: Worst]");
    expect(text).toContain("June");
    expect(result.notes.join("\n")).toContain("Worst");
    const parts = openFile(result.docx!).package.archive.entries.map(({ name }) => name);
    expect(parts).toContain("customXml/item1.xml");
  });

  it("lets no invention of a model into the file", async () => {
    const result = await writeTask.run(input(), contextOf({ model: inventor }));
    expect(inventor.requests.length).toBeGreaterThan(0);
    expect(textOf(result)).not.toMatch(/99,999|Omega|2019|million/u);
    expect(result.refused.length).toBeGreaterThan(0);
    expect(textOf(result)).toContain("The pilot costs EUR 18,500 without VAT.");
  });

  it("prints what a model wrote where its quote carries it, and keeps it for a later run", async () => {
    const model = scriptedModel([
      {
        json: {
          blocks: [
            {
              kind: "paragraph",
              sentences: [
                {
                  text: "The pilot costs EUR 18,500 without VAT.",
                  basis: "source",
                  quotes: [{ passage: "p1", quote: "The pilot costs EUR 18,500 without VAT." }],
                },
              ],
            },
          ],
        },
      },
    ]);
    const outline = "# Pilot\n\n## Costs\nlength: 20 words\nuses: proposal.md 8\n";
    const checkpoint = memory();
    const result = await writeTask.run(input({ outline }), contextOf({ model, checkpoint }));
    expect(result.sections).toMatchObject([{ heading: "Costs", by: "model", cited: 1, isKept: false }]);
    expect(result.engine).toBe("scripted:scripted");
    const again = await writeTask.run(input({ outline }), contextOf({ model, checkpoint }));
    expect(again.sections).toMatchObject([{ by: "model", isKept: true }]);
    expect(textOf(again)).toBe(textOf(result));
  });

  it("shows every figure that was asked for, also when the model forgets it", async () => {
    const orders = { name: "orders.csv", bytes: bytes("Month,Amount EUR\nMay,12\nJune,14\n") };
    const outline =
      "# T\n\n## Costs\nuses: proposal.md 8\nfigure: Total = orders.csv total Amount EUR\ntable: orders.csv A1:B3\n";
    const sentence = {
      text: "The pilot costs EUR 18,500 without VAT.",
      basis: "source",
      quotes: [{ passage: "p1", quote: "The pilot costs EUR 18,500 without VAT." }],
    };
    const model = scriptedModel(() => ({ json: { blocks: [{ kind: "paragraph", sentences: [sentence] }] } }));
    const result = await writeTask.run(
      input({ outline, sources: [input().sources[0]!, orders] }),
      contextOf({ model }),
    );
    expect(textOf(result)).toMatch(/Total: .*26/u);
    expect(textOf(result)).toContain("June");
  });

  it("fills a section up with the sources' own sentences where little of a model could stand", async () => {
    const sentence = {
      text: "The pilot costs EUR 18,500.",
      basis: "source",
      quotes: [{ passage: "p1", quote: "The pilot costs EUR 18,500 without VAT." }],
    };
    const model = scriptedModel(() => ({ json: { blocks: [{ kind: "paragraph", sentences: [sentence] }] } }));
    const outline = "# Pilot\n\n## Costs\nlength: 200 words\nuses: proposal.md 8\n";
    const result = await writeTask.run(input({ outline }), contextOf({ model }));
    expect(result.sections).toMatchObject([{ by: "both", cited: 2 }]);
    expect(textOf(result)).toContain("One half is due on 3 May 2027.");
    expect(result.engine).toBe("scripted:scripted, in parts the sources' own sentences");
  });

  it("does not lose the document when a model answers nonsense, and stops when it can't be reached", async () => {
    const outline = "# Pilot\n\n## Costs\nlength: 40 words\nuses: proposal.md 8\n";
    const nonsense = scriptedModel(() => "no json at all");
    const result = await writeTask.run(input({ outline }), contextOf({ model: nonsense }));
    expect(result.sections).toMatchObject([{ by: "extract" }]);
    expect(result.notes.join(" ")).toContain("no usable answer");
    expect(textOf(result)).toContain("The pilot costs EUR 18,500 without VAT.");
    const gone = scriptedModel(() => new ModelError("model-failed", "no network"));
    await expect(writeTask.run(input({ outline }), contextOf({ model: gone }))).rejects.toThrow("no network");
  });

  it("goes on after an abort where it stopped, and gives the same document", async () => {
    const whole = await writeTask.run(input(), contextOf());
    const checkpoint = memory();
    const controller = new AbortController();
    const emit = (event: TaskEvent): void => {
      if (event.kind === "step-progressed" && event.step === "writing the sections" && event.done === 2)
        controller.abort(new Error("enough"));
    };
    await expect(
      writeTask.run(input(), contextOf({ checkpoint, emit, signal: controller.signal })),
    ).rejects.toThrow("enough");
    expect(checkpoint.writes).toEqual(["section-1", "section-2"]);
    const resumed = await writeTask.run(input(), contextOf({ checkpoint }));
    expect(checkpoint.writes).toEqual(["section-1", "section-2", "section-3", "section-4"]);
    expect(resumed.sections.map(({ isKept }) => isKept)).toEqual([true, true, false, false]);
    expect(textOf(resumed)).toBe(textOf(whole));
  });

  it("asks a model for the outline once, so that finished sections are found again", async () => {
    const checkpoint = memory();
    let asked = 0;
    const model = scriptedModel(({ messages }) => {
      if (messages[0]?.content.startsWith("You plan") !== true) return { json: { blocks: [] } };
      const section = (heading: string) => ({ level: 1, heading, purpose: "", words: 100 + asked });
      return {
        json: { title: "", sections: (asked++ % 2 === 0 ? ["Costs", "Risks"] : ["Risks"]).map(section) },
      };
    });
    const prompt = "Write a report on the pilot.";
    const first = await writeTask.run(input({ prompt }), contextOf({ model, checkpoint }));
    const again = await writeTask.run(input({ prompt }), contextOf({ model, checkpoint }));
    expect(asked).toBe(1);
    expect(again.sections.every(({ isKept }) => isKept)).toBe(true);
    expect(textOf(again)).toBe(textOf(first));
  });

  it("takes nothing that a model planned as said by the person", async () => {
    const lie = "The pilot has failed for good.";
    const model = scriptedModel(({ messages }) =>
      messages[0]?.content.startsWith("You plan") === true
        ? { json: { title: "", sections: [{ level: 1, heading: "Costs", purpose: lie, words: 100 }] } }
        : {
            json: {
              blocks: [{ kind: "paragraph", sentences: [{ text: lie, basis: "prompt", quotes: [] }] }],
            },
          },
    );
    const result = await writeTask.run(
      input({ prompt: "Write a report on the pilot." }),
      contextOf({ model }),
    );
    expect(textOf(result)).not.toContain("failed");
  });

  it("writes only those sections anew whose outline or passages changed", async () => {
    const checkpoint = memory();
    const { outline } = await writeTask.run(input(), contextOf({ checkpoint }));
    const edited = outline.replace(/(## 2 Costs[\s\S]*?)length: \d+ words/u, "$1length: 20 words");
    const result = await writeTask.run(input({ outline: edited }), contextOf({ checkpoint }));
    expect(result.sections.map(({ isKept }) => isKept)).toEqual([true, false, true, true]);
    const proposal = { name: "proposal.md", bytes: bytes(PROPOSAL.replace("before June", "before July")) };
    const other = await writeTask.run(
      input({ outline: edited, sources: [proposal, input().sources[1]!] }),
      contextOf({ checkpoint }),
    );
    expect(other.sections.map(({ isKept }) => isKept)).toEqual([true, true, false, true]);
    expect(textOf(other)).toContain("before July");
  });

  it("checks what a checkpoint gives back like everything else", async () => {
    const checkpoint = memory();
    await writeTask.run(input(), contextOf({ checkpoint }));
    checkpoint.kept.set("section-2", checkpoint.kept.get("section-2")!.replaceAll("18,500", "99,999"));
    checkpoint.kept.set("section-3", "{half");
    const result = await writeTask.run(input(), contextOf({ checkpoint }));
    expect(textOf(result)).not.toContain("99,999");
    expect(result.sections.map(({ isKept }) => isKept)).toEqual([true, true, false, true]);
  });
});
