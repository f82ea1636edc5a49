import {
  type Asked,
  askAll,
  average,
  by,
  byName,
  count,
  filled,
  mean,
  month,
  num,
  sum,
  total,
  where,
} from "./asked-questions.fixture.ts";
import { orders, plans, staff, tickets, years } from "./business.fixture.ts";
import { invoices, statement } from "./more-business.fixture.ts";

const ofQuarter = (quarter: string, kind: string) => `${quarter} / ${kind}`;
const groups: Asked = [
  [
    orders,
    [
      [
        "How many customers have more than 2 orders?",
        (rows) => [[by(rows, "Customer", count).filter(([, each]) => each! > 2).length]],
      ],
      [
        "How many countries sold more than 1000 euros?",
        (rows) => [[by(rows, "Country", total("Amount")).filter(([, each]) => each! > 1000).length]],
      ],
      [
        "How many customers spent more than 1000?",
        (rows) => [[by(rows, "Customer", total("Amount")).filter(([, each]) => each! > 1000).length]],
      ],
      [
        "How many months had sales above 700?",
        (rows) => [
          [
            by(rows, (row) => month(row, "Order date"), total("Amount")).filter(([, each]) => each! > 700)
              .length,
          ],
        ],
      ],
      [
        "Which countries sold more than 1000 euros?",
        (rows) => byName(by(rows, "Country", total("Amount")).filter(([, each]) => each! > 1000)),
      ],
      [
        "Which customers spent more than 1000?",
        (rows) => byName(by(rows, "Customer", total("Amount")).filter(([, each]) => each! > 1000)),
      ],
      [
        "Top 2 amount by month",
        (rows) =>
          by(rows, (row) => month(row, "Order date"), total("Amount"))
            .toSorted(([, a], [, b]) => b! - a!)
            .slice(0, 2),
      ],
      [
        "Customers with more than 3 orders",
        (rows) => by(rows, "Customer", count).filter(([, each]) => each! > 3),
      ],
      [
        "Customers with a total amount over 1000",
        (rows) => byName(by(rows, "Customer", total("Amount")).filter(([, each]) => each! > 1000)),
      ],
      [
        "Total amount by country where the total is over 1000",
        (rows) => by(rows, "Country", total("Amount")).filter(([, each]) => each! > 1000),
      ],
      [
        "Number of orders by customer with more than 2 orders",
        (rows) => by(rows, "Customer", count).filter(([, each]) => each! > 2),
      ],
      [
        "Which product has more than 10 units?",
        (rows) => byName(by(rows, "Product", total("Quantity")).filter(([, each]) => each! > 10)),
      ],
      ["How many countries sold more than 1000?", () => []],
      ["How many customers have an amount over 500?", () => []],
      ["Which country has the largest orders?", () => []],
      ["How many products cost more than 100?", () => []],
    ],
  ],
  [
    staff,
    [
      [
        "Which departments have an average salary above 60000?",
        (rows) => byName(by(rows, "Department", average("Salary")).filter(([, each]) => each! > 60000)),
      ],
      [
        "How many departments have more than 2 employees?",
        (rows) => [[by(rows, "Department", count).filter(([, each]) => each! > 2).length]],
      ],
      [
        "How many cities have an average age over 35?",
        (rows) => [[by(rows, "City", average("Age")).filter(([, each]) => each! > 35).length]],
      ],
    ],
  ],
  [
    tickets,
    [
      [
        "How many agents have more than 2 tickets?",
        (rows) => [[by(filled(rows, "Agent"), "Agent", count).filter(([, each]) => each! > 2).length]],
      ],
    ],
  ],
  [
    invoices,
    [
      [
        "How many clients have at least 2 invoices?",
        (rows) => [[by(rows, "Client", count).filter(([, each]) => each! >= 2).length]],
      ],
      [
        "Which sectors have more than 2 invoices?",
        (rows) => byName(by(rows, "Sector", count).filter(([, each]) => each! > 2)),
      ],
    ],
  ],
];

