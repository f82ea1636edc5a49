import type { ChartSpec } from "../ask/chart-spec.ts";
import type { ResultTable } from "../ask/compose-answer.ts";
import type { TableSummary } from "../ask/summarise-tables.ts";
import { evidenceOf, isFault, worthTelling } from "./evidence.ts";
import type { Finding, InsightChart } from "./types.ts";

/** A finding on the page: the sentence, what it rests on, and the number of the figure that shows it (from 1). */
export type ReportItem = {
  readonly text: string;
  readonly evidence: string;
  readonly cells: string;
  readonly figure?: number;
};

export type ReportFigure = {
  readonly spec: ChartSpec;
  readonly result: ResultTable;
  readonly caption: string;
};

/** A page of findings as plain data, to be written as .docx or .md. */
export type InsightsReport = {
  readonly title: string;
  /** Which tables were looked at. */
  readonly subject: string;
  readonly patterns: readonly ReportItem[];
  readonly faults: readonly ReportItem[];
  /** Two, where there is so much to show. */
  readonly figures: readonly ReportFigure[];
  readonly method: string;
};

export type ComposeReportOptions = {
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
  /** Fill the page where few findings have charts. */
  readonly overviews?: readonly InsightChart[] | undefined;
  readonly tables: readonly TableSummary[];
};

/** A third figure would leave the page. */
const [mostItems, shownCells, mostFigures] = [7, 2, 2];

/** Puts the strongest findings on a page: patterns with the charts that show them, and what is wrong with the data. */
export function composeReport({
  files,
  findings,
  overviews = [],
  tables,
}: ComposeReportOptions): InsightsReport {
  const told = worthTelling(findings, mostItems);
  const shown = pickFigures(told);
  const item = (finding: Finding): ReportItem => {
    const figure = shown.indexOf(finding) + 1;
    return {
      text: finding.statement.text,
      evidence: evidenceOf(finding),
      cells: cellText(finding.cells),
      ...(figure > 0 && { figure }),
    };
  };
  return {
    title: `Findings in ${files.join(", ")}`,
    subject: subjectOf(tables),
    patterns: told.filter((each) => !isFault(each)).map(item),
    faults: told.filter(isFault).map(item),
    figures: [
      ...shown.map((finding) => ({ ...finding.chart!, caption: captionOf(finding) })),
      ...fillPage(shown, overviews),
    ],
    method:
      "Every number was computed from the cells named; p-values are adjusted for all tests made on the file. A pattern says what the numbers do, not why.",
  };
}

/** The strongest that have a chart, no two of which show the same. */
function pickFigures(findings: readonly Finding[]): Finding[] {
  const picked: Finding[] = [];
  for (const finding of findings) {
    if (finding.chart === undefined || picked.length === mostFigures) continue;
    const title = finding.chart.spec.title;
    if (!picked.some(({ chart }) => chart!.spec.title === title)) picked.push(finding);
  }
  return picked;
}

/** Charts that show other things than those that are there, another form first. */
function fillPage(shown: readonly Finding[], overviews: readonly InsightChart[]): ReportFigure[] {
  const has = (wanted: (chart: InsightChart) => boolean): boolean =>
    shown.some(({ chart }) => wanted(chart!));
  return overviews
    .filter(({ spec }) => !has((chart) => chart.spec.title === spec.title))
    .sort(
      (one, two) =>
        Number(has(({ spec }) => spec.kind === one.spec.kind)) -
        Number(has(({ spec }) => spec.kind === two.spec.kind)),
    )
    .slice(0, Math.max(0, mostFigures - shown.length))
    .map((chart) => ({ ...chart, caption: chart.spec.title }));
}

function captionOf({ chart, kind }: Finding): string {
  const [, , fitted] = chart!.result.columns;
  const beside = fitted === undefined ? "" : `, with its ${fitted.name}`;
  const about: Readonly<Partial<Record<Finding["kind"], string>>> = {
    outlier: ", one period apart",
    seasonality: ", with a pattern that comes back",
    dominance: ", largest first",
  };
  return `${chart!.spec.title}${beside}${about[kind] ?? ""}`;
}

function subjectOf(tables: readonly TableSummary[]): string {
  const shown = tables.slice(0, 4).map(({ place, rowCount }) => `${place} (${rowCount} rows)`);
  const more = tables.length > shown.length ? ` and ${tables.length - shown.length} more` : "";
  return `Looked at: ${shown.join(", ")}${more}.`;
}

function cellText(cells: readonly string[]): string {
  const more = cells.length > shownCells ? " …" : "";
  return cells.slice(0, shownCells).join(", ") + more;
}
