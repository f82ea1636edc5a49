import { describe, expect, it } from "vitest";
import { TandemError } from "../../src/errors.ts";
import { diffDocuments } from "../../src/files/docx/compare/diff-documents.ts";
import { openFile, savePackage, settleChanges, type WordDocument } from "../../src/files/index.ts";
import { encodePart } from "../../src/files/opc/part-text.ts";
import { applySplices, type Splice } from "../../src/files/xml/splice.ts";
import { childrenOf, descendantsNamed, nameOf, outerXml } from "../../src/files/xml/xml-tree.ts";
import { validateOffice } from "../validate-office.ts";
import { corpusFiles } from "./corpus-files.ts";
import { randomFrom } from "./draw-edit.ts";

const options = { author: "Tandem", date: new Date("2026-01-02T03:04:05Z") };
const documents = corpusFiles(["docx"], /\.(docx|dotx|docm)$/).flatMap(({ name, bytes }) => {
  try {
    return [{ name, document: openFile(bytes) }];
  } catch (error) {
    if (error instanceof TandemError) return [];
    throw error;
  }
});

/** The document with a handful of edits in its body, drawn by seed: words, formatting, paragraphs and rows. */
function randomVersion(document: WordDocument, seed: number): WordDocument {
  const random = randomFrom(seed);
  const settled = openFile(settleChanges(document, { action: "accept" }));
  const story = settled.stories[0]!;
  const { tree } = story;
  const pick = (elements: readonly number[]): number =>
    elements[Math.floor(random() * elements.length)] ?? -1;
  const splices: Splice[] = [];
  const touched: number[] = [];
  const edit = (element: number, text: string): void => {
    const [start, end] = [tree.start[element]!, tree.end[element]!];
    if (touched.some((other) => start < tree.end[other]! && tree.start[other]! < end)) return;
    touched.push(element);
    splices.push({ start, end, text });
  };
  const inBody = (name: string): number[] =>
    descendantsNamed(tree, 0, name).filter((element) => !isInside(tree, element, "w:txbxContent"));
  const texts = inBody("w:t").filter(
    (each) => isInside(tree, each, "w:p") && />[^&]*\w{3}[^&]*$/.test(outerXml(tree, each)),
  );
  const runs = inBody("w:r").filter((each) => nameOf(tree, each + 1) === "w:t");
  const paragraphs = inBody("w:p").filter(
    (each) =>
      nameOf(tree, tree.parent[each]!) === "w:body" &&
      !/sectPr|fldChar|instrText/.test(outerXml(tree, each)) &&
      nextIsParagraph(tree, each),
  );
  const rows = inBody("w:tr").filter(
    (each) => childrenOf(tree, tree.parent[each]!).filter((row) => nameOf(tree, row) === "w:tr").length > 1,
  );
  for (let count = 0; count < 6; count++) {
    const kind = Math.floor(random() * 6);
    if (kind <= 1) {
      const text = pick(texts);
      if (text >= 0)
        edit(
          text,
          outerXml(tree, text).replace(
            />([^<]*?)(\w{3,})/,
            (_, lead: string) => `>${lead}${kind === 0 ? "changed" : ""}`,
          ),
        );
    } else if (kind === 2) {
      const run = pick(runs);
      const prefix = run < 0 ? "" : tree.source.slice(tree.start[run]! + 1, tree.nameEnd[run]! - 1);
      if (run >= 0)
        edit(run, outerXml(tree, run).replace(/^(<[^>]*>)/, `$1<${prefix}rPr><${prefix}b/></${prefix}rPr>`));
    } else if (kind === 3) {
      const paragraph = pick(paragraphs);
      if (paragraph >= 0) edit(paragraph, "");
    } else if (kind === 4) {
      const paragraph = pick(paragraphs);
      const copy = paragraph < 0 ? "" : outerXml(tree, paragraph);
      if (paragraph >= 0)
        edit(
          paragraph,
          copy + copy.replace(/\s[\w]+:(paraId|textId)="[^"]*"/g, "").replace(/(\w{3})</g, "$1 again<"),
        );
    } else {
      const row = pick(rows);
      if (row >= 0) edit(row, random() < 0.5 ? "" : outerXml(tree, row) + outerXml(tree, row));
    }
  }
  if (splices.length === 0) return settled;
  const text = applySplices(tree.source, splices);
  return openFile(
    savePackage(settled.package, new Map([[story.name, encodePart({ text, encoding: story.encoding })]])),
  );
}

type Tree = WordDocument["stories"][number]["tree"];

function isInside(tree: Tree, element: number, name: string): boolean {
  for (let at = tree.parent[element]!; at >= 0; at = tree.parent[at]!)
    if (nameOf(tree, at) === name) return true;
  return false;
}

function nextIsParagraph(tree: Tree, element: number): boolean {
  const next = tree.next[element]!;
  return next < tree.next[tree.parent[element]!]! && nameOf(tree, next) === "w:p";
}

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
