import { describe, expect, it } from "vitest";
import { checkAll } from "../proof/run-proof.fixture.ts";
import { drawOrders, ordersWorkbook } from "../proof/workbooks.fixture.ts";

const orders = drawOrders(7);
const sum = (region: number, year: number): number =>
  orders
    .filter((each) => each.region === region && each.year === year)
    .reduce((all, each) => all + each.revenue, 0);
const file = { name: "orders.xlsx", bytes: ordersWorkbook(orders, "en") };
const [north, south] = [sum(0, 2025), sum(1, 2025)];

describe("lists that belong together pairwise", () => {
  it("are compared pair by pair", async () => {
    const findings = await checkAll(
      [
        `In 2025, the North and the South recorded revenue of ${north} € and ${south} €, respectively.`,
        `In 2025, the North and the South recorded revenue of ${south} € and ${north} €, respectively.`,
        `Revenue in the North was ${sum(0, 2024)} € and ${north} € in 2024 and 2025, respectively.`,
        `Revenue in the North was ${north} € and ${sum(0, 2024)} € in 2024 and 2025, respectively.`,
      ],
      [file],
    );
    expect(findings.map(({ verdict }) => verdict)).toEqual([
      "confirmed",
      "confirmed",
      "contradicted",
      "contradicted",
      "confirmed",
      "confirmed",
      "contradicted",
      "contradicted",
    ]);
  }, 30_000);

  it("are left open where their lengths differ", async () => {
    const findings = await checkAll(
      [`The North, the South and the East recorded revenue of 1 € and 2 €, respectively, in 2025.`],
      [file],
    );
    expect(findings.some(({ verdict }) => verdict === "contradicted")).toBe(false);
  }, 30_000);
});

describe("a range", () => {
  it("holds a value between its ends", async () => {
    const findings = await checkAll(
      [
        `Revenue in the North was between ${north - 5} and ${north + 5} € in 2025.`,
        `Revenue in the North was between ${north + 5} and ${north + 50} € in 2025.`,
      ],
      [file],
    );
    expect(findings.map(({ verdict }) => verdict)).toEqual(["confirmed", "contradicted"]);
  }, 30_000);
});
