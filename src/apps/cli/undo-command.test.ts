import { describe, expect, it } from "vitest";
import {
  comments,
  findQuote,
  openFile,
  paragraphText,
  planChanges,
  settleChanges,
  trackedChanges,
} from "../../files/index.ts";
import { type TestWorld, testWorld } from "./cli-io.fixture.ts";
import { docxOf, h1, p } from "./docx.fixture.ts";
import { runCli } from "./main.ts";

const FILE = docxOf(h1("Payment") + p("Pay within thirty days.") + p("It lasts two years.") + p("The end."));
const CHANGES = [
  { id: "term", kind: "replace", quote: "thirty", text: "fourteen" },
  { kind: "delete", quote: "It lasts two years." },
];

/** A folder with the job's file before (`a.docx`) and after (`out.docx`). */
async function edited(...options: readonly string[]): Promise<TestWorld> {
  const made = await testWorld();
  await made.put("a.docx", FILE);
  await made.put("c.json", JSON.stringify(CHANGES));
  expect(await runCli(["edit", "a.docx", "--changes", "c.json", "-o", "out.docx", ...options], made.io)).toBe(
    0,
  );
  return made;
}

/** Puts `now.docx` there: the term accepted and the end edited by somebody. */
async function answer(made: TestWorld, text = "The very end."): Promise<void> {
  const isTerm = ({ text: words }: { text: string }): boolean => /thirty|fourteen/.test(words);
  const settled = openFile(
    settleChanges(openFile(await made.get("out.docx")), { action: "accept", which: isTerm }),
  );
  const change = { kind: "replace", at: findQuote(settled, "The end."), text } as const;
  const options = { author: "Bob", date: new Date("2025-03-02T09:00:00Z"), mode: "direct" as const };
  await made.put("now.docx", planChanges(settled, [change], options).save().bytes);
}

async function textsOf(made: TestWorld, name: string): Promise<string[]> {
  const bytes = settleChanges(openFile(await made.get(name)), { action: "accept" });
  return openFile(bytes)
    .paragraphs.filter(({ story }) => story.kind === "body")
    .map((paragraph) => paragraphText(paragraph));
}

const UNDONE = ["Payment", "Pay within thirty days.", "It lasts two years.", "The very end."];

