import { describe, expect, it } from "vitest";
import { openFile, paragraphText } from "../../files/index.ts";
import { type TestWorld, testWorld } from "./cli-io.fixture.ts";
import { runCli } from "./main.ts";

/** Forty months of which one stands out, with most of it in one region and a row with an evil name. */
function workbook(): string {
  const some = (index: number): number => ((index * 7_919 + 104_729) % 1_009) / 1_009;
  const regions = ["North", "South", "East", "*West* <b>", "Mid", "Far"];
  const rows = Array.from({ length: 400 }, (_, row) => {
    const month = Math.floor(row / 10);
    const date = `${2021 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-${String(2 + 2 * (row % 10)).padStart(2, "0")}`;
    const amount = (90 + 20 * some(row)) * (month === 17 ? 3 : 1);
    return `${date},${some(row * 31 + 7) < 0.55 ? regions[3] : regions[Math.floor(some(row * 5) * 6)]},${amount.toFixed(2)}`;
  });
  return ["Date,Region,Amount", ...rows].join("\n");
}

async function world(): Promise<TestWorld & { ask: (...argv: string[]) => Promise<number> }> {
  const made = await testWorld({ columns: 100 });
  await made.put("sales.csv", workbook());
  return { ...made, ask: (...argv) => runCli(["ask", ...argv], made.io) };
}

describe("tandem ask without a question", () => {
  it("lists what stands out between the tables and what can be asked, each with its test and cells", async () => {
    const { ask, out } = await world();
    await ask("sales.csv");
    const text = out();
    expect(text).toMatch(/sales: sales\.csv!A1:C401[\s\S]*What stands out:[\s\S]*You can ask:/);
    expect(text.replace(/\s+/g, " ")).toMatch(
      /Jun 2022 stands out: Amount is .* times as much\)\. outlier test .* p < 0\.001/,
    );
    expect(text.replace(/\s+/g, " ")).toMatch(/\*West\* <b> makes up \d\d % of Amount/);
    expect(text).toContain("sales.csv!C2:C401");
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it("gives findings to programs without the rows of charts", async () => {
    const { ask, out } = await world();
    await ask("sales.csv", "--json");
    const { findings } = JSON.parse(out());
    expect(findings[0]).toMatchObject({ kind: "outlier", names: { period: "2022-06" }, table: "sales" });
    expect(Object.keys(findings[0])).toEqual(
      expect.arrayContaining(["query", "cells", "adjustedP", "statement"]),
    );
    expect(findings[0].chart.kind).toBe("line");
  });
});

describe("--report", () => {
  it("writes a Word document with the findings and the charts that they refer to", async () => {
    const { ask, get, err } = await world();
    expect(await ask("sales.csv", "--report", "findings.docx")).toBe(0);
    expect(err()).toContain("wrote findings.docx");
    const document = openFile(await get("findings.docx"));
    const texts = document.paragraphs.map((paragraph) => paragraphText(paragraph, "markup"));
    expect(texts.join("\n")).toMatch(/Jun 2022 stands out[^\n]*\(Figure 1\)/);
    expect(texts.filter((text) => /^Figure [12]: /.test(text))).toHaveLength(2);
    expect([...document.package.entries.keys()].filter((name) => /media\/.*\.png$/.test(name))).toHaveLength(
      2,
    );
  });

  it("writes Markdown with the charts beside it, in which nothing of the workbook is markup", async () => {
    const { ask, get, names } = await world();
    expect(await ask("sales.csv", "--report", "findings.md")).toBe(0);
    const text = new TextDecoder().decode(await get("findings.md"));
    expect(text).toContain("\\*West\\* \\<b\\> makes up");
    expect(text).toContain("](<findings-1.svg>)");
    expect(await names()).toEqual(["findings-1.svg", "findings-2.svg", "findings.md", "sales.csv"]);
  });

  it("is refused with a question and under a name that is no page's", async () => {
    const { ask, err, names } = await world();
    expect(await ask("sales.csv", "total amount", "--report", "findings.docx")).toBe(2);
    expect(await ask("sales.csv", "--report", "findings.pdf")).toBe(2);
    expect(err()).toMatch(/goes with no question[\s\S]*end its name in \.docx or \.md/);
    expect(await names()).toEqual(["sales.csv"]);
  });
});
