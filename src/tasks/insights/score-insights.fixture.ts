import type { Plant, PlantedWorkbook } from "./planted-workbooks.fixture.ts";
import { recomputeFinding } from "./recompute-finding.fixture.ts";
import { insightsTask } from "./task.ts";
import type { Finding } from "./types.ts";

/** How the finder did on a workbook. */
export type WorkbookScore = {
  readonly name: string;
  /** Each plant with its place among the findings, from 1; 0 where it was not found. */
  readonly plants: readonly { readonly plant: Plant; readonly place: number }[];
  /** Findings that a test was made for. */
  readonly tested: number;
  /** What is wrong with findings, as sentences. */
  readonly wrong: readonly string[];
  /** Numbers that were computed a second time. */
  readonly recomputed: number;
  readonly findings: readonly Finding[];
};

/** Looks for findings in a workbook, computes each again, and says where its plants stand. */
export async function scoreWorkbook(workbook: PlantedWorkbook): Promise<WorkbookScore> {
  const { findings } = await insightsTask.run(
    { files: [{ name: workbook.name, bytes: workbook.bytes }] },
    { now: new Date("2026-01-01"), timeZone: "UTC", emit: () => undefined },
  );
  const checks = findings.map((finding) => checkFinding(finding, workbook));
  return {
    name: workbook.name,
    plants: workbook.plants.map((plant) => ({
      plant,
      place: findings.findIndex((each) => tells(each, plant)) + 1,
    })),
    tested: findings.filter(({ p }) => p !== undefined).length,
    wrong: checks.flatMap(({ wrong }) => wrong),
    recomputed: checks.reduce((sum, { recomputed }) => sum + recomputed, 0),
    findings,
  };
}

/** A finding whose values, computed a second time, are others, or whose test does not hold, is wrong. */
function checkFinding(finding: Finding, workbook: PlantedWorkbook): { wrong: string[]; recomputed: number } {
  const { values, p } = recomputeFinding(finding, workbook);
  const wrong: string[] = [];
  let recomputed = 0;
  const said = new Set(finding.statement.slots.map(({ value }) => value));
  for (const [name, value] of Object.entries(finding.values)) {
    const second = values[name];
    if (second === undefined) {
      if (said.has(name)) wrong.push(`${name} was not computed again`);
      continue;
    }
    recomputed++;
    if (Math.abs(second - value) > 1e-7 * Math.max(1e-9, Math.abs(value)))
      wrong.push(`${name} is ${value}, computed again ${second}`);
  }
  for (const { start, end, value } of finding.statement.slots) {
    const second = values[value];
    if (second !== undefined && !reads(finding.statement.text.slice(start, end), second))
      wrong.push(`"${finding.statement.text.slice(start, end)}" is said for ${second}`);
  }
  if (p !== undefined && p > 0.05) wrong.push(`its p, computed again, is ${p}`);
  return { wrong: wrong.map((each) => `${finding.statement.text} — ${each}`), recomputed };
}

/** True for a number that is the value, rounded to two digits or more; signs may be in words. */
function reads(text: string, value: number): boolean {
  const scale = text.includes("billion")
    ? 1e9
    : text.includes("million")
      ? 1e6
      : text.includes("%")
        ? 0.01
        : 1;
  const number = Number(text.replace(/[^\d.]/g, "")) * scale;
  return (
    Math.abs(number - Math.abs(value)) <= 0.051 * Math.abs(value) + 1e-12 && (value !== 0 || number === 0)
  );
}

/** True for the finding that a plant was planted for. */
export function tells(finding: Finding, plant: Plant): boolean {
  const { kind, columns, names, values } = finding;
  const is = (wanted: Finding["kind"], measure?: string): boolean =>
    kind === wanted && (measure === undefined || columns[0] === measure);
  const within = (one: number | undefined, two: number, most: number): boolean =>
    Math.abs((one ?? Number.NaN) - two) <= most;
  switch (plant.kind) {
    case "break":
      return is("change-point", plant.measure) && within(monthOf(names.period), monthOf(plant.period), 2);
    case "trend":
      return is("trend", plant.measure) && values.slope! > 0 === plant.isUp;
    case "outlier":
      return is("outlier", plant.measure) && names.period === plant.period;
    case "dominance":
      return is("dominance") && names.group === plant.group;
    case "seasonality":
      return (
        is("seasonality", plant.measure) && [0, 1, 11].includes((Number(names.high) - plant.high + 12) % 12)
      );
    case "duplicates":
      return is("duplicates") && values.extra === plant.rows;
    case "unit-change":
      return (
        is("unit-change", plant.measure) &&
        within(values.from, plant.from, 2) &&
        within(values.to, plant.to, 2)
      );
    case "correlation":
      return (
        is("correlation") &&
        plant.columns.every((each) => columns.includes(each)) &&
        values.rho! > 0 === plant.isUp
      );
    case "missing":
      return is("missing", plant.column) && values.from === plant.from && values.to === plant.to;
    default:
      return plant satisfies never;
  }
}

function monthOf(period = ""): number {
  return Number(period.slice(0, 4)) * 12 + Number(period.slice(5, 7));
}
