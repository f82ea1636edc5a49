import { describe, expect, it } from "vitest";
import { ModelError } from "../../errors.ts";
import { openFile, paragraphText } from "../../files/index.ts";
import { scriptedModel } from "../../models/index.ts";
import { onTerminal, type TestWorld, type TestWorldOptions, testWorld } from "./cli-io.fixture.ts";
import { docxOf, h1, p } from "./docx.fixture.ts";
import { runCli } from "./main.ts";

const FILE = docxOf(
  [
    h1("Payment"),
    p("Pay within thirty days."),
    h1("Term"),
    p("It lasts two years."),
    p("Fee, fee and fee."),
  ].join(""),
);
const LONG =
  "The supplier shall, in actual fact, deliver all of the goods that were ordered by the customer within thirty days. " +
  "It is important to note that the customer is obliged to take delivery of all of the goods at the main warehouse.";
const CHANGE = { kind: "replace", quote: "thirty", text: "fourteen" };
const AMBIGUOUS = { kind: "replace", quote: "fee", text: "price" };

const world = async (changes: unknown = [CHANGE], options?: TestWorldOptions): Promise<TestWorld> => {
  const made = await testWorld(options);
  await made.put("a.docx", FILE);
  await made.put("c.json", typeof changes === "string" ? changes : JSON.stringify(changes));
  return made;
};
const textOf = (bytes: Uint8Array, view: "final" | "original" | "markup" = "markup"): string =>
  openFile(bytes)
    .paragraphs.filter((each) => each.story.kind === "body")
    .map((each) => paragraphText(each, view))
    .join("\n");
const EDITED =
  "Payment\nPay within {--thirty--}{++fourteen++} days.\nTerm\nIt lasts two years.\nFee, fee and fee.";

