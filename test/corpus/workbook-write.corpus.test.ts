import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TandemError } from "../../src/errors.ts";
import {
  cellFormula,
  cellValue,
  formatAddress,
  openWorkbook,
  planWorkbookChanges,
  readSheet,
  type Sheet,
  type Workbook,
  type WorkbookChange,
  type WorkbookChangePlan,
} from "../../src/files/index.ts";
import { defaultLimits } from "../../src/files/opc/limits.ts";
import { rawData, readZip } from "../../src/files/opc/read-zip.ts";
import { type ValidationProblem, validateOffice } from "../validate-office.ts";
import { type CorpusFile, corpusFiles } from "./corpus-files.ts";

const files = corpusFiles(["xlsx"], /\.(xlsx|xlsm|xltx|xltm)$/);
const options = { author: "Tandem", date: "2026-01-31T09:00:00Z" };
/** Every how many files are checked by the validator and by LibreOffice, which take a second and more each. */
const validateEvery = Number(process.env.TANDEM_VALIDATE_EVERY ?? 3);
const renderEvery = Number(process.env.TANDEM_RENDER_EVERY ?? 12);

const canPrint =
  spawnSync("soffice", ["--version"]).status === 0 && spawnSync("pdftotext", ["-v"]).error === undefined;

/** A number from 0 to below `count` that follows from the text. */
function draw(text: string, count: number): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return hash % count;
}

/** Undefined for the few fuzzed files that are damaged. */
async function openWhole({ bytes }: CorpusFile): Promise<Workbook | undefined> {
  try {
    const workbook = openWorkbook(bytes);
    for (const sheet of workbook.sheets) await readSheet(workbook, sheet);
    return workbook;
  } catch (error) {
    if (error instanceof TandemError) return undefined;
    throw error;
  }
}

/** Every cell of a sheet as a line. */
async function cellLines(workbook: Workbook, sheet: Sheet): Promise<Map<string, string>> {
  const cells = await readSheet(workbook, sheet);
  const lines = new Map<string, string>();
  for (const row of cells.rows) {
    cells.columns.forEach((column, index) => {
      const value = cellValue(cells, row, index);
      const formula = cellFormula(cells, row, index);
      if (value === undefined && formula === undefined) return;
      lines.set(formatAddress(row, index), JSON.stringify([value, formula, column.kinds.length > 0]));
    });
  }
  return lines;
}

function changedParts(
  before: Uint8Array,
  after: Uint8Array,
): { changed: string[]; added: string[]; gone: string[] } {
  const limits = { ...defaultLimits, ratio: Number.POSITIVE_INFINITY };
  const [old, now] = [readZip(before, limits), readZip(after, limits)];
  const byName = new Map(now.entries.map((entry) => [entry.name, entry]));
  const changed: string[] = [];
  const gone: string[] = [];
  for (const entry of old.entries) {
    const other = byName.get(entry.name);
    if (other === undefined) gone.push(entry.name);
    else if (Buffer.compare(rawData(old, entry), rawData(now, other)) !== 0) changed.push(entry.name);
  }
  const names = new Set(old.entries.map(({ name }) => name));
  return { changed, gone, added: now.entries.map(({ name }) => name).filter((name) => !names.has(name)) };
}

const tally = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

/** Complaints that the file before does not get as often. It is looked at only when there are any. */
async function newProblems(before: Uint8Array, after: Uint8Array): Promise<ValidationProblem[]> {
  const found = await validateOffice(after, "xlsx");
  if (found.length === 0) return [];
  const counts = new Map<string, number>();
  const key = ({ id, description }: ValidationProblem): string => `${id} ${description}`;
  for (const problem of await validateOffice(before, "xlsx")) tally(counts, key(problem));
  return found.filter((problem) => {
    const left = counts.get(key(problem)) ?? 0;
    counts.set(key(problem), left - 1);
    return left <= 0;
  });
}

function cellChange(name: string, sheet: string, cell: string): WorkbookChange & { kind: "set-cell" } {
  const values = [1234.5, "Text <&> ü", { formula: "1+2", cached: 3 }, true, { date: "2026-01-31" }] as const;
  return { kind: "set-cell", sheet, cell, value: values[draw(`${name} value`, values.length)]! };
}

/** Cells to try: most stand in the file, some do not. */
async function candidates(name: string, workbook: Workbook): Promise<{ sheet: Sheet; cell: string }[]> {
  const sheets: { sheet: Sheet; cells: string[] }[] = [];
  for (const sheet of workbook.sheets) {
    if (sheet.kind !== "worksheet" || sheet.part === undefined) continue;
    sheets.push({ sheet, cells: [...(await cellLines(workbook, sheet)).keys()] });
  }
  if (sheets.length === 0) return [];
  return Array.from({ length: 12 }, (_, attempt) => {
    const { sheet, cells } = sheets[draw(`${name} sheet ${attempt}`, sheets.length)]!;
    const isStored = cells.length > 0 && draw(`${name} stored ${attempt}`, 4) > 0;
    const cell = isStored
      ? cells[draw(`${name} cell ${attempt}`, cells.length)]!
      : formatAddress(1 + draw(`${name} row ${attempt}`, 60), draw(`${name} column ${attempt}`, 12));
    return { sheet, cell };
  });
}

