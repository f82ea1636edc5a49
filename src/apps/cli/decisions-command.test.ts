import { describe, expect, it } from "vitest";
import { openFile, settleChanges } from "../../files/index.ts";
import { type TestWorld, testWorld } from "./cli-io.fixture.ts";
import { docxOf, h1, p } from "./docx.fixture.ts";
import { runCli } from "./main.ts";

const FILE = docxOf(h1("Payment") + p("Pay within thirty days.") + p("It lasts two years."));
const CHANGES = [
  { id: "term", kind: "replace", quote: "thirty", text: "fourteen" },
  { kind: "delete", quote: "It lasts two years." },
];

async function edited(...options: readonly string[]): Promise<TestWorld> {
  const made = await testWorld();
  await made.put("a.docx", FILE);
  await made.put("c.json", JSON.stringify(CHANGES));
  expect(await runCli(["edit", "a.docx", "--changes", "c.json", "-o", "out.docx", ...options], made.io)).toBe(
    0,
  );
  return made;
}

async function answer(made: TestWorld, action: "accept" | "reject"): Promise<void> {
  const bytes = settleChanges(openFile(await made.get("out.docx")), { action });
  await made.put("returned.docx", bytes);
}

describe("tandem edit --ledger and tandem decisions", () => {
  it("reads a returned file by the ledger beside the one that was given out", async () => {
    const made = await edited("--ledger");
    expect(await made.names()).toEqual(["a.docx", "c.json", "out.docx", "out.docx.ledger.json"]);
    expect(made.err()).toContain("ledger: out.docx.ledger.json");
    await answer(made, "accept");
    expect(
      await runCli(["decisions", "returned.docx", "--ledger", "out.docx.ledger.json", "--json"], made.io),
    ).toBe(0);
    const { decisions } = JSON.parse(made.out());
    expect(decisions).toMatchObject([
      { id: "term", kind: "replace", before: "thirty", after: "fourteen", outcome: "accepted" },
      { id: "change-2", kind: "delete", before: "It lasts two years.", after: "", outcome: "accepted" },
    ]);
    expect(decisions[0].revisionIds).toHaveLength(2);
    expect(decisions[0].confidence).toBeGreaterThan(0.9);
  });

  it("takes the ledger that the file carries", async () => {
    const made = await edited("--embed-ledger");
    expect(await made.names()).toEqual(["a.docx", "c.json", "out.docx"]);
    await answer(made, "reject");
    expect(await runCli(["decisions", "returned.docx"], made.io)).toBe(0);
    expect(made.out()).toContain("returned.docx: 2 suggestions: 2 rejected");
    expect(made.out()).toMatch(/term +replace +rejected +0\.\d\d +thirty +fourteen/);
  });

  it("writes the ledger where it is told to", async () => {
    const made = await edited("--ledger", "kept.json", "--embed-ledger");
    expect(await made.names()).toContain("kept.json");
  });

  it("says how to go on when there is no ledger", async () => {
    const made = await edited();
    expect(await runCli(["decisions", "out.docx"], made.io)).toBe(2);
    expect(made.err()).toContain("carries no ledger");
    expect(made.err()).toContain("--ledger NAME.ledger.json");
  });

  it.each([
    [["decisions", "out.docx", "--ledger", "c.json"], "this is no ledger"],
    [["decisions", "-", "--ledger", "-"], "stdin can be only one"],
    [["edit", "a.docx", "--changes", "c.json", "--direct", "--ledger"], "writes no suggestions"],
    [["edit", "a.docx", "--changes", "c.json", "--dry-run", "--embed-ledger"], "writes no suggestions"],
    [["edit", "a.docx", "--changes", "c.json", "-o", "-", "--ledger"], "the ledger has no name"],
  ])("answers %j with a usage error", async (argv, message) => {
    const made = await edited();
    expect(await runCli(argv, made.io)).toBe(2);
    expect(made.err()).toContain(message);
  });
});
