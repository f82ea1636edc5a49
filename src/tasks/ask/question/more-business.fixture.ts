import type { Table } from "../../../table.ts";
import { tableOf } from "./business.fixture.ts";

/** Ten invoices with the days they were issued, due and settled. */
export const invoices: Table = tableOf(
  "Invoices",
  [
    ["Invoice no", "integer"],
    ["Issued", "date"],
    ["Due", "date"],
    ["Settled", "date"],
    ["Client", "text"],
    ["Sector", "text"],
    ["Net", "decimal", "€"],
    ["Tax", "decimal", "€"],
    ["Reminders", "integer"],
  ],
  `
  501 | 2024-01-05 | 2024-02-04 | 2024-01-30 | Aldmoor  | Retail  | 1200 | 228   | 0
  502 | 2024-01-19 | 2024-02-18 | 2024-03-02 | Brixen   | Energy  | 800  | 152   | 2
  503 | 2024-02-02 | 2024-03-03 | 2024-02-20 | Calder   | Retail  | 450  | 85.5  | 0
  504 | 2024-02-27 | 2024-03-28 |            | Brixen   | Energy  | 2300 | 437   | 3
  505 | 2024-03-11 | 2024-04-10 | 2024-04-09 | Dorvik   | Public  | 975  | 185.25 | 1
  506 | 2024-04-03 | 2024-05-03 | 2024-05-28 | Aldmoor  | Retail  | 640  | 121.6 | 1
  507 | 2024-05-21 | 2024-06-20 | 2024-06-03 | Calder   | Retail  | 1510 | 286.9 | 0
  508 | 2024-07-08 | 2024-08-07 |            | Esterby  | Public  | 300  | 57    | 1
  509 | 2024-09-30 | 2024-10-30 | 2024-10-15 | Dorvik   | Public  | 1850 | 351.5 | 0
  510 | 2024-11-15 | 2024-12-15 | 2024-12-20 | Aldmoor  | Retail  | 720  | 136.8 | 2
  `,
);

/** Eight projects: what they were to cost and did cost, when they began and ended. */
export const projects: Table = tableOf(
  "Projects",
  [
    ["Project", "text"],
    ["Lead", "text"],
    ["Region", "text"],
    ["Started", "date"],
    ["Finished", "date"],
    ["Budget", "integer", "€"],
    ["Cost", "integer", "€"],
    ["Rating", "decimal"],
  ],
  `
  Harbour  | Noor  | North | 2021-02-01 | 2022-05-15 | 90000  | 97000  | 3.5
  Orchard  | Timo  | South | 2021-06-10 | 2021-12-20 | 40000  | 38500  | 4.5
  Quarry   | Noor  | South | 2022-01-17 | 2023-07-31 | 120000 | 151000 | 2.5
  Lantern  | Vera  | East  | 2022-03-03 | 2022-09-02 | 35000  | 33000  | 4
  Viaduct  | Timo  | North | 2022-11-01 | 2024-03-15 | 150000 | 149000 | 4
  Meadow   | Vera  | East  | 2023-04-24 | 2023-10-23 | 28000  | 30500  | 3
  Beacon   | Noor  | North | 2023-05-02 | 2024-01-31 | 60000  | 57500  | 5
  Granary  | Vera  | South | 2024-02-12 |            | 75000  | 20000  | 
  `,
);

/** A statement whose years end in December, as such headings are put together from several rows. */
export const statement: Table = tableOf(
  "Results",
  [
    ["Item", "text"],
    ["Years ended December 31, / 2023", "integer"],
    ["Years ended December 31, / 2022", "integer"],
  ],
  `
  Revenue           | 4200  | 3900
  Cost of revenue   | -1800 | -1650
  Research expense  | 640   | 700
  Audit fees        | 55    | 45
  Tax fees          | 15    | 25
  `,
);
