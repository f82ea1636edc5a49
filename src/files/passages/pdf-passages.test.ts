import { describe, expect, it } from "vitest";
import type { SourceText } from "./passage.ts";
import { assemble, column, deflatedObject, pdfFile, streamObject, type TestLine } from "./pdf.fixture.ts";
import { type ReadPassagesOptions, readPassages } from "./read-passages.ts";

const read = (bytes: Uint8Array, options: Partial<ReadPassagesOptions> = {}): Promise<SourceText> =>
  readPassages(bytes, { name: "report.pdf", ...options });

const shown = ({ passages }: SourceText): string[] =>
  passages.map(({ kind, level, text }) => `${kind}${level ?? ""}: ${text}`);

// About as long as each other, so that all but the last are full.
const prose = [
  "The committee met on the third of March and looked at the figures of the",
  "first quarter, which had come in late and were not yet checked by all of",
  "the departments that had sent them. It was agreed that the budget stays.",
];

describe("paragraphs of a PDF", () => {
  it("are made of lines, with their page", async () => {
    const second = [...prose.slice(0, 2), "the end."];
    const source = await read(
      pdfFile([[...column(prose, 60, 100), ...column(second, 60, 160)], column(prose, 60, 100)]),
    );
    expect(source.passages.map(({ text, place }) => [text, place])).toEqual([
      [prose.join(" "), { page: 1 }],
      [second.join(" "), { page: 1 }],
      [prose.join(" "), { page: 2 }],
    ]);
  });

  it("end where the next word would still have had room", async () => {
    const lines = [prose[0]!, "first quarter.", prose[0]!, prose[1]!];
    expect(shown(await read(pdfFile([column(lines, 60, 100)])))).toEqual([
      `paragraph: ${lines[0]} ${lines[1]}`,
      `paragraph: ${lines[2]} ${lines[3]}`,
    ]);
  });

  it("have divided words made whole, and compounds keep their hyphen", async () => {
    const lines = [
      "The committee met on the third of March and looked at all of the depart-",
      "ments that had sent the cost-benefit figures, and said that every cost-",
      "benefit figure and each department was to be looked at for a second time",
    ];
    const [passage] = (await read(pdfFile([column(lines, 60, 100)]))).passages;
    expect(passage!.text).toContain("all of the departments that");
    expect(passage!.text).toContain("every cost-benefit figure");
  });

  it("keep raised digits apart from the number before them", async () => {
    const page =
      "BT /F1 10 Tf 60 700 Td (The rate was 12) Tj 4 Ts /F1 6 Tf (5) Tj 0 Ts /F1 10 Tf ( of 100.) Tj ET";
    expect(shown(await read(pdfFile([page])))).toEqual(["paragraph: The rate was 12⁵ of 100."]);
  });

  it("run on over the end of a page", async () => {
    const [first, second] = [prose.slice(0, 2), [prose[2]!]];
    const source = await read(pdfFile([column(first, 60, 700), column(second, 60, 100)]));
    expect(shown(source)).toEqual([`paragraph: ${prose.join(" ")}`]);
    expect(source.passages[0]!.place).toEqual({ page: 1 });
  });

  it("are read column by column, even when drawn across", async () => {
    const left = Array.from({ length: 8 }, (_, index) => `left ${index} words that fill a column to its end`);
    const right = left.map((text) => text.replace("left", "right"));
    const across = left.flatMap((text, index) => [
      { text, x: 50, y: 100 + index * 12 },
      { text: right[index]!, x: 310, y: 100 + index * 12 },
    ]);
    const [passage] = (await read(pdfFile([across]))).passages;
    expect(passage!.text.indexOf("left 7")).toBeLessThan(passage!.text.indexOf("right 0"));
    expect(passage!.text).toBe([...left, ...right].join(" "));
  });

  it("are read from top to bottom when a page is drawn in no order", async () => {
    const lines = Array.from({ length: 12 }, (_, index) => ({
      text: `line ${index}.`,
      x: 60,
      y: 100 + index * 30,
    }));
    const shuffled = lines.toSorted((a, b) => ((a.y * 7) % 13) - ((b.y * 7) % 13));
    const { passages } = await read(pdfFile([shuffled]));
    expect(passages.map(({ text }) => text)).toEqual(lines.map(({ text }) => text));
  });

  it("leave out headers, footers and page numbers that come again", async () => {
    const page = (number: number): TestLine[] => [
      { text: "Annual report 2025", x: 60, y: 40 },
      ...column([`Page ${number} says this and nothing else.`], 60, 200),
      { text: `- ${number} -`, x: 290, y: 810 },
    ];
    const source = await read(pdfFile([1, 2, 3, 4].map(page)));
    expect(source.passages.map(({ text }) => text)).toEqual(
      [1, 2, 3, 4].map((number) => `Page ${number} says this and nothing else.`),
    );
  });

  it("leave out a list of contents", async () => {
    const lines = column(
      ["1 Scope ........................ 2", "2 Costs . . . . . . . . . . 14", "The text."],
      60,
      100,
    );
    expect(shown(await read(pdfFile([lines])))).toEqual(["paragraph: The text."]);
  });
});

