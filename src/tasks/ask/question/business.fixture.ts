import { column, table } from "../../../data/tables.fixture.ts";
import type { ColumnType, Table } from "../../../table.ts";

type Heading = readonly [name: string, type: ColumnType, unit?: string];

/** A table from lines of cells parted by bars; an empty cell holds nothing. */
export function tableOf(name: string, headings: readonly Heading[], lines: string): Table {
  const rows = lines
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
  const columns = headings.map(([title, type, unit], index) => {
    const cells = rows.map((row) => cellOf(row[index] ?? "", type));
    return { ...column(title, type, cells), ...(unit !== undefined && { unit }) };
  });
  return table(name, columns);
}

function cellOf(text: string, type: ColumnType): string | number | boolean | null {
  if (text === "") return null;
  if (type === "integer" || type === "decimal") return Number(text);
  return type === "boolean" ? text === "yes" : text;
}

/** Fourteen orders of 2023 and 2024. */
export const orders: Table = tableOf(
  "Orders",
  [
    ["Order no", "integer"],
    ["Order date", "date"],
    ["Customer", "text"],
    ["Country", "text"],
    ["Product", "text"],
    ["Quantity", "integer"],
    ["Unit price", "decimal", "€"],
    ["Amount", "decimal", "€"],
    ["Paid", "boolean"],
    ["Ship date", "date"],
  ],
  `
  1001 | 2023-01-10 | Acme     | Germany | Desk       | 2  | 200 | 400  | yes | 2023-01-15
  1002 | 2023-02-14 | Borealis | France  | Lamp       | 10 | 30  | 300  | yes | 2023-02-16
  1003 | 2023-03-03 | Acme     | Germany | Chair      | 4  | 75  | 300  | no  |
  1004 | 2023-05-22 | Cobalt   | Spain   | Desk       | 1  | 200 | 200  | yes | 2023-05-30
  1005 | 2023-09-01 | Dunmore  | Germany | Lamp       | 20 | 30  | 600  | yes | 2023-09-04
  1006 | 2023-12-18 | Acme     | Germany | Bookcase   | 1  | 450 | 450  | yes | 2023-12-22
  1007 | 2024-01-08 | Borealis | France  | Desk       | 3  | 200 | 600  | yes | 2024-01-12
  1008 | 2024-01-25 | Cobalt   | Spain   | Chair      | 6  | 75  | 450  | no  |
  1009 | 2024-02-05 | Acme     | Germany | Lamp       | 5  | 30  | 150  | yes | 2024-02-06
  1010 | 2024-03-11 | Dunmore  | Germany | Desk       | 4  | 200 | 800  | yes | 2024-03-20
  1011 | 2024-03-29 | Elara    | France  | Chair      | 2  | 75  | 150  | no  |
  1012 | 2024-06-17 | Borealis | France  | Bookcase   | 2  | 450 | 900  | yes | 2024-06-21
  1013 | 2024-06-19 | Acme     | Germany | Desk       | 1  | 200 | 200  | yes | 2024-06-20
  1014 | 2024-10-07 | Elara    | France  | Lamp       | 3  | 30  | 90   | no  | 2024-10-09
  `,
);

/** Nine people. */
export const staff: Table = tableOf(
  "Staff",
  [
    ["Name", "text"],
    ["Department", "text"],
    ["Job title", "text"],
    ["Salary", "integer", "€"],
    ["Hire date", "date"],
    ["Age", "integer"],
    ["City", "text"],
    ["Manager", "text"],
  ],
  `
  Ann Okafor    | Sales     | Account manager | 52000 | 2018-04-01 | 41 | Hamburg | Ida Lund
  Ben Marsh     | Sales     | Account manager | 48000 | 2021-09-15 | 29 | Berlin  | Ida Lund
  Carla Núñez   | Finance   | Controller      | 61000 | 2015-01-05 | 50 | Hamburg | Ida Lund
  Deniz Kaya    | IT        | Developer       | 64000 | 2019-11-01 | 33 | Berlin  | Eva Brandt
  Eva Brandt    | IT        | Head of IT      | 82000 | 2012-03-12 | 47 | Munich  | Ida Lund
  Finn O'Leary  | IT        | Developer       | 59000 | 2022-02-01 | 26 | Berlin  | Eva Brandt
  Gita Rao      | Finance   | Accountant      | 45000 | 2020-06-15 | 38 | Munich  | Carla Núñez
  Hugo Stein    | Sales     | Trainee         | 32000 | 2023-08-01 | 22 | Hamburg | Ann Okafor
  Ida Lund      | Board     | Director        | 120000 | 2010-10-01 | 55 | Hamburg |
  `,
);

/** A year's budget with a column for each month. */
export const budget: Table = tableOf(
  "Budget",
  [
    ["Cost centre", "text"],
    ["Type", "text"],
    ...["Jan", "Feb", "Mar", "Apr", "May", "Jun"].map((name): Heading => [name, "integer", "€"]),
  ],
  `
  Marketing | Costs | 1000 | 1200 | 900  | 1500 | 1100 | 1300
  Rent      | Costs | 2000 | 2000 | 2000 | 2000 | 2100 | 2100
  Travel    | Costs | 300  | 0    | 450  | 250  | 600  | 400
  Licences  | Costs | 500  | 500  | 500  | 500  | 500  | 700
  `,
);

