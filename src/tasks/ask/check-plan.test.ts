import { describe, expect, it } from "vitest";
import { checkPlan } from "./check-plan.ts";
import type { Plan } from "./plan.ts";
import { budget, orders } from "./question/business.fixture.ts";

const tables = [orders, budget];
const base = { table: "Orders" };
const elapsed = { from: "Order date", to: "Ship date", unit: "days", name: "wait" } as const;
const sum: Plan = { ...base, measures: [{ fn: "sum", column: "Amount" }] };

describe("a plan that fits", () => {
  it.each<Plan>([
    sum,
    { ...base, show: ["customer"], where: [{ column: "AMOUNT", is: ">", value: "500" }] },
    {
      ...sum,
      groupBy: [{ column: "Order date", grain: "month" }],
      orderBy: [{ by: 0, direction: "descending" }],
      limit: 3,
    },
    { ...base, measures: [{ fn: "max", column: "Order date" }, { fn: "count" }] },
    { ...base, show: ["Amount"], orderBy: [{ by: "Amount", direction: "descending" }], limit: 1, offset: 1 },
    { ...sum, groupBy: [{ column: "Country" }], having: { measure: 0, is: ">", value: 1 }, count: "groups" },
    {
      ...base,
      elapsed,
      measures: [{ fn: "average", column: "wait" }],
      where: [{ column: "wait", is: ">", value: 2 }],
    },
  ])("has nothing to be said: %j", (plan) => {
    expect(checkPlan(plan, tables)).toEqual([]);
  });
});

describe("a plan that does not fit", () => {
  it.each<[string, Plan]>([
    ["there is no table Sales; the tables are Orders, Budget", { table: "Sales", show: ["x"] }],
    [
      "Orders has no column Price; it has Order no, Order date, Customer, Country, Product, Quantity, Unit price, Amount, Paid, Ship date",
      { ...base, show: ["Price"] },
    ],
    ["Customer holds text, so it has no sum", { ...base, measures: [{ fn: "sum", column: "Customer" }] }],
    [
      "Order date holds a date, so it has no average",
      { ...base, measures: [{ fn: "average", column: "Order date" }] },
    ],
    ["median needs a column", { ...base, measures: [{ fn: "median" }] }],
    [
      "Customer holds no dates, so it has no month",
      { ...base, groupBy: [{ column: "Customer", grain: "month" }], measures: [{ fn: "count" }] },
    ],
    [
      'Amount is compared with numbers, and "high" is none',
      { ...sum, where: [{ column: "Amount", is: "=", value: "high" }] },
    ],
    [
      'Order date is compared with a date like 2024-01-31, and "March" is none',
      { ...sum, where: [{ column: "Order date", is: ">", value: "March" }] },
    ],
    [
      "Customer holds text, which is not larger or smaller: use =",
      { ...sum, where: [{ column: "Customer", is: ">", value: "A" }] },
    ],
    ["an offset needs a limit", { ...base, orderBy: [{ by: "row", direction: "ascending" }], offset: 1 }],
    ["an offset needs an order", { ...base, show: ["Amount"], limit: 1, offset: 1 }],
    ["only groups can be counted", { ...sum, count: "groups" }],
    [
      "groups are counted, not listed",
      { ...sum, groupBy: [{ column: "Country" }], count: "groups", limit: 2 },
    ],
    [
      "Orders has no column Sent; it has Order no, Order date, Customer, Country, Product, Quantity, Unit price, Amount, Paid, Ship date, wait",
      { ...base, elapsed: { ...elapsed, to: "Sent" }, show: ["wait"] },
    ],
    [
      "Customer holds no dates, so no time is between",
      { ...base, elapsed: { ...elapsed, to: "Customer" }, show: ["wait"] },
    ],
    ["groups need a measure", { ...base, groupBy: [{ column: "Customer" }] }],
    ["having needs groups", { ...sum, having: { measure: 0, is: ">", value: 1 } }],
    ["over needs groups and a measure", { ...sum, over: { measure: 0, as: "share" } }],
    [
      "groups can't be put in the order of Amount: use a measure or a key",
      { ...sum, orderBy: [{ by: "Amount", direction: "ascending" }] },
    ],
    ["either measures or columns to show, not both", { ...sum, show: ["Customer"] }],
    [
      "Budget has no column of numbers Type",
      {
        table: "Budget",
        unpivot: { columns: [{ column: "Type", as: "x" }], name: "Month", type: "text", value: "Value" },
        show: ["Value"],
      },
    ],
  ])("%s", (problem, plan) => {
    expect(checkPlan(plan, tables)).toContain(problem);
  });

  it("is told of each side of a calculation, which must be one value", () => {
    const grouped: Plan = { ...sum, groupBy: [{ column: "Customer" }] };
    expect(checkPlan({ op: "difference", left: sum, right: grouped }, tables)).toEqual([
      "each side of a difference is one value: one measure and no groups",
    ]);
  });
});

describe("the time between two values", () => {
  const last: Plan = { ...base, measures: [{ fn: "max", column: "Order date" }] };
  const first: Plan = { ...base, measures: [{ fn: "min", column: "Order date" }] };

  it("needs dates on both sides", () => {
    expect(checkPlan({ op: "difference", left: last, right: first, unit: "months" }, tables)).toEqual([]);
    expect(checkPlan({ op: "difference", left: last, right: sum, unit: "days" }, tables)).toEqual([
      "the time between two values needs dates on both sides",
    ]);
  });

  it("is a difference", () => {
    expect(checkPlan({ op: "ratio", left: last, right: first, unit: "days" }, tables)).toContain(
      "a unit of time goes with a difference",
    );
  });
});
