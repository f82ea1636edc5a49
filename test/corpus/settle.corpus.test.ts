import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { TandemError } from "../../src/errors.ts";
import { openWord } from "../../src/files/docx/open-word.ts";
import { lintTree, newFindings } from "../../src/files/docx/revisions/lint-tracked-changes.ts";
import { settleChanges } from "../../src/files/docx/revisions/settle-document.ts";
import { revisionParts } from "../../src/files/docx/revisions/settle-parts.ts";
import { findRevisions } from "../../src/files/docx/revisions/settle-revisions.ts";
import { trackedChangeEntries } from "../../src/files/docx/revisions/tracked-changes.ts";
import type { WordDocument } from "../../src/files/docx/types.ts";
import { openPackage } from "../../src/files/opc/opc-package.ts";
import type { XmlTree } from "../../src/files/xml/scan-xml.ts";
import { nameOf, textOf } from "../../src/files/xml/xml-tree.ts";
import { newProblems } from "./new-problems.ts";

const folder = resolve(process.env.TANDEM_CORPUS ?? "../shared/corpus", "office/docx");
const files = existsSync(folder) ? readdirSync(folder) : [];
const open = (bytes: Uint8Array): WordDocument => openWord(openPackage(bytes));
const actions = ["accept", "reject"] as const;

function openOrRefuse(name: string): { bytes: Uint8Array; document: WordDocument } | undefined {
  const bytes = new Uint8Array(readFileSync(join(folder, name)));
  try {
    return { bytes, document: open(bytes) };
  } catch (error) {
    if (error instanceof TandemError) return undefined;
    throw error;
  }
}

/** The blocks of a body, one a line: a name for each table, row and cell, the text for each paragraph. */
function outlineOf(tree: XmlTree): string {
  const lines: string[] = [];
  for (let index = 0; index < tree.count; index++) {
    const name = nameOf(tree, index);
    if (/^w:(tbl|tr|tc)$/.test(name)) lines.push(name);
    else if (name === "w:p") lines.push("w:p ");
    else if (/^(w:t|m:t)$/.test(name)) lines.push((lines.pop() ?? "") + textOf(tree, index));
  }
  return lines.join("\n");
}

const opened = files.flatMap((name) => {
  const found = openOrRefuse(name);
  return found ? [{ name, ...found }] : [];
});
const changed = opened.filter(({ document }) =>
  revisionParts(document).some(({ tree }) => findRevisions(tree).length > 0),
);

describe.skipIf(files.length === 0)("settling tracked changes in real files", () => {
  it("leaves files without changes as they are, to the byte", () => {
    for (const { name, bytes, document } of opened) {
      if (changed.some((each) => each.name === name)) continue;
      for (const action of actions) expect(settleChanges(document, { action }), name).toEqual(bytes);
    }
    console.log(`${opened.length} of ${files.length} files open, ${changed.length} have tracked changes`);
  });

  it.each(changed)("$name: leaves no revision, opens again, settles once", ({ document }) => {
    const before = document.stories.flatMap(({ tree }) => lintTree(tree));
    for (const action of actions) {
      const settled = settleChanges(document, { action });
      const again = open(settled);
      expect(trackedChangeEntries(again)).toEqual([]);
      expect(settleChanges(again, { action })).toEqual(settled);
      expect(
        newFindings(
          before,
          again.stories.flatMap(({ tree }) => lintTree(tree)),
        ),
      ).toEqual([]);
    }
  });

  it.each(changed)("$name: settles one change after the other to the same text", ({ document }) => {
    for (const action of actions) {
      let current = document;
      for (let left = trackedChangeEntries(current).length; left > 0; ) {
        current = open(settleChanges(current, { action, which: ({ number }) => number === 1 }));
        const now = trackedChangeEntries(current).length;
        expect(now).toBeLessThan(left);
        left = now;
      }
      const atOnce = open(settleChanges(document, { action }));
      expect(current.stories.map(({ tree }) => outlineOf(tree))).toEqual(
        atOnce.stories.map(({ tree }) => outlineOf(tree)),
      );
    }
  });

  it.each(changed)(
    "$name: brings no new complaint of the validator",
    { timeout: 60_000 },
    async ({ bytes, document }) => {
      for (const action of actions) {
        const found = await newProblems(bytes, settleChanges(document, { action }), "docx");
        expect(found, action).toEqual([]);
      }
    },
  );

  const pairs = opened.flatMap(({ name, document }) =>
    actions.flatMap((action) => {
      const base = name.slice(9).replace(/\.docx$/, "");
      const expected = opened.find(
        (each) => each.name.slice(9) === `${base}-${action === "accept" ? "Accepted" : "Rejected"}.docx`,
      );
      return expected ? [{ base, action, document, expected: expected.document }] : [];
    }),
  );

  it.each(pairs)("$base: $action gives what Open-Xml-PowerTools gives", ({ document, action, expected }) => {
    const settled = open(settleChanges(document, { action }));
    expect(outlineOf(settled.stories[0]!.tree)).toBe(outlineOf(expected.stories[0]!.tree));
  });
});
