import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../data/index.ts";
import { column, table } from "../../data/tables.fixture.ts";
import type { Json } from "../../json.ts";
import type { Table } from "../../table.ts";
import type { Calculation, Filter, GroupKey, Measure, Plan } from "./plan.ts";
import { calculationSql } from "./plan-sql.ts";

/** Names that would break SQL made by hand, and values that would. */
const odd: Table = table('My "odd" table; DROP', [
  column('na"me', "text", ["Ann", "bob", "O'Hara", "Ünal", "", null, "ann"]),
  column("group by", "text", ["a", "b", "a", "b", "a", "b", "c"]),
  column("amount (€)", "integer", [10, 20, 30, 40, 50, null, 70]),
  column("rate", "decimal", [0.5, 1.25, 2.5, -1, 0, 3, null]),
  column("on", "date", [
    "2023-12-31",
    "2024-01-01",
    "2024-01-31",
    "2024-04-01",
    "2024-04-07",
    null,
    "2024-12-31",
  ]),
  column("at", "timestamp", [
    ...["2024-01-01T00:00:00", "2024-01-01T23:59:59", "2024-01-02T00:00:00", null],
    ...["2024-02-01T12:00:00", "2024-02-02T12:00:00", "2024-02-03T12:00:00"],
  ]),
  column("yes?", "boolean", [true, false, true, null, false, true, true]),
  column("hour", "time", [32_400, 36_000, null, 43_200, 43_200, 43_200, 61_200]),
]);
const wide: Table = table("wide", [
  column("item", "text", ["Rent", "Travel", "Total's"]),
  column("Jan", "integer", [100, 10, 110]),
  column("Feb", "integer", [100, 30, 130]),
  column("Mar", "integer", [120, null, 120]),
  column("row", "text", ["x", "y", "z"]),
]);

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
  await database.load(odd);
  await database.load(wide);
}, 30_000);
afterAll(async () => database[Symbol.asyncDispose]());

async function run(calculation: Calculation): Promise<readonly (readonly Json[])[]> {
  const sql = calculationSql(calculation, (name) => (name === "wide" ? wide : odd));
  return (await database.query(sql, { provenance: true })).rows;
}

const base = { table: odd.name };
const names = async (where: readonly Filter[]): Promise<readonly Json[]> =>
  (await run({ ...base, where, show: ['na"me'] })).map(([name]) => name!);
const nameIs = (filter: object): Filter => ({ column: 'na"me', ...filter }) as Filter;

