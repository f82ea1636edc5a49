import { readdir } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ModelError } from "../../errors.ts";
import { openFile, paragraphText, settleChanges } from "../../files/index.ts";
import { scriptedModel } from "../../models/scripted.ts";
import { type TestWorld, type TestWorldOptions, testWorld } from "./cli-io.fixture.ts";
import { docxOf, h1, p } from "./docx.fixture.ts";
import { runCli } from "./main.ts";

const PROPOSAL = `# Harbour pilot

## Background

Bookings reach the Harbour Desk by telephone. This costs the desk about 30 hours a week.

## Scope

- A booking form for the 40 regular carriers, in English and Portuguese.

## Price

The pilot costs EUR 18,500 without VAT.
`;
const CALL = "09:00:00 Anna: Agreed, the pilot starts on 10 May 2027 with six carriers.\n";
const ORDERS = "Region,Amount EUR\nNorth,12\nSouth,14\nEast,9\n";
const OUTLINE =
  "# Harbour brief\n\n## Scope\nuses: proposal.md 4-5\n\n## Insurance\npurpose: Say who insures what.\n";
const PROMPT = "A brief with sections on background, scope, costs and insurance.";

type WriteWorld = TestWorld & {
  readonly write: (...argv: string[]) => Promise<number>;
  /** Names of files that were not there before. */
  readonly added: () => Promise<string[]>;
  /** The text of a Word file, a line a paragraph. */
  readonly text: (name: string) => Promise<string>;
};

async function world(
  files: Readonly<Record<string, Uint8Array | string>> = { "proposal.md": PROPOSAL, "call.txt": CALL },
  options: TestWorldOptions = {},
): Promise<WriteWorld> {
  const made = await testWorld(options);
  for (const [name, content] of Object.entries(files)) await made.put(name, content);
  // No LibreOffice in an empty path: what it does is tried in test/office.
  const io = {
    ...made.io,
    env: { PATH: "", TANDEM_CACHE: path.join(made.folder, ".cache"), ...options.env },
  };
  return {
    ...made,
    io,
    write: (...argv) => runCli(["write", ...argv], io),
    added: async () => (await made.names()).filter((name) => !(name in files) && name !== ".cache"),
    text: async (name) => textOf(await made.get(name)),
  };
}

function textOf(bytes: Uint8Array): string {
  return openFile(bytes)
    .paragraphs.map((each) => paragraphText(each))
    .join("\n");
}

