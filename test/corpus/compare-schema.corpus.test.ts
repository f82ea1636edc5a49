import { describe, expect, it } from "vitest";
import { diffDocuments } from "../../src/files/docx/compare/diff-documents.ts";
import { validateOffice } from "../validate-office.ts";
import { compareOptions, openedDocuments } from "./compared-documents.ts";
import { forEachParallel } from "./new-problems.ts";
import { randomVersion } from "./random-version.ts";

const documents = openedDocuments();

async function complaints(bytes: Uint8Array): Promise<string[]> {
  return (await validateOffice(bytes)).map(({ id, description }) => `${id} ${description}`);
}

describe.skipIf(documents.length === 0)("comparisons of real documents", () => {
  it("bring no new complaint of the validator", async () => {
    const news: string[] = [];
    let validated = 0;
    await forEachParallel([...documents.entries()], async ([index, { name, document }]) => {
      const version = randomVersion(document, index * 10 + 1);
      const { bytes, isSame } = diffDocuments(document, version, compareOptions);
      if (isSame) return;
      validated++;
      // One process after the other, and the next only while something is left to explain.
      let found = await complaints(bytes);
      for (const source of [document, version]) {
        if (found.length === 0) return;
        const known = new Set(await complaints(source.package.archive.bytes));
        found = found.filter((each) => !known.has(each));
      }
      news.push(...found.map((each) => `${name}: ${each}`));
    });
    console.log(`validated ${validated} comparisons`);
    expect(validated).toBeGreaterThan(documents.length / 2);
    expect(news).toEqual([]);
  });
});
