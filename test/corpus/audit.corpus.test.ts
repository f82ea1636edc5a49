import { describe, expect, it } from "vitest";
import { ironcalcProgram } from "../../src/apps/cli/ironcalc-program.ts";
import { TandemError } from "../../src/errors.ts";
import { parseRange } from "../../src/files/index.ts";
import { auditWorkbook } from "../../src/tasks/audit/audit-workbook.ts";
import type { AuditFinding } from "../../src/tasks/audit/types.ts";
import { addedSheet, type Seeded, seedDefects, withFormulas } from "./audit-seeds.ts";
import { type CorpusFile, corpusFiles } from "./corpus-files.ts";

const files = corpusFiles(["xlsx"], /\.(xlsx|xlsm|xltx|xltm)$/);
const wanted = 60;
/** `even` or `odd` looks at every second workbook only. */
const half = process.env.TANDEM_HALF;

type Trial = {
  readonly name: string;
  readonly base: readonly AuditFinding[];
  readonly seeds: readonly Seeded[];
};

function keyOf({ kind, sheet, cells }: AuditFinding): string {
  return `${kind} ${sheet}!${cells[0] ?? ""}`;
}

function touches({ sheet, cells }: AuditFinding, seeded: Seeded): boolean {
  const places = seeded.cells.flatMap((each) => parseRange(each) ?? []);
  return (
    sheet === seeded.sheet &&
    cells
      .flatMap((each) => parseRange(each) ?? [])
      .some((range) =>
        places.some(
          ({ firstRow, firstColumn }) =>
            firstRow >= range.firstRow &&
            firstRow <= range.lastRow &&
            firstColumn >= range.firstColumn &&
            firstColumn <= range.lastColumn,
        ),
      )
  );
}

async function prepare(
  { name, bytes }: CorpusFile,
  engine: Uint8Array<ArrayBuffer>,
): Promise<Trial | undefined> {
  try {
    const ready = await withFormulas(bytes);
    if (ready === undefined) return undefined;
    const { findings } = await auditWorkbook(ready, { engine });
    return { name, base: findings, seeds: await seedDefects(name, ready) };
  } catch (error) {
    if (error instanceof TandemError) return undefined;
    throw error;
  }
}

describe.skipIf(files.length === 0)("auditing real workbooks", () => {
  it("finds what was broken in them, and little else", async () => {
    const engine = await ironcalcProgram();
    const lines: string[] = [];
    const counts = new Map<string, { seeded: number; found: number }>();
    const falseAlarms = new Map<string, number>();
    let taken = 0;
    let inBlocks = 0;
    for (const file of files) {
      if (taken === wanted) break;
      const trial = await prepare(file, engine);
      if (trial === undefined || trial.seeds.length < 3) continue;
      const isEven = taken++ % 2 === 0;
      if (half !== undefined && (half === "even") !== isEven) continue;
      const known = new Set(trial.base.map(keyOf));
      falseAlarms.set(trial.name, 0);
      for (const seeded of trial.seeds) {
        if (seeded.sheet === addedSheet) inBlocks++;
        const { findings } = await auditWorkbook(seeded.bytes, { engine });
        const hits = findings.filter((each) => each.severity !== "note" && touches(each, seeded));
        const isFound = hits.some(({ kind }) => seeded.kinds.includes(kind));
        const count = counts.get(seeded.seed) ?? { seeded: 0, found: 0 };
        counts.set(seeded.seed, { seeded: count.seeded + 1, found: count.found + (isFound ? 1 : 0) });
        if (!isFound)
          lines.push(`missed: ${trial.name} ${seeded.seed} ${seeded.sheet}!${seeded.cells.join(",")}`);
        const extra = findings.filter(
          (each) => each.severity !== "note" && !touches(each, seeded) && !known.has(keyOf(each)),
        );
        falseAlarms.set(trial.name, Math.max(falseAlarms.get(trial.name)!, extra.length));
        for (const each of extra)
          lines.push(
            `false: ${trial.name} (${seeded.seed} ${seeded.cells[0]}) ${keyOf(each)} ${each.message}`,
          );
      }
    }
    const all = [...counts.values()];
    const seeded = all.reduce((sum, each) => sum + each.seeded, 0);
    const found = all.reduce((sum, each) => sum + each.found, 0);
    console.log(
      [
        `${falseAlarms.size} workbooks, ${found} of ${seeded} found, ${inBlocks} in added blocks`,
        JSON.stringify([...counts]),
        ...lines,
      ].join("\n"),
    );
    expect(found / seeded).toBeGreaterThanOrEqual(0.95);
    expect(Math.max(...falseAlarms.values())).toBeLessThanOrEqual(1);
  });

  it("says little about the files as they are", async () => {
    const engine = await ironcalcProgram();
    const lines: string[] = [];
    for (const [index, { name, bytes }] of files.entries()) {
      if (half !== undefined && (half === "even") !== (index % 2 === 0)) continue;
      try {
        const { findings } = await auditWorkbook(bytes, { engine });
        for (const each of findings)
          if (each.severity !== "note")
            lines.push(
              `${name}: ${each.kind} ${each.sheet}!${each.cells.slice(0, 4).join(",")} ${each.message}`,
            );
      } catch (error) {
        if (!(error instanceof TandemError)) throw new Error(name, { cause: error });
      }
    }
    console.log([`${lines.length} findings`, ...lines].join("\n"));
    expect(lines.length).toBeLessThan(files.length);
  });
});