describe("tandem undo", () => {
  it("writes the undone file beside the one that was read, by the ledger in it", async () => {
    const made = await edited("--embed-ledger");
    await answer(made);
    expect(await runCli(["undo", "now.docx"], made.io)).toBe(0);
    expect(await made.names()).toContain("now.undone.docx");
    expect(await textsOf(made, "now.undone.docx")).toEqual(UNDONE);
    expect(made.err()).toContain("now.docx: 2 suggestions: 1 refused, 1 changed back");
    expect(made.err()).toMatch(/term +accepted +reversed +thirty +fourteen/);
    expect(made.err()).toContain("wrote now.undone.docx");
  });

  it("takes a ledger beside the file, or makes one of the file before and after the job", async () => {
    const made = await edited("--ledger");
    await answer(made);
    const ledger = ["--ledger", "out.docx.ledger.json"];
    expect(await runCli(["undo", "now.docx", ...ledger, "-o", "one.docx"], made.io)).toBe(0);
    const files = ["--original", "a.docx", "--issued", "out.docx"];
    expect(await runCli(["undo", "now.docx", ...files, "-o", "two.docx"], made.io)).toBe(0);
    for (const name of ["one.docx", "two.docx"]) expect(await textsOf(made, name)).toEqual(UNDONE);
  });

  it("reports one entry a suggestion for programs", async () => {
    const made = await edited("--embed-ledger");
    await answer(made);
    expect(await runCli(["undo", "now.docx", "--json", "--only", "term", "--author", "Ann"], made.io)).toBe(
      0,
    );
    expect(JSON.parse(made.out())).toEqual({
      schemaVersion: 1,
      command: "undo",
      file: "now.docx",
      output: "now.undone.docx",
      backup: null,
      written: true,
      dryRun: false,
      rejected: 0,
      reversed: 1,
      conflicts: 0,
      suggestions: [
        {
          id: "term",
          kind: "replace",
          before: "thirty",
          after: "fourteen",
          outcome: "accepted",
          action: "reversed",
        },
      ],
    });
    const changes = trackedChanges(openFile(await made.get("now.undone.docx")));
    expect(new Set(changes.map(({ revision }) => revision.author))).toEqual(new Set(["Tandem", "Ann"]));
  });

  it("writes without markup on request, and overwrites only when told to, with a backup", async () => {
    const made = await edited("--embed-ledger");
    await answer(made);
    expect(await runCli(["undo", "now.docx", "--direct", "--in-place"], made.io)).toBe(0);
    expect(await made.names()).toContain("now.bak.docx");
    expect(trackedChanges(openFile(await made.get("now.docx")))).toEqual([]);
    expect(await textsOf(made, "now.docx")).toEqual(UNDONE);
  });

  it("shows with --dry-run what it would do, and writes nothing", async () => {
    const made = await edited("--embed-ledger");
    await answer(made);
    const before = await made.names();
    expect(await runCli(["undo", "now.docx", "--dry-run"], made.io)).toBe(0);
    expect(await made.names()).toEqual(before);
    expect(made.err()).toContain("nothing was written (dry run)");
  });

  it("says in a comment what it left, and finds nothing to do the second time", async () => {
    const made = await edited("--embed-ledger");
    await answer(made);
    const now = openFile(await made.get("now.docx"));
    const change = { kind: "replace", at: findQuote(now, "fourteen"), text: "twenty-one" } as const;
    const options = { author: "Bob", date: new Date("2025-03-03T09:00:00Z"), mode: "direct" as const };
    await made.put("now.docx", planChanges(now, [change], options).save().bytes);
    expect(await runCli(["undo", "now.docx", "-o", "one.docx"], made.io)).toBe(0);
    expect(made.err()).toContain("term not undone: somebody put it in other words");
    expect(comments(openFile(await made.get("one.docx")))).toMatchObject([{ quote: "twenty-one" }]);
    expect(await runCli(["undo", "one.docx", "-o", "two.docx"], made.io)).toBe(3);
    expect(await made.names()).not.toContain("two.docx");
  });

  it("undoes several jobs, the newest first", async () => {
    const made = await edited("--embed-ledger");
    await made.put("d.json", JSON.stringify([{ kind: "replace", quote: "The end", text: "The last page" }]));
    expect(
      await runCli(["edit", "out.docx", "--changes", "d.json", "--embed-ledger", "-o", "b.docx"], made.io),
    ).toBe(0);
    expect(await runCli(["undo", "b.docx", "--json"], made.io)).toBe(0);
    const { suggestions } = JSON.parse(made.out());
    expect(suggestions.map(({ job, id }: { job: number; id: string }) => `${job} ${id}`)).toEqual([
      "2 change-1",
      "1 term",
      "1 change-2",
    ]);
    expect(trackedChanges(openFile(await made.get("b.undone.docx")))).toEqual([]);
  });

  it("sends the file to stdout in a pipeline", async () => {
    const made = await edited("--embed-ledger");
    const piped = await testWorld({ stdin: await made.get("out.docx") });
    expect(await runCli(["undo", "-"], piped.io)).toBe(0);
    expect(trackedChanges(openFile(piped.outBytes()))).toEqual([]);
  });

  it.each([
    [["undo", "out.docx"], 2, "carries no ledger"],
    [["undo", "out.docx", "--ledger", "c.json"], 2, "this is no ledger"],
    [["undo", "out.docx", "--original", "a.docx"], 2, "--original needs --issued"],
    [["undo", "-", "--ledger", "-"], 2, "stdin can be only one"],
    [
      ["undo", "out.docx", "--original", "a.docx", "--issued", "out.docx", "--only", "x"],
      3,
      "there is no suggestion x",
    ],
    [["undo", "c.json", "--original", "a.docx", "--issued", "out.docx"], 1, "zip"],
    [["undo", "a.docx", "--original", "a.docx", "--issued", "out.docx"], 3, "nothing to undo"],
  ])("answers %j with exit code %i", async (argv, code, message) => {
    const made = await edited();
    expect(await runCli(argv, made.io)).toBe(code);
    expect(made.err()).toContain(message);
  });
});
