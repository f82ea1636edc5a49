import { QueryError } from "../../errors.ts";
import type { FoundTable } from "../../files/index.ts";
import type { LoadedTable } from "../ask/cite-cells.ts";
import { isSumWord } from "../ask/question/leave-out-totals.ts";
import { findChanges } from "./find-changes.ts";
import { findCorrelations } from "./find-correlations.ts";
import { findInGroups, mainSum } from "./find-in-groups.ts";
import { findInSeries } from "./find-in-series.ts";
import { lineChart } from "./line-chart.ts";
import { findDuplicates } from "./quality/find-duplicates.ts";
import { findMissing } from "./quality/find-missing.ts";
import { findLabelVariants, findMixedTypes, findStrayDates } from "./quality/find-odd-cells.ts";
import { findTotalMismatches } from "./quality/find-total-mismatches.ts";
import { findUnitChanges } from "./quality/find-unit-changes.ts";
import { rankFindings } from "./rank-findings.ts";
import { readGroupSeries, readSeries, type Series } from "./read-series.ts";
import { readWideSeries } from "./read-wide-series.ts";
import { type Subject, subjectOf } from "./subjects.ts";
import { type RunQuery, timeAxis } from "./time-grain.ts";
import { type Candidate, type Finding, type InsightChart, type Look, leastValues } from "./types.ts";

/** Loaded tables and how to query them. */
export type InsightsSource = {
  readonly tables: readonly FoundTable[];
  /** The same tables with their names in SQL. */
  readonly loaded: readonly LoadedTable[];
  readonly run: RunQuery;
  readonly signal?: AbortSignal | undefined;
};

export type Insights = {
  /** Best first. */
  readonly findings: readonly Finding[];
  /** Charts of the main measure along time and by group, for a page with few findings. */
  readonly overviews: readonly InsightChart[];
  /** How many tests were made; p-values are adjusted for them. */
  readonly tests: number;
  /** What could not be looked at, as sentences. */
  readonly notes: readonly string[];
};

/** More tables are looked at no further: a file of hundreds of small ones is no analysis. */
const mostTables = 20;

/** What stands out in the tables and what is wrong with them, the strongest first. Nothing here is random or a model's. */
export async function findInsights({ tables, loaded, run, signal }: InsightsSource): Promise<Insights> {
  const [candidates, pValues, notes]: [Candidate[], number[], string[]] = [[], [], []];
  const overviews: InsightChart[] = [];
  for (const [index, found] of tables.slice(0, mostTables).entries()) {
    signal?.throwIfAborted();
    if (found.table.rowCount < leastValues) continue;
    try {
      const look = await lookAtTable(subjectOf(found, loaded[index]!), run);
      candidates.push(...look.candidates);
      pValues.push(...look.pValues);
      overviews.push(...(look.overviews ?? []));
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      notes.push(`${found.table.name} was not looked at for findings: ${error.message}.`);
    }
  }
  return { findings: rankFindings(candidates, pValues, loaded), overviews, tests: pValues.length, notes };
}

async function lookAtTable(subject: Subject, run: RunQuery): Promise<Look> {
  const quality = await lookAtQuality(subject, run);
  const wrong = quality.candidates
    .filter(({ kind }) => kind === "unit-change")
    .map(({ columns }) => columns[0]);
  // What is added up over two units says nothing.
  const sound = { ...subject, measures: subject.measures.filter(({ name }) => !wrong.includes(name)) };
  if (holdsTotals(subject)) return quality;
  if (subject.found.wide !== undefined) return joined([quality, ...(await lookAtWide(subject, run))]);
  const axis = await timeAxis(sound, run);
  const looks = [quality];
  const series = axis === undefined ? [] : await readSeries(sound, axis, run);
  const table = subject.loaded.description.name;
  for (const each of series) looks.push(findInSeries(each, table));
  const [main] = series;
  if (main !== undefined) looks.push(...(await lookAtParts(sound, main, looks.at(-series.length)!, run)));
  const days = axis?.grain === "month" || axis?.grain === "week" ? await weekSeries(sound, run) : undefined;
  if (days !== undefined) looks.push(seasonOnly(findInSeries(days, table)));
  const groups = await findInGroups(sound, run);
  looks.push(groups);
  looks.push(await findCorrelations(sound, isOneRowAPeriod(sound, main), run));
  const overviews = [...(main === undefined ? [] : [lineChart(main, [])]), ...(groups.overviews ?? [])];
  return { ...joined(looks), overviews };
}