describe("tandem edit --changes", () => {
  it("writes tracked changes beside the input and says what it did", async () => {
    const { io, get, names, out, err } = await world();
    expect(await runCli(["edit", "a.docx", "--changes", "c.json"], io)).toBe(0);
    expect(await names()).toEqual(["a.docx", "a.tandem.docx", "c.json"]);
    expect(textOf(await get("a.tandem.docx"))).toBe(EDITED);
    expect(await get("a.docx")).toEqual(FILE);
    expect(out()).toBe("");
    expect(err()).toBe("1 change made\nwrote a.tandem.docx\nnext: tandem review a.tandem.docx\n");
  });

  it("writes author and date as asked", async () => {
    const { io, get } = await world();
    const argv = [
      "edit",
      "a.docx",
      "--changes",
      "c.json",
      "--author",
      "Ann",
      "--date",
      "2026-11-17T09:00:00Z",
      "-o",
      "b.docx",
    ];
    expect(await runCli(argv, io)).toBe(0);
    const [span] = openFile(await get("b.docx")).paragraphs.flatMap((each) =>
      each.spans.filter((one) => one.inserted),
    );
    expect(span?.inserted).toMatchObject({ author: "Ann", date: "2026-11-17T09:00:00Z" });
  });

  it("writes plain text with --direct", async () => {
    const { io, get } = await world();
    expect(await runCli(["edit", "a.docx", "--changes", "c.json", "--direct", "--in-place"], io)).toBe(0);
    expect(textOf(await get("a.docx"))).toContain("Pay within fourteen days.");
    expect(await get("a.bak.docx")).toEqual(FILE);
  });

  it("prints the redline with --dry-run and writes nothing", async () => {
    for (const mode of [[], ["--direct"]]) {
      const { io, out, err, names } = await world();
      expect(await runCli(["edit", "a.docx", "--changes", "c.json", "--dry-run", ...mode], io)).toBe(0);
      expect(out()).toBe("Payment\n  Pay within {--thirty--}{++fourteen++} days.\n\n");
      expect(err()).toContain("nothing was written (dry run)");
      expect(await names()).toEqual(["a.docx", "c.json"]);
    }
  });

  it("colours the redline on a terminal, but not with NO_COLOR or --no-color", async () => {
    const shown = async (env: Record<string, string>, ...flags: string[]): Promise<string> => {
      const { io, out } = await world([CHANGE], { isTty: onTerminal, env });
      await runCli(["edit", "a.docx", "--changes", "c.json", "--dry-run", ...flags], io);
      return out();
    };
    expect(await shown({})).toContain("\u001b[31m\u001b[9mthirty\u001b[29m\u001b[39m");
    for (const plain of [await shown({ NO_COLOR: "1" }), await shown({}, "--no-color")]) {
      expect(plain).not.toContain("\u001b");
      expect(plain).toContain("{--thirty--}");
    }
  });

  it("refuses all with 5 when one change cannot be made, and says why and what to do", async () => {
    const { io, err, names } = await world([CHANGE, AMBIGUOUS]);
    expect(await runCli(["edit", "a.docx", "--changes", "c.json"], io)).toBe(5);
    expect(err()).toContain('change 2 refused, ambiguous: "fee" occurs 2 times\n  fix: ');
    expect(err()).toContain("nothing was written: correct it, or write the other 1 with --partial");
    expect(await names()).toEqual(["a.docx", "c.json"]);
  });

  it("writes the others with --partial", async () => {
    const { io, get, err } = await world([AMBIGUOUS, CHANGE]);
    expect(await runCli(["edit", "a.docx", "--changes", "c.json", "--partial"], io)).toBe(0);
    expect(textOf(await get("a.tandem.docx"))).toBe(EDITED);
    expect(err()).toContain("1 change made, 1 refused");
    const none = await world([AMBIGUOUS]);
    expect(await runCli(["edit", "a.docx", "--changes", "c.json", "--partial"], none.io)).toBe(5);
  });

  it("reports each change as JSON", async () => {
    const { io, out, err } = await world([CHANGE, { ...AMBIGUOUS, id: "fees" }]);
    expect(
      await runCli(["edit", "a.docx", "--changes", "c.json", "--partial", "--json", "-o", "b.docx"], io),
    ).toBe(0);
    expect(JSON.parse(out())).toMatchObject({
      schemaVersion: 1,
      command: "edit",
      input: "a.docx",
      output: "b.docx",
      backup: null,
      written: true,
      dryRun: false,
      applied: 1,
      refused: 1,
      changes: [
        { index: 0, id: "change-1", status: "applied", before: "thirty", after: "fourteen" },
        {
          index: 1,
          id: "fees",
          status: "refused",
          code: "ambiguous",
          reason: expect.any(String),
          fix: expect.any(String),
        },
      ],
      parts: [{ name: "/word/document.xml", state: "spliced" }],
    });
    expect(err()).toBe("");
  });

  it("works in a pipeline, with the file or the changes from stdin", async () => {
    const file = await world([CHANGE], { stdin: FILE });
    expect(await runCli(["edit", "-", "--changes", "c.json"], file.io)).toBe(0);
    expect(textOf(file.outBytes())).toBe(EDITED);
    expect(await file.names()).toEqual(["a.docx", "c.json"]);
    const changes = await world([], { stdin: JSON.stringify([CHANGE]) });
    expect(await runCli(["edit", "a.docx", "--changes", "-", "-o", "-"], changes.io)).toBe(0);
    expect(textOf(changes.outBytes())).toBe(EDITED);
  });

  it.each([
    ["an empty list", "[]", 3, "no change"],
    ["no JSON", "[{", 2, "c.json is not JSON"],
    ["no list", "{}", 2, "not an array"],
    ["an unknown kind", [{ kind: "paint" }], 2, 'changes[0] has the unknown kind "paint"'],
    ["a missing text", [{ kind: "replace", quote: "x" }], 2, "changes[0].text is missing"],
  ])("answers %s in changes.json clearly", async (_, changes, code, message) => {
    const { io, err, names } = await world(changes);
    expect(await runCli(["edit", "a.docx", "--changes", "c.json"], io)).toBe(code);
    expect(err()).toContain(message);
    expect(await names()).toEqual(["a.docx", "c.json"]);
  });

  it.each([
    [["edit", "a.docx"], "does not say what to change"],
    [["edit", "a.docx", "shorten", "--changes", "c.json"], "four ways"],
    [["edit", "a.docx", "--changes", "c.json", "-o", "a.docx"], "not overwritten"],
    [["edit", "a.docx", "--changes", "c.json", "-o", "b.pdf"], "stays a .docx file"],
    [["edit", "a.docx", "--changes", "c.json", "--date", "tomorrow"], '"tomorrow" is not a date'],
    [["edit", "a.docx", "--changes", "c.json", "--section", "1"], "changes carry their own quotes"],
    [["edit", "a.docx", "x", "--only", "page:3"], '--only does not know "page:3"'],
    [["edit", "a.docx", "x", "--only", "heading:A", "--section", "B"], "the same twice"],
    [["edit", "-", "--changes", "-"], "stdin can be only one"],
    [["edit", "a.docx", "--changes", "missing.json"], "there is no file missing.json"],
  ])("answers %j with a usage error", async (argv, message) => {
    const { io, err } = await world();
    expect(await runCli(argv, io)).toBe(2);
    expect(err()).toContain(message);
  });
});

