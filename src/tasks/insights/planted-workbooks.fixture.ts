import {
  daysIn,
  monthText,
  type PlantedCell,
  type Random,
  randomOf,
  sheetBytes,
} from "./made-sheet.fixture.ts";

/** What was put into a workbook for the finder to find. */
export type Plant =
  | { readonly kind: "break"; readonly measure: string; readonly period: string }
  | { readonly kind: "trend"; readonly measure: string; readonly isUp: boolean }
  | { readonly kind: "outlier"; readonly measure: string; readonly period: string }
  | { readonly kind: "dominance"; readonly column: string; readonly group: string }
  | { readonly kind: "seasonality"; readonly measure: string; readonly high: number }
  | { readonly kind: "duplicates"; readonly rows: number }
  | { readonly kind: "unit-change"; readonly measure: string; readonly from: number; readonly to: number }
  | { readonly kind: "correlation"; readonly columns: readonly [string, string]; readonly isUp: boolean }
  | { readonly kind: "missing"; readonly column: string; readonly from: number; readonly to: number };

/** A workbook with its rows as they were made, to be computed from again without opening it. */
export type PlantedWorkbook = {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly PlantedCell[])[];
  readonly plants: readonly Plant[];
  readonly bytes: Uint8Array;
};

const plantKinds = [
  "break",
  "trend",
  "outlier",
  "dominance",
  "seasonality",
  "duplicates",
  "unit-change",
  "correlation",
  "missing",
] as const;
type PlantKind = (typeof plantKinds)[number];

/** Workbooks with one or two things planted each, all kinds in turn, from one seed. */
export function plantedWorkbooks(seed: number, count = 54): PlantedWorkbook[] {
  return Array.from({ length: count }, (_, index) => {
    const random = randomOf(seed * 1_000 + index);
    const first = plantKinds[index % plantKinds.length]!;
    const second = index % 3 === 2 ? partnerOf(first, random) : undefined;
    return makeWorkbook(random, index, second === undefined ? [first] : [first, second]);
  });
}

/** Workbooks of noise: every column independent of all others. */
export function plainWorkbooks(seed: number, count: number): PlantedWorkbook[] {
  return Array.from({ length: count }, (_, index) =>
    makeWorkbook(randomOf(seed * 1_000 + 500 + index), index, []),
  );
}

/** Two plants that don't hide each other: one along time, the other not. */
function partnerOf(first: PlantKind, random: Random): PlantKind {
  const alongTime: readonly PlantKind[] = ["break", "outlier", "seasonality", "trend"];
  return random.pick(
    alongTime.includes(first)
      ? (["dominance", "duplicates", "missing"] as const)
      : first === "unit-change"
        ? (["dominance", "duplicates"] as const)
        : (["break", "outlier"] as const),
  );
}

type Draft = { header: string[]; rows: PlantedCell[][]; plants: Plant[]; formats: (string | undefined)[] };

function makeWorkbook(random: Random, index: number, kinds: readonly PlantKind[]): PlantedWorkbook {
  const needsGroups = kinds.includes("dominance");
  const needsPairs = kinds.includes("correlation");
  const shape =
    index % 4 === 3 && !needsGroups ? "monthly" : index % 4 === 1 && !needsPairs ? "log" : "orders";
  const draft =
    shape === "monthly"
      ? monthly(random, kinds)
      : shape === "log"
        ? log(random, kinds)
        : orders(random, kinds);
  for (const kind of ["unit-change", "missing", "duplicates"] as const)
    if (kinds.includes(kind)) spoil(random, draft, kind, shape);
  return { ...draft, name: `${shape}-${index}-${kinds.join("-") || "plain"}.xlsx`, bytes: sheetBytes(draft) };
}

const [customers, regions, products, teams, sites] = [
  [
    "Alder",
    "Birch & Co",
    "Cedar Ltd",
    "Dogwood",
    "Elm Trading",
    "Fir Group",
    "Gorse",
    "Hazel",
    "Ivy Works",
    "Juniper",
    "Kapok",
    "Larch",
    "Maple",
    "Nettle",
  ],
  ["North", "South", "East", "West"],
  ["Chair", "Desk", "Lamp", "Shelf", "Stool", "Cabinet"],
  ["Billing", "Field", "Lab", "Office", "Support"],
  ["Aarhus", "Bergen", "Cork", "Delft", "Evora", "Ghent"],
] as const;

