import { expect, it } from "vitest";
import { profileTable } from "./profile.ts";
import { orders, staff, tableOf } from "./question/business.fixture.ts";
import { readOverTables } from "./read-over-tables.ts";

const returns = profileTable(
  tableOf(
    "Returns",
    [
      ["Country", "text"],
      ["Amount", "integer", "€"],
    ],
    "Germany|10\nFrance|20\nGermany|5",
  ),
);
const profiles = [profileTable(orders), returns, profileTable(staff)];

it("takes the only table that a question can be read of", () => {
  const reading = readOverTables("What is the average salary?", profiles);
  expect(reading).toMatchObject({ calculation: { table: "Staff" }, doubts: [] });
});

it("takes the table that the question names", () => {
  const reading = readOverTables("What is the total amount of the returns by country?", profiles);
  expect(reading).toMatchObject({ calculation: { table: "Returns" }, doubts: [] });
});

it("is in doubt where two tables would answer and none is named", () => {
  expect(readOverTables("What is the total amount?", profiles)?.doubts).toEqual([
    "it may be about Orders or Returns",
  ]);
});

it("gives the reading with the fewest doubts where every table leaves some", () => {
  const reading = readOverTables("How many employees have a parking place?", profiles);
  expect(reading?.calculation).toMatchObject({ table: "Staff" });
  expect(reading?.doubts).not.toEqual([]);
});
