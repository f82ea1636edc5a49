// A project brief from the demo's own call, proposal and workbook: the outline first, edited, then the document.
import { readFile, writeFile } from "node:fs/promises";
import { openFile, paragraphText } from "../src/files/index.ts";
import { readPassages } from "../src/files/passages/read-passages.ts";
import type { RunCommand } from "./round-trip.ts";

const outline = "demo/out/brief-outline.md";
const brief = "demo/out/brief.docx";
const sources = ["demo/call.txt", "demo/proposal.docx", "demo/orders.xlsx"];
const prompt =
  "A two-page project brief with sections on what was agreed, scope, costs, the first customer, risks and open points. The first customer sells furniture.";

/** Writes the brief; true when it is there and every quote in its footnotes stands in a source. */
export async function writeBrief(tandem: RunCommand, say: (text: string) => void): Promise<boolean> {
  say(
    "\n5. A two-page brief is written from the call, the proposal and the workbook, every sentence with its source",
  );
  const asked = ["write", prompt, "--with", ...sources, "--title", "Customs status in the booking portal"];
  if ((await tandem([...asked, "--length", "240", "--outline", outline])) !== 0) return false;
  await editOutline(say);
  if ((await tandem([...asked, "--from-outline", outline, "-o", brief])) !== 0) return false;
  const quotes = await quotesOf(brief);
  const texts = await sourceText();
  const found = quotes.filter((quote) => quote.split("|").every((part) => texts.includes(plain(part))));
  const isQuoted = quotes.length > 0 && found.length === quotes.length;
  say(
    `  checked  ${found.length} of ${quotes.length} quotes in the footnotes stand in the call or the proposal word for word: ${isQuoted ? "yes" : "NO"}`,
  );
  return isQuoted;
}

/** Turns of the call that somebody who was there wants to have in the brief. */
const promises = ["a sample of 5,000 shipments", "sandbox keys", "on their agenda", "write a comparison"];

/** What a person might do with the outline: numbers of the workbook where they belong, a section from the call. */
async function editOutline(say: (text: string) => void): Promise<void> {
  const sections = (await readFile(outline, "utf8")).split(/^(?=## )/m);
  const numbers = [
    "figure: Orders of 2025 = orders.xlsx total amount",
    "table: Orders of 2025 by region = orders.xlsx total amount by region",
  ];
  const promised = [
    "## Promised in the call",
    "length: 70 words",
    `uses: call.txt ${(await turnsOf()).join(", ")}`,
  ];
  const edited = sections.map((section) => {
    const own = section.replace(/^(table|figure): .*\n/gm, "");
    if (/^## .*first customer/i.test(own))
      return `${own.replace(/^(uses: .*|<!-- .*)\n/gm, "").trimEnd()}\n${numbers.join("\n")}\n\n`;
    return /^## .*agreed/i.test(own) ? `${own.trimEnd()}\n\n${promised.join("\n")}\n\n` : own;
  });
  await writeFile(outline, edited.join(""));
  say(
    "\nThe outline is a text file. Somebody who was in the call adds a section from it, and numbers of the workbook:",
  );
  for (const line of [...promised, ...numbers]) say(`  ${line}`);
}

/** The numbers of those turns among the passages of the call. */
async function turnsOf(): Promise<number[]> {
  const { passages } = await readPassages(new Uint8Array(await readFile("demo/call.txt")), {
    name: "call.txt",
  });
  return passages
    .filter(({ text }) => promises.some((each) => text.includes(each)))
    .map(({ number }) => number);
}

/** The words in quotation marks of each footnote; an ellipsis says that the sentence goes on. */
async function quotesOf(file: string): Promise<string[]> {
  const notes = openFile(new Uint8Array(await readFile(file))).paragraphs.filter(
    ({ story }) => story.kind === "footnote",
  );
  return notes.flatMap((note) =>
    [...paragraphText(note).matchAll(/“([^”]+)”/g)].map(([, quote = ""]) => quote.replace(/ ?…$/, "")),
  );
}

async function sourceText(): Promise<string> {
  const proposal = openFile(new Uint8Array(await readFile("demo/proposal.docx")));
  const paragraphs = proposal.paragraphs.map((each) => paragraphText(each));
  return plain([await readFile("demo/call.txt", "utf8"), ...paragraphs].join("\n"));
}

function plain(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
