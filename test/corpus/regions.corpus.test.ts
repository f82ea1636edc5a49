import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openWorkbook, readSheet } from "../../src/files/index.ts";
import { findRegions } from "../../src/files/tables/find-regions.ts";
import { grid } from "../../src/files/tables/grid.fixture.ts";
import type { ExpectedRegion } from "../../src/files/tables/messy-sheets.fixture.ts";
import {
  type LabelledSheet,
  type Score,
  scoreRegions,
} from "../../src/files/tables/score-regions.fixture.ts";
import { corpusFiles, corpusFolder } from "./corpus-files.ts";
import { statementLabels, workbookLabels } from "./region-labels.ts";

const files = corpusFiles(["xlsx"], /\.(xlsx|xlsm|xltx|xltm)$/);
const statements = join(corpusFolder, "../tables/tat-qa/tatqa_dataset_dev.json");

describe.skipIf(files.length === 0)("tables of real workbooks", () => {
  it("are found as a person would select them", async () => {
    const sheets: LabelledSheet[] = [];
    for (const label of workbookLabels) {
      const [hash = "", index = "", ...ranges] = label.split(" ");
      const file = files.find(({ name }) => name.startsWith(hash));
      if (file === undefined) continue;
      const workbook = openWorkbook(file.bytes);
      const sheet = workbook.sheets[Number(index)]!;
      const cells = await readSheet(workbook, sheet);
      const sheetTables = workbook.tables.filter((table) => table.sheet === sheet.name);
      sheets.push({
        name: `${hash} ${index}`,
        regions: findRegions(cells, { sheetTables }),
        ...readLabels(ranges),
      });
    }
    const score = report("workbooks", sheets);
    expect(score.recall).toBeGreaterThanOrEqual(0.92);
    expect(score.precision).toBeGreaterThanOrEqual(0.9);
    expect(score.headerShare).toBeGreaterThanOrEqual(0.95);
  });
});

describe.skipIf(!existsSync(statements))("tables of financial reports, numbers as text", () => {
  it("are found as a person would select them", () => {
    const entries = JSON.parse(readFileSync(statements, "utf8")) as {
      readonly table: { readonly uid: string; readonly table: readonly (readonly string[])[] };
    }[];
    const sheets = statementLabels.map((label): LabelledSheet => {
      const [uid = "", ...ranges] = label.split(" ");
      const { table } = entries.find((entry) => entry.table.uid.startsWith(uid))!;
      const drawing = table.table.map((row) => row.map(asDrawn).join("|")).join("\n");
      return { name: uid, regions: findRegions(grid(drawing)), ...readLabels(ranges) };
    });
    const score = report("statements", sheets);
    expect(score.recall).toBeGreaterThanOrEqual(0.92);
    expect(score.precision).toBeGreaterThanOrEqual(0.9);
    expect(score.headerShare).toBeGreaterThanOrEqual(0.95);
  });
});

function asDrawn(text: string): string {
  return text.trim() === "" ? "" : `'${text.replace(/[|\n]/g, " ")}`;
}

function readLabels(texts: readonly string[]): Pick<LabelledSheet, "expected" | "tolerated"> {
  const read = (text: string): ExpectedRegion => {
    const [range = "", headerRows = "0"] = text.replace("?", "").split("/");
    return { range, headerRows: Number(headerRows) };
  };
  return {
    expected: texts.filter((text) => text !== "" && !text.startsWith("?")).map(read),
    tolerated: texts.filter((text) => text.startsWith("?")).map(read),
  };
}

/** Every third label was left unseen until the rules were written; both parts are printed. */
function report(name: string, sheets: readonly LabelledSheet[]): Score {
  for (const part of ["seen", "unseen"]) {
    const own = sheets.filter((_, index) => (index % 3 === 2) === (part === "unseen"));
    const score = scoreRegions(own);
    console.log(name, part, say(score), `\n${score.misses.join("\n")}`);
  }
  return scoreRegions(sheets);
}

function say({ misses, ...numbers }: Score): string {
  return `${JSON.stringify(numbers)} ${misses.length} sheets with misses`;
}