describe("tandem write", () => {
  it("writes a document of the sources' own sentences, named after its title, and says what is missing", async () => {
    const { write, added, text, err, out } = await world();
    expect(await write(PROMPT, "--with", "proposal.md", "call.txt", "--title", "Harbour: a brief?")).toBe(0);
    expect(await added()).toEqual(["Harbour a brief.docx"]);
    const written = await text("Harbour a brief.docx");
    expect(written).toContain("Harbour: a brief?");
    expect(written).toContain("The pilot costs EUR 18,500 without VAT.");
    expect(written).toContain("[to be supplied: Insurance]");
    expect(out()).toBe("");
    expect(err()).toContain("no model wrote this: the sentences are the sources' own");
    expect(err()).toContain("to be supplied: Insurance");
    expect(err()).toMatch(/from proposal\.md: 3 passages read, 3 cited/);
    expect(err()).toMatch(/wrote Harbour a brief\.docx\n$/);
  });

  it("takes the next free name rather than one that is taken", async () => {
    const { write, added } = await world();
    for (const _ of [1, 2]) await write(PROMPT, "--with", "proposal.md", "--title", "Brief");
    expect(await added()).toEqual(["Brief-2.docx", "Brief.docx"]);
  });

  it("writes the outline first, which a person edits and gives back", async () => {
    const { write, get, put, added, text, err } = await world();
    const asked = [PROMPT, "--with", "proposal.md", "call.txt"];
    expect(await write(...asked, "--outline", "plan.md")).toBe(0);
    expect(await added()).toEqual(["plan.md"]);
    expect(err()).toContain("--from-outline plan.md");
    const outline = new TextDecoder().decode(await get("plan.md"));
    expect(outline).toContain("Insurance");
    await put("plan.md", outline.replace("Insurance", "Cover"));
    expect(await write(...asked, "--from-outline", "plan.md", "-o", "brief.docx")).toBe(0);
    expect(await text("brief.docx")).toContain("[to be supplied: Cover]");
  });

  it("does not write over an outline that may have been edited, and prints one for -", async () => {
    const { write, get, err, out } = await world({ "proposal.md": PROPOSAL, "plan.md": "# Mine\n" });
    expect(await write(PROMPT, "--with", "proposal.md", "--outline", "plan.md")).toBe(2);
    expect(err()).toContain("plan.md is there already");
    expect(new TextDecoder().decode(await get("plan.md"))).toBe("# Mine\n");
    expect(await write(PROMPT, "--with", "proposal.md", "--outline", "-")).toBe(0);
    expect(out()).toMatch(/^# .+\n\nlanguage: /);
  });

  it("names the line of an outline that is wrong", async () => {
    const { write, err, added } = await world({
      "proposal.md": PROPOSAL,
      "plan.md": "# T\n\n## A\nuses: x.md 1\n",
    });
    expect(await write(PROMPT, "--with", "proposal.md", "--from-outline", "plan.md")).toBe(2);
    expect(err()).toContain("line 4 of the outline");
    expect(await added()).toEqual([]);
  });

  it("adds sections to a document as insertions that can be refused", async () => {
    const report = docxOf(`${h1("Aims")}${p("We want a harbour.")}${h1("Risks")}${p("There are some.")}`);
    const { write, added, get, text } = await world({ "proposal.md": PROPOSAL, "report.docx": report });
    const asked = ["A section on price", "--with", "proposal.md", "--into", "report.docx"];
    expect(await write(...asked, "--after", "heading:Aims")).toBe(0);
    expect(await added()).toEqual(["report.tandem.docx"]);
    const written = await text("report.tandem.docx");
    expect(written.indexOf("EUR 18,500")).toBeGreaterThan(written.indexOf("We want a harbour."));
    expect(written.indexOf("EUR 18,500")).toBeLessThan(written.indexOf("Risks"));
    const refused = settleChanges(openFile(await get("report.tandem.docx")), { action: "reject" });
    const body = openFile(refused).paragraphs.filter(({ story }) => story.kind === "body");
    expect(body.map((each) => paragraphText(each))).toEqual(
      openFile(report).paragraphs.map((each) => paragraphText(each)),
    );
  });

  it("says before any writing that the place is not there (3)", async () => {
    const model = scriptedModel(() => new Error("asked"));
    const report = docxOf(`${h1("Aims")}${p("We want a harbour.")}`);
    const { write, err, added } = await world({ "proposal.md": PROPOSAL, "report.docx": report }, { model });
    const asked = ["A section on price", "--with", "proposal.md", "--into", "report.docx"];
    expect(await write(...asked, "--after", "heading:Costs")).toBe(3);
    expect(err()).toContain("Aims");
    expect(model.requests).toEqual([]);
    expect(await added()).toEqual([]);
  });

  it("takes headings and look from an approved document", async () => {
    const like = docxOf(
      `${h1("Why now")}${p("Telephone bookings cost hours.")}${h1("What it costs")}${p("Price in EUR.")}`,
    );
    const { write, text } = await world({ "proposal.md": PROPOSAL, "old.docx": like });
    expect(await write("A brief", "--with", "proposal.md", "--like", "old.docx", "-o", "new.docx")).toBe(0);
    const written = await text("new.docx");
    expect(written).toContain("Why now\n");
    expect(written).toContain("What it costs\n");
    expect(written).not.toContain("Telephone bookings cost hours.");
  });

  it("fills the controls of a template, and says which names there are and which are left", async () => {
    const control = (name: string): string =>
      `<w:p><w:sdt><w:sdtPr><w:alias w:val="${name}"/><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>Enter ${name}</w:t></w:r></w:sdtContent></w:sdt></w:p>`;
    const template = docxOf(`${control("Client")}${control("Number")}${p("{{content}}")}`);
    const { write, text, err, added } = await world({ "proposal.md": PROPOSAL, "house.docx": template });
    const asked = [PROMPT, "--with", "proposal.md", "--template", "house.docx", "-o", "new.docx"];
    expect(await write(...asked, "--set", "Cleint=ACME")).toBe(2);
    expect(err()).toContain('no content control "Cleint"');
    expect(err()).toContain("it has: Client, Number");
    expect(await added()).toEqual([]);
    expect(await write(...asked, "--set", "client=A = B")).toBe(0);
    expect(await text("new.docx")).toMatch(/^A = B\nEnter Number\n/);
    expect(err()).toContain('the template\'s "Number" still have to be filled in');
    expect(await write(...asked, "--set", "client")).toBe(2);
    expect(err()).toContain("NAME=TEXT");
  });

  it("leaves the pages of the contents to Word where LibreOffice is not there, and says so", async () => {
    const field = (kind: string): string => `<w:r><w:fldChar w:fldCharType="${kind}"/></w:r>`;
    const contents = `<w:p>${field("begin")}<w:r><w:instrText> TOC \\o "1-3" \\h \\u </w:instrText></w:r>${field("separate")}${field("end")}</w:p>`;
    const { write, err, text } = await world({
      "proposal.md": PROPOSAL,
      "house.docx": docxOf(contents + p("{{content}}")),
    });
    const asked = [PROMPT, "--with", "proposal.md", "--template", "house.docx"];
    expect(await write(...asked, "-o", "new.docx")).toBe(0);
    expect(await text("new.docx")).toMatch(/^Background\t\nScope\t\n/);
    expect(err()).toContain("the page numbers of the contents are left to Word: LibreOffice");
  });

  it("prints one JSON object that says what each section rests on", async () => {
    const { write, out } = await world({ "proposal.md": PROPOSAL, "plan.md": OUTLINE });
    expect(
      await write("x", "--with", "proposal.md", "--from-outline", "plan.md", "-o", "b.docx", "--json"),
    ).toBe(0);
    const report = JSON.parse(out());
    expect(report).toMatchObject({
      schemaVersion: 1,
      command: "write",
      title: "Harbour brief",
      output: "b.docx",
      engine: "the sources' own sentences",
      sections: [
        { id: "1", heading: "Scope", sentences: 1, cited: 1, missing: 0, by: "extract", isKept: false },
        { id: "2", heading: "Insurance", missing: 1 },
      ],
      missing: [{ section: "2", heading: "Insurance" }],
      refused: [],
      figures: [],
    });
    expect(report.coverage.texts[0]).toMatchObject({ source: "proposal.md", cited: 1 });
    expect(report).not.toHaveProperty("docx");
  });

  it("writes to stdout for -, but not together with --json or on a terminal", async () => {
    const piped = await world();
    expect(await piped.write(PROMPT, "--with", "proposal.md", "-o", "-")).toBe(0);
    expect(textOf(piped.outBytes())).toContain("EUR 18,500");
    expect(await (await world()).write(PROMPT, "--with", "proposal.md", "-o", "-", "--json")).toBe(2);
  });

  it("takes a table and a figure from a workbook", async () => {
    const plan = "# T\n\n## Sales\nfigure: Total = orders.csv total Amount EUR\ntable: orders.csv A1:B4\n";
    const { write, text, out } = await world({ "orders.csv": ORDERS, "plan.md": plan });
    expect(
      await write("x", "--with", "orders.csv", "--from-outline", "plan.md", "-o", "b.docx", "--json"),
    ).toBe(0);
    expect(JSON.parse(out()).figures).toMatchObject([{ id: "f1", value: 35, workbook: "orders.csv" }]);
    expect(await text("b.docx")).toContain("South");
  });
});

describe("tandem write refuses", () => {
  const cases: readonly (readonly [why: string, argv: readonly string[], message: string])[] = [
    ["an outline out and in", ["--outline", "a.md", "--from-outline", "plan.md"], "leave one of them out"],
    ["a place without a document", ["--after", "heading:Risks"], "--into report.docx"],
    [
      "a look for a document that has one",
      ["--into", "r.docx", "--template", "h.dotx"],
      "keeps its own look",
    ],
    ["a setting without a template", ["--set", "Client=ACME"], "--template house.dotx"],
    ["an outline and an output", ["--outline", "a.md", "-o", "b.docx"], "leave out -o"],
    ["another kind of file", ["-o", "brief.pdf"], "would not be a Word document"],
    ["a folder that is not there", ["-o", "nowhere/b.docx"], "there is no folder nowhere"],
    ["to overwrite a source", ["-o", "proposal.md"], "is a file that is read, and it is not overwritten"],
    ["to overwrite a source by another name", ["-o", "./call.docx"], "is not overwritten"],
    ["a missing source", ["--with", "nowhere.md"], "there is no file nowhere.md"],
    ["a folder as a source", ["--with", "."], ". is a folder"],
    ["a style of citation that is none", ["--citations", "endnotes"], "footnotes, comments, none"],
  ];
  it.each(cases)("%s (2), and writes nothing", async (_, argv, message) => {
    const { write, err, added } = await world({ "proposal.md": PROPOSAL, "call.docx": docxOf(p("Call.")) });
    const sources = argv[0] === "--with" ? [] : ["--with", "proposal.md", "call.docx"];
    expect(await write(PROMPT, ...sources, ...argv)).toBe(2);
    expect(err()).toContain(message);
    expect(await added()).toEqual([]);
  });

  it("to guess what is wanted, and says where to say it (2)", async () => {
    const { write, err } = await world();
    expect(await write("--with", "proposal.md", PROMPT)).toBe(2);
    expect(err()).toContain('tandem write "a two-page brief" --with notes.md');
  });

  it("a source that can't be read, by its name (1)", async () => {
    const { write, err, added } = await world({ "scan.pdf": "%PDF-1.7 cut off", "proposal.md": PROPOSAL });
    expect(await write(PROMPT, "--with", "proposal.md", "scan.pdf", "-o", "b.docx")).toBe(1);
    expect(err()).toContain("scan.pdf: ");
    expect(await added()).toEqual([]);
  });
});

/** Says of each section what a passage of it says; what `atPrice` gives for the second one. */
function writer(atPrice: () => Error | undefined): ReturnType<typeof scriptedModel> {
  return scriptedModel(({ messages }) => {
    const asked = JSON.stringify(messages);
    const isPrice = asked.includes("Section to write now: Price");
    const failure = isPrice ? atPrice() : undefined;
    if (failure !== undefined) return failure;
    const quote = isPrice
      ? "The pilot costs EUR 18,500 without VAT."
      : "A booking form for the 40 regular carriers, in English and Portuguese.";
    const passage = /Passage (\w+) \([^)]*\): (?:A booking|The pilot)/.exec(asked)?.[1] ?? "";
    const sentence = { text: quote, basis: "source", quotes: [{ passage, quote }] };
    return { json: { blocks: [{ kind: "paragraph", sentences: [sentence] }] } };
  });
}

