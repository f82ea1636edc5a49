import { describe, expect, it } from "vitest";
import { diffDocuments } from "../../src/files/docx/compare/diff-documents.ts";
import { openedDocuments, compareOptions as options } from "./compared-documents.ts";
import { randomVersion } from "./random-version.ts";

const documents = openedDocuments();

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
});