describe("tandem edit with an instruction", () => {
  it("fails with 4 and says how to get a model when there is none", async () => {
    const { io, err, names } = await world();
    expect(await runCli(["edit", "a.docx", "shorten section Payment"], io)).toBe(4);
    expect(err()).toContain("needs a language model");
    expect(err()).toContain("--changes changes.json");
    expect(await names()).toEqual(["a.docx", "c.json"]);
  });

  it("fails with 4 when the model fails, and writes nothing", async () => {
    const failure = new ModelError("model-failed", "the server is down");
    const { io, put, names } = await world([], { model: scriptedModel(() => failure) });
    await put("a.docx", docxOf(h1("Delivery") + p(LONG)));
    expect(await runCli(["edit", "a.docx", "shorten", "--section", "Delivery"], io)).toBe(4);
    expect(await names()).toEqual(["a.docx", "c.json"]);
  });

  it("writes nothing that a model made up, and shows progress only where it was asked for", async () => {
    const { io, put, err, names } = await world([], { model: scriptedModel(() => "nothing useful") });
    await put("a.docx", docxOf(h1("Delivery") + p(LONG)));
    expect(await runCli(["edit", "a.docx", "shorten", "--section", "Delivery", "--verbose"], io)).not.toBe(0);
    expect(err()).toContain("rewrite");
    expect(await names()).toEqual(["a.docx", "c.json"]);
    const silent = await world([], { model: scriptedModel(() => "nothing useful") });
    await runCli(["edit", "a.docx", "shorten", "--section", "Payment"], silent.io);
    expect(silent.err()).not.toContain("rewrite …");
  });

  it("says with 3 that there is no such section, and lists those there are", async () => {
    const { io, err } = await world([], { model: scriptedModel([]) });
    expect(await runCli(["edit", "a.docx", "shorten it", "--only", "heading:Warranty"], io)).toBe(3);
    expect(err()).toContain('section "Warranty" not found');
    expect(err()).toContain("the document has: Payment, Term");
  });

  it("loads no model when the changes are given", async () => {
    const openModel = async (): Promise<never> => {
      throw new Error("a model was opened");
    };
    const { io } = await world([CHANGE], { openModel });
    expect(await runCli(["edit", "a.docx", "--changes", "c.json"], io)).toBe(0);
  });

  it("reads the instruction from a file", async () => {
    const { io, put, err } = await world();
    await put("brief.md", "  \n");
    expect(await runCli(["edit", "a.docx", "-i", "brief.md"], io)).toBe(2);
    expect(err()).toContain("the instruction is empty");
  });
});