describe("conditions", () => {
  const cases: readonly (readonly [Filter, readonly (string | null)[]])[] = [
    [nameIs({ is: "=", value: "ANN" }), ["Ann", "ann"]],
    [nameIs({ is: "=", value: "o'hara" }), ["O'Hara"]],
    [nameIs({ is: "=", value: "ünal" }), ["Ünal"]],
    [nameIs({ is: "=", value: "x' OR 1=1 --" }), []],
    [nameIs({ is: "!=", value: "ann" }), ["bob", "O'Hara", "Ünal", "", null]],
    [nameIs({ is: "contains", value: "'H" }), ["O'Hara"]],
    [nameIs({ is: "contains", value: "%" }), []],
    [nameIs({ is: "not-contains", value: "a" }), ["bob", "", null]],
    [nameIs({ is: "in", values: ["Bob", "Ünal"] }), ["bob", "Ünal"]],
    [nameIs({ is: "not-in", values: ["ann", "bob"] }), ["O'Hara", "Ünal", "", null]],
    [nameIs({ is: "empty" }), ["", null]],
    [nameIs({ is: "not-empty" }), ["Ann", "bob", "O'Hara", "Ünal", "ann"]],
    [{ column: "amount (€)", is: "<", value: 20 }, ["Ann"]],
    [{ column: "AMOUNT (€)", is: "<=", value: 20 }, ["Ann", "bob"]],
    [{ column: "amount (€)", is: ">", value: 40 }, ["", "ann"]],
    [{ column: "amount (€)", is: ">=", value: "40" }, ["Ünal", "", "ann"]],
    [{ column: "amount (€)", is: "between", from: 20, to: 30 }, ["bob", "O'Hara"]],
    [{ column: "amount (€)", is: "empty" }, [null]],
    [{ column: "amount (€)", is: "!=", value: 10 }, ["bob", "O'Hara", "Ünal", "", null, "ann"]],
    [{ column: "rate", is: "in", values: [0, -1] }, ["Ünal", ""]],
    [{ column: "on", is: "between", from: "2024-01-01", to: "2024-01-31" }, ["bob", "O'Hara"]],
    [{ column: "on", is: ">", value: "2024-04-01" }, ["", "ann"]],
    [{ column: "on", grain: "year", is: "=", value: 2023 }, ["Ann"]],
    [{ column: "on", grain: "month-of-year", is: "in", values: [1, 4] }, ["bob", "O'Hara", "Ünal", ""]],
    [{ column: "on", grain: "weekday", is: "=", value: 7 }, ["Ann", ""]],
    [{ column: "on", grain: "weekday", is: "not-in", values: [1, 7] }, ["O'Hara", null, "ann"]],
    [{ column: "at", is: "between", from: "2024-01-01", to: "2024-01-01" }, ["Ann", "bob"]],
    [{ column: "at", is: ">=", value: "2024-02-01T12:00:00" }, ["", null, "ann"]],
    [{ column: "yes?", is: "=", value: true }, ["Ann", "O'Hara", null, "ann"]],
    [{ column: "yes?", is: "!=", value: true }, ["bob", "Ünal", ""]],
    [{ column: "hour", is: "<", value: "10:00" }, ["Ann"]],
  ];

  it.each(cases)("%j", async (filter, expected) => {
    expect(await names([filter])).toEqual(expected);
  });

  it("hold all together", async () => {
    const filters: Filter[] = [
      { column: "group by", is: "=", value: "a" },
      { column: "amount (€)", is: ">", value: 10 },
    ];
    expect(await names(filters)).toEqual(["O'Hara", ""]);
  });

  it.each<[string, Filter]>([
    ["a word where numbers stand", { column: "amount (€)", is: "=", value: "many" }],
    ["an empty text where numbers stand", { column: "amount (€)", is: "=", value: "" }],
    ["a date that is none", { column: "on", is: "=", value: "1' OR '1'='1" }],
    ["a column that the table lacks", { column: "price", is: "=", value: 1 }],
  ])("refuse %s", async (_, filter) => {
    await expect(names([filter])).rejects.toThrow(RangeError);
  });
});

describe("measures", () => {
  const cases: readonly (readonly [Measure, Json])[] = [
    [{ fn: "count" }, 7],
    [{ fn: "count", column: "amount (€)" }, 6],
    [{ fn: "count-distinct", column: "group by" }, 3],
    [{ fn: "sum", column: "amount (€)" }, 220],
    [{ fn: "average", column: "amount (€)" }, 220 / 6],
    [{ fn: "median", column: "amount (€)" }, 35],
    [{ fn: "min", column: "rate" }, -1],
    [{ fn: "max", column: "rate" }, 3],
    [{ fn: "range", column: "amount (€)" }, 60],
    [{ fn: "min", column: "on" }, "2023-12-31"],
    [{ fn: "max", column: "on" }, "2024-12-31"],
  ];

  it.each(cases)("%j", async (measure, expected) => {
    const [row] = await run({ ...base, measures: [measure] });
    expect(row).toEqual([typeof expected === "number" ? expect.closeTo(expected, 9) : expected]);
  });

  it("need a column unless rows are counted", async () => {
    await expect(run({ ...base, measures: [{ fn: "sum" }] })).rejects.toThrow("sum needs a column");
  });
});

const count: Plan = { ...base, measures: [{ fn: "count" }] };
const dated: Filter = { column: "on", is: "not-empty" };