const series: Asked = [
  [
    plans,
    [
      [
        "What was the actual of Bremen in Q2?",
        (rows) => [[where(rows, "Branch", "Bremen")[0]![ofQuarter("Q2", "Actual")]!]],
      ],
      [
        "Total plan by quarter",
        (rows) => ["Q1", "Q2", "Q3"].map((each) => [each, sum(rows, ofQuarter(each, "Plan"))]),
      ],
      ["What is the total plan in Q1?", (rows) => [[sum(rows, ofQuarter("Q1", "Plan"))]]],
      ["Which branch had the highest actual in Q3?", () => [["Bremen", 240]]],
      ["Which branch had the second highest actual in Q3?", () => [["Lyon", 130]]],
      [
        "Total actual of Germany",
        (rows) => [
          [
            ["Q1", "Q2", "Q3"].reduce(
              (all, each) => all + sum(where(rows, "Country", "Germany"), ofQuarter(each, "Actual")),
              0,
            ),
          ],
        ],
      ],
      ["How much did the actual of Lyon change from Q1 to Q3?", () => [[40]]],
      ["Which quarter had the lowest actual for Passau?", () => [["Q2", 50]]],
      [
        "What is the average plan of Lyon?",
        (rows) => [
          [
            mean(
              ["Q1", "Q2", "Q3"].map((each) =>
                num(where(rows, "Branch", "Lyon")[0]!, ofQuarter(each, "Plan")),
              ),
            ),
          ],
        ],
      ],
      [
        "Compare the actual of Lyon and Passau in Q2",
        () => [
          ["Lyon", 120],
          ["Passau", 50],
        ],
      ],
      ["Total by quarter", () => []],
    ],
  ],
  [
    years,
    [
      ["Total sales in 2024", (rows) => [[sum(rows, "2024 / Sales")]]],
      ["What were the costs of Desk in 2023?", () => [[500]]],
      ["Which product had the highest sales in 2024?", () => [["Desk", 1100]]],
      [
        "By what percentage did sales change from 2023 to 2024?",
        (rows) => [
          [((sum(rows, "2024 / Sales") - sum(rows, "2023 / Sales")) / sum(rows, "2023 / Sales")) * 100],
        ],
      ],
      [
        "Compare costs in 2023 and 2024",
        (rows) => [
          [2023, sum(rows, "2023 / Costs")],
          [2024, sum(rows, "2024 / Costs")],
        ],
      ],
      [
        "Total costs by year",
        (rows) => [
          [2023, sum(rows, "2023 / Costs")],
          [2024, sum(rows, "2024 / Costs")],
        ],
      ],
      ["How much did the sales of Chair grow from 2023 to 2024?", () => [[150]]],
      ["What is the total in 2023?", () => []],
    ],
  ],
];

const statements: Asked = [
  [
    statement,
    [
      ["What was the revenue for the year ended December 31, 2023?", () => [[4200]]],
      ["What is the average research expense for the fiscal years 2022 and 2023?", () => [[(640 + 700) / 2]]],
      ["What is the total research expense in both 2022 and 2023?", () => [[640 + 700]]],
      ["What was the company's revenue in 2022?", () => [[3900]]],
      ["What was the change in audit fees from 2022 to 2023 year end?", () => [[55 - 45]]],
      ["What was the change in audit fees from the period 2022 to 2023?", () => [[55 - 45]]],
      // The table says nothing of June, has two kinds of fees, and time goes the other way.
      ["What was the revenue for the year ended June 30, 2023?", () => []],
      ["What are the total fees in 2023?", () => []],
      ["What was the change in audit fees from 2023 to 2022?", () => []],
      ["What was the average revenue from 2022 to 2024?", () => []],
    ],
  ],
];

const parts: Asked = [
  [
    orders,
    [
      [
        "Revenue of Desk as a percentage of Lamp",
        (rows) => [
          [
            (sum(where(rows, "Product", "Desk"), "Amount") / sum(where(rows, "Product", "Lamp"), "Amount")) *
              100,
          ],
        ],
      ],
      ["Which desk is the oldest?", () => [[1001, "Acme", "2023-01-10"]]],
    ],
  ],
  [staff, [["Which developer is the oldest?", () => [["Deniz Kaya", 33]]]]],
];

askAll([
  ["groups by what they come to", groups],
  ["several series of columns", series],
  ["a statement", statements],
  ["parts and rows", parts],
]);