describe("headings of a PDF", () => {
  it("are known by their size, and give the path", async () => {
    const page = [
      { text: "Project brief", x: 60, y: 60, size: 24 },
      { text: "Costs", x: 60, y: 100, size: 16 },
      ...column(prose, 60, 130),
      { text: "Risks", x: 60, y: 200, size: 16 },
      ...column(prose, 60, 230),
    ];
    const source = await read(pdfFile([page]));
    expect(source.title).toBe("Project brief");
    expect(source.passages.map(({ kind, level, headings }) => [kind, level, headings])).toEqual([
      ["heading", 1, []],
      ["heading", 2, ["Project brief"]],
      ["paragraph", undefined, ["Project brief", "Costs"]],
      ["heading", 2, ["Project brief"]],
      ["paragraph", undefined, ["Project brief", "Risks"]],
    ]);
  });

  it("keep their numbers, and large bullets are no headings", async () => {
    const page = [
      { text: "II. Costs", x: 60, y: 80, size: 16 },
      ...column(prose, 60, 110),
      { text: "- an item", x: 60, y: 200, size: 16 },
      ...column(prose, 60, 230),
    ];
    const kinds = shown(await read(pdfFile([page]))).map((each) => each.slice(0, 19));
    expect(kinds).toEqual([
      "heading1: II. Costs",
      "paragraph: The comm",
      "list-item: an item",
      "paragraph: The comm",
    ]);
  });

  it("are known by the bookmarks when they are no larger than the text", async () => {
    const page = [{ text: "Costs", x: 60, y: 80 }, ...column(prose, 60, 110)];
    const source = await read(pdfFile([page], { bookmarks: ["Costs"], title: "A brief" }));
    expect(source.title).toBe("A brief");
    expect(shown(source)[0]).toBe("heading1: Costs");
  });
});

describe("lists and tables of a PDF", () => {
  it("are items without their labels", async () => {
    const lines = column(["(a) the first of them", "(b) the second one", "1. a third one"], 60, 100);
    expect(shown(await read(pdfFile([lines])))).toEqual([
      "list-item: the first of them",
      "list-item: the second one",
      "list-item: a third one",
    ]);
  });

  it("are rows of cells under their header", async () => {
    const row = (y: number, ...cells: string[]): TestLine[] =>
      cells.map((text, index) => ({ text, x: 60 + index * 150, y }));
    const source = await read(
      pdfFile([
        [
          ...row(100, "Item", "Year", "Cost"),
          ...row(114, "Licences", "2025", "1,200"),
          ...row(128, "Hosting", "2026", "340"),
        ],
      ]),
    );
    expect(source.passages.map(({ kind, text, header }) => [kind, text, header])).toEqual([
      ["row", "Item | Year | Cost", 1],
      ["row", "Licences | 2025 | 1,200", 1],
      ["row", "Hosting | 2026 | 340", 1],
    ]);
  });

  it("keep a cell of several lines together", async () => {
    const cell = (texts: readonly string[], x: number, y: number): TestLine[] => column(texts, x, y);
    const page = [
      ...cell(["A long name", "of a thing"], 60, 100),
      ...cell(["12"], 300, 100),
      ...cell(["Another name", "of one"], 60, 130),
      ...cell(["15"], 300, 130),
    ];
    expect(shown(await read(pdfFile([page])))).toEqual([
      "row: A long name of a thing | 12",
      "row: Another name of one | 15",
    ]);
  });
});