describe("groups", () => {
  const cases: readonly (readonly [GroupKey, readonly (readonly Json[])[]])[] = [
    [
      { column: "group by" },
      [
        ["a", 3],
        ["b", 2],
        ["c", 1],
      ],
    ],
    [
      { column: "on", grain: "year" },
      [
        [2023, 1],
        [2024, 5],
      ],
    ],
    [
      { column: "on", grain: "quarter" },
      [
        ["2023-Q4", 1],
        ["2024-Q1", 2],
        ["2024-Q2", 2],
        ["2024-Q4", 1],
      ],
    ],
    [
      { column: "on", grain: "month" },
      [
        ["2023-12", 1],
        ["2024-01", 2],
        ["2024-04", 2],
        ["2024-12", 1],
      ],
    ],
    [
      { column: "on", grain: "month-of-year" },
      [
        ["January", 2],
        ["April", 2],
        ["December", 2],
      ],
    ],
    [
      { column: "on", grain: "weekday" },
      [
        ["Monday", 2],
        ["Tuesday", 1],
        ["Wednesday", 1],
        ["Sunday", 2],
      ],
    ],
  ];

  it.each(cases)("by %j come in their natural order", async (key, expected) => {
    expect(await run({ ...count, where: [dated], groupBy: [key] })).toEqual(expected);
  });

  it("of a time of day are put together by day", async () => {
    const rows = await run({
      ...count,
      where: [{ column: "at", is: "<", value: "2024-02-01" }],
      groupBy: [{ column: "at", grain: "day" }],
    });
    expect(rows).toEqual([
      ["2024-01-01", 2],
      ["2024-01-02", 1],
    ]);
  });

  it("are kept by what they come to, put in order by it, and cut off", async () => {
    const plan: Plan = {
      ...base,
      groupBy: [{ column: "group by" }],
      measures: [{ fn: "sum", column: "amount (€)" }],
    };
    expect(await run({ ...plan, having: { measure: 0, is: ">=", value: 70 } })).toEqual([
      ["a", 90],
      ["c", 70],
    ]);
    expect(await run({ ...plan, having: { measure: 0, is: "!=", value: 70 } })).toEqual([
      ["a", 90],
      ["b", 60],
    ]);
    expect(await run({ ...plan, orderBy: [{ by: 0, direction: "ascending" }], limit: 2 })).toEqual([
      ["b", 60],
      ["c", 70],
    ]);
    expect(await run({ ...plan, orderBy: [{ by: "group by", direction: "descending" }], limit: 1 })).toEqual([
      ["c", 70],
    ]);
  });
});

describe("a number of each group", () => {
  const plan: Plan = {
    ...base,
    groupBy: [{ column: "group by" }],
    measures: [{ fn: "sum", column: "amount (€)" }],
  };
  const over = (as: NonNullable<Plan["over"]>["as"], more: Partial<Plan> = {}) =>
    run({ ...plan, ...more, over: { measure: 0, as } });

  it("has its share of the whole", async () => {
    expect(await over("share")).toEqual([
      ["a", 90, expect.closeTo(40.9090909)],
      ["b", 60, expect.closeTo(27.2727272)],
      ["c", 70, expect.closeTo(31.8181818)],
    ]);
  });

  it("has its change from the one before", async () => {
    expect(await over("change")).toEqual([
      ["a", 90, null],
      ["b", 60, -30],
      ["c", 70, 10],
    ]);
    expect(await over("percent-change")).toEqual([
      ["a", 90, null],
      ["b", 60, expect.closeTo(-33.3333333)],
      ["c", 70, expect.closeTo(16.6666666)],
    ]);
  });

  it("has its rank and its running total", async () => {
    expect(await over("rank", { orderBy: [{ by: 0, direction: "descending" }], limit: 2 })).toEqual([
      ["a", 90, 1],
      ["c", 70, 2],
    ]);
    expect(await over("running-total")).toEqual([
      ["a", 90, 90],
      ["b", 60, 150],
      ["c", 70, 220],
    ]);
  });

  it("is compared with its own year before where a name stands beside the time", async () => {
    const rows = await run({
      ...base,
      where: [dated],
      groupBy: [{ column: "group by" }, { column: "on", grain: "year" }],
      measures: [{ fn: "sum", column: "amount (€)" }],
      over: { measure: 0, as: "change" },
    });
    expect(rows).toEqual([
      ["a", 2023, 10, null],
      ["a", 2024, 80, 70],
      ["b", 2024, 60, null],
      ["c", 2024, 70, null],
    ]);
  });
});

