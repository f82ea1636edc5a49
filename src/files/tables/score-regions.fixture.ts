import { formatRange, parseRange } from "../xlsx/address.ts";
import type { Region } from "./find-regions.ts";
import type { ExpectedRegion } from "./messy-sheets.fixture.ts";

/** From this confidence on a region counts as found. */
const counted = 0.5;

export type LabelledSheet = {
  readonly name: string;
  readonly regions: readonly Region[];
  readonly expected: readonly ExpectedRegion[];
  /** Regions that may be found or not. */
  readonly tolerated?: readonly ExpectedRegion[];
};

export type Score = {
  readonly expected: number;
  readonly found: number;
  /** Same range as the label. */
  readonly exact: number;
  /** The same but for one row at the top or the bottom. */
  readonly near: number;
  /** Of the exact ones, those with the right number of header rows. */
  readonly headers: number;
  readonly recall: number;
  readonly precision: number;
  readonly headerShare: number;
  /** By tenths of confidence, also below the counted ones: regions, and how many of them are labelled so. */
  readonly buckets: Readonly<Record<string, { regions: number; right: number }>>;
  readonly misses: readonly string[];
};

/** Compares what was found with what a person would select. */
export function scoreRegions(sheets: readonly LabelledSheet[]): Score {
  const buckets: Record<string, { regions: number; right: number }> = {};
  const misses: string[] = [];
  const sums = { expected: 0, found: 0, exact: 0, near: 0, headers: 0 };
  for (const { name, regions: all, expected, tolerated = [] } of sheets) {
    const regions = all.filter((region) => !tolerated.some((label) => isExact(region, label)));
    const kept = regions.filter(({ confidence }) => confidence >= counted);
    const exact = expected.filter((label) => kept.some((region) => isExact(region, label)));
    const headers = exact.filter((label) =>
      kept.some((region) => isExact(region, label) && region.headerRows === label.headerRows),
    );
    sums.expected += expected.length;
    sums.found += kept.length;
    sums.exact += exact.length;
    sums.headers += headers.length;
    sums.near += expected.filter(
      (label) => !exact.includes(label) && kept.some((region) => isNear(region, label)),
    ).length;
    for (const region of regions) {
      const tenth = (Math.floor(region.confidence * 10) / 10).toFixed(1);
      const bucket = buckets[tenth] ?? { regions: 0, right: 0 };
      buckets[tenth] = bucket;
      bucket.regions++;
      if (expected.some((label) => isExact(region, label))) bucket.right++;
    }
    if (exact.length < expected.length || kept.length > exact.length || headers.length < exact.length)
      misses.push(
        `${name}: wanted ${expected.map(say).join(", ") || "nothing"}; found ${regions.map(tell).join(", ")}`,
      );
  }
  return {
    ...sums,
    recall: share(sums.exact, sums.expected),
    precision: share(sums.exact, sums.found),
    headerShare: share(sums.headers, sums.exact),
    buckets: Object.fromEntries(Object.entries(buckets).sort()),
    misses,
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : Math.round((1000 * part) / whole) / 1000;
}

function say({ range, headerRows }: ExpectedRegion): string {
  return `${range} h${headerRows}`;
}

function tell(region: Region): string {
  return `${formatRange(region.range)} h${region.headerRows} ${region.confidence}`;
}

function isExact({ range }: Region, label: ExpectedRegion): boolean {
  return formatRange(range) === label.range;
}

function isNear({ range }: Region, label: ExpectedRegion): boolean {
  const wanted = parseRange(label.range)!;
  return (
    range.firstColumn === wanted.firstColumn &&
    range.lastColumn === wanted.lastColumn &&
    Math.abs(range.firstRow - wanted.firstRow) + Math.abs(range.lastRow - wanted.lastRow) <= 1
  );
}
