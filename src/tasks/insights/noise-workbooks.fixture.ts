import {
  daysIn,
  monthText,
  type PlantedCell,
  type Random,
  randomOf,
  sheetBytes,
} from "./made-sheet.fixture.ts";
import type { PlantedWorkbook } from "./planted-workbooks.fixture.ts";

/**
 * Noise along time: values on their own, values that take over half or nine tenths of the one before, values that keep
 * all of it (a random walk), and values on their own around a yearly or weekly turn, which alone may be told.
 */
export const noiseKinds = ["white", "half", "slow", "walk", "seasonal"] as const;
export type NoiseKind = (typeof noiseKinds)[number];

const carried = { white: 0, half: 0.5, slow: 0.9, walk: 1, seasonal: 0 } as const;

/** A course around 0 with a deviation of about 1; a walk with steps of a third. */
function course(random: Random, kind: NoiseKind, length: number, cycle: number): number[] {
  const keep = carried[kind];
  const step = kind === "walk" ? 0.33 : Math.sqrt(1 - keep * keep);
  const turn = random.whole(0, cycle - 1);
  let at = kind === "walk" ? 0 : random.normal();
  return Array.from({ length }, (_, index) => {
    at = keep * at + step * random.normal();
    return kind === "seasonal" ? at + 4 * Math.cos((2 * Math.PI * (index - turn)) / cycle) : at;
  });
}

/** Workbooks in which nothing happens but noise of that kind along time, each column with its own. */
export function noiseWorkbooks(kind: NoiseKind, seed: number, count: number): PlantedWorkbook[] {
  return Array.from({ length: count }, (_, index) => {
    const random = randomOf(seed * 10_000 + noiseKinds.indexOf(kind) * 1_000 + index);
    const [shape, make] = shapes[index % shapes.length]!;
    const sheet = make(random, kind);
    return { ...sheet, name: `${kind}-${shape}-${index}.xlsx`, plants: [], bytes: sheetBytes(sheet) };
  });
}

type Sheet = { header: string[]; rows: PlantedCell[][]; formats: (string | undefined)[] };

const names = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy"] as const;

/** One row a month with some measures of a business. */
function months(random: Random, kind: NoiseKind): Sheet {
  const length = random.whole(36, 72);
  const start = 2018 * 12 + random.whole(0, 24);
  const [revenue, visitors, satisfaction] = [0, 1, 2].map(() => course(random, kind, length, 12));
  return {
    header: ["Month", "Revenue", "Visitors", "Satisfaction"],
    rows: revenue!.map((_, month) => [
      `${monthText(start + month)}-01`,
      Math.round(120_000 * Math.exp(0.08 * revenue![month]!)),
      Math.round(8_000 * Math.exp(0.08 * visitors![month]!)),
      Math.round(75 * Math.exp(0.06 * satisfaction![month]!)) / 10,
    ]),
    formats: ["mmm yyyy", "#,##0", undefined, "0.0"],
  };
}

/** Orders, one a row, whose amounts follow the course month by month. */
function orders(random: Random, kind: NoiseKind): Sheet {
  const length = random.whole(30, 48);
  const start = 2020 * 12 + random.whole(0, 30);
  const level = course(random, kind, length, 12);
  const rows = level.flatMap((each, month) =>
    Array.from({ length: 12 }, () => random.whole(1, daysIn(start + month)))
      .sort((one, two) => one - two)
      .map((date): PlantedCell[] => [
        `${monthText(start + month)}-${String(date).padStart(2, "0")}`,
        random.pick(names),
        random.pick(["North", "South", "East", "West"]),
        Math.round(90_000 * Math.exp(0.2 * random.normal() + 0.1 * each)) / 100,
      ]),
  );
  return {
    header: ["Order date", "Customer", "Region", "Amount"],
    rows,
    formats: ["yyyy-mm-dd", undefined, undefined, '#,##0.00 "€"'],
  };
}

/** A price and a stock on every day. */
function days(random: Random, kind: NoiseKind): Sheet {
  const length = random.whole(60, 500);
  const start = Date.UTC(2021, random.whole(0, 11), random.whole(1, 28));
  const [price, stock] = [0, 1].map(() => course(random, kind, length, 7));
  return {
    header: ["Date", "Price", "Stock"],
    rows: price!.map((_, day) => [
      new Date(start + day * 86_400_000).toISOString().slice(0, 10),
      Math.round(4_000 * Math.exp(0.08 * price![day]!)) / 100,
      Math.round(5_000 * Math.exp(0.1 * stock![day]!)),
    ]),
    formats: ["yyyy-mm-dd", "0.00", undefined],
  };
}

const shapes = [
  ["months", months],
  ["orders", orders],
  ["days", days],
] as const;