describe("rows", () => {
  const show: Plan = { ...base, show: ['na"me', "amount (€)"] };

  it("come in the order of the sheet, or of a column with empty cells last", async () => {
    const first = await run({ ...show, orderBy: [{ by: "row", direction: "descending" }], limit: 2 });
    expect(first).toEqual([
      ["ann", 70],
      [null, null],
    ]);
    const last = await run({ ...show, orderBy: [{ by: "amount (€)", direction: "descending" }] });
    expect(last.map(([, amount]) => amount)).toEqual([70, 50, 40, 30, 20, 10, null]);
  });

  it("that share the last place are all taken where ties are wanted", async () => {
    const plan: Plan = {
      ...base,
      show: ["hour"],
      where: [{ column: "hour", is: "not-empty" }],
      orderBy: [{ by: "hour", direction: "ascending" }],
      limit: 3,
    };
    expect(await run(plan)).toHaveLength(3);
    expect(await run({ ...plan, ties: true })).toHaveLength(5);
  });

  it("that say the same are shown once, the first one's place counting", async () => {
    const plan: Plan = { ...base, show: ["group by"], distinct: true };
    expect(await run(plan)).toEqual([["a"], ["b"], ["c"]]);
    expect(await run({ ...plan, orderBy: [{ by: "row", direction: "descending" }] })).toEqual([
      ["c"],
      ["b"],
      ["a"],
    ]);
    expect(await run({ ...plan, orderBy: [{ by: "rate", direction: "descending" }], limit: 1 })).toEqual([
      ["b"],
    ]);
  });

  it("beside the one that is found are taken in the order of the sheet", async () => {
    const found: Filter = { column: 'na"me', is: "=", value: "bob" };
    expect(await run({ ...base, where: [found], beside: 1, show: ['na"me'] })).toEqual([["O'Hara"]]);
    expect(await run({ ...base, where: [found], beside: -1, show: ['na"me'] })).toEqual([["Ann"]]);
    expect(
      await run({ ...base, where: [nameIs({ is: "=", value: "nobody" })], beside: 1, show: ['na"me'] }),
    ).toEqual([]);
  });
});

describe("columns turned into rows", () => {
  const unpivot = {
    columns: ["Jan", "Feb", "Mar"].map((name) => ({ column: name, as: name })),
    name: "Month",
    type: "text",
    value: "Value",
  } as const;
  const plan: Plan = { table: "wide", unpivot };

  it("are grouped in the order of the sheet, not of the alphabet", async () => {
    const rows = await run({
      ...plan,
      groupBy: [{ column: "Month" }],
      measures: [{ fn: "sum", column: "Value" }],
    });
    expect(rows).toEqual([
      ["Jan", 220],
      ["Feb", 260],
      ["Mar", 240],
    ]);
  });

  it("are found by name and by value, also beside a column called row", async () => {
    const where: Filter[] = [
      { column: "item", is: "=", value: "total's" },
      { column: "Month", is: "in", values: ["Jan", "Mar"] },
    ];
    expect(await run({ ...plan, where, show: ["Month", "Value", "row"] })).toEqual([
      ["Jan", 110, "z"],
      ["Mar", 120, "z"],
    ]);
    const best: Plan = {
      ...plan,
      where: [{ column: "Value", is: "not-empty" }],
      show: ["item", "Month"],
      orderBy: [{ by: "Value", direction: "ascending" }],
      limit: 1,
    };
    expect(await run(best)).toEqual([["Travel", "Jan"]]);
  });

  it("have their change from one to the next", async () => {
    const rows = await run({
      ...plan,
      where: [{ column: "item", is: "=", value: "Rent" }],
      groupBy: [{ column: "Month" }],
      measures: [{ fn: "sum", column: "Value" }],
      over: { measure: 0, as: "change" },
    });
    expect(rows).toEqual([
      ["Jan", 100, null],
      ["Feb", 100, 0],
      ["Mar", 120, 20],
    ]);
  });

  it("hold years as numbers and months as dates", async () => {
    const years: Plan = {
      table: "wide",
      unpivot: {
        ...unpivot,
        columns: [
          { column: "Jan", as: 2023 },
          { column: "Feb", as: 2024 },
        ],
        type: "integer",
      },
    };
    expect(
      await run({
        ...years,
        where: [{ column: "Month", is: ">", value: 2023 }],
        measures: [{ fn: "sum", column: "Value" }],
      }),
    ).toEqual([[260]]);
    const dates: Plan = {
      table: "wide",
      unpivot: {
        ...unpivot,
        columns: [
          { column: "Jan", as: "2024-01-01" },
          { column: "Feb", as: "2024-02-01" },
        ],
        type: "date",
      },
    };
    expect(
      await run({
        ...dates,
        groupBy: [{ column: "Month", grain: "month" }],
        measures: [{ fn: "sum", column: "Value" }],
      }),
    ).toEqual([
      ["2024-01", 220],
      ["2024-02", 260],
    ]);
  });
});

describe("two values set against each other", () => {
  const of = (group: string): Plan => ({
    ...base,
    where: [{ column: "group by", is: "=", value: group }],
    measures: [{ fn: "sum", column: "amount (€)" }],
  });

  it.each([
    ["difference", 30],
    ["sum", 150],
    ["ratio", 1.5],
    ["share", 150],
    ["percent-change", 50],
  ] as const)("by %s", async (op, expected) => {
    expect(await run({ op, left: of("a"), right: of("b") })).toEqual([[expect.closeTo(expected, 9)]]);
  });

  it("come to nothing where the whole is zero or empty", async () => {
    expect(await run({ op: "ratio", left: of("a"), right: of("none") })).toEqual([[null]]);
    const zero: Plan = {
      ...base,
      where: [nameIs({ is: "=", value: "nobody" })],
      measures: [{ fn: "count" }],
    };
    expect(await run({ op: "share", left: of("a"), right: zero })).toEqual([[null]]);
  });
});

