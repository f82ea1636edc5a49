import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { proposalPackage } from "../scripts/proposal/proposal-package.ts";
import { positions } from "../scripts/proposal/proposal-text.ts";
import { templatePackage } from "../src/files/docx/create/template-package.ts";
import { openWord } from "../src/files/docx/open-word.ts";
import { openPackage, readPart } from "../src/files/opc/opc-package.ts";
import { validateOffice } from "./validate-office.ts";

const committed = (path: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../${path}`, import.meta.url)));

/** Parts by name, since another zlib packs the same parts into other bytes. */
function parts(bytes: Uint8Array): Record<string, string> {
  const opc = openPackage(bytes);
  const decoder = new TextDecoder("latin1");
  return Object.fromEntries(
    opc.archive.entries.map(({ name }) => [name, decoder.decode(readPart(opc, `/${name}`))]),
  );
}

describe("files that scripts made", () => {
  it("are what the scripts make today", () => {
    expect(parts(committed("templates/minutes.dotx"))).toEqual(parts(templatePackage()));
    const { "word/media/image1.png": _, ...proposal } = parts(proposalPackage());
    expect(parts(committed("demo/proposal.docx"))).toMatchObject(proposal);
  });

  it("have no schema error", async () => {
    expect(await validateOffice(committed("templates/minutes.dotx"), "dotx")).toEqual([]);
    expect(await validateOffice(committed("demo/proposal.docx"))).toEqual([]);
  });
});

describe("the demo's proposal", () => {
  const document = openWord(openPackage(committed("demo/proposal.docx")));
  const texts = document.paragraphs.map(({ spans }) => spans.map(({ text }) => text).join(""));
  const number = (text: string | undefined): number => Number(text?.replaceAll(",", ""));

  it("adds up", () => {
    const rows = new Map<string, string[]>();
    document.paragraphs.forEach(({ cell }, index) => {
      if (cell === undefined) return;
      const key = `${cell.table}:${cell.row}`;
      rows.set(key, [...(rows.get(key) ?? []), texts[index]!]);
    });
    const priced = [...rows.values()].filter(([name]) => positions.some(([position]) => position === name));
    expect(priced).toHaveLength(positions.length);
    for (const [, days, rate, amount] of priced) expect(number(days) * number(rate)).toBe(number(amount));
    const total = [...rows.values()].find(([name]) => name === "Total without VAT")!;
    expect(number(total[1])).toBe(priced.reduce((sum, [, days]) => sum + number(days), 0));
    expect(number(total[3])).toBe(priced.reduce((sum, [, , , amount]) => sum + number(amount), 0));
    expect(texts.some((text) => text.includes(`costs EUR\u00a0${total[3]}`))).toBe(true);
  });

  it("has numbered headings whose contents list them", () => {
    const headings = document.paragraphs.flatMap((each, index) =>
      each.headingLevel === undefined || each.numbering === undefined
        ? []
        : [`${each.numbering}\t${texts[index]}`],
    );
    expect(headings).toContain("4\tHosting and operations");
    const contents = texts
      .filter((text) => /^\d(\.\d)?\t.*\t\d+$/.test(text))
      .map((text) => text.replace(/\t\d+$/, ""));
    expect(contents).toEqual(headings);
  });

  it("gives each paragraph an id of its own, but for the two copies of the text box", () => {
    const ids = document.paragraphs.map(({ paraId }) => paraId);
    expect(ids).not.toContain(undefined);
    const twice = document.paragraphs.filter(({ paraId }, index) => ids.indexOf(paraId) !== index);
    expect(twice.every(({ isInTextBox }) => isInTextBox)).toBe(true);
  });

  it("has one section written at too great a length", () => {
    const start = texts.lastIndexOf("Hosting and operations");
    const section = texts.slice(start + 1, texts.lastIndexOf("Approach"));
    expect(section).toHaveLength(4);
    for (const text of section) expect(text.split(/\s+/).length).toBeGreaterThan(75);
  });
});
