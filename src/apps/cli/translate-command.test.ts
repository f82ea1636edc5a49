import { describe, expect, it } from "vitest";
import {
  createDocument,
  listWordUnits,
  openFile,
  paragraphText,
  readXliff,
  settleChanges,
  writeXliff,
} from "../../files/index.ts";
import { type TestWorld, testWorld } from "./cli-io.fixture.ts";
import { runCli } from "./main.ts";

const document = (second = "The second sentence costs 1,250 euros."): Uint8Array =>
  createDocument(
    [
      { kind: "heading", level: 1, runs: [{ text: "The quarterly report" }] },
      {
        kind: "paragraph",
        runs: [
          { text: "The first sentence is " },
          { text: "very important", bold: true },
          { text: ` for all of us. ${second}` },
        ],
      },
    ],
    { language: "en-GB", created: new Date("2026-01-01T00:00:00Z") },
  );

async function world(): Promise<TestWorld & { run: (...argv: string[]) => Promise<number> }> {
  const made = await testWorld();
  await made.put("report.docx", document());
  const io = {
    ...made.io,
    env: { TANDEM_DATA: `${made.folder}/data`, TANDEM_CACHE: `${made.folder}/cache` },
  };
  return { ...made, run: (...argv) => runCli(argv, io) };
}

const texts = (bytes: Uint8Array): string[] =>
  openFile(bytes)
    .paragraphs.filter(({ story }) => story.kind === "body")
    .map((paragraph) => paragraphText(paragraph));

describe("tandem translate", () => {
  it("writes a copy beside the file, its formatting kept, and says how it went", async () => {
    const { run, get, err } = await world();
    expect(await run("translate", "report.docx", "--to", "de", "--engine", "pseudo")).toBe(0);
    const copy = await get("report.de.docx");
    expect(texts(copy)[0]).toMatch(/^«Thé qú.*»$/);
    const bold = openFile(copy).paragraphs.flatMap(({ spans }) => spans.filter(({ marks }) => marks.bold));
    expect(bold.map(({ text }) => text).join("")).toMatch(/ímpóř/);
    expect(err()).toMatch(/\d sentences en → de by pseudo/);
    expect(err()).toMatch(/wrote \S*report\.de\.docx/);
  });

  it("translates only what changed the second time", async () => {
    const { run, put, out } = await world();
    await run("translate", "report.docx", "--to", "de", "--engine", "pseudo");
    await put("report.docx", document("The third one is quite new to everybody."));
    await run("translate", "report.docx", "--to", "de", "--engine", "pseudo", "--json");
    const { segments } = JSON.parse(out()) as { segments: { source: string; origin: string }[] };
    const originOf = (text: string): string | undefined =>
      segments.find(({ source }) => source === text)?.origin;
    expect(originOf("The quarterly report")).toBe("memory");
    expect(originOf("The third one is quite new to everybody.")).toBe("engine");
  });

  it("gives the original back when every tracked change is refused", async () => {
    const { run, get } = await world();
    await run(
      "translate",
      "report.docx",
      "--to",
      "de",
      "--engine",
      "pseudo",
      "--as",
      "tracked",
      "-o",
      "t.docx",
    );
    const tracked = openFile(await get("t.docx"));
    expect(texts(settleChanges(tracked, { action: "reject" }))).toEqual(texts(document()));
    expect(texts(settleChanges(tracked, { action: "accept" })).join()).toMatch(/«Thé/);
  });

  it("lets a reviewed XLIFF win over the engine from then on", async () => {
    const { run, get, put } = await world();
    await run("translate", "report.docx", "--to", "de", "--engine", "pseudo", "--as", "xliff");
    const review = readXliff(new TextDecoder().decode(await get("report.de.xlf")));
    const [unit] = review.units;
    const segment = {
      ...unit!.segments[0]!,
      target: { text: "Der Bericht", spans: [], atoms: [] },
      state: "reviewed" as const,
    };
    const units = [{ ...unit!, segments: [segment] }, ...review.units.slice(1)];
    await put("reviewed.xlf", writeXliff({ ...review, units }));
    expect(await run("memory", "import", "reviewed.xlf")).toBe(0);
    await run("translate", "report.docx", "--to", "de", "--engine", "echo", "-o", "again.docx");
    expect(texts(await get("again.docx"))[0]).toBe("Der Bericht");
  });

  it("lays every sentence beside its translation", async () => {
    const { run, get } = await world();
    await run("translate", "report.docx", "--to", "de", "--engine", "pseudo", "--as", "bilingual");
    const found = listWordUnits(await get("report.de.docx")).map(({ text }) => text);
    expect(found).toContain("The first sentence is very important for all of us.");
    expect(found.some((text) => text.includes("«Thé fířšt"))).toBe(true);
  });

  it("goes through a folder, and names what it could not translate", async () => {
    const { run, put, io, get, err } = await world();
    await io.files.makeFolder("in");
    await put("in/a.md", "# Good morning\n\nAll is well today.\n");
    await put("in/b.docx", "no document");
    expect(
      await run("translate", "in", "--to", "fr", "--from", "en", "--engine", "pseudo", "-o", "out"),
    ).toBe(1);
    expect(new TextDecoder().decode(await get("out/a.md"))).toMatch(/^# «Ǧ?.*»\n/);
    expect(err()).toMatch(/b\.docx: /);
    expect(await run("translate", "in", "--to", "fr", "--from", "en", "--engine", "pseudo", "-o", "in")).toBe(
      1,
    );
    expect(new TextDecoder().decode(await get("in/a.md"))).toMatch(/^# Good morning/);
  });

  it("says what is wrong with a request before it does anything", async () => {
    const { run, put, err, names } = await world();
    const before = await names();
    expect(await run("translate", "report.docx", "--to", "nonsense!", "--engine", "pseudo")).toBe(2);
    expect(err()).toMatch(/is no language/);
    expect(await run("translate", "report.docx", "--to", "en", "--engine", "pseudo")).toBe(2);
    expect(err()).toMatch(/already/);
    await put("a.md", "# Good morning to all of you\n");
    expect(
      await run("translate", "a.md", "--to", "fr", "--from", "en", "--engine", "pseudo", "--as", "tracked"),
    ).toBe(2);
    expect(err()).toMatch(/can't hold a translation as tracked changes/);
    expect(await run("translate", "report.docx", "--to", "fr")).not.toBe(0);
    expect(err()).toMatch(/models pull translation:en-fr/);
    expect((await names()).filter((name) => name.startsWith("report."))).toEqual(
      before.filter((name) => name.startsWith("report.")),
    );
  });
});

describe("tandem memory", () => {
  it("lists, exports and takes in what was exported", async () => {
    const { run, out } = await world();
    await run("translate", "report.docx", "--to", "de", "--engine", "pseudo");
    await run("memory", "export", "all.tmx");
    expect(await run("memory", "import", "all.tmx", "--tm", "other.sqlite")).toBe(0);
    await run("memory", "list", "--tm", "other.sqlite");
    expect(out()).toMatch(/en → de {2}(\d) sentences, \1 reviewed/);
  });
});