describe("a tagged PDF", () => {
  it("is read by its tags: headings, paragraphs, rows; artifacts are left out", async () => {
    const marked = (tag: string, id: number, text: string, y: number): string =>
      `/${tag} <</MCID ${id}>> BDC BT /F1 10 Tf 1 0 0 1 60 ${842 - y} Tm (${text}) Tj ET EMC`;
    const content = [
      "/Artifact BMC BT /F1 10 Tf 1 0 0 1 60 800 Tm (running header) Tj ET EMC",
      marked("H2", 0, "Costs", 100),
      marked("P", 1, "one line", 112),
      marked("P", 2, "another paragraph", 124),
      marked("TH", 3, "Item", 150),
      marked("TH", 4, "Cost", 150),
      marked("TD", 5, "Hosting", 164),
      marked("TD", 6, "340", 164),
    ].join("\n");
    const element = (role: string, kids: string): string =>
      `<< /Type /StructElem /S /${role} /P 6 0 R /Pg 5 0 R /K ${kids} >>`;
    const objects = [
      "<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 6 0 R /MarkInfo << /Marked true >> >>",
      "<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
      streamObject(content),
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /StructParents 0 /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
      "<< /Type /StructTreeRoot /K [7 0 R 8 0 R 9 0 R 10 0 R] /ParentTree << /Nums [0 [7 0 R 8 0 R 9 0 R 13 0 R 14 0 R 15 0 R 16 0 R]] >> >>",
      element("H2", "0"),
      element("P", "1"),
      element("P", "2"),
      "<< /Type /StructElem /S /Table /P 6 0 R /K [11 0 R 12 0 R] >>",
      "<< /Type /StructElem /S /TR /P 10 0 R /K [13 0 R 14 0 R] >>",
      "<< /Type /StructElem /S /TR /P 10 0 R /K [15 0 R 16 0 R] >>",
      ...[3, 4].map((id) => `<< /Type /StructElem /S /TH /P 11 0 R /Pg 5 0 R /K ${id} >>`),
      ...[5, 6].map((id) => `<< /Type /StructElem /S /TD /P 12 0 R /Pg 5 0 R /K ${id} >>`),
    ];
    expect(shown(await read(assemble(objects)))).toEqual([
      "heading2: Costs",
      "paragraph: one line",
      "paragraph: another paragraph",
      "row: Item | Cost",
      "row: Hosting | 340",
    ]);
  });
});

describe("a PDF that cannot be read", () => {
  it("warns of pages without text", async () => {
    const source = await read(pdfFile([column(["Words."], 60, 100), [], []]));
    expect(source.warnings).toEqual([
      "pages 2-3 hold no text: empty, or a picture such as a scan, which is not read",
    ]);
  });

  it("is refused when it is encrypted, cut off or garbage", async () => {
    const encrypted = pdfFile([[]], {
      trailer: `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (${"a".repeat(32)}) /U (${"b".repeat(32)}) >> /ID [(a)(a)]`,
    });
    await expect(read(encrypted)).rejects.toMatchObject({
      code: "file-unsupported",
      message: "the PDF is protected by a password",
    });
    const whole = pdfFile([column(prose, 60, 100)]);
    for (const bytes of [whole.slice(0, 60), new TextEncoder().encode("%PDF-1.4\n\u0000\u0001\u0002")]) {
      await expect(read(bytes)).rejects.toMatchObject({ code: "file-damaged" });
    }
  });

  it("is read as far as it goes when its table is damaged", async () => {
    const text = new TextDecoder("latin1").decode(pdfFile([column(prose, 60, 100)]));
    const broken = Uint8Array.from(text.replace(/startxref\n\d+/, "startxref\n7"), (letter) =>
      letter.charCodeAt(0),
    );
    expect(shown(await read(broken))).toEqual([`paragraph: ${prose.join(" ")}`]);
  });

  it("is left when a page draws without end", async () => {
    // Each form draws the next one ten times: ten thousand million texts from a thousand bytes.
    const forms = Array.from({ length: 10 }, (_, index) => {
      const content = `BT /F1 9 Tf (a) Tj ET ${"/X Do ".repeat(10)}`;
      return `<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 3 0 R >> /XObject << /X ${6 + Math.min(9, index + 1)} 0 R >> >> /Length ${content.length} >>\nstream\n${index < 9 ? content : "BT /F1 9 Tf (b) Tj ET"}\nendstream`;
    });
    const bytes = assemble([
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
      streamObject("/X Do"),
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /X 6 0 R >> >> >>",
      ...forms,
    ]);
    await expect(read(bytes, { timeLimit: 300 })).rejects.toMatchObject({ code: "file-too-large" });
  });

  it("is refused when a stream is a bomb", async () => {
    const page = (content: string): Uint8Array =>
      assemble([
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        content,
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 3 0 R >>",
      ]);
    const blanks = " ".repeat(8_000_000);
    for (const content of [deflatedObject(blanks), deflatedObject("q Q", 2)]) {
      await expect(read(page(content))).rejects.toMatchObject({ code: "file-too-large" });
    }
    expect((await read(page(deflatedObject("q Q".repeat(1000))))).passages).toEqual([]);
  });

  it("stops when it is told to, and says how far it is", async () => {
    const controller = new AbortController();
    const bytes = pdfFile([prose, prose, prose].map((lines) => column(lines, 60, 100)));
    const seen: string[] = [];
    const reading = read(bytes, {
      signal: controller.signal,
      onProgress: (done, total) => {
        seen.push(`${done}/${total}`);
        controller.abort(new Error("enough"));
      },
    });
    await expect(reading).rejects.toThrow("enough");
    expect(seen).toEqual(["1/3"]);
  });

  it("leaves the caller's bytes alone", async () => {
    const bytes = pdfFile([column(prose, 60, 100)]);
    const before = bytes.slice();
    await read(bytes);
    expect(bytes).toEqual(before);
  });
});
