import { availableParallelism } from "node:os";
import { largeWorkbook } from "./large-workbook.ts";
import { formatTable, markdownTable } from "./measure.ts";
import { type LoadResult, measureLoads } from "./measure-loads.ts";
import { canMeasureProcesses } from "./measure-process.ts";
import { measureWorkbooks, type WorkbookResult } from "./measure-workbooks.ts";

type Budget = {
  readonly rows: number;
  readonly cpu: number;
  readonly bytes?: number;
  /** At least so many times less processor time than the best of the other readers. */
  readonly lead?: number;
};

/** For one aggregate over a workbook of ten columns, processes and all. */
const budgets: readonly Budget[] = [
  { rows: 1_000_000, cpu: 3.5, bytes: 450e6, lead: 3.5 },
  { rows: 200_000, cpu: 1.2 },
];
const loadRows = 1_000_000;
/** Part of the time of `setColumns` that loading may take. */
const loadShare = 1 / 6;

/** Asking a large workbook, beside libraries that only read it; prints as it goes, returns lines of Markdown. */
export async function benchWorkbooks(): Promise<string[]> {
  if (!canMeasureProcesses)
    return ["Skipped: what processes cost is read from `/proc`, which this system has not."];
  const workbooks = [];
  for (const { rows } of budgets) workbooks.push(await largeWorkbook(rows));
  const results = await measureWorkbooks(workbooks);
  const lines = [
    "The workbooks are made by `large-workbook.ts`: ten columns with whole numbers, days, shared strings, decimals,",
    "formulas, truth values and some errors, under a title and two header rows. Tandem runs as the command line that is",
    "installed and was used before: its two processes read the file, find the table, load the columns that the query",
    "names, check and run it, trace its cells. The others only read, and add up one column. CPU is processor time of the",
    "whole tree of processes, memory the most that the tree had resident at one time (the sum of Pss, so shared pages",
    "once); of each the least of three runs, of the others one run. Tandem is 1.",
    "",
  ];
  for (const [index, budget] of budgets.entries()) {
    const head = `${budget.rows.toLocaleString("en")} x 10`;
    console.log(
      `${formatTable(workbookRows(head, results[index]!))}\n${skipped(results[index]!).join("\n")}`,
    );
    console.log(`${budgetLine(budget, results[index]!)}\n`);
    lines.push(...markdownTable(workbookRows(head, results[index]!)), "", ...skipped(results[index]!));
    lines.push(`On the machine of this run: ${budgetLine(budget, results[index]!)}.`, "");
  }
  const loads = await measureLoads(loadRows);
  const head = `load ${loadRows.toLocaleString("en")} x 10 into DuckDB`;
  console.log(`${formatTable(loadTable(head, loads))}\n${loadLine(loads)}`);
  return [...lines, ...markdownTable(loadTable(head, loads)), "", `${loadLine(loads)}.`];
}

function workbookRows(head: string, results: readonly WorkbookResult[]): string[][] {
  const base = results[0]!.cost;
  const rows = [[head, "CPU", "peak memory"]];
  for (const { name, cost } of results) {
    if (typeof cost === "string" || typeof base === "string") continue;
    const { cpu, peakBytes } = cost;
    rows.push([name, `${(cpu / base.cpu).toFixed(2)}x`, `${(peakBytes / base.peakBytes).toFixed(2)}x`]);
  }
  return rows;
}

function skipped(results: readonly WorkbookResult[]): string[] {
  return results.flatMap(({ name, cost }) =>
    typeof cost === "string" ? [`Skipped: ${name}: ${cost}`, ""] : [],
  );
}

function budgetLine({ rows, cpu, bytes, lead }: Budget, results: readonly WorkbookResult[]): string {
  const own = results[0]!.cost;
  if (typeof own === "string") return `Tandem failed: ${own}`;
  const others = results.flatMap(({ isOwn, cost }) => (isOwn || typeof cost === "string" ? [] : [cost.cpu]));
  const ratio = others.length === 0 ? undefined : Math.min(...others) / own.cpu;
  const parts = [
    `${own.cpu.toFixed(2)} CPU s (${verdict(own.cpu <= cpu, `${cpu} s`)})`,
    `${(own.peakBytes / 1e6).toFixed(0)} MB${bytes === undefined ? "" : ` (${verdict(own.peakBytes <= bytes, `${bytes / 1e6} MB`)})`}`,
    ...(ratio === undefined
      ? []
      : [
          `the best other reader takes ${ratio.toFixed(1)} times as much${lead === undefined ? "" : ` (${verdict(ratio >= lead, `${lead}`)})`}`,
        ]),
  ];
  return `from a file of ${rows.toLocaleString("en")} rows to the answer of a query on ${availableParallelism()} processors: ${parts.join(", ")}`;
}

function verdict(isKept: boolean, most: string): string {
  return `the budget of ${most} is ${isKept ? "kept" : "BROKEN"}`;
}

function loadTable(head: string, loads: readonly LoadResult[]): string[][] {
  const base = loads[0]!.cpu;
  return [[head, "CPU"], ...loads.map(({ name, cpu }) => [name, `${(cpu / base).toFixed(1)}x`])];
}

function loadLine(loads: readonly LoadResult[]): string {
  const [own, columns] = [loads[0]!.cpu, loads[1]!.cpu];
  const share = `${own.toFixed(2)} CPU s, ${((100 * own) / columns).toFixed(0)} % of what \`setColumns\` takes`;
  return `loading: ${share} (${verdict(own <= loadShare * columns, "a sixth")})`;
}
