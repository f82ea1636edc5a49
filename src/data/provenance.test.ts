import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase, type Provenance } from "./index.ts";
import { column, costsTable, ordersTable, table } from "./tables.fixture.ts";

describe("the rows of a result", () => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase({ memoryMb: 300 });
    await database.load(ordersTable());
    await database.load(costsTable());
  });
  afterAll(() => database[Symbol.asyncDispose]());

  const trace = async (sql: string): Promise<Provenance> =>
    (await database.query(sql, { provenance: true })).provenance!;

  /** Ranges by result row, of the first table. */
  const ranges = async (sql: string) => {
    const provenance = await trace(sql);
    return provenance.kind === "rows"
      ? provenance.rows.map((sources) => sources[0]?.ranges)
      : provenance.reason;
  };

  it("are the sheet rows that were filtered", async () => {
    expect(await ranges("SELECT id FROM orders WHERE product = 'Chair' ORDER BY id")).toEqual([
      [[4, 4]],
      [[7, 7]],
      [[10, 10]],
    ]);
    expect(await ranges("SELECT * FROM orders WHERE amount > 1000")).toEqual([]);
  });

  it("are the sheet rows that were grouped, with the gap of the sheet", async () => {
    expect(await ranges("SELECT sum(amount) FROM orders")).toEqual([
      [
        [4, 7],
        [10, 13],
      ],
    ]);
    expect(
      await ranges("SELECT region, sum(amount) FROM orders GROUP BY region ORDER BY 1 NULLS LAST"),
    ).toEqual([
      [
        [7, 7],
        [13, 13],
      ],
      [
        [4, 4],
        [6, 6],
        [11, 11],
      ],
      [
        [5, 5],
        [10, 10],
      ],
      [[12, 12]],
    ]);
    const having = "SELECT region, avg(share) FROM orders WHERE paid GROUP BY ALL HAVING count(*) > 2";
    expect(await ranges(having)).toEqual([
      [
        [4, 4],
        [6, 6],
        [11, 11],
      ],
    ]);
  });

  it("follow the order and the limit of the result", async () => {
    const sql =
      "SELECT region, sum(amount) AS s FROM orders GROUP BY region ORDER BY s DESC LIMIT 1 OFFSET 1";
    expect(await ranges(sql)).toEqual([
      [
        [5, 5],
        [10, 10],
      ],
    ]);
  });

  it("are told for distinct values", async () => {
    expect(await ranges("SELECT DISTINCT paid FROM orders ORDER BY paid")).toEqual([
      [
        [5, 5],
        [10, 10],
        [12, 12],
      ],
      [
        [4, 4],
        [6, 7],
        [11, 11],
        [13, 13],
      ],
    ]);
  });

  it("are told for every table of a join", async () => {
    const provenance = await trace(
      "SELECT c.manager, sum(o.amount) FROM costs c LEFT JOIN orders o USING (region) GROUP BY ALL ORDER BY 1",
    );
    expect(provenance).toMatchObject({
      kind: "rows",
      rows: [
        [
          { table: "costs", ranges: [[2, 2]], count: 1 },
          {
            table: "orders",
            ranges: [
              [4, 4],
              [6, 6],
              [11, 11],
            ],
            count: 3,
            isExact: true,
          },
        ],
        [
          { ranges: [[3, 3]] },
          {
            ranges: [
              [5, 5],
              [10, 10],
            ],
          },
        ],
        [{ ranges: [[4, 4]] }, { ranges: [], count: 0 }],
      ],
    });
  });

  it("come with what each column reads", async () => {
    const provenance = await trace(
      "SELECT region, sum(quantity * amount) AS t, t2.id FROM orders t2 GROUP BY ALL",
    );
    const orders = (...columns: string[]) => [{ table: "orders", columns }];
    expect(provenance).toMatchObject({
      columns: [orders("region"), orders("quantity", "amount"), orders("id")],
    });
    expect(await trace("SELECT * FROM costs")).toMatchObject({
      columns: [["region"], ["cost per unit"], ["manager"]].map((columns) => [{ table: "costs", columns }]),
    });
  });

  it("do not change the result or its names", async () => {
    const statements = [
      "SELECT * FROM orders JOIN costs USING (region) ORDER BY id",
      "SELECT region, sum(share), count(*), max(made::DATE) FROM orders GROUP BY ALL ORDER BY ALL",
      "SELECT DISTINCT product, region FROM orders ORDER BY ALL",
      "SELECT product, rank() OVER (ORDER BY amount) FROM orders ORDER BY id",
    ];
    for (const sql of statements) {
      const { provenance, ...traced } = await database.query(sql, { provenance: true });
      expect(provenance).toBeDefined();
      expect(traced).toEqual(await database.query(sql));
    }
  });

  it("are given up with a reason where they can't be told, and the columns remain", async () => {
    const reasons: Record<string, string> = {
      "SELECT sum(amount) OVER () FROM orders": "a window function reads other rows than its own",
      "SELECT id FROM orders WHERE amount > (SELECT avg(amount) FROM orders)": "the query has a subquery",
      "WITH x AS (FROM orders) SELECT sum(amount) FROM x": "the query has a WITH clause",
      "SELECT id FROM orders UNION SELECT 1": "the query joins the results of several SELECTs",
      "SELECT 1": "the query reads from something else than loaded tables",
    };
    for (const [sql, reason] of Object.entries(reasons)) {
      expect(await trace(sql)).toEqual({ kind: "columns", reason });
    }
    const { reads } = await database.query(
      "WITH x AS (SELECT id, amount FROM orders) SELECT sum(amount) FROM x",
    );
    expect(reads).toEqual([{ table: "orders", columns: ["id", "amount"] }]);
  });

  it("are one spanning range where there are too many to list", async () => {
    const count = 10_000;
    const ids = Array.from({ length: count }, (_, index) => index);
    await database.load(table("many", [column("i", "integer", ids)]));
    const provenance = await trace("SELECT i % 2 AS odd, count(*) FROM many GROUP BY odd ORDER BY odd");
    expect(provenance).toMatchObject({
      rows: [
        [{ ranges: [[2, count]], count: count / 2, isExact: false }],
        [{ ranges: [[3, count + 1]], count: count / 2, isExact: false }],
      ],
    });
  });
});
