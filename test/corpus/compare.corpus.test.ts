import { describe, expect, it } from "vitest";
import { TandemError } from "../../src/errors.ts";
import { diffDocuments } from "../../src/files/docx/compare/diff-documents.ts";
import { openFile } from "../../src/files/index.ts";
import { validateOffice } from "../validate-office.ts";
import { corpusFiles } from "./corpus-files.ts";
import { randomVersion } from "./random-version.ts";

const options = { author: "Tandem", date: new Date("2026-01-02T03:04:05Z") };
const documents = corpusFiles(["docx"], /\.(docx|dotx|docm)$/).flatMap(({ name, bytes }) => {
  try {
    return [{ name, document: openFile(bytes) }];
  } catch (error) {
    if (error instanceof TandemError) return [];
    throw error;
  }
});

async function complaints(bytes: Uint8Array): Promise<string[]> {
  return (await validateOffice(bytes)).map(({ id, description }) => `${id} ${description}`);
}

describe.skipIf(documents.length === 0)("comparing real documents", () => {
  it("finds no difference between a document and itself", () => {
    for (const { name, document } of documents)
      expect(diffDocuments(document, document, options).isSame, name).toBe(true);
  });

  it("takes back and forth between any document and an edited version", () => {
    let refused = 0;
    let compared = 0;
    for (const [index, { name, document }] of documents.entries()) {
      for (const seed of [1, 2, 3]) {
        const version = randomVersion(document, index * 10 + seed);
        try {
          const result = diffDocuments(document, version, options);
          compared++;
          if (result.refused.length > 0) refused++;
        } catch (error) {
          throw new Error(`${name}, seed ${seed}: ${String(error)}`, { cause: error });
        }
      }
    }
    console.log(`${compared} edited versions compared, ${refused} with a refusal`);
  });

  it("takes back and forth between documents that have nothing to do with each other", () => {
    let compared = 0;
    for (const [index, { name, document }] of documents.entries()) {
      const other = documents[(index + 11) % documents.length]!;
      if (document.isStrict !== other.document.isStrict) continue;
      try {
        diffDocuments(document, other.document, options);
        compared++;
      } catch (error) {
        throw new Error(`${name} and ${other.name}: ${String(error)}`, { cause: error });
      }
    }
    console.log(`${compared} unrelated pairs compared`);
  });

  it("brings no new complaint of the validator", async () => {
    const news: string[] = [];
    for (const [index, { name, document }] of documents.entries()) {
      const version = randomVersion(document, index * 10 + 1);
      const { bytes, isSame } = diffDocuments(document, version, options);
      if (isSame) continue;
      const known = new Set([
        ...(await complaints(document.package.archive.bytes)),
        ...(await complaints(version.package.archive.bytes)),
      ]);
      for (const each of await complaints(bytes)) if (!known.has(each)) news.push(`${name}: ${each}`);
    }
    expect(news).toEqual([]);
  });
});