describe("places behind the first", () => {
  const ranked = (amounts: readonly number[]): readonly [Plan, Table] => {
    const made = table(`ranks ${amounts.join(" ")}`, [
      column(
        "name",
        "text",
        amounts.map((_, index) => `n${index}`),
      ),
      column("amount", "integer", amounts),
    ]);
    const plan: Plan = {
      table: made.name,
      show: ["name"],
      orderBy: [{ by: "amount", direction: "descending" }],
      limit: 1,
      offset: 1,
      ties: true,
    };
    return [plan, made];
  };
  const second = async (amounts: readonly number[]) => {
    const [plan, made] = ranked(amounts);
    await database.load(made);
    return (await database.query(calculationSql(plan, () => made))).rows.flat();
  };

  it.each([
    ["the second of three", [10, 30, 20], ["n2"]],
    ["all that share the second place", [10, 30, 20, 20], ["n2", "n3"]],
    ["none where two share the first", [30, 30, 20], []],
    ["none of one", [10], []],
  ])("are %s", async (_, amounts, names) => {
    expect(await second(amounts)).toEqual(names);
  });

  it("without ties are those that are left when the first are passed over", async () => {
    const plan: Plan = {
      ...base,
      where: [{ column: "amount (€)", is: "not-empty" }],
      show: ["amount (€)"],
      orderBy: [{ by: "amount (€)", direction: "ascending" }],
      limit: 2,
      offset: 2,
    };
    expect(await run(plan)).toEqual([[30], [40]]);
  });
});

describe("groups that are counted", () => {
  const grouped: Plan = {
    ...base,
    groupBy: [{ column: "group by" }],
    measures: [{ fn: "sum", column: "amount (€)" }],
    count: "groups",
  };

  it("are all of them, or those that a condition keeps", async () => {
    expect(await run(grouped)).toEqual([[3]]);
    expect(await run({ ...grouped, having: { measure: 0, is: ">", value: 65 } })).toEqual([[2]]);
  });

  it("are traced to the rows that they are made of", async () => {
    const { provenance } = await database.query(
      calculationSql({ ...grouped, having: { measure: 0, is: ">", value: 65 } }, () => odd),
      { provenance: true },
    );
    expect(provenance).toBeDefined();
  });
});

describe("time between two columns", () => {
  const elapsed = { from: "on", to: "at", unit: "days", name: "wait" } as const;

  it("is counted by the calendar, empty where one is missing", async () => {
    expect(await run({ ...base, elapsed, show: ["wait"] })).toEqual([
      [1],
      [0],
      [-29],
      [null],
      [-66],
      [null],
      [-332],
    ]);
  });

  it("is averaged, compared, put together and put in order as other numbers", async () => {
    const plan: Plan = { ...base, elapsed, where: [{ column: "wait", is: "<", value: 0 }] };
    expect(await run({ ...plan, measures: [{ fn: "average", column: "wait" }] })).toEqual([
      [(-29 - 66 - 332) / 3],
    ]);
    expect(
      await run({ ...plan, groupBy: [{ column: "group by" }], measures: [{ fn: "min", column: "wait" }] }),
    ).toEqual([
      ["a", -66],
      ["c", -332],
    ]);
    expect(
      await run({
        ...plan,
        show: ["wait"],
        orderBy: [{ by: "wait", direction: "descending" }],
        limit: 1,
        ties: true,
      }),
    ).toEqual([[-29]]);
  });

  it("has whole months and years, also between two values", async () => {
    const side = (fn: "min" | "max"): Plan => ({ ...base, measures: [{ fn, column: "on" }] });
    const between = async (unit: "days" | "months" | "years") =>
      (await run({ op: "difference", left: side("max"), right: side("min"), unit }))[0]![0];
    expect([await between("days"), await between("months"), await between("years")]).toEqual([366, 12, 1]);
    expect(await run({ ...base, elapsed: { ...elapsed, unit: "months" }, show: ["wait"] })).toEqual([
      [0],
      [0],
      [0],
      [null],
      [-2],
      [null],
      [-10],
    ]);
  });
});
