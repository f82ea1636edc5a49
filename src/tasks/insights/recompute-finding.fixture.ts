import type { PlantedWorkbook } from "./planted-workbooks.fixture.ts";
import {
  recomputeAttribution,
  recomputeCorrelation,
  recomputePeriodChange,
} from "./recompute-changes.fixture.ts";
import { recomputeBend, recomputeStep, recomputeTrend } from "./recompute-course.fixture.ts";
import { recomputeDominance, recomputeOutlierGroup } from "./recompute-groups.fixture.ts";
import {
  recomputeDuplicates,
  recomputeMissing,
  recomputeTypes,
  recomputeUnitChange,
} from "./recompute-quality.fixture.ts";
import { recomputeOutlier, recomputeSeasonality } from "./recompute-season.fixture.ts";
import { type Recomputed, seriesOf } from "./recompute-series.fixture.ts";
import type { Finding } from "./types.ts";

/**
 * The values of a finding and its p, computed a second time from the rows as they were made: other code than the
 * finder's, plain loops over all rows, without the engine, the reader or any of its statistics. Throws for a kind that
 * these workbooks can't give.
 */
export function recomputeFinding(finding: Finding, workbook: PlantedWorkbook): Recomputed {
  const { names, kind } = finding;
  const column = (name: string): number => workbook.header.indexOf(name);
  const { rows } = workbook;
  const measure = column(finding.columns[0] ?? "");
  const other = column(finding.columns[1] ?? "");
  const series = (): ReturnType<typeof seriesOf> => seriesOf(finding, workbook);
  switch (kind) {
    case "trend":
      return recomputeTrend(series(), names);
    case "change-point":
      return "slopeBefore" in finding.values
        ? recomputeBend(series(), names)
        : recomputeStep(series(), names);
    case "outlier":
      return recomputeOutlier(series(), names);
    case "seasonality":
      return recomputeSeasonality(series(), names);
    case "dominance":
      return recomputeDominance(rows, measure, other, names);
    case "outlier-group":
      return recomputeOutlierGroup(rows, measure, other, names.group!);
    case "correlation":
      return recomputeCorrelation(rows, measure, other, names.by === "changes");
    case "period-change":
      return recomputePeriodChange(series(), names);
    case "attribution":
      return recomputeAttribution(finding, workbook);
    case "missing":
      return recomputeMissing(rows, measure);
    case "duplicates":
      return recomputeDuplicates(rows, measure);
    case "mixed-types":
      return recomputeTypes(rows, measure);
    case "unit-change":
      return recomputeUnitChange(rows, measure);
    default:
      throw new Error(`no second computation of ${kind}`);
  }
}
