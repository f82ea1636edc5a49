import { column, table } from "../../src/data/tables.fixture.ts";
import type { ColumnType, Table } from "../../src/table.ts";

/** Numbers from 0 to 1, the same ones for the same seed. */
export type Random = {
  readonly chance: (share: number) => boolean;
  /** From 0 to `below` less one. */
  readonly below: (below: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
};

/** Mulberry32. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { chance: (share) => next() < share, below, pick: (from) => from[below(from.length)]! };
}

type Cell = string | number | boolean | null;

/** How a column is stored on servers: whole numbers, decimals of two places, float64, … */
export type StoredColumn = {
  readonly name: string;
  readonly type: ColumnType;
  readonly storage:
    | "bigint"
    | "integer"
    | "decimal"
    | "float"
    | "text"
    | "date"
    | "timestamp"
    | "time"
    | "boolean";
  readonly cells: readonly Cell[];
};

export type StoredTable = {
  readonly name: string;
  readonly table: Table;
  readonly columns: readonly StoredColumn[];
};

/** Texts that break SQL made by hand, texts that differ only in case or spaces, and those beyond ASCII. */
export const someTexts: readonly string[] = [
  ...[
    "Ann",
    "ann",
    "ANN",
    "bob",
    "O'Hara",
    "o'hara",
    'say "hi"',
    "back\\slash",
    "50%",
    "a_b",
    "--",
    "x'; DROP TABLE t0; --",
  ],
  ...[
    "Ünal",
    "ünal",
    "ÉCOLE",
    "école",
    "Straße",
    "日本語",
    "😀 smile",
    "Жук",
    "жук",
    "",
    " ",
    "\u00a0",
    "\u2003 ",
    " padded ",
    "tab\tbed",
  ],
  ...["\\'; SELECT 1", "$$ $1 {x:Int8}", "zz", "Z", "a", "é", "line\nbreak"],
];

export const someGroups = ["North", "South", "East", "west", "West"] as const;
const days = [
  ...[
    "1901-01-01",
    "1950-06-15",
    "1969-12-31",
    "1970-01-01",
    "1999-12-31",
    "2000-02-29",
    "2020-01-31",
    "2023-02-28",
  ],
  ...[
    "2023-03-31",
    "2023-12-31",
    "2024-01-01",
    "2024-01-31",
    "2024-02-29",
    "2024-03-31",
    "2024-04-30",
    "2024-12-31",
    "2200-07-04",
  ],
];
export const someDays: readonly string[] = days;
export const someTimes: readonly string[] = ["00:00:00", "09:00:00", "09:05:07", "12:30:00", "23:59:59"];

/** A table of random rows; the first column numbers them from 1. `index` names it. */
export function randomTable(random: Random, index: number, rowCount: number): StoredTable {
  const isFull = random.chance(0.3);
  const cells = (make: () => Cell): Cell[] =>
    Array.from({ length: rowCount }, () => (!isFull && random.chance(0.15) ? null : make()));
  const moment = (): string =>
    `${random.pick(days)}T${random.pick(someTimes)}${random.chance(0.3) ? random.pick([".5", ".25", ".007"]) : ""}`;
  const columns: StoredColumn[] = [
    {
      name: "id",
      type: "integer",
      storage: "bigint",
      cells: Array.from({ length: rowCount }, (_, row) => row + 1),
    },
    { name: 'na"me', type: "text", storage: "text", cells: cells(() => random.pick(someTexts)) },
    { name: "group by", type: "text", storage: "text", cells: cells(() => random.pick(someGroups)) },
    { name: "amount", type: "integer", storage: "integer", cells: cells(() => random.below(12) * 10 - 40) },
    {
      name: "large",
      type: "integer",
      storage: "bigint",
      cells: cells(() => (random.below(2000) - 1000) * 1e12 + random.below(9)),
    },
    {
      name: "price (€)",
      type: "decimal",
      storage: "decimal",
      cells: cells(() => (random.below(400) - 100) / 100),
    },
    {
      name: "rate \\ %",
      type: "decimal",
      storage: "float",
      cells: cells(() => (random.below(64) - 20) / 1024),
    },
    // Called as a result is.
    { name: "sum of amount", type: "integer", storage: "integer", cells: cells(() => random.below(5)) },
    { name: "on", type: "date", storage: "date", cells: cells(() => random.pick(days)) },
    { name: "until", type: "date", storage: "date", cells: cells(() => random.pick(days)) },
    { name: "at", type: "timestamp", storage: "timestamp", cells: cells(moment) },
    { name: "yes?", type: "boolean", storage: "boolean", cells: cells(() => random.chance(0.5)) },
    { name: "hour", type: "time", storage: "time", cells: cells(() => random.pick(someTimes)) },
    { name: "Jan", type: "integer", storage: "integer", cells: cells(() => random.below(9) - 2) },
    { name: "Feb", type: "decimal", storage: "decimal", cells: cells(() => random.below(900) / 100) },
    { name: "Mar", type: "decimal", storage: "float", cells: cells(() => random.below(4096) / 1024) },
  ];
  const name = index === 0 ? 'odd "table"; \\ \'x' : `t${index}`;
  return { name, columns, table: table(name, columns.map(loadedColumn)) };
}

/** Two places are held by a first row with two, so that every engine says decimals alike. */
function loadedColumn({ name, type, cells }: StoredColumn): ReturnType<typeof column> {
  if (type !== "time") return column(name, type, cells);
  return column(
    name,
    type,
    cells.map((cell) => (cell === null ? null : Date.parse(`1970-01-01T${cell}Z`) / 1000)),
  );
}