function saved(name: string, plan: WorkbookChangePlan): ReturnType<WorkbookChangePlan["save"]> {
  try {
    return plan.save();
  } catch (cause) {
    throw new Error(name, { cause });
  }
}

describe.skipIf(files.length === 0)("writing real workbooks", () => {
  it("sets one cell, and every other cell and part stays as it was", async () => {
    const counts = new Map<string, number>();
    const problems: string[] = [];
    for (const [index, file] of files.entries()) {
      const workbook = await openWhole(file);
      if (workbook === undefined) {
        tally(counts, "not readable");
        continue;
      }
      let isDone = false;
      for (const [attempt, { sheet, cell }] of (await candidates(file.name, workbook)).entries()) {
        const change = cellChange(file.name, sheet.name, cell);
        const plan = planWorkbookChanges(workbook, [change], options);
        if (plan.refused.length > 0) {
          if (attempt === 0) tally(counts, `first choice refused: ${plan.refused[0]!.code}`);
          continue;
        }
        const { bytes } = saved(file.name, plan);
        tally(counts, attempt === 0 ? "set at first choice" : "set at a later choice");
        const parts = changedParts(file.bytes, bytes);
        expect(parts.added, file.name).toEqual([]);
        const others = parts.changed.filter((part) => `/${part}` !== sheet.part);
        const allowed =
          /^(xl\/workbook.*\.xml|xl\/calcChain.*|xl\/_rels\/.*|\[Content_Types\]\.xml|xl\/styles.*)$/i;
        expect(
          others.filter((part) => !allowed.test(part)),
          file.name,
        ).toEqual([]);
        if (others.length === 0) tally(counts, "only the sheet's part changed");
        for (const part of others) tally(counts, `also changed: ${part.replace(/\d+/, "")}`);
        for (const part of parts.gone) tally(counts, `gone: ${part}`);
        const after = openWorkbook(bytes);
        for (const [position, each] of workbook.sheets.entries()) {
          const [old, now] = [
            await cellLines(workbook, each),
            await cellLines(after, after.sheets[position]!),
          ];
          if (each === sheet) {
            old.delete(cell);
            now.delete(cell);
          }
          expect(now, `${file.name} ${each.name}`).toEqual(old);
        }
        if (index % validateEvery === 0) {
          const found = await newProblems(file.bytes, bytes);
          tally(counts, found.length === 0 ? "validator: nothing new" : "validator: new problems");
          problems.push(
            ...found.map((each) => `${file.name}: ${each.part} ${each.path} ${each.description}`),
          );
        }
        isDone = true;
        break;
      }
      if (!isDone) tally(counts, `no cell could be set: ${file.name}`);
    }
    console.log("one cell", Object.fromEntries(counts));
    expect(problems).toEqual([]);
  });

  it("adds a sheet with a table and a chart, and the others read as before", async () => {
    const counts = new Map<string, number>();
    const problems: string[] = [];
    const rendered: { name: string; before: Uint8Array; after: Uint8Array }[] = [];
    for (const [index, file] of files.entries()) {
      const workbook = await openWhole(file);
      if (workbook === undefined) continue;
      const plan = planWorkbookChanges(workbook, [resultSheet], options);
      if (plan.refused.length > 0) {
        tally(counts, `refused: ${plan.refused[0]!.code}`);
        continue;
      }
      const { bytes } = saved(file.name, plan);
      tally(counts, "added");
      const parts = changedParts(file.bytes, bytes);
      expect(parts.gone, file.name).toEqual([]);
      const naming = /^(xl\/workbook.*\.xml|xl\/_rels\/.*|\[Content_Types\]\.xml|xl\/styles.*)$/i;
      const main = workbook.mainPart.slice(1);
      expect(
        parts.changed.filter((part) => !naming.test(part) && part !== main && !/\.rels$|styles/i.test(part)),
        file.name,
      ).toEqual([]);
      const after = openWorkbook(bytes);
      expect(after.sheets.length).toBe(workbook.sheets.length + 1);
      expect(after.tables.length).toBe(workbook.tables.length + 1);
      for (const [position, each] of workbook.sheets.entries()) {
        const now = await cellLines(after, after.sheets[position]!);
        expect(now, `${file.name} ${each.name}`).toEqual(await cellLines(workbook, each));
      }
      expect([...(await cellLines(after, after.sheets.at(-1)!)).keys()].length).toBe(1 + 3 * 5);
      if (index % validateEvery === 0) {
        const found = await newProblems(file.bytes, bytes);
        tally(counts, found.length === 0 ? "validator: nothing new" : "validator: new problems");
        problems.push(...found.map((each) => `${file.name}: ${each.part} ${each.path} ${each.description}`));
      }
      if (index % renderEvery === 0) rendered.push({ name: file.name, before: file.bytes, after: bytes });
    }
    console.log("result sheet", Object.fromEntries(counts));
    expect(problems).toEqual([]);
    if (canPrint) comparePrints(rendered);
  });

  it("adds comments, conditional formats and a chart to the first sheet, and its cells stay as they were", async () => {
    const counts = new Map<string, number>();
    const problems: string[] = [];
    for (const [index, file] of files.entries()) {
      const workbook = await openWhole(file);
      const sheet = workbook?.sheets.find(({ kind, part }) => kind === "worksheet" && part !== undefined);
      if (workbook === undefined || sheet === undefined) continue;
      const plan = planWorkbookChanges(workbook, additions(sheet.name), options);
      for (const { code } of plan.refused) tally(counts, `refused: ${code}`);
      tally(counts, `${plan.applied.length} of 5 made`);
      const { bytes } = saved(file.name, plan);
      expect(changedParts(file.bytes, bytes).gone, file.name).toEqual([]);
      const after = openWorkbook(bytes);
      for (const [position, each] of workbook.sheets.entries()) {
        const now = await cellLines(after, after.sheets[position]!);
        expect(now, `${file.name} ${each.name}`).toEqual(await cellLines(workbook, each));
      }
      if (index % validateEvery === 0) {
        const found = await newProblems(file.bytes, bytes);
        tally(counts, found.length === 0 ? "validator: nothing new" : "validator: new problems");
        problems.push(...found.map((each) => `${file.name}: ${each.part} ${each.path} ${each.description}`));
      }
    }
    console.log("additions", Object.fromEntries(counts));
    expect(problems).toEqual([]);
  });
});