function joined(looks: readonly Look[]): Look {
  return {
    candidates: looks.flatMap((each) => each.candidates),
    pValues: looks.flatMap((each) => each.pValues),
  };
}

/** Each row of a table whose columns are months, quarters or years. */
async function lookAtWide(subject: Subject, run: RunQuery): Promise<Look[]> {
  const table = subject.loaded.description.name;
  return (await readWideSeries(subject, run)).map((series) => findInSeries(series, table));
}

/** In smaller tables an empty cell is often meant, and they are forms as often as lists. */
const manyRows = 40;

async function lookAtQuality(subject: Subject, run: RunQuery): Promise<Look> {
  const [duplicates, units] = [await findDuplicates(subject, run), await findUnitChanges(subject, run)];
  const size = Math.min(1, Math.sqrt(subject.found.table.rowCount / manyRows));
  const found = [
    ...duplicates.candidates,
    ...units.candidates,
    ...(await findMissing(subject, run)),
    ...findMixedTypes(subject),
    ...(await findLabelVariants(subject, run)),
    ...(await findStrayDates(subject, run)),
    ...(await findTotalMismatches(subject, run)),
  ];
  return {
    candidates: found.map((each) => ({
      ...each,
      impact: each.impact * (each.kind === "total-mismatch" ? 1 : size),
    })),
    pValues: [...duplicates.pValues, ...units.pValues],
  };
}

/** Rows that sum others up stand among them: every sum and average over the table would count twice. */
function holdsTotals({ profile }: Subject): boolean {
  return profile.columns.some(({ column }) => (column.strings ?? []).some((text) => isSumWord(text)));
}

/** Most groups of a column that are looked at one by one. */
const mostParts = 8;

/** The main measure in each group, where the whole does not say the same; and what changed between two years. */
async function lookAtParts(subject: Subject, main: Series, whole: Look, run: RunQuery): Promise<Look[]> {
  const looks = [await findChanges(subject, main, run)];
  const said = whole.candidates.filter(({ p }) => p !== undefined && p < 0.01);
  const isSaid = (part: Candidate): boolean =>
    said.some(
      ({ kind, pattern }) =>
        (isCourse(kind) && isCourse(part.kind)) ||
        (kind === part.kind && (kind === "seasonality" || pattern === part.pattern)),
    );
  for (const grouping of subject.groupings.filter(({ groups }) => groups <= 12).slice(0, 2)) {
    const parts = await readGroupSeries(
      subject,
      main.axis,
      { measure: main.measure, grouping, most: mostParts },
      run,
    );
    for (const part of parts.filter(({ share }) => share >= 0.05 && share <= 0.9)) {
      const look = findInSeries(part, subject.loaded.description.name);
      looks.push({ ...look, candidates: look.candidates.filter((each) => !isSaid(each)) });
    }
  }
  return looks;
}

function isCourse(kind: Candidate["kind"]): boolean {
  return kind === "trend" || kind === "change-point";
}

/** The main amount day by day, to see whether it follows the week. */
async function weekSeries(subject: Subject, run: RunQuery): Promise<Series | undefined> {
  const { time } = subject;
  const measure = mainSum(subject);
  if (time?.form !== "date" || measure === undefined) return undefined;
  const position = (period: string): number => Date.parse(`${period}T00:00Z`) / 86_400_000;
  const [days] = await readSeries(
    { ...subject, measures: [measure] },
    {
      column: time.column.column.name,
      grain: "day",
      sql: `strftime(${time.sql}, '%Y-%m-%d')`,
      isWhole: () => true,
      position,
    },
    run,
  );
  return days !== undefined && days.values.length >= 56 && days.values.length <= 1_500 ? days : undefined;
}

function seasonOnly(look: Look): Look {
  const candidates = look.candidates.filter(({ kind }) => kind === "seasonality");
  return { candidates, pValues: candidates.flatMap(({ p }) => (p === undefined ? [] : [p])) };
}

function isOneRowAPeriod({ found }: Subject, main: Series | undefined): boolean {
  return main !== undefined && found.table.rowCount <= 1.2 * main.values.length + 2;
}