describe("a job that was stopped", () => {
  const section = (heading: string, uses: string): string =>
    `## ${heading}\nlength: 60 words\nuses: proposal.md ${uses}\n`;
  const plan = `# T\n\n${section("Scope", "4-5")}\n${section("Price", "6-7")}`;
  const files = { "proposal.md": PROPOSAL, "plan.md": plan };
  const argv = ["x", "--with", "proposal.md", "--from-outline", "plan.md", "-o", "b.docx"] as const;

  it("by Ctrl+C goes on by the same command, with what was finished", async () => {
    const controller = new AbortController();
    const stopping = writer(() => {
      controller.abort();
      return undefined;
    });
    const { io, write, added, err, text, folder } = await world(files, {
      model: stopping,
      signal: controller.signal,
    });
    expect(await write(...argv)).toBe(130);
    expect(await added()).toEqual([]);
    expect(err()).toContain("1 finished section kept: the same command goes on from there");
    expect(err()).toContain("interrupted");

    const going = writer(() => undefined);
    const later = { ...io, signal: new AbortController().signal, openModel: async () => going };
    expect(await runCli(["write", ...argv], later)).toBe(0);
    expect(err()).toContain("going on with 1 section of an earlier run");
    expect(err()).toMatch(/1 Scope .* kept from before\n2 Price .* by the model\n/);
    expect(JSON.stringify(going.requests)).not.toContain("Section to write now: Scope");
    expect(await text("b.docx")).toMatch(/A booking form[\s\S]*The pilot costs EUR 18,500/);
    expect(await readdir(path.join(folder, ".cache", "jobs"))).toEqual([]);
  });

  it("by a model that fails keeps what was finished too (4)", async () => {
    const failing = writer(() => new ModelError("model-failed", "out of reach"));
    const { write, err, added } = await world(files, { model: failing });
    expect(await write(...argv)).toBe(4);
    expect(err()).toContain("1 finished section kept: the same command goes on");
    expect(err()).toContain("out of reach");
    expect(await added()).toEqual([]);
  });

  it("says what a model wrote that no source supports, and leaves it out", async () => {
    const inventor = scriptedModel(() => ({
      json: {
        blocks: [
          {
            kind: "paragraph",
            sentences: [{ text: "Omega Line has signed for EUR 7.", basis: "source", quotes: [] }],
          },
        ],
      },
    }));
    const { write, err, text } = await world(files, { model: inventor });
    expect(await write(...argv)).toBe(0);
    expect(err()).toContain("left out, since no source supports");
    expect(err()).toContain("  Omega Line has signed for EUR 7. (");
    expect(await text("b.docx")).not.toContain("Omega");
  });
});
