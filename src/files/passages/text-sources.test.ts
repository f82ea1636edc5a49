import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { workbookFile } from "../xlsx/workbook.fixture.ts";
import type { SourceText } from "./passage.ts";
import { readPassages } from "./read-passages.ts";

const read = (text: string, name: string): Promise<SourceText> =>
  readPassages(new TextEncoder().encode(text), { name });

const shown = ({ passages }: SourceText): string[] =>
  passages.map(({ kind, level, text, place }) => `${place.line ?? "-"} ${kind}${level ?? ""}: ${text}`);

describe("plain text", () => {
  it("has its lines joined, and headings by underline, number and capitals", async () => {
    const text = [
      "THE WHOLE STORY",
      "",
      "Costs",
      "=====",
      "This paragraph was broken by hand after about sixty letters,",
      "as mail programs did it, and goes on here to its very end by",
      "saying less.",
      "",
      "2.1 The second part",
      "",
      "It is 5 km.",
    ].join("\r\n");
    const source = await read(text, "notes.txt");
    expect(source.format).toBe("text");
    expect(shown(source)).toEqual([
      "1 heading1: THE WHOLE STORY",
      "3 heading1: Costs",
      "5 paragraph: This paragraph was broken by hand after about sixty letters, as mail programs did it, and goes on here to its very end by saying less.",
      "9 heading2: 2.1 The second part",
      "11 paragraph: It is 5 km.",
    ]);
  });

  it("keeps verses and addresses apart, joins what hangs below an item, and reads tabs as cells", async () => {
    const text =
      "Ann Lee\nElm Street 5\nSomewhere\n\n- one that is\n  longer\n- two\n3) three\n\nItem\tCost\nHosting\t12";
    expect(shown(await read(text, "notes.txt"))).toEqual([
      "1 paragraph: Ann Lee",
      "2 paragraph: Elm Street 5",
      "3 paragraph: Somewhere",
      "5 list-item: one that is longer",
      "7 list-item: two",
      "8 list-item: three",
      "10 row: Item | Cost",
      "11 row: Hosting | 12",
    ]);
  });

  it("is decoded whatever its encoding", async () => {
    const latin = Uint8Array.from("Café déjà vu, naïve.", (letter) => letter.charCodeAt(0));
    const wide = Uint8Array.from(
      "\ufeffCafé".split("").flatMap((letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8]),
    );
    expect(shown(await readPassages(latin, { name: "a.txt" }))).toEqual([
      "1 paragraph: Café déjà vu, naïve.",
    ]);
    expect(shown(await readPassages(wide, { name: "a.txt" }))).toEqual(["1 paragraph: Café"]);
  });
});

describe("Markdown", () => {
  it("gives headings, lists, rows, quotes and code with their lines; marks are left out", async () => {
    const text = [
      "---",
      'title: "The brief"',
      "---",
      "# Costs *now*",
      "",
      "We pay **12** for [hosting](https://example.org) &amp; `code`.",
      "Same paragraph.",
      "",
      "- one",
      "  - two",
      "",
      "> quoted",
      "> words",
      "",
      "| Item | Cost |",
      "| --- | ---: |",
      "| Hosting | 12 |",
      "",
      "```sh",
      "run it",
      "```",
      "<div>raw <b>words</b></div>",
    ].join("\n");
    const source = await read(text, "notes.md");
    expect(source).toMatchObject({ format: "markdown", title: "The brief" });
    expect(shown(source)).toEqual([
      "4 heading1: Costs now",
      "6 paragraph: We pay 12 for hosting & code. Same paragraph.",
      "9 list-item: one",
      "10 list-item: two",
      "12 paragraph: quoted words",
      "15 row: Item | Cost",
      "17 row: Hosting | 12",
      "19 paragraph: run it",
      "22 paragraph: raw words",
    ]);
    expect(source.passages.filter(({ kind }) => kind === "row").map(({ header }) => header)).toEqual([6, 6]);
  });

  it("nested without end is refused or read, never a crash", async () => {
    for (const text of [">".repeat(20_000), "- ".repeat(5_000), "[".repeat(20_000), "*a ".repeat(20_000)]) {
      const outcome = await read(text, "a.md").then(
        () => "read",
        (error: { code?: string }) => error.code,
      );
      expect(["read", "file-damaged"]).toContain(outcome);
    }
  });
});

