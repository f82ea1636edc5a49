/** The kinds of charts that are written in workbooks and drawn as pictures. */
export type ChartKind = "column" | "bar" | "line" | "pie" | "scatter" | "combo";

/** One series of values of a chart. */
export type ChartValue = {
  /** Column of the result, from 0. */
  readonly column: number;
  /** As it is called in the legend. */
  readonly name: string;
  /** Only in combo charts. */
  readonly kind?: "column" | "line";
  /** `secondary` has a scale of its own at the right. Defaults to `primary`. */
  readonly axis?: "primary" | "secondary";
};

/**
 * A chart of a result as plain data: the native chart in a workbook and the picture are made from the same. What is
 * drawn of it, in which order, is what `chartData` gives.
 */
export type ChartSpec = {
  readonly kind: ChartKind;
  readonly title: string;
  /** Column of the result along the axis, from 0; of scatter charts the x values. */
  readonly category: number;
  /** `time` and `numbers` have an order of their own; `names` have none. */
  readonly categoryScale: "names" | "time" | "numbers";
  /** Column of the result whose values are series of their own, from 0; then `values` has one item. */
  readonly series?: number;
  readonly values: readonly ChartValue[];
  /** Columns or bars of several series on top of each other. Defaults to false. */
  readonly stacked?: boolean;
  /** Units included: `Amount (€)`. */
  readonly axisTitles: { readonly category?: string; readonly value?: string; readonly secondary?: string };
  /** `listed` is the order of the result. */
  readonly sort: "listed" | "largest-first" | "by-category";
  /** Read to people who don't see the chart. */
  readonly altText: string;
};
