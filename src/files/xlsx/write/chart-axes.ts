import type { ChartData } from "./chart-data.ts";
import type { ChartMarkup } from "./chart-markup.ts";
import { areDates } from "./chart-series.ts";
import { elementXml } from "./sheet-markup.ts";

export type Axis = {
  readonly id: number;
  /** The axis that it crosses. */
  readonly crosses: number;
  readonly side: "b" | "l" | "r" | "t";
  readonly title?: string | undefined;
  /** Of the values; follows the cells when undefined. */
  readonly format?: string | undefined;
  readonly sourceFormat: string;
};

/** Grey, in points. */
const labelSize = 9;
const titleSize = 10;

function title(markup: ChartMarkup, { title: text, side }: Axis): string {
  return text === undefined || text === "" ? "" : markup.title(text, titleSize, side === "l" || side === "r");
}

function numberFormat({ format, sourceFormat }: Axis): string {
  return elementXml("c:numFmt", {
    formatCode: format ?? sourceFormat,
    sourceLinked: format === undefined ? 1 : 0,
  });
}

/** Texts or days along the chart. `isReversed` puts the first at the top, as people read bars. */
export function categoryAxis(
  markup: ChartMarkup,
  axis: Axis,
  categories: ChartData | undefined,
  options: { readonly isReversed?: boolean; readonly isHidden?: boolean } = {},
): string {
  const { element, value } = markup;
  const isDates = categories !== undefined && areDates(categories) && !options.isReversed;
  return element(
    isDates ? "c:dateAx" : "c:catAx",
    value("axId", axis.id),
    element("c:scaling", value("orientation", options.isReversed ? "maxMin" : "minMax")),
    value("delete", options.isHidden ? 1 : 0),
    value("axPos", axis.side),
    title(markup, axis),
    numberFormat(axis),
    value("majorTickMark", "none"),
    value("minorTickMark", "none"),
    // Below everything, also where values are negative.
    value("tickLblPos", "low"),
    element("c:spPr", elementXml("a:ln", { w: 9525 }, markup.grey("line"))),
    markup.text(labelSize),
    value("crossAx", axis.crosses),
    value("crosses", "autoZero"),
    value("auto", 1),
    isDates ? "" : value("lblAlgn", "ctr"),
    markup.strict ? "" : value("lblOffset", 100),
    isDates ? value("baseTimeUnit", timeUnit(categories)) : value("noMultiLvlLbl", 0),
  );
}

/** A scale of numbers; `crossesAt` is where it stands on the other axis. */
export function valueAxis(
  markup: ChartMarkup,
  axis: Axis,
  options: {
    readonly crossesAt?: "autoZero" | "max";
    readonly hasGrid?: boolean;
    readonly between?: "between" | "midCat";
    readonly hasLine?: boolean;
    /** Begins at 0, where a program would begin nearer to the values. */
    readonly isFromZero?: boolean;
    /** Marks whole numbers only: for a few things that were counted. */
    readonly hasWholeSteps?: boolean;
  } = {},
): string {
  const { element, value } = markup;
  const grid = elementXml("a:ln", { w: 9525 }, markup.grey("line"));
  return element(
    "c:valAx",
    value("axId", axis.id),
    element("c:scaling", value("orientation", "minMax"), options.isFromZero ? value("min", 0) : ""),
    value("delete", 0),
    value("axPos", axis.side),
    options.hasGrid === false ? "" : element("c:majorGridlines", element("c:spPr", grid)),
    title(markup, axis),
    numberFormat(axis),
    value("majorTickMark", "none"),
    value("minorTickMark", "none"),
    value("tickLblPos", options.hasLine ? "low" : "nextTo"),
    element("c:spPr", options.hasLine ? grid : "<a:ln><a:noFill/></a:ln>"),
    markup.text(labelSize),
    value("crossAx", axis.crosses),
    value("crosses", options.crossesAt ?? "autoZero"),
    value("crossBetween", options.between ?? "between"),
    options.hasWholeSteps ? value("majorUnit", 1) : "",
  );
}

/** How far apart the days are: without it a program draws a month's value one day wide. */
function timeUnit({ points }: ChartData): "days" | "months" | "years" {
  const days = points.map(({ number }) => Math.floor(number!)).sort((a, b) => a - b);
  const gaps = days.slice(1).map((day, index) => day - days[index]!);
  const least = Math.min(...gaps, Number.POSITIVE_INFINITY);
  return least === Number.POSITIVE_INFINITY || least < 28 ? "days" : least < 365 ? "months" : "years";
}
