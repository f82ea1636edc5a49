import {
  type Asked,
  askAll,
  average,
  by,
  byName,
  count,
  least,
  month,
  most,
  sum,
  total,
  type Value,
  where,
} from "./asked-questions.fixture.ts";
import { orders, staff } from "./business.fixture.ts";
import { invoices, projects } from "./more-business.fixture.ts";

const several: Asked = [
  [
    orders,
    [
      [
        "Total amount and average unit price by country",
        (rows) => by(rows, "Country", total("Amount"), average("Unit price")),
      ],
      ["Number of orders and revenue by customer", (rows) => by(rows, "Customer", count, total("Amount"))],
      [
        "How many orders and how much revenue by country?",
        (rows) => by(rows, "Country", count, total("Amount")),
      ],
      ["What is the highest and lowest amount?", (rows) => [[most("Amount")(rows), least("Amount")(rows)]]],
      [
        "What is the average, minimum and maximum amount?",
        (rows) => [[average("Amount")(rows), least("Amount")(rows), most("Amount")(rows)]],
      ],
      [
        "Total quantity and amount per month in 2024",
        (rows) =>
          byName(
            by(
              rows.filter((row) => String(row["Order date"]).startsWith("2024")),
              (row) => month(row, "Order date"),
              total("Quantity"),
              total("Amount"),
            ),
          ),
      ],
      [
        "Compare quantity and amount by product",
        (rows) => by(rows, "Product", total("Quantity"), total("Amount")),
      ],
      [
        "Total amount and total quantity for Germany",
        (rows) => [
          [
            sum(where(rows, "Country", "Germany"), "Amount"),
            sum(where(rows, "Country", "Germany"), "Quantity"),
          ],
        ],
      ],
      ["What is the total of quantity and amount?", () => []],
      ["Total amount and discount by country", () => []],
      ["Second highest amount per country", () => []],
    ],
  ],
  [
    staff,
    [
      [
        "Average salary and age by department",
        (rows) => by(rows, "Department", average("Salary"), average("Age")),
      ],
      [
        "Highest and lowest salary per department",
        (rows) => by(rows, "Department", most("Salary"), least("Salary")),
      ],
      [
        "Number of employees and average salary by city",
        (rows) => by(rows, "City", count, average("Salary")),
      ],
    ],
  ],
  [
    invoices,
    [
      ["Net and tax by sector", (rows) => by(rows, "Sector", total("Net"), total("Tax"))],
      [
        "Total net, total tax and number of invoices by client",
        (rows) => by(rows, "Client", total("Net"), total("Tax"), count),
      ],
    ],
  ],
  [
    projects,
    [
      ["Budget vs cost by region", (rows) => by(rows, "Region", total("Budget"), total("Cost"))],
      [
        "Total budget and average rating by lead",
        (rows) => by(rows, "Lead", total("Budget"), average("Rating")),
      ],
    ],
  ],
];

const comparing: Asked = [
  [
    orders,
    [
      [
        "Amount in 2023 vs 2024 by country",
        (rows) =>
          byName(
            by(rows, (row) => `${row.Country} ${String(row["Order date"]).slice(0, 4)}`, total("Amount")),
          ).map(([name, each]): Value[] => [
            String(name).slice(0, -5),
            Number(String(name).slice(-4)),
            each!,
          ]),
      ],
      [
        "Compare Germany and France by revenue",
        (rows) => byName(by(rows, "Country", total("Amount"))).filter(([name]) => name !== "Spain"),
      ],
      [
        "Germany vs France sales",
        (rows) => byName(by(rows, "Country", total("Amount"))).filter(([name]) => name !== "Spain"),
      ],
      [
        "How does Germany compare to Spain in number of orders?",
        (rows) => byName(by(rows, "Country", count)).filter(([name]) => name !== "France"),
      ],
      [
        "Revenue of Desk vs Lamp vs Chair",
        (rows) => byName(by(rows, "Product", total("Amount"))).filter(([name]) => name !== "Bookcase"),
      ],
      [
        "Compare sales in 2023 and 2024",
        (rows) =>
          [2023, 2024].map((year) => [
            year,
            sum(
              rows.filter((row) => String(row["Order date"]).startsWith(`${year}`)),
              "Amount",
            ),
          ]),
      ],
      [
        "Sales 2023 vs 2024",
        (rows) =>
          [2023, 2024].map((year) => [
            year,
            sum(
              rows.filter((row) => String(row["Order date"]).startsWith(`${year}`)),
              "Amount",
            ),
          ]),
      ],
      [
        "Average amount Germany vs France",
        (rows) => byName(by(rows, "Country", average("Amount"))).filter(([name]) => name !== "Spain"),
      ],
      [
        "Compare January 2024 and March 2024 revenue",
        (rows) =>
          ["2024-01", "2024-03"].map((each) => [
            each,
            sum(
              rows.filter((row) => month(row, "Order date") === each),
              "Amount",
            ),
          ]),
      ],
      [
        "Compare Q1 2023 and Q1 2024 revenue",
        (rows) =>
          ["2023", "2024"].map((year) => [
            `${year}-Q1`,
            sum(
              rows.filter(
                (row) => String(row["Order date"]) >= year && String(row["Order date"]) < `${year}-04`,
              ),
              "Amount",
            ),
          ]),
      ],
    ],
  ],
  [
    projects,
    [
      [
        "Compare Noor and Vera by cost",
        (rows) => byName(by(rows, "Lead", total("Cost"))).filter(([name]) => name !== "Timo"),
      ],
      [
        "Compare the budget of Harbour and Quarry",
        () => [
          ["Harbour", 90000],
          ["Quarry", 120000],
        ],
      ],
    ],
  ],
];

askAll([
  ["several measures at once", several],
  ["things set side by side", comparing],
]);