const additions = (sheet: string): WorkbookChange[] => [
  { kind: "comment", sheet, cell: "Z2", text: "Is this <right>?" },
  { kind: "comment", sheet, cell: "AB2", text: "A note", as: "note" },
  { kind: "conditional-format", sheet, range: "A1:C9", rule: { kind: "data-bar" } },
  {
    kind: "conditional-format",
    sheet,
    range: "A1:C9",
    rule: { kind: "cell-is", operator: "<", operands: [0], look: { fill: "FFC7CE", fontColor: "9C0006" } },
  },
  { kind: "add-chart", sheet, chart: "line", title: "Line", series: [{ values: "B1:B9" }], anchor: "Z4" },
];

const resultSheet: WorkbookChange = {
  kind: "add-sheet",
  name: "Tandem result",
  rows: [
    [{ value: "Orders by region", bold: true, fontSize: 14 }],
    [],
    ["Region", "Orders", "Share"],
    ["North", 12, { value: { formula: "B4/SUM(B$4:B$7)", cached: 0.12 }, numberFormat: "0.0%" }],
    ["South", 48, { value: { formula: "B5/SUM(B$4:B$7)", cached: 0.48 }, numberFormat: "0.0%" }],
    ["East", 21, { value: { formula: "B6/SUM(B$4:B$7)", cached: 0.21 }, numberFormat: "0.0%" }],
    ["West", 19, { value: { formula: "B7/SUM(B$4:B$7)", cached: 0.19 }, numberFormat: "0.0%" }],
  ],
  table: { range: "A3:C7" },
  freeze: "A4",
  charts: [
    {
      chart: "column",
      title: "Orders by region",
      categories: "A4:A7",
      series: [{ name: { cell: "B3" }, values: "B4:B7" }],
      anchor: "E3",
    },
  ],
};

/** Every word that LibreOffice printed of the workbook is printed of the one with a sheet more. */
function comparePrints(files: readonly { name: string; before: Uint8Array; after: Uint8Array }[]): void {
  const folder = mkdtempSync(join(tmpdir(), "tandem-print-"));
  try {
    const words = (bytes: Uint8Array, name: string): Map<string, number> | undefined => {
      writeFileSync(join(folder, `${name}.xlsx`), bytes);
      const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
      const arguments_ = [
        "--headless",
        profile,
        "--convert-to",
        "pdf",
        "--outdir",
        folder,
        join(folder, `${name}.xlsx`),
      ];
      execFileSync("soffice", arguments_, { stdio: "ignore", timeout: 120_000 });
      if (!existsSync(join(folder, `${name}.pdf`))) return undefined;
      execFileSync("pdftotext", [join(folder, `${name}.pdf`), join(folder, `${name}.txt`)]);
      const counts = new Map<string, number>();
      const text = readFileSync(join(folder, `${name}.txt`), "utf8");
      for (const word of text.match(/\S+/g) ?? []) tally(counts, word);
      return counts;
    };
    const lost: string[] = [];
    for (const [index, { name, before, after }] of files.entries()) {
      const old = words(before, `before${index}`);
      // It reads no archive with backslashes in its names, for one.
      if (old === undefined) continue;
      const now = words(after, `after${index}`);
      for (const [word, count] of old)
        if (!/^\d+$/.test(word) && (now?.get(word) ?? 0) < count) lost.push(`${name}: ${word}`);
      if (!now?.has("Region")) lost.push(`${name}: the new sheet`);
    }
    console.log(`LibreOffice printed ${files.length} workbooks, ${lost.length} words lost`);
    expect(lost).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
