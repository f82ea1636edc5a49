import { describe, expect, it } from "vitest";
import { openFile } from "../../open-file.ts";
import { textTokens } from "../edit/text-tokens.ts";
import { settleChanges } from "../revisions/settle-document.ts";
import { trackedChanges } from "../revisions/tracked-changes.ts";
import type { WordDocument } from "../types.ts";
import { at, p, r, texts, wordDocument } from "../word.fixture.ts";
import { diffDocuments } from "./diff-documents.ts";
import { redlinePairs } from "./redline-pairs.fixture.ts";

function documentOf(lines: readonly string[]): WordDocument {
  const heading = (text: string): string => `<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>${r(text)}</w:p>`;
  const row = (line: string): string =>
    `<w:tr>${line
      .split("|")
      .map((text) => `<w:tc><w:tcPr/>${p(escaped(text))}</w:tc>`)
      .join("")}</w:tr>`;
  const table = lines.filter((line) => line.includes("|")).map(row);
  const blocks = lines
    .filter((line) => !line.includes("|"))
    .map((line) =>
      line.startsWith("# ")
        ? heading(escaped(line.slice(2)))
        : p(...line.split(/(?=[[{])|(?<=[\]}])/).map(piece)),
    );
  if (table.length === 0) return wordDocument(blocks.join(""));
  const grid = "<w:gridCol/>".repeat(lines[0]!.split("|").length);
  return wordDocument(`<w:tbl><w:tblPr/><w:tblGrid>${grid}</w:tblGrid>${table.join("")}</w:tbl>${p("")}`);
}

function piece(text: string): string {
  const run = r(escaped(text.replace(/[[\]{}]/g, "")));
  if (text.startsWith("[")) return `<w:hyperlink w:anchor="a">${run}</w:hyperlink>`;
  if (!text.startsWith("{")) return run;
  return `<w:sdt><w:sdtPr><w:alias w:val="a"/></w:sdtPr><w:sdtContent>${run}</w:sdtContent></w:sdt>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** Fewest characters that any word-by-word edit deletes and inserts, paragraph ends as words of no length. */
function fewest(before: readonly string[], after: readonly string[]): number {
  const tokens = (lines: readonly string[]): string[] => lines.flatMap((line) => [...textTokens(line), "\n"]);
  const [old, fresh] = [tokens(before), tokens(after)];
  const cost = (token: string): number => (token === "\n" ? 0 : token.length);
  let last = [0];
  for (const token of fresh) last.push(last.at(-1)! + cost(token));
  for (const token of old) {
    const next = [last[0]! + cost(token)];
    fresh.forEach((other, index) => {
      const kept = token === other ? last[index]! : Number.POSITIVE_INFINITY;
      next.push(Math.min(kept, next[index]! + cost(other), last[index + 1]! + cost(token)));
    });
    last = next;
  }
  return last.at(-1)!;
}

const shown = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => line.replace(/^# |[[\]{}]/g, "").split("|"));

describe("the size of a redline", () => {
  it("has at least fifty pairs", () => {
    expect(redlinePairs.length).toBeGreaterThanOrEqual(50);
  });

  it.each(redlinePairs)("of %s is at most 1.2 times the smallest: %#", (_, before, after) => {
    const [old, fresh] = [documentOf(before), documentOf(after)];
    const { bytes, refused } = diffDocuments(old, fresh, at);
    expect(refused).toEqual([]);
    const document = openFile(bytes);
    expect(texts(openFile(settleChanges(document, { action: "accept" })))).toEqual(texts(fresh));
    const changed = document.paragraphs
      .flatMap(({ spans }) => spans)
      .filter(({ inserted, deleted }) => inserted !== undefined || deleted !== undefined)
      .reduce((sum, { text }) => sum + text.length, 0);
    const least = fewest(shown(before), shown(after));
    expect(changed / least, `${changed} of ${least} characters`).toBeLessThanOrEqual(1.2);
    expect(trackedChanges(document).filter(({ kind }) => kind.startsWith("moved"))).toEqual([]);
  });
});