type Course = (month: number) => number;

/** What the plants along time multiply a month's amounts by, and the plants themselves. */
function courseOf(
  random: Random,
  kinds: readonly PlantKind[],
  measure: string,
  start: number,
  months: number,
): { course: Course; plants: Plant[] } {
  const plants: Plant[] = [];
  const parts: Course[] = [];
  const period = (month: number): string => monthText(start + month);
  if (kinds.includes("break")) {
    const at = random.whole(Math.floor(months * 0.3), Math.floor(months * 0.7));
    const factor = random.pick([0.55, 0.6, 1.6, 1.8]);
    parts.push((month) => (month >= at ? factor : 1));
    plants.push({ kind: "break", measure, period: period(at) });
  }
  if (kinds.includes("trend")) {
    const isUp = random.next() < 0.6;
    const change = isUp ? 0.9 : -0.5;
    parts.push((month) => 1 + (change * month) / (months - 1));
    plants.push({ kind: "trend", measure, isUp });
  }
  if (kinds.includes("outlier")) {
    const at = random.whole(2, months - 3);
    const factor = random.pick([2.4, 2.8, 3.2]);
    parts.push((month) => (month === at ? factor : 1));
    plants.push({ kind: "outlier", measure, period: period(at) });
  }
  if (kinds.includes("seasonality")) {
    const high = random.whole(0, 11);
    parts.push((month) => 1 + 0.45 * Math.cos((2 * Math.PI * (((start + month) % 12) - high)) / 12));
    plants.push({ kind: "seasonality", measure, high });
  }
  return { course: (month) => parts.reduce((product, part) => product * part(month), 1), plants };
}

/** Orders, one a row, in the order of their days. */
function orders(random: Random, kinds: readonly PlantKind[]): Draft {
  const months = random.whole(30, 42);
  const start = 2020 * 12 + random.whole(0, 30);
  const { course, plants } = courseOf(random, kinds, "Amount", start, months);
  const dominant = kinds.includes("dominance") ? random.pick(customers) : undefined;
  const slope = kinds.includes("correlation") ? random.pick([-1, 1]) : 0;
  const draft: Draft = {
    header: [
      "Order no",
      "Order date",
      "Customer",
      "Region",
      "Product",
      "Weight kg",
      "Delivery days",
      "Amount",
    ],
    rows: [],
    plants: [...plants],
    formats: [undefined, "yyyy-mm-dd", undefined, undefined, undefined, "0.0", undefined, '#,##0.00 "€"'],
  };
  for (let month = 0; month < months; month++) {
    const days = daysIn(start + month);
    const perMonth = 14 + random.whole(-1, 1);
    const dates = Array.from({ length: perMonth }, () => random.whole(1, days)).sort((a, b) => a - b);
    for (const date of dates) {
      const weight = Math.exp(2.5 + 0.6 * random.normal());
      const delivery = Math.max(
        1,
        Math.round(9 + 2.5 * random.normal() + slope * 3 * (Math.log(weight) - 2.5)),
      );
      const isDominant = dominant !== undefined && random.next() < 0.4;
      const amount = 900 * Math.exp(0.3 * random.normal()) * course(month);
      draft.rows.push([
        10_000 + draft.rows.length * 3 + random.whole(0, 2),
        `${monthText(start + month)}-${String(date).padStart(2, "0")}`,
        isDominant ? dominant : random.pick(customers),
        random.pick(regions),
        random.pick(products),
        Math.round(weight * 10) / 10,
        delivery,
        Math.round(amount * 100) / 100,
      ]);
    }
  }
  if (dominant !== undefined) draft.plants.push({ kind: "dominance", column: "Customer", group: dominant });
  if (slope !== 0)
    draft.plants.push({ kind: "correlation", columns: ["Weight kg", "Delivery days"], isUp: slope > 0 });
  return draft;
}

