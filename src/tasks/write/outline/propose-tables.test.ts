import { expect, it } from "vitest";
import { readDelimited } from "../../../files/csv/read-delimited.ts";
import { readTables } from "../../../files/tables/read-tables.ts";
import type { SourceTables } from "../types.ts";
import { proposeTables } from "./propose-tables.ts";

async function workbook(text: string): Promise<SourceTables> {
  const bytes = new TextEncoder().encode(text);
  const { tables } = await readTables(await readDelimited(bytes), { file: "sales.csv" });
  return { name: "sales.csv", sha256: "0", bytes, tables: tables.map(({ table }) => table) };
}

const rows = ["North,Chair,12", "South,Chair,9", "North,Desk,4", "South,Desk,7", "South,Lamp,7"].join("\n");
const ranges = async (text: string, prompt: string): Promise<string[]> =>
  proposeTables(await workbook(text), prompt).map(({ range }) => range);

it("proposes the main amount by what the prompt speaks of, else by the first groups", async () => {
  const sales = `Region,Product,Amount\n${rows}\n`;
  expect(await ranges(sales, "a report on our products")).toEqual(["total Amount by Product"]);
  expect(await ranges(sales, "a report")).toEqual(["total Amount by Region", "total Amount by Product"]);
});

it("proposes nothing where there is no amount or nothing to group by", async () => {
  expect(await ranges("Name,City\nAnn,Rome\nBob,Oslo\n", "a report")).toEqual([]);
  expect(await ranges("Order,Amount\nA1,5\nA2,7\nA3,9\n", "a report")).toEqual([]);
});

it("proposes no sum that says nothing: of divisions, by nameless columns, or with a group a row", async () => {
  const league = "Year,Division,Playoffs\n2001,4,Final\n2002,4,None\n2003,3,None\n2004,3,None\n";
  expect(await ranges(league, "a report")).toEqual([]);
  const shares = ",Number of Shares\nGranted,132\nVested,(43)\nGranted,110\nVested,(77)\n";
  expect(await ranges(shares, "a report")).toEqual([]);
  const cities = "City,Country,Amount\nRome,Italy,5\nOslo,Norway,7\nBern,Swiss,9\n";
  expect(await ranges(cities, "a report")).toEqual([]);
});
