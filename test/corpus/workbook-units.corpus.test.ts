import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TandemError } from "../../src/errors.ts";
import {
  CellKind,
  cellFormula,
  cellValue,
  formatAddress,
  openWorkbook,
  readSheet,
  tokenizeFormula,
  type Workbook,
} from "../../src/files/index.ts";
import { readPart } from "../../src/files/opc/opc-package.ts";
import { decodePart, encodePart } from "../../src/files/opc/part-text.ts";
import { savePackage } from "../../src/files/opc/save-package.ts";
import type { TextUnit } from "../../src/files/units/types.ts";
import { listWorkbookUnits } from "../../src/files/xlsx/units/list-workbook-units.ts";
import { writeWorkbookUnits } from "../../src/files/xlsx/units/write-workbook-units.ts";
import { type CorpusFile, corpusFiles } from "./corpus-files.ts";
import {
  assertPart,
  changedEntries,
  echoTarget,
  elementCounts,
  newComplaints,
  partText,
  pseudoTarget,
} from "./units-pseudo.ts";

const files = corpusFiles(["xlsx"], /\.(xlsx|xlsm|xltx|xltm)$/);
const everything = { comments: true, hidden: true };
const validateEvery = Number(process.env.TANDEM_VALIDATE_EVERY ?? 3);
const calculateEvery = Number(process.env.TANDEM_RENDER_EVERY ?? 3);
const canCalculate = spawnSync("soffice", ["--version"]).status === 0;

function unitsOf({ bytes }: CorpusFile): readonly TextUnit[] | undefined {
  try {
    return listWorkbookUnits(bytes, everything);
  } catch (error) {
    if (error instanceof TandemError) return undefined;
    throw error;
  }
}

type Cells = Map<string, { kind: number; value: unknown; formula: string | undefined }>;

async function cellsOf(workbook: Workbook): Promise<Cells[]> {
  const sheets: Cells[] = [];
  for (const sheet of workbook.sheets) {
    const cells: Cells = new Map();
    const read = await readSheet(workbook, sheet);
    read.rows.forEach((row, position) => {
      read.columns.forEach((column, index) => {
        const kind = column.kinds[position] ?? CellKind.empty;
        const formula = cellFormula(read, row, index);
        if (kind !== CellKind.empty || formula !== undefined)
          cells.set(formatAddress(row, index), { kind, value: cellValue(read, row, index), formula });
      });
    });
    sheets.push(cells);
  }
  return sheets;
}

