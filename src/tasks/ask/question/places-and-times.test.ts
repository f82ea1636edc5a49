import {
  type Asked,
  askAll,
  average,
  by,
  dayOf,
  days,
  filled,
  mean,
  month,
  ranked,
  sum,
  total,
  where,
  wholeMonths,
} from "./asked-questions.fixture.ts";
import { orders, staff, tickets } from "./business.fixture.ts";
import { invoices, projects } from "./more-business.fixture.ts";

const places: Asked = [
  [
    orders,
    [
      ["Which country has the second highest sales?", (rows) => [by(rows, "Country", total("Amount"))[1]!]],
      ["Which product sold the second most units?", (rows) => [by(rows, "Product", total("Quantity"))[1]!]],
      ["What is the second highest amount?", (rows) => [[ranked(rows, "Amount")[1]!]]],
      ["What is the 3rd lowest amount?", (rows) => [[ranked(rows, "Amount").at(-3)!]]],
      [
        "Which month had the second highest sales?",
        (rows) => [by(rows, (row) => month(row, "Order date"), total("Amount"))[1]!],
      ],
      ["What was the second order?", () => [[1002]]],
      ["Which order was the third?", () => [[1003]]],
      ["Who placed the largest order?", () => [["Borealis", 900]]],
      ["Who placed the second largest order?", () => [["Dunmore", 800]]],
    ],
  ],
  [
    staff,
    [
      ["Who has the second highest salary?", () => [["Eva Brandt", 82000]]],
      ["Who is the second oldest employee?", () => [["Carla Núñez", 50]]],
      ["Who is the third youngest employee?", () => [["Ben Marsh", 29]]],
      ["What is the third lowest salary?", (rows) => [[ranked(rows, "Salary").at(-3)!]]],
      [
        "Which department has the second highest average salary?",
        (rows) => [by(rows, "Department", average("Salary"))[1]!],
      ],
    ],
  ],
  [
    projects,
    [
      ["Which project had the second highest cost?", () => [["Viaduct", 149000]]],
      ["Which lead has the second highest total budget?", (rows) => [by(rows, "Lead", total("Budget"))[1]!]],
      ["What was the fourth lowest budget?", (rows) => [[ranked(rows, "Budget").at(-4)!]]],
    ],
  ],
];

const elapsed: Asked = [
  [
    orders,
    [
      [
        "How many days from order date to ship date on average?",
        (rows) => [[mean(filled(rows, "Ship date").map((row) => days(row, "Order date", "Ship date")))]],
      ],
      [
        "How long does it take on average to ship an order?",
        (rows) => [[mean(filled(rows, "Ship date").map((row) => days(row, "Order date", "Ship date")))]],
      ],
      [
        "Average days to ship by country",
        (rows) =>
          by(filled(rows, "Ship date"), "Country", (group) =>
            mean(group.map((row) => days(row, "Order date", "Ship date"))),
          ),
      ],
      ["Which order took the longest to ship?", () => [[1010, "Dunmore", 9]]],
      [
        "How many orders took more than 5 days to ship?",
        (rows) => [
          [filled(rows, "Ship date").filter((row) => days(row, "Order date", "Ship date") > 5).length],
        ],
      ],
      [
        "How many orders were shipped within 3 days?",
        (rows) => [
          [filled(rows, "Ship date").filter((row) => days(row, "Order date", "Ship date") <= 3).length],
        ],
      ],
      [
        "How many days did it take to ship order 1005?",
        (rows) => where(rows, "Order no", 1005).map((row) => [days(row, "Order date", "Ship date")]),
      ],
      [
        "How many days are between the first and the last order?",
        (rows) => [[dayOf(rows.at(-1)!["Order date"]) - dayOf(rows[0]!["Order date"])]],
      ],
      [
        "How many months are between the first and the last order?",
        () => [[wholeMonths("2023-01-10", "2024-10-07")]],
      ],
      [
        "How many days between order 1001 and order 1005?",
        () => [[dayOf("2023-09-01") - dayOf("2023-01-10")]],
      ],
      [
        "How many days between order 1005 and order 1001?",
        () => [[dayOf("2023-09-01") - dayOf("2023-01-10")]],
      ],
      [
        "How many days between the first and last order of Acme?",
        () => [[dayOf("2024-06-19") - dayOf("2023-01-10")]],
      ],
    ],
  ],
  [
    staff,
    [
      [
        "How many years between the first and last hire date?",
        () => [[Math.floor(wholeMonths("2010-10-01", "2023-08-01") / 12)]],
      ],
      [
        "How many days between the hire date of Ann Okafor and Ben Marsh?",
        () => [[dayOf("2021-09-15") - dayOf("2018-04-01")]],
      ],
    ],
  ],
  [
    tickets,
    [
      [
        "How long does it take to close a ticket on average?",
        (rows) => [[mean(filled(rows, "Closed").map((row) => days(row, "Opened", "Closed")))]],
      ],
      [
        "How many tickets were closed within 2 days?",
        (rows) => [[filled(rows, "Closed").filter((row) => days(row, "Opened", "Closed") <= 2).length]],
      ],
      [
        "Which ticket took the longest to close?",
        () => [
          ["T-2", 4],
          ["T-8", 4],
        ],
      ],
    ],
  ],
  [
    invoices,
    [
      [
        "What is the average time from issued to settled?",
        (rows) => [[mean(filled(rows, "Settled").map((row) => days(row, "Issued", "Settled")))]],
      ],
      [
        "How many invoices were settled more than 20 days after they were due?",
        (rows) => [[filled(rows, "Settled").filter((row) => days(row, "Due", "Settled") > 20).length]],
      ],
      [
        "How many invoices were settled after the due date?",
        (rows) => [[filled(rows, "Settled").filter((row) => days(row, "Due", "Settled") > 0).length]],
      ],
      [
        "How many invoices were settled after they were due?",
        (rows) => [[filled(rows, "Settled").filter((row) => days(row, "Due", "Settled") > 0).length]],
      ],
      [
        "Total net of invoices settled before they were due",
        (rows) => [
          [
            sum(
              filled(rows, "Settled").filter((row) => days(row, "Due", "Settled") < 0),
              "Net",
            ),
          ],
        ],
      ],
      [
        "Average days between issued and settled by sector",
        (rows) =>
          by(filled(rows, "Settled"), "Sector", (group) =>
            mean(group.map((row) => days(row, "Issued", "Settled"))),
          ),
      ],
      [
        "What is the longest time between issued and settled?",
        (rows) => [[Math.max(...filled(rows, "Settled").map((row) => days(row, "Issued", "Settled")))]],
      ],
      [
        "How many days from issued to settled for invoice 506?",
        () => [[dayOf("2024-05-28") - dayOf("2024-04-03")]],
      ],
    ],
  ],
  [
    projects,
    [
      [
        "What is the average number of months from started to finished?",
        (rows) => [
          [
            mean(
              filled(rows, "Finished").map((row) => wholeMonths(String(row.Started), String(row.Finished))),
            ),
          ],
        ],
      ],
      [
        "Which project took the longest from started to finished?",
        () => [["Quarry", dayOf("2023-07-31") - dayOf("2022-01-17")]],
      ],
      [
        "How many days between started and finished for Lantern?",
        () => [[dayOf("2022-09-02") - dayOf("2022-03-03")]],
      ],
    ],
  ],
];

askAll([
  ["places behind the first", places],
  ["time between two dates", elapsed],
]);