describe("HTML", () => {
  it("gives what a reader sees, without the site around it", async () => {
    const html = `<!DOCTYPE html><html><head><title>The  brief</title><style>p{}</style></head><body>
      <nav>Home</nav><h2>Costs <em>now</em></h2><p>We pay<br>12&nbsp;&euro;.<script>alert(1)</script></p>loose words<sup>2</sup>
      <ul><li>one<ul><li>two</li></ul></li></ul><p hidden>no</p><p style="display: none">no</p><p aria-hidden="true">no</p>
      <table><caption>Prices</caption><tr><th>Item</th><th>Cost</th></tr><tr><td>Hosting</td><td>12</td></tr></table>
      <table><tr><td><p>layout</p></td></tr></table></body></html>`;
    const source = await read(html, "page.html");
    expect(source).toMatchObject({ format: "html", title: "The brief" });
    expect(shown(source)).toEqual([
      "- heading2: Costs now",
      "- paragraph: We pay 12 €.",
      "- paragraph: loose words²",
      "- list-item: one",
      "- list-item: two",
      "- caption: Prices",
      "- row: Item | Cost",
      "- row: Hosting | 12",
      "- paragraph: layout",
    ]);
    expect(source.passages.at(-2)!.header).toBe(7);
  });

  it("is known by its content, and read in the encoding that it names", async () => {
    const bytes = Uint8Array.from('<html><meta charset="iso-8859-1"><p>Café', (letter) =>
      letter.charCodeAt(0),
    );
    expect(shown(await readPassages(bytes, { name: "page.txt" }))).toEqual(["- paragraph: Café"]);
  });

  it("nested very deep, cut off or odd is read all the same", async () => {
    const deep = await read(`<html>${"<div>".repeat(50_000)}words`, "a.html");
    expect(shown(deep)).toEqual(["- paragraph: words"]);
    expect(shown(await read("<html><table><tr><td>a<td>b<tr><td", "a.html"))).toEqual(["- row: a | b"]);
  });
});

describe("transcripts", () => {
  it("give a passage for each turn, with time and speaker", async () => {
    const text =
      "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Ann Lee>Good morning.</v>\n\n00:00:05.000 --> 00:00:07.000\n<v Ann Lee>Shall we?</v>\n\n00:12:31.000 --> 00:12:33.000\n<v Bo Ek>It costs 12.</v>\n";
    for (const name of ["call.vtt", "call.txt"]) {
      const source = await read(text, name);
      expect(source.format).toBe("transcript");
      expect(source.passages.map(({ kind, text: said, place }) => [kind, said, place])).toEqual([
        ["cue", "Good morning. Shall we?", { time: 1, speaker: "Ann Lee" }],
        ["cue", "It costs 12.", { time: 751, speaker: "Bo Ek" }],
      ]);
    }
  });

  it("with times of day count from the first of them", async () => {
    const text =
      "09:14:05 Ann Lee: Good morning.\n09:15:00 Bo Ek: Morning.\n09:15:10 Ann Lee: It costs 12.\n";
    expect((await read(text, "chat.txt")).passages.map(({ place }) => place)).toEqual([
      { time: 0, clock: "09:14:05", speaker: "Ann Lee" },
      { time: 55, clock: "09:15:00", speaker: "Bo Ek" },
      { time: 65, clock: "09:15:10", speaker: "Ann Lee" },
    ]);
  });

  it("that are broken or none are refused", async () => {
    await expect(read('[{"text": "cut o', "call.json")).rejects.toMatchObject({ code: "file-damaged" });
    await expect(read('{"a": 1}', "call.json")).rejects.toMatchObject({ code: "bad-request" });
  });
});

describe("other files", () => {
  it("are refused with a hint", async () => {
    const bytes = (...start: number[]): Uint8Array =>
      Uint8Array.from({ length: 600 }, (_, index) => start[index] ?? index % 256);
    const refused: [Uint8Array, string, string][] = [
      [workbookFile({ sheets: [{ name: "Data", rows: [["a"]] }] } as never), "orders.xlsx", "bad-request"],
      [new TextEncoder().encode("a,b\n1,2"), "orders.csv", "bad-request"],
      [bytes(0xd0, 0xcf, 0x11, 0xe0), "old.doc", "file-unsupported"],
      [bytes(0x89, 0x50, 0x4e, 0x47), "a.png", "file-unsupported"],
      [new TextEncoder().encode("{\\rtf1 words}"), "a.rtf", "file-unsupported"],
      [bytes(0, 1, 2, 3), "a.bin", "file-unsupported"],
      [bytes(0x50, 0x4b, 3, 4), "a.zip", "file-damaged"],
    ];
    for (const [content, name, code] of refused) {
      await expect(readPassages(content, { name }), name).rejects.toMatchObject({
        code,
        hint: expect.any(String),
      });
    }
  });

  it("of any bytes are read or refused with a code", async () => {
    const names = fc.constantFrom("a.txt", "a.md", "a.html", "a.vtt", "a.json", "a.pdf", "a.docx", "a");
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), names, async (content, name) => {
        await readPassages(content, { name }).catch((error: { code?: string }) =>
          expect(error.code).toBeDefined(),
        );
      }),
      { numRuns: 200 },
    );
  });
});
