import { describe, expect, it } from "vitest";
import { checkAll } from "../proof/run-proof.fixture.ts";
import { drawOrders, ordersWorkbook } from "../proof/workbooks.fixture.ts";
import type { Finding } from "../types.ts";

const orders = drawOrders(7).filter(({ year }) => year === 2025);
const all = orders.length;
const east = orders.filter(({ region }) => region === 2).length;
const sum = (last: number): number =>
  orders.filter(({ month }) => month <= last).reduce((sum, { revenue }) => sum + revenue, 0);
const file = { name: "orders.xlsx", bytes: ordersWorkbook(drawOrders(7), "en") };
const verdicts = async (...texts: string[]): Promise<Finding["verdict"][]> =>
  (await checkAll(texts, [file])).map(({ verdict }) => verdict);

describe("a part of a number of rows", () => {
  it("is counted, and its whole as well", async () => {
    const said = (part: number): string[] => [
      `${part} out of ${all} orders in 2025 came from the East.`,
      `Of the ${all} orders placed in 2025, ${part} were for the East.`,
    ];
    expect(await verdicts(...said(east))).toEqual(["confirmed", "confirmed", "confirmed", "confirmed"]);
    expect(await verdicts(...said(east + 9))).toEqual([
      "contradicted",
      "confirmed",
      "confirmed",
      "contradicted",
    ]);
  }, 30_000);

  it("is left open where no name says which part, or where the whole isn't known", async () => {
    const found = await verdicts(
      `50 out of ${all} orders in 2025 were late.`,
      `37 orders in the East were late in 2025.`,
      `Of the 120 orders placed online in 2025, 30 came from the East.`,
    );
    expect(found).not.toContain("contradicted");
  }, 30_000);

  it("is a share where it is said of four or ten", async () => {
    const tenth = Math.round((east / all) * 10);
    expect(
      await verdicts(
        `${tenth} out of 10 orders in 2025 came from the East.`,
        "Nine out of ten orders in 2025 came from the East.",
      ),
    ).toEqual(["confirmed", "contradicted"]);
  }, 30_000);
});

describe("from a month to another", () => {
  it("is one time, unless something changed between them", async () => {
    const change = (sum(5) - sum(4)) / sum(1) - 1 > 0 ? "rose" : "fell";
    expect(
      await verdicts(
        `From January to May 2025, revenue added up to €${sum(5)}.`,
        `From January to May 2025, revenue added up to €${sum(4)}.`,
        `Revenue ${change} from January to May 2025.`,
      ),
    ).toEqual(["confirmed", "contradicted", "confirmed"]);
  }, 30_000);
});

describe("a word of a statement", () => {
  it("says what was meant where a fall was said of a rise", async () => {
    const change = (sum(5) - sum(4)) / sum(1) - 1 > 0 ? ["fell", "up"] : ["rose", "down"];
    const [finding] = await checkAll([`Revenue ${change[0]} from January to May 2025.`], [file]);
    expect(finding?.shown).toMatch(new RegExp(`^${change[1]} by`));
  }, 30_000);

  it("may be a name that the sheet or its file has", async () => {
    const text = "Nordfrakt's revenue in the East was €5 in 2025.";
    const named = { ...file, name: "nordfrakt.xlsx" };
    expect((await checkAll([text], [file]))[0]?.verdict).toBe("unsupported");
    expect((await checkAll([text], [named]))[0]?.verdict).toBe("contradicted");
  }, 30_000);

  it("asks for a mean of each month in vain where a table has no dates", async () => {
    const stores = { name: "a.csv", bytes: new TextEncoder().encode("Store,Sales\nLeeds,5\nYork,7\n") };
    const [finding] = await checkAll(["On average, sales in Leeds were 9 a month."], [stores]);
    expect(finding?.verdict).toBe("unsupported");
  }, 30_000);
});