/** What lies in three warehouses. */
export const stock: Table = tableOf(
  "Inventory",
  [
    ["SKU", "text"],
    ["Item", "text"],
    ["Warehouse", "text"],
    ["On hand", "integer"],
    ["Reorder level", "integer"],
    ["Unit cost", "decimal", "$"],
    ["Supplier", "text"],
  ],
  `
  A-100 | Hex bolt      | North | 1200 | 500  | 0.12 | Boltwerk
  A-101 | Wing nut      | North | 80   | 200  | 0.20 | Boltwerk
  B-200 | Hinge         | South | 340  | 100  | 1.75 | Ferro
  B-201 | Door handle   | South | 0    | 40   | 8.90 | Ferro
  C-300 | Wood glue     | East  | 95   | 60   | 4.50 | Kleb & Co
  C-301 | Sandpaper     | East  | 410  | 150  | 0.65 | Kleb & Co
  D-400 | Paint brush   | North | 60   | 75   | 3.20 |
  `,
);

/** Ten support tickets. */
export const tickets: Table = tableOf(
  "Tickets",
  [
    ["Ticket ID", "text"],
    ["Opened", "timestamp"],
    ["Closed", "date"],
    ["Priority", "text"],
    ["Status", "text"],
    ["Agent", "text"],
    ["Hours", "decimal"],
  ],
  `
  T-1  | 2024-03-04T09:15:00 | 2024-03-05 | High   | Closed  | Mia  | 3.5
  T-2  | 2024-03-04T16:40:00 | 2024-03-08 | Low    | Closed  | Omar | 1
  T-3  | 2024-03-12T08:05:00 |            | High   | Open    | Mia  | 6
  T-4  | 2024-03-31T23:30:00 | 2024-04-02 | Medium | Closed  | Lena | 2.5
  T-5  | 2024-04-01T10:00:00 |            | Low    | Waiting | Omar | 0.5
  T-6  | 2024-04-09T11:20:00 | 2024-04-09 | High   | Closed  | Mia  | 4
  T-7  | 2024-04-15T14:00:00 |            | Medium | Open    |      |
  T-8  | 2024-05-06T09:00:00 | 2024-05-10 | Low    | Closed  | Lena | 1.5
  T-9  | 2024-05-07T09:30:00 |            | High   | Open    | Omar | 2
  T-10 | 2024-05-20T13:45:00 |            | Medium | Open    | Mia  | 1
  `,
);

/** Eight answers to a survey; rates are hundredths, as cells with a percent sign hold them. */
export const survey: Table = tableOf(
  "Survey",
  [
    ["Respondent", "text"],
    ["Region", "text"],
    ["Age", "integer"],
    ["Satisfaction", "integer"],
    ["Would recommend", "boolean"],
    ["Discount", "decimal", "%"],
    ["Comment", "text"],
  ],
  `
  R1 | North | 34 | 5 | yes | 0.10 | Great service
  R2 | North | 51 | 3 | no  | 0    |
  R3 | South | 27 | 4 | yes | 0.25 | Fast delivery
  R4 | South | 45 | 2 | no  | 0.05 |
  R5 | East  | 62 | 5 | yes | 0.15 |
  R6 | East  | 38 | 4 | yes | 0.20 | Friendly
  R7 | West  | 29 | 1 | no  | 0    | Too slow
  R8 | West  | 41 | 4 | yes |      |
  `,
);

/** What three branches planned and did in three quarters; the figures of a quarter stand side by side. */
export const plans: Table = tableOf(
  "Branches",
  [
    ["Branch", "text"],
    ["Country", "text"],
    ...["Q1", "Q2", "Q3"].flatMap((quarter): Heading[] => [
      [`${quarter} / Plan`, "integer", "€"],
      [`${quarter} / Actual`, "integer", "€"],
    ]),
  ],
  `
  Lyon   | France  | 100 | 90  | 110 | 120 | 120 | 130
  Bremen | Germany | 200 | 210 | 200 | 190 | 220 | 240
  Passau | Germany | 50  | 55  | 60  | 50  | 60  | 65
  `,
);

/** Sales and costs of four products in two years, the years in the headings. */
export const years: Table = tableOf(
  "Products",
  [
    ["Product", "text"],
    ["2023 / Sales", "integer", "€"],
    ["2023 / Costs", "integer", "€"],
    ["2024 / Sales", "integer", "€"],
    ["2024 / Costs", "integer", "€"],
  ],
  `
  Desk   | 900 | 500 | 1100 | 700
  Lamp   | 300 | 100 | 250  | 120
  Chair  | 450 | 300 | 600  | 310
  Shelf  | 80  | 60  | 95   | 70
  `,
);
