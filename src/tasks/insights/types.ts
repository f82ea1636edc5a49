import type { ChartSpec } from "../ask/chart-spec.ts";
import type { ResultTable } from "../ask/compose-answer.ts";
import type { Statement } from "./statement.ts";

/** What a finding is about. The first ten are tested or measured patterns, the others faults of the data. */
export type FindingKind =
  | "trend"
  | "change-point"
  | "outlier"
  | "outlier-group"
  | "correlation"
  | "seasonality"
  | "dominance"
  | "attribution"
  | "period-change"
  | "missing"
  | "duplicates"
  | "constant"
  | "mixed-types"
  | "unit-change"
  | "label-variants"
  | "stray-dates"
  | "total-mismatch";

/** A number that was computed, as a name for what it is: `slope`, `before`, `rho`. */
export type ComputedValues = Readonly<Record<string, number>>;

/** A chart and the values that it shows. */
export type InsightChart = { readonly spec: ChartSpec; readonly result: ResultTable };

/** What a finding says, with everything that is needed to compute it again. */
export type Finding = {
  readonly kind: FindingKind;
  /** The table's name in SQL. */
  readonly table: string;
  /** The columns it is about, as the file calls them: the measure first, then what it is seen by. */
  readonly columns: readonly string[];
  /** Periods, groups or labels that are named, by what they are: `period`, `group`. */
  readonly names: Readonly<Record<string, string>>;
  readonly statement: Statement;
  readonly values: ComputedValues;
  /** How many values were looked at. */
  readonly n: number;
  /** Name of the test; absent for what is counted and not tested. */
  readonly test?: string;
  /** The test's own p-value. */
  readonly p?: number;
  /** The same, adjusted for all tests of the file (Benjamini and Hochberg). */
  readonly adjustedP?: number;
  /** How large it is, in words of statistics: `tau`, `share`. */
  readonly effect: { readonly name: string; readonly value: number };
  /** The query that its values come from, or that the test looked at. */
  readonly query: string;
  readonly cells: readonly string[];
  /** 0 to 1: what share of the table it is about, and how strongly. */
  readonly impact: number;
  /** 0 to 1: impact times significance; findings are in this order. */
  readonly score: number;
  /** What else shows the same pattern, and is not said again. */
  readonly also: readonly string[];
  readonly chart?: InsightChart;
};

/** A finding before it is known how many tests there were. `pattern` is the same for what says the same. */
export type Candidate = Omit<Finding, "score" | "adjustedP" | "also" | "cells"> & {
  readonly pattern: string;
  /** Cells where they are known; else the whole columns that the query reads. */
  readonly cells?: readonly string[];
};

/** What a look at a table gave: what was found, and the p-value of every test, found or not. */
export type Look = {
  readonly candidates: readonly Candidate[];
  readonly pValues: readonly number[];
  /** Charts that show no finding but what the table is about. */
  readonly overviews?: readonly InsightChart[];
};

/** The chance of a false finding that is accepted, over all tests of a file. */
export const alpha = 0.05;

/** Nothing is tested on fewer values. */
export const leastValues = 8;
