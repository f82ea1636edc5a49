import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { TandemError } from "../../src/errors.ts";
import type { ContentBlock } from "../../src/files/docx/create/content.ts";
import { createDocument } from "../../src/files/docx/create/create-document.ts";
import { openWord } from "../../src/files/docx/open-word.ts";
import { openPackage } from "../../src/files/opc/opc-package.ts";
import { validateOffice } from "../validate-office.ts";

const folder = resolve(process.env.TANDEM_CORPUS ?? "../shared/corpus", "office/docx");
const files = existsSync(folder) ? readdirSync(folder) : [];

const blocks: readonly ContentBlock[] = [
  { kind: "paragraph", style: "Title", runs: [{ text: "Minutes" }] },
  { kind: "heading", level: 1, runs: [{ text: "Decisions" }] },
  { kind: "heading", level: 3, runs: [{ text: "Details" }] },
  { kind: "list-item", ordered: true, runs: [{ text: "First" }] },
  { kind: "list-item", ordered: true, level: 1, runs: [{ text: "Inner" }] },
  { kind: "list-item", ordered: false, runs: [{ text: "Bullet" }] },
  { kind: "list-item", ordered: true, runs: [{ text: "First again" }] },
  { kind: "paragraph", style: "Quote", runs: [{ text: "So it was said", italic: true }] },
  { kind: "paragraph", runs: [{ text: "See " }, { text: "the page", link: "https://a.example/?a=1&b=2" }] },
  {
    kind: "table",
    widths: [2, 1],
    header: [[{ text: "Action" }], [{ text: "Owner" }]],
    rows: [[[{ text: "Send the keys" }], [{ text: "Daniel" }]]],
  },
];

describe.skipIf(files.length === 0)("documents made with real files as templates", () => {
  it.each(files)(
    "%s: no problem that the template lacks",
    async (name) => {
      const template = new Uint8Array(readFileSync(join(folder, name)));
      let bytes: Uint8Array;
      try {
        bytes = createDocument(
          blocks,
          { title: "Minutes", created: new Date(0), language: "en-GB" },
          { template },
        );
      } catch (error) {
        // A typed refusal is an answer; anything else is a bug.
        expect(error).toBeInstanceOf(TandemError);
        expect((error as TandemError).code).not.toBe("round-trip");
        return;
      }
      const document = openWord(openPackage(bytes));
      const texts = document.paragraphs.map(({ spans }) => spans.map(({ text }) => text).join(""));
      expect(texts).toEqual(
        expect.arrayContaining(["Minutes", "Decisions", "First again", "See the page", "Daniel"]),
      );
      const labels = document.paragraphs
        .filter((_, index) => /^First/.test(texts[index]!))
        .map(({ numbering }) => numbering);
      expect(labels[0]).toBeDefined();
      expect(labels[1]).toBe(labels[0]);
      const problems = await validateOffice(bytes);
      if (problems.length === 0) return;
      const before = new Set(
        (await validateOffice(template)).map(({ part, description }) => `${part} ${description}`),
      );
      expect(problems.filter(({ part, description }) => !before.has(`${part} ${description}`))).toEqual([]);
    },
    120_000,
  );
});