/** Sheets and tables' columns that formulas name and that are not there. */
function danglingNames(workbook: Workbook, formulas: Iterable<string>): number {
  const sheets = new Set(workbook.sheets.map(({ name }) => name.toLowerCase()));
  const columns = new Map(
    workbook.tables.map((table) => [
      table.name.toLowerCase(),
      new Set(table.columns.map((name) => name.toLowerCase())),
    ]),
  );
  let count = 0;
  for (const formula of formulas) {
    for (const { sheet, kind, text } of tokenizeFormula(formula)) {
      if (sheet !== undefined && sheet.book === undefined && !sheets.has(sheet.name.toLowerCase())) count++;
      const known = kind === "table" ? columns.get(text.split("[")[0]!.toLowerCase()) : undefined;
      if (known === undefined) continue;
      const inner = text.slice(text.indexOf("[") + 1, -1);
      const names = inner.includes("[")
        ? [...inner.matchAll(/\[((?:[^[\]']|'.)*)\]/g)].map(([, name]) => name!)
        : [inner];
      for (const name of names)
        if (!name.startsWith("#") && name !== "" && !known.has(name.replace(/'(.)/g, "$1").toLowerCase()))
          count++;
    }
  }
  return count;
}

const formulasOf = (sheets: readonly Cells[]): string[] =>
  sheets.flatMap((cells) => [...cells.values()].flatMap(({ formula }) => formula ?? []));

describe.skipIf(files.length === 0)("units of real workbooks", () => {
  it("written as they are change nothing but language tags of shapes", () => {
    let count = 0;
    for (const file of files) {
      const units = unitsOf(file);
      if (units === undefined) continue;
      count += units.length;
      const written = writeWorkbookUnits(file.bytes, units.map(echoTarget), {
        language: "de-DE",
        ...everything,
      });
      expect([written.refused, written.flagged], file.name).toEqual([[], []]);
      const bare = (xml: string): string => xml.replace(/\slang="[^"]*"/g, "");
      for (const entry of changedEntries(file.bytes, written.bytes)) {
        expect(entry, file.name).toMatch(/drawing|chart|diagram/i);
        expect(bare(partText(written.bytes, entry))).toBe(bare(partText(file.bytes, entry)));
      }
    }
    expect(count).toBeGreaterThan(1000);
  });

  it("take a pseudo translation: it is read back, numbers and formulas stay, names still resolve", async () => {
    const tally: Record<string, number> = { units: 0, refused: 0 };
    const problems: string[] = [];
    for (const [index, file] of files.entries()) {
      const units = unitsOf(file);
      if (units === undefined) continue;
      const targets = units.map(pseudoTarget);
      const written = writeWorkbookUnits(file.bytes, targets, { language: "de-DE", ...everything });
      expect(written.flagged, file.name).toEqual([]);
      tally.units! += units.length;
      tally.refused! += written.refused.length;
      for (const { reason } of written.refused) {
        const kind = reason.replace(/"[^"]*"/g, '"…"');
        tally[kind] = (tally[kind] ?? 0) + 1;
      }
      const refused = new Set(written.refused.map(({ unit }) => unit));
      const texts = new Map(targets.map(({ unit, text }) => [unit, text]));
      const after = listWorkbookUnits(written.bytes, everything);
      // A choice that became the text of a cell names that cell, and the other way round.
      expect(
        after.map(({ text }) => text),
        file.name,
      ).toEqual(units.map(({ id, text, sameAs }) => (refused.has(id) ? text : texts.get(sameAs ?? id))));
      for (const entry of changedEntries(file.bytes, written.bytes)) {
        if (!/\.xml$/.test(entry)) continue;
        const [old, now] = [partText(file.bytes, entry), partText(written.bytes, entry)];
        assertPart(now);
        const textual = /^(?:\w+:)?(?:rPh|phoneticPr|t|r|rPr|calcPr)$/;
        const isText = /sharedStrings|comments/i.test(entry);
        const look =
          /^(?:\w+:)?(?:sz|color|rFont|family|charset|scheme|b|i|u|strike|vertAlign|rFontSize|outline|shadow)$/;
        const counted = (xml: string): Map<string, number> =>
          elementCounts(xml, isText ? new RegExp(`${textual.source}|${look.source}`) : textual);
        expect(counted(now), `${file.name} ${entry}`).toEqual(counted(old));
      }
      const [before, now] = [openWorkbook(file.bytes), openWorkbook(written.bytes)];
      const [old, cells] = [await cellsOf(before), await cellsOf(now)];
      cells.forEach((sheet, position) => {
        for (const [address, cell] of sheet) {
          const was = old[position]!.get(address)!;
          expect([cell.kind, cell.formula === undefined], `${file.name} ${address}`).toEqual([
            was.kind,
            was.formula === undefined,
          ]);
          if (cell.kind !== CellKind.sharedString && cell.kind !== CellKind.inlineString)
            expect(cell.value, `${file.name} ${address}`).toEqual(was.value);
        }
      });
      expect(danglingNames(now, formulasOf(cells)), file.name).toBe(danglingNames(before, formulasOf(old)));
      const names = (workbook: Workbook): string[] => workbook.definedNames.map(({ formula }) => formula);
      expect(danglingNames(now, names(now)), file.name).toBe(danglingNames(before, names(before)));
      for (const table of now.tables) {
        const sheet = cells[now.sheets.findIndex(({ name }) => name === table.sheet)]!;
        if (table.headerRows === 0) continue;
        const wasSame = before.tables.find(({ name }) => name === table.name)!;
        table.columns.forEach((name, column) => {
          const at = formatAddress(table.range.firstRow, table.range.firstColumn + column);
          const heading = sheet.get(at)?.value;
          const oldSheet = old[before.sheets.findIndex(({ name: each }) => each === wasSame.sheet)]!;
          if (oldSheet.get(at)?.value === wasSame.columns[column])
            expect(heading, `${file.name} ${at}`).toBe(name);
        });
      }
      if (index % validateEvery === 0)
        problems.push(
          ...(await newComplaints(file.bytes, written.bytes, "xlsx")).map((each) => `${file.name}: ${each}`),
        );
    }
    console.log("pseudo translation of workbooks", tally);
    expect(problems).toEqual([]);
  });

  it.skipIf(!canCalculate)("give the same numbers when LibreOffice calculates them again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tandem-units-"));
    const lost: string[] = [];
    let compared = 0;
    let numbers = 0;
    try {
      const withFormulas: { file: CorpusFile; units: readonly TextUnit[] }[] = [];
      for (const file of files) {
        const units = unitsOf(file);
        if (units !== undefined && formulasOf(await cellsOf(openWorkbook(file.bytes))).length > 0)
          withFormulas.push({ file, units });
      }
      for (const [index, { file, units }] of withFormulas.entries()) {
        if (index % calculateEvery !== 0) continue;
        const written = writeWorkbookUnits(file.bytes, units.map(pseudoTarget), {
          language: "de-DE",
          ...everything,
        });
        const before = calculated(folder, `before${index}`, file.bytes);
        const after = calculated(folder, `after${index}`, written.bytes);
        if (before === undefined) continue;
        compared++;
        const [old, now] = [await cellsOf(openWorkbook(before)), await cellsOf(openWorkbook(after!))];
        old.forEach((cells, sheet) => {
          for (const [address, { value, formula }] of cells) {
            if (formula === undefined || typeof value !== "number") continue;
            // What depends on the day or on chance, or measures text, differs anyway.
            if (/NOW|TODAY|RAND|LEN|CELL|CODE|FIND|SEARCH/i.test(formula)) continue;
            const other = now[sheet]?.get(address)?.value;
            numbers++;
            if (typeof other !== "number" || Math.abs(other - value) > 1e-9 * Math.max(1, Math.abs(value)))
              lost.push(
                `${file.name} ${sheet}!${address} ${formula}: ${value} became ${JSON.stringify(other)}`,
              );
          }
        });
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    console.log(`LibreOffice calculated ${compared} workbooks and ${numbers} numbers again`);
    expect(numbers).toBeGreaterThan(compared);
    expect(lost).toEqual([]);
  });
});

/** The workbook without the results of its formulas, so that whoever opens it must calculate them. */
function withoutResults(bytes: Uint8Array): Uint8Array {
  const workbook = openWorkbook(bytes);
  const replaced = new Map<string, Uint8Array>();
  for (const { part } of workbook.sheets) {
    if (part === undefined) continue;
    const text = decodePart(readPart(workbook.package, part), part);
    const bare = text.text.replace(
      /(<(?:\w+:)?f\b[^>]*(?:\/>|>[^<]*<\/(?:\w+:)?f>))<(\w+:)?v>[^<]*<\/(?:\w+:)?v>/g,
      "$1",
    );
    if (bare !== text.text) replaced.set(part, encodePart({ ...text, text: bare }));
  }
  return replaced.size === 0 ? bytes : savePackage(workbook.package, replaced);
}

/** The workbook as LibreOffice writes it after calculating all of it; undefined when it can't read it. */
function calculated(folder: string, name: string, bytes: Uint8Array): Uint8Array | undefined {
  const input = join(folder, `${name}.xlsx`);
  writeFileSync(input, withoutResults(bytes));
  const out = join(folder, "out");
  const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
  const filter = "xlsx:Calc MS Excel 2007 XML";
  const command = ["--headless", profile, "--convert-to", filter, "--outdir", out, input];
  execFileSync("soffice", command, { stdio: "ignore", timeout: 120_000 });
  const result = join(out, `${name}.xlsx`);
  return existsSync(result) ? new Uint8Array(readFileSync(result)) : undefined;
}
