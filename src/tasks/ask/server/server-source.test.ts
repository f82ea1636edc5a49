import { describe, expect, it } from "vitest";
import type { ServerColumn, ServerTable } from "../../../data/servers/server.ts";
import { postgresDialect } from "../dialects/postgres.ts";
import { citeColumns } from "./cite-columns.ts";
import { askedTables } from "./server-source.ts";

const plain: Omit<ServerColumn, "name"> = {
  serverType: "text",
  type: "text",
  reading: "plain",
  isExact: false,
  isNullable: true,
};
const { type: _, ...unread } = plain;
const table: ServerTable = {
  schema: "public",
  name: "order_items",
  columns: [
    { ...plain, name: "order_date" },
    { ...plain, name: "totalAmount" },
    { ...plain, name: "orderID" },
    { ...plain, name: "Order Date" },
    { ...plain, name: "mood", reading: "text" },
    { ...unread, name: "tags" },
  ],
  key: ["orderID"],
  canSample: true,
};

describe("a server's table as questions see it", () => {
  const [asked] = askedTables([table], postgresDialect());

  it("has names as people write them, each only once, and leaves out what has no plain values", () => {
    expect(asked!.name).toBe("order items");
    expect(asked!.columns.map(({ name }) => name)).toEqual([
      ...["order date", "total amount", "order ID", "Order Date 2", "mood"],
    ]);
    expect(asked!.others).toEqual(["tags"]);
  });

  it("is read by its own names", () => {
    expect(asked!.from).toBe('"public"."order_items"');
    expect(asked!.columns.map(({ sql }) => sql)).toEqual([
      ...['"order_date"', '"totalAmount"', '"orderID"', '"Order Date"', 'CAST("mood" AS text)'],
    ]);
  });

  it("is cited by columns, or as a whole where rows are counted", () => {
    const measures = [{ fn: "sum", column: "total amount" }] as const;
    expect(citeColumns({ table: "order items", measures }, [asked!])).toEqual([
      "public.order_items.totalAmount",
    ]);
    expect(citeColumns({ table: "order items", measures: [{ fn: "count" }] }, [asked!])).toEqual([
      "public.order_items",
    ]);
  });
});
