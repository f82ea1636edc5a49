import { describe, expect, it } from "vitest";
import { p, texts, wordFile } from "../../files/docx/word.fixture.ts";
import { comments, openFile, settleChanges } from "../../files/index.ts";
import type { TaskContext } from "../task.ts";
import { drawOrders, ordersWorkbook } from "./proof/workbooks.fixture.ts";
import { checkFiguresTask } from "./task.ts";

const context: TaskContext = { now: new Date("2026-11-20T10:00:00Z"), timeZone: "UTC", emit: () => {} };
const orders = drawOrders(7);
const workbooks = [{ name: "orders.xlsx", bytes: ordersWorkbook(orders, "en") }];
const total = orders.filter(({ year }) => year === 2025).reduce((sum, { revenue }) => sum + revenue, 0);
const written = new Intl.NumberFormat("en").format(total);
const wrong = `${new Intl.NumberFormat("en").format(total + 1000)}`;
const body =
  p(`Total revenue was ${wrong} € in 2025.`) +
  p(`In 2025, revenue was ${written} €.`) +
  p("Churn was 4.2 %.");
const file = { name: "report.docx", bytes: wordFile(body) };

describe("check-figures", () => {
  it("names the right value, the sheet and the cells of a wrong figure", async () => {
    const { findings } = await checkFiguresTask.run({ file, workbooks }, context);
    expect(findings.map(({ verdict }) => verdict)).toEqual(["contradicted", "confirmed", "unsupported"]);
    expect(findings[0]).toMatchObject({
      figure: `${wrong} €`,
      value: total + 1000,
      computed: total,
      shouldBe: written,
      workbook: "orders.xlsx",
      cells: [expect.stringMatching(/^Orders!G\d+:G\d+$/)],
      query: expect.stringContaining("sum"),
    });
  });

  it("comments on it, and all of that can be refused", async () => {
    const { changed } = await checkFiguresTask.run({ file, workbooks }, context);
    const document = openFile(changed!.bytes);
    expect(comments(document).map(({ text, quote }) => [quote, text.includes(written)])).toEqual([
      [`${wrong} €`, true],
    ]);
    expect(texts(openFile(settleChanges(document, { action: "reject" })))).toEqual(
      texts(openFile(file.bytes)),
    );
  });

  it("corrects it as a tracked change in the sentence's own format", async () => {
    const { changed } = await checkFiguresTask.run({ file, workbooks, fix: true }, context);
    const document = openFile(changed!.bytes);
    expect(texts(document)[0]).toBe(`Total revenue was ${written} € in 2025.`);
    expect(texts(openFile(settleChanges(document, { action: "reject" })))).toEqual(
      texts(openFile(file.bytes)),
    );
  });

  it("reads Markdown, and refuses a damaged presentation", async () => {
    const markdown = {
      name: "report.md",
      bytes: new TextEncoder().encode(`# Report\n\nTotal revenue was ${wrong} € in 2025.\n`),
    };
    const { findings, changed } = await checkFiguresTask.run({ file: markdown, workbooks }, context);
    expect(findings.map(({ verdict }) => verdict)).toEqual(["contradicted"]);
    expect(changed).toBeUndefined();
    const slides = { name: "report.pptx", bytes: new Uint8Array([0x50, 0x4b]) };
    await expect(checkFiguresTask.run({ file: slides, workbooks }, context)).rejects.toThrow();
  });

  it("does not confirm a number that stands in some cell by chance", async () => {
    const { revenue } = orders[0]!;
    const text = { name: "a.txt", bytes: new TextEncoder().encode(`The parking lot has ${revenue} places.`) };
    const { findings } = await checkFiguresTask.run({ file: text, workbooks }, context);
    expect(findings.map(({ verdict }) => verdict)).toEqual(["unsupported"]);
  });

  it("does not contradict a sentence that goes on about something said before", async () => {
    const text = {
      name: "a.txt",
      bytes: new TextEncoder().encode("The North had a good year. Revenue was 12 € in 2025."),
    };
    const { findings } = await checkFiguresTask.run({ file: text, workbooks }, context);
    expect(findings.map(({ verdict }) => verdict)).toEqual(["unsupported"]);
  });
});