/** Hours that teams logged, some rows a week, with a cost. */
function log(random: Random, kinds: readonly PlantKind[]): Draft {
  const months = random.whole(28, 36);
  const start = 2021 * 12 + random.whole(0, 20);
  const { course, plants } = courseOf(random, kinds, "Cost", start, months);
  const dominant = kinds.includes("dominance") ? random.pick(sites) : undefined;
  const draft: Draft = {
    header: ["Date", "Site", "Team", "Temperature", "Cost"],
    rows: [],
    plants: [...plants],
    formats: ["dd.mm.yyyy", undefined, undefined, "0.0", "#,##0"],
  };
  for (let month = 0; month < months; month++) {
    for (let date = 1; date <= daysIn(start + month); date += 2) {
      const isDominant = dominant !== undefined && random.next() < 0.45;
      draft.rows.push([
        `${monthText(start + month)}-${String(date).padStart(2, "0")}`,
        isDominant ? dominant : random.pick(sites),
        random.pick(teams),
        Math.round((20 + 2 * random.normal()) * 10) / 10,
        Math.round(4_000 * Math.exp(0.35 * random.normal()) * course(month)),
      ]);
    }
  }
  if (dominant !== undefined) draft.plants.push({ kind: "dominance", column: "Site", group: dominant });
  return draft;
}

/** One row a month with some measures of a business. */
function monthly(random: Random, kinds: readonly PlantKind[]): Draft {
  const months = random.whole(40, 60);
  const start = 2018 * 12 + random.whole(0, 12);
  const { course, plants } = courseOf(random, kinds, "Revenue", start, months);
  const together = kinds.includes("correlation");
  const draft: Draft = {
    header: ["Month", "Revenue", "Visitors", "Returns", "Satisfaction"],
    rows: [],
    plants: [...plants],
    formats: ["mmm yyyy", "#,##0", undefined, undefined, "0.0"],
  };
  for (let month = 0; month < months; month++) {
    const shock = random.normal();
    const own = together ? 0.85 * shock + 0.53 * random.normal() : random.normal();
    draft.rows.push([
      `${monthText(start + month)}-01`,
      Math.round(120_000 * (1 + 0.08 * random.normal()) * course(month)),
      Math.round(8_000 * (1 + 0.1 * shock)),
      Math.round(300 * (1 + 0.12 * own)),
      Math.round((7.5 + 0.4 * random.normal()) * 10) / 10,
    ]);
  }
  if (together) draft.plants.push({ kind: "correlation", columns: ["Visitors", "Returns"], isUp: true });
  return draft;
}

function spoil(
  random: Random,
  draft: Draft,
  kind: "unit-change" | "missing" | "duplicates",
  shape: string,
): void {
  const { rows, plants, header } = draft;
  const measure = shape === "orders" ? "Amount" : shape === "log" ? "Cost" : "Revenue";
  const column = header.indexOf(measure);
  if (kind === "duplicates") {
    const copies = Math.max(3, Math.round(rows.length * (0.02 + 0.03 * random.next())));
    for (let copy = 0; copy < copies; copy++) {
      const at = random.whole(0, rows.length - 1);
      rows.splice(at + 1, 0, [...rows[at]!]);
    }
    plants.push({ kind: "duplicates", rows: copies });
    return;
  }
  const length = Math.max(
    6,
    Math.round(rows.length * (kind === "missing" ? 0.04 : 0.08 + 0.15 * random.next())),
  );
  const apart = plants.find((plant) => plant.kind === "outlier")?.period;
  const isApart = (start: number): boolean =>
    apart === undefined ||
    !rows.slice(start, start + length).some((row) => row.some((cell) => String(cell).startsWith(apart)));
  let from = random.whole(8, rows.length - length - 8);
  // Cells that are left empty can't stand out.
  while (!isApart(from)) from = random.whole(8, rows.length - length - 8);
  const factor = random.pick([1_000, 100, 0.001]);
  for (let row = from; row < from + length; row++) {
    const own = rows[row]!;
    own[column] = kind === "missing" ? null : Number(((own[column] as number) * factor).toPrecision(12));
  }
  // Rows of the sheet: the header is row 1.
  const place = { from: from + 2, to: from + length + 1 };
  plants.push(kind === "missing" ? { kind, column: measure, ...place } : { kind, measure, ...place });
}
